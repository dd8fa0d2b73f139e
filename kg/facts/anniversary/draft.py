"""An anniversary as one sentence tells it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model.fact import Evidence


@dataclass(slots=True)
class AnniversaryDraft:
    """One mention of one anniversary; ``relative`` is the least and greatest number of days from a contact."""

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
    evidence: list[Evidence] = field(default_factory=list)
