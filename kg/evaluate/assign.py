"""Expected and found facts matched one to one, the best agreement first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

E = TypeVar("E")
F = TypeVar("F")

Agreement = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Assigned(Generic[E, F]):
    """Who went with whom, by position, and who was left over."""

    pairs: tuple[tuple[E, F], ...]
    positions: tuple[tuple[int, int], ...]
    missed: tuple[E, ...]
    extra: tuple[F, ...]


def assign(expected: Sequence[E], found: Sequence[F], agreement: Callable[[E, F], Agreement | None]) -> Assigned[E, F]:
    """Each expected fact with at most one found fact and the other way round.

    ``agreement`` compares two facts, more is better and ``None`` is no match at all; ties go to the earlier facts.
    """
    candidates: list[tuple[Agreement, int, int]] = []
    for i, one in enumerate(expected):
        for j, other in enumerate(found):
            degree = agreement(one, other)
            if degree is not None:
                candidates.append((degree, -i, -j))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(candidates, reverse=True):
        if -i not in partner and -j not in taken:
            partner[-i] = -j
            taken.add(-j)
    positions = tuple(sorted(partner.items()))
    return Assigned(
        pairs=tuple((expected[i], found[j]) for i, j in positions),
        positions=positions,
        missed=tuple(one for i, one in enumerate(expected) if i not in partner),
        extra=tuple(other for j, other in enumerate(found) if j not in taken),
    )
