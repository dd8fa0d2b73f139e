"""The record of somebody holding an office, as precise as the text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.date import PartialDate
from kg.model.entity import Leader
from kg.model.fact import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """One tenure as one article tells it; its key is holder, office and country.

    ``observed_on`` are times at which the article shows the holder in office; ``end_latest`` bounds the end ("former").
    """

    holder: Leader
    office: str
    country: str
    start: PartialDate | None = None
    start_earliest: dt.date | None = None
    start_latest: dt.date | None = None
    end: PartialDate | None = None
    end_earliest: dt.date | None = None
    end_latest: dt.date | None = None
    observed_on: tuple[PartialDate, ...] = ()
    preceded_by: Leader | None = None
    evidence: Sequence[Evidence] = ()
