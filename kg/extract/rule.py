"""A rule is a value: what it is called, what it matches, what it builds, and its own proof in both directions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.extract.pattern import Alphabet, Pattern
from kg.extract.rewrite import Match
from kg.extract.scene import Scene
from kg.extract.sieve import Sieve, rarest_first

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
    pattern: Pattern
    needs: frozenset[str]


class RuleSet(Generic[D]):
    """Rules compiled for one alphabet, tried in their order; the first to use a trigger keeps it."""

    __slots__ = ("_compiled", "_sieve")

    def __init__(self, rules: Sequence[Rule[D]], alphabet: Alphabet) -> None:
        """Compile every pattern.

        Raises:
            PatternError: a pattern that is not of the syntax.
        """
        self._compiled = [
            _Compiled(
                rule,
                alphabet.compile(rule.pattern),
                frozenset().union(*(n if len(n) == 1 else alphabet.by_class[n] for n in rule.needs)),
            )
            for rule in rules
        ]
        self._sieve = Sieve([(each.needs, *rarest_first(each.pattern.musts)) for each in self._compiled])

    @property
    def signs(self) -> frozenset[str]:
        """The symbols of which a sentence must hold one for any of the rules to match."""
        return self._sieve.rarest

    def apply(self, scene: Scene) -> list[tuple[int, D]]:
        """What the rules build from one sentence, with the index of each trigger, in the order of the rules."""
        built: list[tuple[int, D]] = []
        for number in self._sieve.passed(scene.present):
            built += self._apply(self._compiled[number], scene)
        return built

    def _apply(self, compiled: _Compiled[D], scene: Scene) -> Iterator[tuple[int, D]]:
        search = compiled.pattern.regex.search
        at = 0
        while (found := search(scene.symbols, at)) is not None:
            trigger = found.start(compiled.rule.trigger)
            at = max(found.start(), trigger) + 1
            if trigger in scene.claimed:
                continue
            built = compiled.rule.build(Hit(compiled.rule.id, Match(scene.items, found, compiled.pattern.slots), scene))
            if built is not None:
                scene.claimed.add(trigger)
                yield trigger, built
