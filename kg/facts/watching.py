"""The cascade run under observation: what each rule made of each sentence.

How it is told is :mod:`kg.facts.explaining`'s business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from kg.extract.lexicon import Lexicon
from kg.extract.pattern import Alphabet, symbols_of
from kg.extract.rule import Hit, Rule, RuleSet
from kg.extract.scene import Scene
from kg.facts import reading
from kg.facts.agreement import rules as agreement_rules
from kg.facts.anniversary import rules as anniversary_rules
from kg.facts.contact import rules as contact_rules
from kg.facts.report import Report
from kg.facts.summit import rules as summit_rules
from kg.facts.tenure import rules as tenure_rules
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

    __slots__ = ("_alphabet", "_hits", "_kind", "_watches")

    def __init__(self, kind: str, rules: Sequence[Rule[D]], alphabet: Alphabet, watches: list[Watch]) -> None:
        """Compile the rules; ``kind`` is their fact type, ``watches`` where notes are kept."""
        super().__init__([replace(rule, build=self._noted(rule.build)) for rule in rules], alphabet)
        self._kind = kind
        self._alphabet = alphabet
        self._watches = watches
        self._hits: list[tuple[Hit, D | None]] = []

    def _noted(self, build: Callable[[Hit], D | None]) -> Callable[[Hit], D | None]:
        def noted(hit: Hit) -> D | None:
            built = build(hit)
            self._hits.append((hit, built))
            return built

        return noted

    def apply(self, scene: Scene) -> Iterator[tuple[int, D]]:
        """What the rules build, as ever; noted on the way."""
        self._hits.clear()
        built = list(super().apply(scene))
        if not self._watches or self._watches[-1].scene is not scene:
            self._watches.append(Watch(scene))
        self._watches[-1].trials[self._kind] = list(self._trials(scene))
        yield from built

    def _trials(self, scene: Scene) -> Iterator[Trial]:
        symbols = symbols_of(scene.items)
        for compiled in self._compiled:
            hits = [(hit, built) for hit, built in self._hits if hit.rule == compiled.rule.id]
            words = [item for item in scene.items if item.symbol in compiled.needs]
            found = compiled.pattern.finditer(symbols) if words else iter(())
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
    alphabet = lexicon.alphabet
    own = replace(lexicon)  # with a reader of its own
    reader = replace(
        reading.reader_of(lexicon),
        lexicon=own,
        contacts=WatchedRules("contact", contact_rules.RULES, alphabet, watches),
        agreements=WatchedRules("agreement", agreement_rules.RULES, alphabet, watches),
        anniversaries=WatchedRules("anniversary", anniversary_rules.RULES, alphabet, watches),
        summits=WatchedRules("summit", summit_rules.RULES, alphabet, watches),
        tenures=WatchedRules("tenure", tenure_rules.RULES, alphabet, watches),
    )
    reading._READERS[id(own)] = reader  # noqa: SLF001 - the one place where a reader is taken from
    try:
        return reading.read_facts(article, own), watches
    finally:
        del reading._READERS[id(own)]  # noqa: SLF001
