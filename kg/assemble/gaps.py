"""What the words of an article ask for and no fact answers: what a user may add to the lists.

A time that no day could be found for, somebody whose title is in no list, an event of whom nobody is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from kg.extract import modality, outcome
from kg.extract.clause import clause_begin, subject_of
from kg.extract.item import Symbol
from kg.extract.lexicon import Lexicon
from kg.extract.rule import Hit
from kg.extract.scene import Scene
from kg.extract.time import TimeExpression, resolve
from kg.facts.reader import reader_of
from kg.facts.reading import read_with
from kg.facts.report import Report
from kg.facts.sources import report_of
from kg.facts.watching import Trial, Watch, WatchedRules
from kg.model.fact import Problem, ProblemKind
from kg.model.text import Article
from kg.read import Source

_CONTACTS: Final = "contacts"
_PARTIES: Final = frozenset({Symbol.COUNTRY, Symbol.COUNTRIES, Symbol.ORGANISATION})
_EMPTY_VERBS: Final = ("be", "have", "held", "holding")  # of themselves no event
_BEFORE_NAMES: Final = frozenset({Symbol.DEMONYM, Symbol.TITLE})


def gap_reader(lexicon: Lexicon) -> Callable[[Source], Report]:
    """What tells of each source its facts, and what of its words could not be used."""
    watches: list[Watch] = []
    plain = reader_of(lexicon)
    watched = replace(plain, contacts=WatchedRules(_CONTACTS, plain.contacts, lexicon.alphabet, watches))

    def report_with_gaps(source: Source) -> Report:
        if not isinstance(source, Article):
            return report_of(source, lexicon)
        watches.clear()
        report = read_with(watched, source)
        found = {(gap.kind, gap.begin): gap for seen in watches for gap in _gaps(seen)}
        return replace(report, problems=(*report.problems, *found.values()))

    return report_with_gaps


def _gaps(seen: Watch) -> Iterator[Problem]:
    yield from _times(seen.scene)
    trials = seen.trials.get(_CONTACTS, [])
    if any(trial.built for trial in trials):
        return
    for trial in trials:
        for hit in trial.refused:
            yield from _without_roles(hit, trial)


def _times(scene: Scene) -> Iterator[Problem]:
    """The times that no day, month or year could be found for."""
    for item in scene.items:
        if item.symbol == Symbol.TIME and isinstance(item.value, TimeExpression):
            when = resolve(item.value, scene.day, future=False)
            if when.earliest is None:
                yield _problem(ProblemKind.UNRESOLVED_TIME, scene, item.begin, item.end)


def _without_roles(hit: Hit, trial: Trial) -> Iterator[Problem]:
    """The event that lacks somebody, and the names in the places of those who are known."""
    scene, trigger = hit.scene, hit.at(trial.rule.trigger)
    subject = subject_of(scene.items, trigger)
    roles = [subject, hit.at("other")] if hit.match.has("other") else [subject]
    if (
        scene.items[trigger].is_word(*_EMPTY_VERBS)
        or all(_is_known(scene, at) for at in roles)
        or not _is_told(scene, subject, trigger, trial.rule.trigger)
    ):
        return
    first, last = clause_begin(scene.items, trigger), hit.match.found.end()
    yield _problem(ProblemKind.NO_PARTICIPANTS, scene, *scene.span(first, last - 1))
    for at, item in enumerate(scene.items[first:last], first):
        if item.symbol == Symbol.NAME and " " in item.text:
            before = at - 1 if at and scene.items[at - 1].symbol in _BEFORE_NAMES else at
            yield _problem(ProblemKind.UNKNOWN_TITLE, scene, *scene.span(before, at))


def _is_told(scene: Scene, subject: int | None, trigger: int, slot: str) -> bool:
    """Whether the event is told as held, planned or called off: nobody is missing from what was denied or wished."""
    if slot == "verb":
        return modality.of_verb(scene.items, subject, trigger) is not None
    begin = clause_begin(scene.items, trigger)
    return slot == "noun" and outcome.of_noun(scene.items, begin, trigger, len(scene.items)) is not None


def _is_known(scene: Scene, at: int | None) -> bool:
    return at is not None and (bool(scene.people(at)) or scene.items[at].symbol in _PARTIES)


def _problem(kind: ProblemKind, scene: Scene, begin: int, end: int) -> Problem:
    return Problem(kind=kind, begin=begin, end=end, detail=scene.text(begin, end))
