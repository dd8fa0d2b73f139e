"""What ``kg explain`` prints: what is seen in a sentence, what every rule made of it, and what was missing.

For those who want to add a word or a rule. The observation itself is :mod:`kg.facts.watching`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from kg.extract import modality, outcome
from kg.extract.clause import clause_begin, subject_of
from kg.extract.gathering import Gathering
from kg.extract.item import Item, Symbol
from kg.extract.lexicon import Lexicon
from kg.extract.register import Figure
from kg.extract.rule import Hit
from kg.extract.scene import Scene
from kg.extract.time import Duration, TimeExpression, resolve
from kg.facts.report import Report
from kg.facts.watching import Trial, Watch, watch
from kg.lexicon.gazetteer import Kind
from kg.model.date import When
from kg.model.text import Article, Paragraph, Part

_KINDS: Final = {
    Symbol.PERSON: "person", Symbol.PEOPLE: "people", Symbol.THOSE: "people", Symbol.REFERENCE: "reference",
    Symbol.COUNTRY: "country", Symbol.COUNTRIES: "countries", Symbol.DEMONYM: "demonym", Symbol.TOWN: "town",
    Symbol.ORGANISATION: "organisation", Symbol.SUMMIT: "gathering", Symbol.TIME: "time", Symbol.DURATION: "duration",
    Symbol.NAME: "name", Symbol.TITLE: "title",
}  # fmt: skip
_PEOPLE: Final = frozenset({Symbol.PERSON, Symbol.PEOPLE, Symbol.THOSE, Symbol.REFERENCE})
_UNSAID: Final = "denied, wished or only supposed"
_SHORTEST: Final = 4


def explain_sentence(sentence: str, day: str | None, lexicon: Lexicon, *, every: bool = False) -> Iterator[str]:
    """The lines that explain a sentence, or several, published on that day: facts first, then how each came to be.

    Rules none of whose words are there are counted, and listed only where ``every`` rule is asked for.
    """
    body = (Paragraph(0, len(sentence), Part.BODY),)
    article = Article(id="explained", path="-", text=sentence, paragraphs=body, published=day)
    report, watches = watch(article, lexicon)
    yield from _facts(report)
    yield from _missing(report, watches, day)
    for seen in watches:
        yield ""
        yield f"“{seen.scene.text(seen.scene.sentence.begin, seen.scene.sentence.end)}”"
        yield from _mentions(seen.scene)
        for kind, trials in seen.trials.items():
            yield from _rules(kind, [trial for trial in trials if every or trial.words], len(trials), seen)


# -- mentions


def _mentions(scene: Scene) -> Iterator[str]:
    yield "Mentions:"
    for at, item in enumerate(scene.items):
        kind = _KINDS.get(item.symbol)
        if kind is not None:
            yield f"  {kind:12} “{scene.text(item.begin, item.end)}”: {_meaning(scene, at, item)}"
        elif item.classes:
            yield f"  {'word':12} “{scene.text(item.begin, item.end)}”: {', '.join(sorted(item.classes))}"


def _meaning(scene: Scene, at: int, item: Item) -> str:
    """What a mention was resolved to."""
    if item.symbol in _PEOPLE:
        return "; ".join(map(_figure, scene.people(at))) or "nobody who is known here"
    match item.value:
        case TimeExpression():
            return _time(resolve(item.value, scene.day, future=False)) or "no day without the day of publication"
        case Duration():
            return item.value.iso
        case Gathering():
            return f"{item.value.series or 'the one named before'} {item.value.year or ''}".rstrip()
        case tuple():
            return ", ".join(map(str, item.value))
    keys = [key for kind in Kind if kind is not Kind.WORD for key in item.keys.get(kind, ())]
    return ", ".join(dict.fromkeys(keys)) or "in no list"


def _figure(figure: Figure) -> str:
    """Name, office and country of somebody, and how he is known."""
    known = "listed in the world" if figure.person is not None else "known by his title here"
    leader = figure.leader
    return f"{leader.name}, {leader.office or 'no office'}, {leader.country or 'no country'} ({known})"


def _time(when: When) -> str:
    if when.date is not None:
        return str(when.date)
    return f"{when.earliest} to {when.latest}" if when.earliest else ""


# -- rules


def _rules(kind: str, trials: list[Trial], number: int, seen: Watch) -> Iterator[str]:
    """What became of the rules of one fact type, and how many others there are."""
    if trials:
        yield f"Rules of {kind}:"
    yield from (f"  {trial.rule.id:34} {told}" for trial in trials for told in _trial(trial, seen))
    rest = number - len(trials)
    if trials and rest:
        yield f"  and {rest} more, of whose words none is there (--all lists them)"


def _trial(trial: Trial, seen: Watch) -> Iterator[str]:
    """What became of one rule, a line each."""
    if not trial.words:
        yield f"none of its words ({', '.join(trial.rule.needs)})"
        return
    for hit, built in trial.built:
        yield f"built {_draft(built)} from “{_matched(hit)}”"
    for hit in trial.refused:
        reasons = "; ".join(_reasons(hit, trial)) or "not what the rule means"
        yield f"matched “{_matched(hit)}” but refused it: {reasons}"
    if not trial.built and not trial.refused:
        words = ", ".join(f"“{word}”" for word in trial.words)
        if trial.matched:
            yield f"matched “{trial.matched[0]}”, which {_taker(trial, seen)} had taken"
        else:
            yield f"has {words}, but its pattern is another: “{trial.rule.example}”"


def _matched(hit: Hit) -> str:
    begin, end = hit.scene.span(hit.match.found.start(), hit.match.found.end() - 1)
    return hit.scene.text(begin, end)


def _taker(trial: Trial, seen: Watch) -> str:
    """The rules before this one that built from the sentence."""
    for trials in seen.trials.values():
        if trial in trials:
            return ", ".join(other.rule.id for other in trials if other.built) or "an earlier rule"
    return "an earlier rule"


def _reasons(hit: Hit, trial: Trial) -> Iterator[str]:
    """Why a builder may have refused: what can be known from outside."""
    scene, trigger = hit.scene, hit.at(trial.rule.trigger)
    index = subject_of(scene.items, trigger)
    if trial.rule.trigger == "verb":
        status = modality.of_verb(scene.items, index, trigger)
    elif trial.rule.trigger == "noun":
        status = outcome.of_noun(scene.items, clause_begin(scene.items, trigger), trigger, len(scene.items))
    else:
        return
    if status is None:
        yield _UNSAID
    if not _parties(scene, index):
        yield "nobody known as its subject"
    if hit.match.has("other") and not _parties(scene, hit.at("other")):
        yield "nobody known as the other party"


def _parties(scene: Scene, at: int | None) -> bool:
    """Whether the item names people or countries that are known."""
    if at is None:
        return False
    return bool(scene.people(at)) or scene.items[at].symbol in {Symbol.COUNTRY, Symbol.COUNTRIES, Symbol.ORGANISATION}


def _draft(built: Any) -> str:
    """What a rule built, in few words."""
    if isinstance(built, list):
        return "; ".join(map(_draft, built))
    told = [str(getattr(built, name)) for name in ("kind", "act", "status", "series", "ordinal") if _has(built, name)]
    people = getattr(built, "people", None) or tuple(filter(None, [getattr(built, "holder", None)]))
    names = " – ".join(figure.leader.name for figure in people) or ", ".join(getattr(built, "parties", ()))
    return " ".join([*told, names]).strip()


def _has(built: Any, name: str) -> bool:
    return getattr(built, name, None) is not None


# -- facts and what is missing


def _facts(report: Report) -> Iterator[str]:
    facts = list(_told(report))
    yield "Facts:" if facts else "Facts: none."
    yield from (f"  {fact}" for fact in facts)
    for problem in report.problems:
        yield f"  problem, {problem.kind}: {problem.detail}"


def _told(report: Report) -> Iterator[str]:
    for c in report.contacts:
        beside = f"{c.summit.series} {c.summit.year or ''}".strip() if c.summit else None
        people = " – ".join(who.name for who in c.participants)
        yield _line(f"{c.kind}, {c.status}", people, _time(c.when) or "date unknown", c.place and c.place.name, beside)
    for a in report.agreements:
        yield _line(f"agreement, {a.act}", ", ".join(a.parties), a.topic, _time(a.when))
    for j in report.anniversaries:
        yield _line("anniversary", f"{j.ordinal} years", j.of, ", ".join(j.parties), _time(j.when))
    for s in report.summits:
        yield _line("summit", s.series, s.year, s.place and s.place.name, ", ".join(who.name for who in s.participants))
    for t in report.tenures:
        yield _line("tenure", t.holder.name, t.office, t.country, t.start and f"from {t.start}")
    for q in report.statements:
        yield _line("statement", q.speaker.name, ", ".join(q.about))


def _line(kind: str, *parts: object) -> str:
    return f"{kind}: " + "; ".join(str(part) for part in parts if part)


def _missing(report: Report, watches: list[Watch], day: str | None) -> Iterator[str]:
    """What more it would take: nothing where events were read."""
    if report.contacts or report.agreements or report.anniversaries:
        return
    missing = list(dict.fromkeys(line for seen in watches for line in _lacks(seen, day)))
    yield "Missing:"
    yield from (f"  {line}" for line in missing or ["a rule for this construction: see kg/facts"])


def _lacks(seen: Watch, day: str | None) -> Iterator[str]:
    scene = seen.scene
    trials = [trial for trials in seen.trials.values() for trial in trials]
    if not any(trial.words for trial in trials):
        yield f"a word that a rule begins with; in no list of seeds/words are: {', '.join(_unlisted(scene)) or 'none'}"
    known = {id(figure) for at, item in enumerate(scene.items) if item.symbol in _PEOPLE for figure in scene.people(at)}
    if len(known) < 2:
        yield f"a second participant: {len(known) or 'nobody'} is known, and a contact needs two"
    for at, item in enumerate(scene.items):
        text = scene.text(item.begin, item.end)
        if item.symbol == Symbol.NAME:
            several = ", ".join(item.keys.get(Kind.SHORT, ()))
            why = f"{several} may be called so: a title or the full name decides" if several else "no list has the name"
            yield f"who “{text}” is: {why}" + ("" if several else ", and no title stands before it")
        elif item.symbol in _PEOPLE and not scene.people(at):
            yield f"who “{text}” means: nobody before it fits"
        elif item.symbol == Symbol.TIME and day is None:
            yield f"the day of publication (--date), by which “{text}” is read"
    if any(_UNSAID in _reasons(hit, trial) for trial in trials for hit in trial.refused):
        yield f"an event that took place or is planned: this one is {_UNSAID}"


def _unlisted(scene: Scene) -> list[str]:
    """The plain words that no list has."""
    plain = (item for item in scene.items if item.symbol == Symbol.WORD and len(item.text) >= _SHORTEST)
    return list(dict.fromkeys(item.text for item in plain if item.text[0].islower()))
