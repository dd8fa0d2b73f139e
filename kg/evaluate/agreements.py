"""Agreements and anniversaries expected and found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from kg.evaluate.assign import Agreement as Degree
from kg.evaluate.assign import Assigned, assign
from kg.evaluate.tally import FactKind, Note, Tally, Verdict
from kg.evaluate.topic import share_topic
from kg.facts.agreement.record import Act, Agreement
from kg.facts.anniversary.record import Anniversary

T = TypeVar("T")

# Acts that two careful readers may take for each other.
_CLASSES: Final = (
    frozenset({Act.AGREED, Act.SIGNED, Act.ANNOUNCED, Act.PLEDGED}),
    frozenset({Act.PLEDGED, Act.AFFIRMED, Act.REAFFIRMED}),
)


def score_agreements(
    expected: Sequence[Agreement], found: Sequence[Agreement], *, paraphrased: bool
) -> tuple[Tally, list[Note]]:
    """Agreements by the same parties, of a like act and on a like topic; paraphrased topics only break ties."""

    def degree(one: Agreement, other: Agreement) -> Degree | None:
        shared = share_topic(one.topic, other.topic)
        if set(one.parties) != set(other.parties) or not _alike(one.act, other.act) or not (shared or paraphrased):
            return None
        return shared, one.act is other.act

    return _scored(FactKind.AGREEMENTS, assign(expected, found, degree), _agreement_text)


def score_anniversaries(expected: Sequence[Anniversary], found: Sequence[Anniversary]) -> tuple[Tally, list[Note]]:
    """Anniversaries of the same ordinal and parties whose base years do not contradict each other."""

    def degree(one: Anniversary, other: Anniversary) -> Degree | None:
        years = {one.base_year, other.base_year} - {None}
        if one.ordinal != other.ordinal or set(one.parties) != set(other.parties) or len(years) > 1:
            return None
        return share_topic(one.of, other.of), one.base_year == other.base_year

    return _scored(FactKind.ANNIVERSARIES, assign(expected, found, degree), _anniversary_text)


def _alike(one: Act, other: Act) -> bool:
    return any(one in acts and other in acts for acts in _CLASSES)


def _scored(kind: FactKind, assigned: Assigned[T, T], text: Callable[[T], str]) -> tuple[Tally, list[Note]]:
    right, missed, extra = len(assigned.pairs), len(assigned.missed), len(assigned.extra)
    notes: list[Note] = [(kind, Verdict.MISS, text(fact)) for fact in assigned.missed]
    notes += [(kind, Verdict.FALSE_ALARM, text(fact)) for fact in assigned.extra]
    return Tally(right, right + missed, right + extra), notes


def _agreement_text(fact: Agreement) -> str:
    return f"{', '.join(fact.parties)} {fact.act}: {fact.topic}"


def _anniversary_text(fact: Anniversary) -> str:
    base = "" if fact.base_year is None else f", {fact.base_year}"
    return f"{fact.ordinal} years of {fact.of} ({', '.join(fact.parties)}{base})"
