"""Which of several patterns may match a sentence, by the symbols that are in it; most sentences are searched for few."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

Musts = Sequence[Collection[str]]
_KEPT: Final = 1 << 12


class Sieve:
    """Patterns by what each demands: sets of symbols of each of which a sentence must hold one.

    Sentences that share the symbols which matter share the answer: it is kept, and all are forgotten when they are many.
    """

    __slots__ = ("_bits", "_demands", "_kept")

    def __init__(self, musts: Sequence[Musts]) -> None:
        """One number for each pattern, in their order."""
        letters = sorted({letter for demands in musts for must in demands for letter in must})
        self._bits = {letter: 1 << place for place, letter in enumerate(letters)}
        self._demands = [[sum(self._bits[letter] for letter in set(must)) for must in demands] for demands in musts]
        self._kept: dict[int, tuple[int, ...]] = {}

    def passed(self, present: Collection[str]) -> tuple[int, ...]:
        """The numbers of the patterns that may match where these symbols are present."""
        bits = self._bits
        held = 0
        for letter in present:
            if letter in bits:
                held |= bits[letter]
        numbers = self._kept.get(held)
        if numbers is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            numbers = self._kept[held] = self._choose(held)
        return numbers

    def _choose(self, held: int) -> tuple[int, ...]:
        return tuple(
            number for number, demands in enumerate(self._demands) if all(held & demand for demand in demands)
        )
