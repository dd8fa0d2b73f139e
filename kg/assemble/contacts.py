"""Which tellings of contacts are one contact: same channel, same people, times and summits that go together.

The tellings come sorted, so the answer does not depend on the order of the articles. What could be two different
contacts stays apart.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.assemble.dating import Interval, days_in, falls_in, interval_of, month_day_of, overlap
from kg.assemble.told import Telling
from kg.facts.contact.record import Contact
from kg.model.entity import SummitEdition
from kg.model.fact import Status

ContactTelling = Telling[Contact]
IsCountry = Callable[[str], bool]


class Cluster:
    """Tellings of one contact; the first has the most precise time."""

    def __init__(self, tellings: Sequence[ContactTelling]) -> None:
        """Begin with tellings that belong together."""
        self.tellings: list[ContactTelling] = []
        self.articles: set[str] = set()
        self._summits: set[tuple[str, int | None]] = set()
        self._places: set[str] = set()
        self.take(tellings)

    def take(self, tellings: Sequence[ContactTelling]) -> None:
        """Add tellings of the same contact."""
        self.tellings += tellings
        for telling in tellings:
            fact = telling.fact
            self.articles.add(telling.article)
            if fact.summit is not None:
                self._summits.add((fact.summit.series, fact.summit.year))
            if fact.place is not None:
                self._places.add(fact.place.slug)

    @property
    def contact(self) -> Contact:
        """The most precise telling."""
        return self.tellings[0].fact

    def accepts_summit(self, contact: Contact) -> bool:
        """Whether no telling names a different summit."""
        return contact.summit is None or all(_same_summit(known, contact) for known in self._summits)

    def has_summit_of(self, contact: Contact) -> bool:
        """Whether a telling names the same summit."""
        return contact.summit is not None and any(_same_summit(known, contact) for known in self._summits)

    def has_place_of(self, contact: Contact) -> bool:
        """Whether a telling names the same place."""
        return contact.place is not None and contact.place.slug in self._places


def _same_summit(known: tuple[str, int | None], contact: Contact) -> bool:
    """Whether the contact names that series and no other year."""
    series, year = known
    if contact.summit is None or contact.summit.series != series:
        return False
    return year is None or contact.summit.year is None or contact.summit.year == year


Shape = tuple[str, str, str, str, str]


def _shape(contact: Contact) -> Shape:
    """What two tellings must share to be put together without further thought."""
    when, summit = contact.when, contact.summit
    return (
        str(when.earliest or when.date or ""),
        str(when.latest or ""),
        summit.series if summit else "",
        str(summit.year or "") if summit else "",
        contact.place.slug if contact.place else "",
    )


def _by_shape(tellings: Iterable[ContactTelling]) -> list[list[ContactTelling]]:
    groups: dict[Shape, list[ContactTelling]] = defaultdict(list)
    for telling in tellings:
        groups[_shape(telling.fact)].append(telling)
    return [groups[shape] for shape in sorted(groups)]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an article says around a contact: which others tell of its events, and the one summit that it is about."""

    neighbours: Mapping[str, set[str]]
    editions: Mapping[str, SummitEdition]

    def supported(self, telling: ContactTelling, known: Sequence[Cluster]) -> list[Cluster]:
        """The contacts that an undated telling may be about: by its summit, its neighbours, its article's summit."""
        contact = telling.fact
        if near := [c for c in known if c.has_summit_of(contact)]:
            return near
        around = self.neighbours.get(telling.article, set())
        if near := [c for c in known if c.accepts_summit(contact) and c.articles & around]:
            return near
        edition = self.editions.get(telling.article)
        if contact.summit is not None or edition is None:
            return []
        return [c for c in known if c.has_summit_of(replace(contact, summit=edition))]


