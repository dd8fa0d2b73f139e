"""The record of a multilateral gathering; a "bilateral summit" of two leaders is a meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.date import UNKNOWN, When
from kg.model.entity import Leader, Place
from kg.model.fact import Evidence, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Summit:
    """One edition of a series as one article tells it.

    ``observed_on`` are days on which the article shows it going on; ``participants`` only those whom the text says
    were there (who met on its margins follows by derivation).
    """

    series: str
    name: str
    year: int | None = None
    place: Place | None = None
    when: When = UNKNOWN
    status: Status | None = None
    organiser: str | None = None
    observed_on: tuple[dt.date, ...] = ()
    participants: tuple[Leader, ...] = ()
    evidence: Sequence[Evidence] = ()
