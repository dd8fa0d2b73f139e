"""One step of the cascade: every match of a pattern replaced by one item."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.item import Item
from kg.extract.pattern import Alphabet, Pattern, symbols_of
from kg.extract.sieve import Sieve, rarest_first


@dataclass(slots=True, eq=False)
class Match:
    """A pattern's match in a list of items: slots give items, spans give indexes."""

    items: Sequence[Item]
    found: re.Match[str]
    slots: Mapping[str, int]

    def slot(self, name: str) -> Sequence[Item]:
        """The items of a slot; empty where it took no part."""
        group = self.slots.get(name)
        if group is None:
            return ()
        begin, end = self.found.span(group)
        return () if begin < 0 else self.items[begin:end]

    def one(self, name: str, symbols: str) -> Item | None:
        """The first item of a slot that is of one of these kinds."""
        return next((item for item in self.slot(name) if item.symbol in symbols), None)

    def has(self, name: str) -> bool:
        """Whether the slot holds anything."""
        group = self.slots.get(name)
        if group is None:
            return False
        begin, end = self.found.span(group)
        return begin < end

    def index(self, name: str) -> int:
        """The index of the slot's first item; -1 where it took no part."""
        return self.found.start(name)

    def any(self, name: str, *classes: str) -> bool:
        """Whether the slot holds a listed word of one of these classes."""
        return any(item.is_word(*classes) for item in self.slot(name))


@dataclass(slots=True, eq=False)
class Made:
    """What replaces a match: one item, up to the index ``stop`` (a match may look further than it takes)."""

    item: Item
    stop: int


Build = Callable[[Match], Made | None]


class Cascade:
    """Patterns that are tried one after the other, each on what those before it made."""

    __slots__ = ("_patterns", "_sieve")

    def __init__(self, alphabet: Alphabet, patterns: Iterable[str]) -> None:
        """Compile the patterns, in their order."""
        self._patterns = tuple(map(alphabet.compile, patterns))
        self._sieve = Sieve([rarest_first(pattern.musts) for pattern in self._patterns])

    def run(self, items: list[Item], builders: Sequence[Build]) -> list[Item]:
        """The items after every pattern in turn, by what each builder makes of its pattern's matches.

        A builder that gives ``None`` leaves its match as it was.
        """
        symbols = symbols_of(items)
        ahead = self._sieve.passed(frozenset(symbols))
        at = 0
        while at < len(ahead):
            number = ahead[at]
            at += 1
            made = _apply(items, symbols, self._patterns[number], builders[number])
            if made is not items:
                items = made
                symbols = symbols_of(items)
                ahead = self._sieve.passed(frozenset(symbols))
                at = bisect_right(ahead, number)
        return items


def _apply(items: list[Item], symbols: str, pattern: Pattern, build: Build) -> list[Item]:
    result: list[Item] = []
    done = at = 0
    search, slots = pattern.regex.search, pattern.slots
    while (found := search(symbols, at)) is not None:
        first, end = found.span()
        if first == end:
            at = end + 1
            continue
        made = build(Match(items, found, slots))
        if made is None:
            at = first + 1
            continue
        result += items[done:first]
        result.append(made.item)
        done = at = max(made.stop, first + 1)
    return result + items[done:] if result else items
