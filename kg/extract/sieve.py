"""Which of several patterns may match a sentence, by the symbols that are in it; most sentences are searched for few."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

_ALL: Final = -1  # every bit: demands nothing
_MOST: Final = 3  # demands that are looked at, those of the fewest symbols


class Bits(dict[str, int]):
    """The bit by which each symbol is known; there are no more of them than an alphabet has letters and marks."""

    __slots__ = ()

    def __missing__(self, symbol: str) -> int:
        """Give a new symbol the next bit."""
        self[symbol] = bit = 1 << len(self)
        return bit

    def mask(self, symbols: Iterable[str]) -> int:
        """The bits of all these symbols."""
        held = 0
        for symbol in set(symbols):
            held |= self[symbol]
        return held


class Sieve:
    """Patterns by what each demands: sets of symbols of each of which a sentence must hold one."""

    __slots__ = ("_demands",)

    def __init__(self, bits: Bits, musts: Sequence[Collection[Collection[str]]]) -> None:
        """One number for each pattern, in their order."""
        self._demands: list[tuple[int, int, int, int]] = []
        for number, sets in enumerate(musts):
            fewest = sorted({frozenset(must) for must in sets}, key=lambda must: (len(must), sorted(must)))[:_MOST]
            one, two, three = [*map(bits.mask, fewest), *[_ALL] * (_MOST - len(fewest))]
            self._demands.append((number, one, two, three))

    def passed(self, held: int) -> list[int]:
        """The numbers of the patterns that may match where the symbols of this mask are present."""
        return [number for number, one, two, three in self._demands if held & one and held & two and held & three]
