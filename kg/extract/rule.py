"""A rule is a value: what it is called, what it matches, what it builds, and its own proof in both directions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.extract.pattern import Alphabet
from kg.extract.rewrite import Match
from kg.extract.scene import Scene

D = TypeVar("D")


@dataclass(slots=True, eq=False)
class Hit:
    """One match of one rule in one sentence."""

    rule: str
    match: Match
    scene: Scene

    def at(self, slot: str) -> int:
        """The index of a slot's first item in the sentence; -1 where it is empty."""
        return self.match.index(slot)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[D]):
    """One construction of one fact type.

    ``pattern`` is in the syntax of :mod:`kg.extract.pattern`; ``trigger`` names the slot that no later rule may use
    again; ``needs`` are word classes of which a sentence must hold one. ``example`` gives a fact by this rule, each of
    ``counter`` gives none by it; the test suite runs them all.

    Raises:
        ValueError: a rule without example or without counter-example.
    """

    id: str
    pattern: str
    trigger: str
    needs: tuple[str, ...]
    build: Callable[[Hit], D | None]
    example: str
    counter: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a rule without its proof."""
        if not self.example or not self.counter:
            raise ValueError(f"rule {self.id} needs an example and a counter-example")


@dataclass(frozen=True, slots=True)
class _Compiled(Generic[D]):
    rule: Rule[D]
    pattern: re.Pattern[str]
    needs: frozenset[str]
    musts: tuple[frozenset[str], ...]  # sets of letters of each of which a sentence must hold one


class RuleSet(Generic[D]):
    """Rules compiled for one alphabet, tried in their order; the first to use a trigger keeps it."""

    __slots__ = ("_by_letter", "_compiled")

    def __init__(self, rules: Sequence[Rule[D]], alphabet: Alphabet) -> None:
        """Compile every pattern.

        Raises:
            PatternError: a pattern that is not of the syntax.
        """
        self._compiled = [
            _Compiled(
                rule,
                alphabet.compile(rule.pattern),
                frozenset("".join(n if len(n) == 1 else alphabet.by_class[n] for n in rule.needs)),
                alphabet.musts(rule.pattern),
            )
            for rule in rules
        ]
        self._by_letter: dict[str, set[int]] = {}
        for number, compiled in enumerate(self._compiled):
            for letter in compiled.needs:
                self._by_letter.setdefault(letter, set()).add(number)

    def apply(self, scene: Scene) -> list[tuple[int, D]]:
        """What the rules build from one sentence, with the index of each trigger, in the order of the rules."""
        present = scene.present
        if present.isdisjoint(self._by_letter):
            return []
        numbers = set().union(*[self._by_letter[letter] for letter in self._by_letter.keys() & present])
        built: list[tuple[int, D]] = []
        for number in sorted(numbers):
            compiled = self._compiled[number]
            if not any(map(present.isdisjoint, compiled.musts)):
                built += self._apply(compiled, scene)
        return built

    def _apply(self, compiled: _Compiled[D], scene: Scene) -> Iterator[tuple[int, D]]:
        at = 0
        while (found := compiled.pattern.search(scene.symbols, at)) is not None:
            trigger = found.start(compiled.rule.trigger)
            at = max(found.start(), trigger) + 1
            if trigger in scene.claimed:
                continue
            built = compiled.rule.build(Hit(compiled.rule.id, Match(scene.items, found), scene))
            if built is not None:
                scene.claimed.add(trigger)
                yield trigger, built
