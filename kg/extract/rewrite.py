"""One step of the cascade: every match of a pattern replaced by one item."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.extract.item import Item
from kg.extract.pattern import symbols_of


@dataclass(slots=True, eq=False)
class Match:
    """A pattern's match in a list of items: slots give items, spans give indexes."""

    items: Sequence[Item]
    found: re.Match[str]

    def slot(self, name: str) -> Sequence[Item]:
        """The items of a slot; empty where it took no part."""
        if name not in self.found.re.groupindex:
            return ()
        begin, end = self.found.span(name)
        return () if begin < 0 else self.items[begin:end]

    def one(self, name: str, symbols: str) -> Item | None:
        """The first item of a slot that is of one of these kinds."""
        return next((item for item in self.slot(name) if item.symbol in symbols), None)

    def has(self, name: str) -> bool:
        """Whether the slot holds anything."""
        return bool(self.slot(name))

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


@dataclass(frozen=True, slots=True)
class Step:
    """One pattern of a cascade; ``needs`` are symbols without any of which it cannot match."""

    pattern: re.Pattern[str]
    needs: frozenset[str]
    build: Build


def step(pattern: re.Pattern[str], needs: str, build: Build) -> Step:
    """A step by its pattern, the symbols it needs, and what it makes of a match (``None`` leaves it as it was)."""
    return Step(pattern, frozenset(needs), build)


def cascade(items: list[Item], steps: Iterable[Step]) -> list[Item]:
    """The items after every step in turn; a sentence that lacks a step's symbols is passed over by it."""
    symbols = symbols_of(items)
    present = set(symbols)
    for each in steps:
        if present.isdisjoint(each.needs):
            continue
        made = _apply(items, symbols, each)
        if made is not items:
            items = made
            symbols = symbols_of(items)
            present = set(symbols)
    return items


def _apply(items: list[Item], symbols: str, each: Step) -> list[Item]:
    result: list[Item] = []
    done = 0
    at = 0
    while (found := each.pattern.search(symbols, at)) is not None:
        if found.end() == found.start():
            at = found.end() + 1
            continue
        made = each.build(Match(items, found))
        if made is None:
            at = found.start() + 1
            continue
        result += items[done : found.start()]
        result.append(made.item)
        done = at = max(made.stop, found.start() + 1)
    return result + items[done:] if result else items


def rewrite(items: list[Item], pattern: re.Pattern[str], needs: str, build: Build) -> list[Item]:
    """The items with each match replaced by what ``build`` makes of it."""
    symbols = symbols_of(items)
    for need in needs:
        if need in symbols:
            return _apply(items, symbols, step(pattern, needs, build))
    return items
