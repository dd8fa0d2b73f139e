"""An agreement as one sentence tells it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.register import Figure
from kg.facts.agreement.record import Act
from kg.model.date import UNKNOWN, When
from kg.model.fact import Evidence


@dataclass(slots=True)
class AgreementDraft:
    """One mention of one agreement; ``people`` are those who agreed, none where only states are named."""

    act: Act
    topic: str
    head: str
    parties: tuple[str, ...]
    concerns: tuple[str, ...]
    people: tuple[Figure, ...]
    sentence: int
    trigger: int
    headline: bool
    rule: str
    begin: int
    end: int
    when: When = UNKNOWN
    evidence: list[Evidence] = field(default_factory=list)
