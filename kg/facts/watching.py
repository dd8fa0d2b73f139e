"""The cascade run under observation: what each rule made of each sentence.

How it is told is :mod:`kg.facts.explaining`'s business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any, Generic, TypeVar

from kg.extract.lexicon import Lexicon
from kg.extract.pattern import Alphabet, symbols_of
from kg.extract.rule import Hit, Rule, RuleSet
from kg.extract.scene import Scene
from kg.facts import reading
from kg.facts.report import Report
from kg.model.text import Article

D = TypeVar("D")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One rule in one sentence: its words that are there, where its pattern matched, what it built and refused."""

    rule: Rule[Any]
    words: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()
    built: tuple[tuple[Hit, Any], ...] = ()
    refused: tuple[Hit, ...] = ()


@dataclass(slots=True)
class Watch:
    """A sentence with the trials of every rule, by fact type."""

    scene: Scene
    trials: dict[str, list[Trial]] = field(default_factory=dict)


class WatchedRules(RuleSet[D], Generic[D]):
    """A set of rules that notes what each makes of each sentence."""

    __slots__ = ("_hits", "_kind", "_watches")

    def __init__(self, kind: str, rules: RuleSet[D], alphabet: Alphabet, watches: list[Watch]) -> None:
        """Take over the rules; ``kind`` is the name of their facts, ``watches`` where notes are kept."""
        plain = [compiled.rule for compiled in rules._compiled]  # noqa: SLF001 - of its own class
        super().__init__([replace(rule, build=self._noted(rule.build)) for rule in plain], alphabet)
        self._kind = kind
        self._watches = watches
        self._hits: list[tuple[Hit, D | None]] = []

    def _noted(self, build: Callable[[Hit], D | None]) -> Callable[[Hit], D | None]:
        def noted(hit: Hit) -> D | None:
            built = build(hit)
            self._hits.append((hit, built))
            return built

        return noted

    def apply(self, scene: Scene) -> list[tuple[int, D]]:
        """What the rules build, as ever; noted on the way."""
        self._hits.clear()
        built = super().apply(scene)
        if not self._watches or self._watches[-1].scene is not scene:
            self._watches.append(Watch(scene))
        self._watches[-1].trials[self._kind] = list(self._trials(scene))
        return built

    def _trials(self, scene: Scene) -> Iterator[Trial]:
        symbols = symbols_of(scene.items)
        for compiled in self._compiled:
            hits = [(hit, built) for hit, built in self._hits if hit.rule == compiled.rule.id]
            words = [item for item in scene.items if item.symbol in compiled.needs]
            found = compiled.pattern.regex.finditer(symbols) if words else iter(())
            spans = [scene.span(match.start(), match.end() - 1) for match in found]
            yield Trial(
                rule=compiled.rule,
                words=tuple(dict.fromkeys(scene.text(word.begin, word.end) for word in words)),
                matched=tuple(scene.text(begin, end) for begin, end in spans),
                built=tuple((hit, value) for hit, value in hits if value is not None),
                refused=tuple(hit for hit, value in hits if value is None),
            )


def watch(article: Article, lexicon: Lexicon) -> tuple[Report, list[Watch]]:
    """The report of an article, and of every sentence what each rule made of it."""
    watches: list[Watch] = []
    plain = reading.reader_of(lexicon)
    watched: dict[str, Any] = {
        room.name: WatchedRules(room.name, rules, lexicon.alphabet, watches)
        for room in fields(plain)
        if isinstance(rules := getattr(plain, room.name), RuleSet)
    }
    return reading.read_with(replace(plain, asides=None, **watched), article), watches