class _Bucket:
    """The contacts of one channel between the same people, growing from the most precise time to the least."""

    def __init__(self, is_country: IsCountry) -> None:
        self._is_country = is_country
        self.clusters: list[Cluster] = []
        self._order: list[tuple[dt.date, dt.date, int]] = []
        self._longest = 1
        self._by_month_day: dict[tuple[int, int], list[Cluster]] = defaultdict(list)

    def add_dated(self, tellings: Iterable[ContactTelling]) -> None:
        """Put together the tellings that have bounds."""
        groups = _by_shape(tellings)
        for group in sorted(groups, key=_specificity):
            interval = interval_of(group[0].fact.when)
            assert interval is not None
            near = self._near(interval)
            if not self._join(group, [c for c in near if not self._two_in_one_article(c, group)]):
                self._open(group, interval)

    def add_yearless(self, tellings: Iterable[ContactTelling]) -> None:
        """Put tellings of a month and day without a year where exactly one contact has that day."""
        for group in _by_shape(tellings):
            month_day = month_day_of(group[0].fact.when)
            assert month_day is not None
            near = list(self._by_month_day[month_day])
            if not near:
                near = [c for c in self.clusters if _covers(c, month_day)]
            if not self._join(group, near):
                self.clusters.append(Cluster(group))
                self._by_month_day[month_day].append(self.clusters[-1])

    def add_undated(self, tellings: Iterable[ContactTelling], around: Surroundings) -> None:
        """Put tellings without a time where a summit, or an article that tells of the same events, supports it."""
        known = list(self.clusters)
        alone: dict[tuple[str, str, int | None], list[ContactTelling]] = defaultdict(list)
        for telling in tellings:
            near = around.supported(telling, known)
            if self._join([telling], [c for c in near if telling.article not in c.articles]):
                continue
            summit = telling.fact.summit
            apart = telling.article if summit is None or summit.year is None else ""
            alone[apart, summit.series if summit else "", summit.year if summit else None].append(telling)
        self.clusters += [Cluster(alone[mark]) for mark in sorted(alone, key=str)]

    def _near(self, interval: Interval) -> list[Cluster]:
        """The contacts whose time shares a day with the interval."""
        start = interval[0] - dt.timedelta(days=min(self._longest, (interval[0] - dt.date.min).days))
        found = []
        for earliest, latest, number in self._order[bisect_left(self._order, (start, dt.date.min, 0)) :]:
            if earliest > interval[1]:
                break
            if overlap((earliest, latest), interval):
                found.append(self.clusters[number])
        return found

    def _join(self, group: Sequence[ContactTelling], near: Iterable[Cluster]) -> bool:
        """Whether exactly one contact nearby takes the group in: by summit and place where several could."""
        contact = group[0].fact
        open_to = [c for c in near if c.accepts_summit(contact)]
        for closer in (Cluster.has_summit_of, Cluster.has_place_of):
            if len(open_to) > 1:
                open_to = [c for c in open_to if closer(c, contact)] or open_to
        if len(open_to) != 1:
            return False
        open_to[0].take(group)
        return True

    def _open(self, group: Sequence[ContactTelling], interval: Interval) -> None:
        insort(self._order, (*interval, len(self.clusters)))
        self._longest = max(self._longest, days_in(interval))
        self.clusters.append(Cluster(group))
        if interval[0] == interval[1]:
            self._by_month_day[interval[0].month, interval[0].day].append(self.clusters[-1])

    def _two_in_one_article(self, cluster: Cluster, group: Sequence[ContactTelling]) -> bool:
        """Whether one article tells of two contacts in different towns."""
        place = group[0].fact.place
        if place is None or self._is_country(place.name):
            return False
        articles = {telling.article for telling in group}
        return any(
            t.article in articles and t.fact.place not in (None, place) and not self._is_country(t.fact.place.name)
            for t in cluster.tellings
            if t.fact.place is not None
        )


def _covers(cluster: Cluster, month_day: tuple[int, int]) -> bool:
    interval = interval_of(cluster.contact.when)
    return interval is not None and falls_in(month_day, interval)


def _specificity(group: Sequence[ContactTelling]) -> tuple[int, bool, bool, Shape]:
    contact = group[0].fact
    interval = interval_of(contact.when)
    assert interval is not None
    return days_in(interval), contact.summit is None, contact.place is None, _shape(contact)


def neighbours_of(clusters: Iterable[Cluster]) -> dict[str, set[str]]:
    """For each article the other articles that tell of a contact it tells of."""
    found: dict[str, set[str]] = defaultdict(set)
    for cluster in clusters:
        articles = cluster.articles
        if len(articles) > 1:
            for article in articles:
                found[article] |= articles - {article}
    return found


def cluster_contacts(
    tellings: Sequence[ContactTelling], is_country: IsCountry, editions: Mapping[str, SummitEdition]
) -> list[Cluster]:
    """The contacts that these tellings are about, held ones and plans apart.

    ``editions`` gives by article the one summit that it is about.
    """
    parts: dict[tuple[bool, str, tuple[str, ...]], list[ContactTelling]] = defaultdict(list)
    for telling in tellings:
        contact = telling.fact
        who = tuple(sorted({leader.slug for leader in contact.participants}))
        parts[contact.status is Status.HELD, contact.kind, who].append(telling)
    buckets: dict[tuple[bool, str, tuple[str, ...]], _Bucket] = {}
    for key in sorted(parts):
        bucket = buckets[key] = _Bucket(is_country)
        bucket.add_dated(t for t in parts[key] if interval_of(t.fact.when))
        bucket.add_yearless(t for t in parts[key] if month_day_of(t.fact.when))
    neighbours = neighbours_of(cluster for bucket in buckets.values() for cluster in bucket.clusters)
    around = Surroundings(neighbours, editions)
    for key, bucket in buckets.items():
        bucket.add_undated((t for t in parts[key] if t.fact.when.is_unknown), around)
    return [cluster for bucket in buckets.values() for cluster in bucket.clusters]
