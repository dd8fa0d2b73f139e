"""An anniversary as one sentence tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kg.model.fact import Evidence


class Told(StrEnum):
    """How much of an anniversary the words tell."""

    WHOLE = "whole"
    EVENT = "event"  # only the event and how long ago it was: no anniversary, unless the article speaks of one
    FEAST = "feast"  # only "the 60th anniversary", "the jubilee", of what has been told before


@dataclass(slots=True)
class AnniversaryDraft:
    """One mention of one anniversary; ``relative`` is the least and greatest number of days from a contact.

    The ordinal is 0 where the words name none.
    """

    ordinal: int
    of: str
    head: str
    parties: tuple[str, ...]
    base_year: int | None
    year: int | None
    sentence: int
    begin: int
    end: int
    relative: tuple[int, int] | None = None
    told: Told = Told.WHOLE
    evidence: list[Evidence] = field(default_factory=list)
