"""Which tellings of gatherings are one summit: series, year, and place or time where a year has several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.assemble.cluster import Cluster
from kg.assemble.dating import compatible, month_of, most_precise
from kg.assemble.known import Known
from kg.assemble.merge_contacts import best_place, place_claims
from kg.assemble.told import Contradiction, Telling, preferred
from kg.facts.contact.record import Contact
from kg.facts.report import Report
from kg.facts.summit.record import Summit
from kg.model.date import UNKNOWN
from kg.model.entity import Place, SummitEdition
from kg.model.fact import Status

SummitTelling = Telling[Summit]


@dataclass(slots=True, eq=False)
class Gathering:
    """Tellings of one summit."""

    tellings: list[SummitTelling]

    @property
    def articles(self) -> set[str]:
        """Who tells it."""
        return {telling.article for telling in self.tellings}


def only_editions(reports: Iterable[Report]) -> dict[str, SummitEdition]:
    """By article the one summit of known year that it tells of, where it tells of no other."""
    found = {}
    for report in reports:
        named = {(summit.series, summit.year) for summit in report.summits}
        named |= {(contact.summit.series, contact.summit.year) for contact in report.contacts if contact.summit}
        if len(named) == 1:
            series, year = named.pop()
            if year is not None:
                found[report.article.id] = SummitEdition(series=series, year=year)
    return found


def years_of_editions(clusters: Iterable[Cluster]) -> dict[tuple[str, str], int]:
    """By article and series the year that the article leaves out and another one on the same contact gives."""
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for cluster in clusters:
        known = {(t.fact.summit.series, t.fact.summit.year) for t in cluster.tellings if t.fact.summit}
        for telling in cluster.tellings:
            summit = telling.fact.summit
            if summit is not None and summit.year is None:
                years = {year for series, year in known if series == summit.series and year is not None}
                found[telling.article, summit.series] |= years
    return {mark: min(years) for mark, years in found.items() if len(years) == 1}


def summit_tellings(reports: Sequence[Report], years: Mapping[tuple[str, str], int]) -> list[SummitTelling]:
    """Every summit that the reports tell or imply by a contact on its margins, with the year where others give it."""
    tellings = []
    for report in reports:
        told = list(report.summits)
        for contact in report.contacts:
            if contact.summit is not None and not any(_is_told(contact.summit, summit) for summit in told):
                told.append(_implied(contact, contact.summit))
        for summit in told:
            year = summit.year if summit.year is not None else years.get((report.article.id, summit.series))
            dated = summit if year == summit.year else replace(summit, year=year)
            tellings.append(Telling(report.article.id, dated))
    return tellings


def _is_told(edition: SummitEdition, summit: Summit) -> bool:
    return edition.series == summit.series and (edition.year is None or edition.year == summit.year)


def _implied(contact: Contact, edition: SummitEdition) -> Summit:
    """The summit that a contact on its margins tells of."""
    place = Place(name=edition.place) if edition.place else None
    if place is not None and contact.place is not None and contact.place.slug == place.slug:
        place = contact.place
    held = contact.status is Status.HELD
    return Summit(
        series=edition.series,
        name=edition.series,
        year=edition.year,
        place=place,
        status=Status.HELD if held else None,
        evidence=contact.evidence,
    )


def cluster_summits(tellings: Iterable[SummitTelling], known: Known) -> list[Gathering]:
    """The summits that these tellings are about."""
    parts: dict[tuple[str, int], list[SummitTelling]] = defaultdict(list)
    # A summit of no known year is one per article.
    alone: dict[tuple[str, str], Gathering] = {}
    for telling in tellings:
        if telling.fact.year is None:
            alone.setdefault((telling.article, telling.fact.series), Gathering([])).tellings.append(telling)
        else:
            parts[telling.fact.series, telling.fact.year].append(telling)
    found: list[Gathering] = []
    for mark in sorted(parts):
        found += _split(parts[mark], known)
    return [*found, *alone.values()]


def _split(tellings: Sequence[SummitTelling], known: Known) -> list[Gathering]:
    """The summits of one series in one year: several where places and times keep them apart."""
    shapes: dict[tuple[str, str], list[SummitTelling]] = defaultdict(list)
    for telling in tellings:
        shapes[str(telling.fact.when), telling.fact.place.slug if telling.fact.place else ""].append(telling)
    groups = [shapes[mark] for mark in sorted(shapes)]
    found: list[tuple[list[Summit], Gathering]] = []
    for group in sorted(groups, key=lambda g: (g[0].fact.when.is_unknown, g[0].fact.place is None)):
        first = group[0].fact
        fitting = [pair for pair in found if all(_one_event(told, first, known) for told in pair[0])]
        if fitting:
            fitting[0][0].append(first)
            fitting[0][1].tellings += group
        else:
            found.append(([first], Gathering(list(group))))
    return [gathering for _, gathering in found]


def _one_event(one: Summit, other: Summit, known: Known) -> bool:
    if not compatible(one.when, other.when):
        return False
    if one.place is None or other.place is None or one.place.slug == other.place.slug:
        return True
    if known.is_country(one.place.name) or known.is_country(other.place.name):
        return True
    return not one.when.is_unknown and not other.when.is_unknown


def merged_summit(gathering: Gathering, known: Known) -> Summit:
    """The most precise value; a summit only seen going on is dated by the month in which it was seen."""
    facts = [telling.fact for telling in gathering.tellings]
    observed = tuple(sorted({day for f in facts for day in f.observed_on}))
    when = most_precise(f.when for f in facts)
    statuses = {f.status for f in facts}
    ranked = [s for s in (Status.HELD, Status.CANCELLED, Status.POSTPONED, Status.PLANNED) if s in statuses]
    people = {who.slug: who for f in reversed(facts) for who in f.participants}
    return replace(
        facts[0],
        name=preferred(f.name for f in facts if f.name != f.series) or facts[0].series,
        place=best_place((f.place for f in facts), known),
        when=month_of(observed) if when is UNKNOWN or when.is_unknown else when,
        status=ranked[0] if ranked else None,
        organiser=preferred(f.organiser for f in facts if f.organiser),
        observed_on=observed,
        participants=tuple(people[key] for key in sorted(people)),
        evidence=(),
    )


def summit_contradictions(key: str, gathering: Gathering, known: Known) -> Iterable[Contradiction]:
    """The places on which the tellings of one summit differ."""
    yield from place_claims(key, [(t.fact.place, t.article) for t in gathering.tellings], known)


def by_article(gatherings: Sequence[Gathering]) -> dict[tuple[str, str], list[int]]:
    """The numbers of the summits of a series that an article tells."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, gathering in enumerate(gatherings):
        series = gathering.tellings[0].fact.series
        for article in gathering.articles:
            found[article, series].append(number)
    return found


def nearest(contact: Contact, wholes: Mapping[int, Summit]) -> int | None:
    """Which of an article's summits of one series the contact was beside, by year, then by place and time."""
    if contact.summit is None:
        return None
    year = contact.summit.year
    near = [n for n in wholes if year is None or wholes[n].year == year]
    if len(near) > 1:
        near = [n for n in near if _fits(contact, wholes[n])] or near
    return near[0] if near else None


def _fits(contact: Contact, summit: Summit) -> bool:
    same_place = contact.place is None or summit.place is None or contact.place.slug == summit.place.slug
    return same_place and compatible(contact.when, summit.when)
