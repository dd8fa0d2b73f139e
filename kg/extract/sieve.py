"""Which of several patterns may match a sentence, by the symbols that are in it: few, in most sentences."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

Symbols = frozenset[str]
_KEPT: Final = 1 << 12
_NONE: Final[tuple[int, ...]] = ()


class Sieve:
    """Patterns by what each demands: sets of symbols of each of which a sentence must hold one.

    A sentence is asked for the rarest demand of each first; what follows from the symbols that meet any of these is
    kept, and forgotten altogether when it is much.
    """

    __slots__ = ("_demands", "_kept", "rarest")

    def __init__(self, musts: Sequence[Sequence[Symbols]]) -> None:
        """One number for each pattern, in their order; the first demand of each is its rarest.

        Raises:
            ValueError: a pattern that demands nothing.
        """
        self._demands = [
            (first, *_two([other for other in others if not first <= other], first)) for first, *others in musts
        ]
        self.rarest: Symbols = frozenset().union(*(first for first, *_ in self._demands))
        self._kept: dict[Symbols, tuple[tuple[int, Symbols, Symbols], ...]] = {}

    def passed(self, present: Symbols) -> Sequence[int]:
        """The numbers of the patterns that may match where these symbols are present."""
        met = present & self.rarest
        if not met:
            return _NONE
        asked = self._kept.get(met)
        if asked is None:
            asked = self._ask(met)
        disjoint = present.isdisjoint
        return [number for number, one, other in asked if not disjoint(one) and not disjoint(other)]

    def _ask(self, met: Symbols) -> tuple[tuple[int, Symbols, Symbols], ...]:
        """The patterns whose rarest demand these symbols meet, with their other demands."""
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        asked = tuple(
            (number, one, other)
            for number, (first, one, other) in enumerate(self._demands)
            if not met.isdisjoint(first)
        )
        self._kept[met] = asked
        return asked


def _two(others: Sequence[Symbols], met: Symbols) -> tuple[Symbols, Symbols]:
    """The first two demands, one that is met in place of a missing one; to ask for more costs more than it saves."""
    one, other, *_ = (*others, met, met)
    return one, other


def rarest_first(musts: Collection[Symbols]) -> tuple[Symbols, ...]:
    """Each demand once: those of listed words before those of mentions and marks, the ones of few before many."""
    return tuple(sorted(set(musts), key=lambda must: (min(must) < "\ue000", len(must), sorted(must))))
