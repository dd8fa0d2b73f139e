"""One name for each person: two spellings in two articles are one person where office, country and words say so.

Whom the world lists under several spellings has one name already. This is for the others: transliterations
("Al-Harthi", "al Harthy"), names in another order, with a further name, or the surname alone beside the title.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from kg.assemble.gather import published
from kg.assemble.key import leader_key
from kg.assemble.spelling import Spelling
from kg.facts.report import Report
from kg.model.entity import Leader, slug

Post = tuple[str, str]


def one_name_each(reports: Iterable[Report], known: Collection[str] = ()) -> list[Report]:
    """The reports with one name for each person; ``known`` are keys of people whom the world tells apart."""
    told = list(reports)
    days = published(told)
    posts: dict[Post, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for report in told:
        for who in _people(report):
            spelt[who.slug][who.name] += 1
            if who.country and who.office:
                posts[who.country, slug(who.office)][who.slug].add(report.article.id)
    chosen: dict[str, str] = {}
    for post in sorted(posts):
        names = [Spelling.of(key, posts[post][key], days) for key in sorted(posts[post])]
        for group in _groups(names, known):
            best = min(group, key=lambda n: (n.key not in known, -len(n.words), -len(n.articles), n.key))
            chosen |= {name.key: best.key for name in group if name is not best}
    if not chosen:
        return told
    last = {key: _last(key, chosen) for key in chosen}
    names_of = {key: min(found, key=lambda name: (-found[name], name)) for key, found in spelt.items()}
    return [_renamed(report, {key: names_of[best] for key, best in last.items()}) for report in told]


def everybody(reports: Iterable[Report]) -> tuple[tuple[str, Leader], ...]:
    """Everybody whom a fact names by his key, once, with the office and country that some article gives."""
    named = {_whole(who) for report in reports for who in _people(report)}
    seen: dict[str, Leader] = {}
    for name, country, office, wikidata in sorted(named, key=lambda w: (not w[1], not w[2], w)):
        leader = Leader(name=name, country=country or None, office=office or None, wikidata=wikidata or None)
        seen.setdefault(leader_key(leader), leader)
    return tuple(sorted(seen.items()))


def _whole(who: Leader) -> tuple[str, str, str, str]:
    return who.name, who.country or "", who.office or "", who.wikidata or ""


def _last(key: str, chosen: Mapping[str, str]) -> str:
    """The name at the end of the chain: who held two posts may be spelt in three ways."""
    seen = {key}
    while key in chosen and chosen[key] not in seen:
        key = chosen[key]
        seen.add(key)
    return key


def _groups(names: Iterable[Spelling], known: Collection[str]) -> Iterator[list[Spelling]]:
    """The spellings of one post that are one person's; one that could be of several people stays alone."""
    people: list[list[Spelling]] = []
    for name in sorted(names, key=lambda n: (-len(n.words), n.key)):
        fitting = [person for person in people if any(_may_be_one(name, other, known) for other in person)]
        if len(fitting) == 1 and all(_goes_with(name, other, known) for other in fitting[0]):
            fitting[0].append(name)
        else:
            people.append([name])
    yield from (person for person in people if len(person) > 1)


def _goes_with(one: Spelling, other: Spelling, known: Collection[str]) -> bool:
    """Whether the name may stand beside another spelling of the person: a shorter one need not be like each of them."""
    if len(one.words) == len(other.words):
        return _may_be_one(one, other, known)
    return not one.articles & other.articles


def _may_be_one(one: Spelling, other: Spelling, known: Collection[str]) -> bool:
    """Whether the world does not tell them apart; it knows by which parts of their names its own people are called."""
    listed = [name for name in (one, other) if name.key in known]
    if len(listed) == 2 or (listed and len(one.words) != len(other.words)):
        return False
    return one.may_be(other)


def _people(report: Report) -> Iterator[Leader]:
    yield from report.leaders
    for contact in report.contacts:
        yield from contact.participants
    for summit in report.summits:
        yield from summit.participants
    for agreement in report.agreements:
        yield from agreement.by
    for tenure in report.tenures:
        yield from (who for who in (tenure.holder, tenure.preceded_by) if who)
    for statement in report.statements:
        yield statement.speaker


def _renamed(report: Report, names: Mapping[str, str]) -> Report:
    """The report with the new names; the article's own spelling stays in ``written``."""
    if not any(who.slug in names for who in _people(report)):
        return report

    def new(who: Leader) -> Leader:
        name = names.get(who.slug)
        return who if name is None else replace(who, name=name, written=who.written or who.name)

    def of_all(people: Iterable[Leader]) -> tuple[Leader, ...]:
        return tuple(sorted(map(new, people), key=lambda who: who.name))

    return replace(
        report,
        leaders=tuple(map(new, report.leaders)),
        contacts=tuple(replace(fact, participants=of_all(fact.participants)) for fact in report.contacts),
        summits=tuple(replace(fact, participants=of_all(fact.participants)) for fact in report.summits),
        agreements=tuple(replace(fact, by=of_all(fact.by)) for fact in report.agreements),
        tenures=tuple(
            replace(fact, holder=new(fact.holder), preceded_by=new(fact.preceded_by) if fact.preceded_by else None)
            for fact in report.tenures
        ),
        statements=tuple(replace(fact, speaker=new(fact.speaker)) for fact in report.statements),
    )
