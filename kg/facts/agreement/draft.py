"""An agreement as one sentence tells it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.register import Figure
from kg.facts.agreement.record import Act
from kg.model.date import UNKNOWN, When
from kg.model.fact import Evidence


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that was agreed: its phrase, its head noun, the countries it names."""

    topic: str
    head: str
    concerns: tuple[str, ...]


@dataclass(slots=True)
class AgreementDraft:
    """One mention of one agreement; ``people`` are those who agreed, none where only states are named.

    ``others`` are what else the same words say was agreed.
    """

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
    others: tuple[Matter, ...] = ()
    evidence: list[Evidence] = field(default_factory=list)
