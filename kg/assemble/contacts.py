"""Which tellings of contacts are one contact: same channel, same people, times and summits that go together.

The tellings come sorted, so the answer does not depend on the order of the articles. What could be two different
contacts stays apart.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kg.assemble.cluster import Cluster, ContactTelling, Neighbours, Surroundings
from kg.assemble.dating import Interval, days_in, falls_in, interval_of, month_day_of, overlap
from kg.assemble.known import Known
from kg.facts.contact.record import Contact, ContactKind
from kg.model.date import Precision
from kg.model.entity import SummitEdition
from kg.model.fact import Status

EAST: Final = 75.0  # degrees: five hours

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


class _Bucket:
    """The contacts of one channel between the same people, growing from the most precise time to the least."""

    def __init__(self, known: Known, longitudes: Mapping[str, float]) -> None:
        self._known = known
        self._longitudes = longitudes
        self.clusters: list[Cluster] = []
        self._numbers: dict[Cluster, int] = {}
        self._order: list[tuple[dt.date, dt.date, int]] = []
        self._longest = 1
        self._by_month_day: dict[tuple[int, int], list[Cluster]] = defaultdict(list)

    def add_dated(self, tellings: Iterable[ContactTelling]) -> None:
        """Put together the tellings that have bounds."""
        groups = _by_shape(tellings)
        apart = _adjacent_days_of_one_article(groups)
        for group in sorted(groups, key=_specificity):
            interval = interval_of(group[0].fact.when)
            assert interval is not None
            near = [c for c in self._near(interval) if not self._two_in_one_article(c, group)]
            if self._join(group, [c for c in near if not self._elsewhere(c, group)]):
                continue
            joined = self._join(group, self._a_day_off(group, interval, apart))
            if joined is None:
                joined = Cluster(group)
                self.clusters.append(joined)
                self._numbers[joined] = len(self.clusters) - 1
            self._order_in(interval, self._numbers[joined])

    def add_yearless(self, tellings: Iterable[ContactTelling]) -> None:
        """Put tellings of a month and day without a year where exactly one contact has that day."""
        for group in _by_shape(tellings):
            month_day = month_day_of(group[0].fact.when)
            assert month_day is not None
            near = list(self._by_month_day[month_day])
            if not near:
                near = [c for c in self.clusters if _covers(c, month_day) and not self._elsewhere(c, group)]
            if not self._join(group, near):
                self.clusters.append(Cluster(group))
                self._by_month_day[month_day].append(self.clusters[-1])

    def add_undated(self, tellings: Iterable[ContactTelling], around: Surroundings) -> None:
        """Put tellings without a time where a summit, or an article that tells of the same events, supports it."""
        known = list(self.clusters)
        alone: dict[tuple[str, str, int | None], list[ContactTelling]] = defaultdict(list)
        for telling in tellings:
            near = around.supported(telling, known)
            near = [c for c in near if not self._elsewhere(c, [telling])]
            if self._join([telling], [c for c in near if telling.article not in c.articles]):
                continue
            summit = telling.fact.summit
            apart = telling.article if summit is None or summit.year is None else ""
            alone[apart, summit.series if summit else "", summit.year if summit else None].append(telling)
        self.clusters += [Cluster(alone[mark]) for mark in sorted(alone, key=str)]

    def _near(self, interval: Interval) -> list[Cluster]:
        """The contacts whose time shares a day with the interval."""
        start = interval[0] - dt.timedelta(days=min(self._longest, (interval[0] - dt.date.min).days))
        found: dict[int, Cluster] = {}
        for earliest, latest, number in self._order[bisect_left(self._order, (start, dt.date.min, 0)) :]:
            if earliest > interval[1]:
                break
            if overlap((earliest, latest), interval):
                found[number] = self.clusters[number]
        return list(found.values())

    def _a_day_off(
        self, group: Sequence[ContactTelling], interval: Interval, apart: set[tuple[int, int]]
    ) -> list[Cluster]:
        """The contacts told of the day before or after that were held once: beside one summit, or far to the east.

        ``apart`` are the days in a row on which one article tells of two contacts: there each is its own.
        """
        day, contact = interval[0].toordinal(), group[0].fact
        if interval[0] != interval[1]:
            return []
        around = dt.date.fromordinal(max(day - 1, 1)), dt.date.fromordinal(min(day + 1, dt.date.max.toordinal()))
        beside = {day - 1, day + 1} - {other for pair in apart if day in pair for other in pair}
        near = [c for c in self._near(around) if len(c.days) == 1 and c.days <= beside]
        if contact.kind is ContactKind.MEETING:
            return [c for c in near if c.has_summit_of(contact)]
        here = {telling.article for telling in group}
        return [
            c for c in near if self._is_one_hour(*((c.articles, here) if min(c.days) < day else (here, c.articles)))
        ]

    def _is_one_hour(self, earlier: Iterable[str], later: Iterable[str]) -> bool:
        """Whether a call was on an earlier day for these articles and on a later one for those, written far east."""
        west = [self._longitudes[article] for article in earlier if article in self._longitudes]
        east = [self._longitudes[article] for article in later if article in self._longitudes]
        return bool(west) and bool(east) and min(east) - max(west) >= EAST

    def _elsewhere(self, cluster: Cluster, group: Sequence[ContactTelling]) -> bool:
        """Whether the times only overlap and the towns are different ones: an earlier or later contact, then."""
        contact = group[0].fact
        if contact.place is None or cluster.contact.when == contact.when or cluster.has_summit_of(contact):
            return False
        towns = [place for place in cluster.places if not self._known.is_country(place.name)]
        places = towns or cluster.places
        return bool(places) and all(self._known.are_apart(place, contact.place) for place in places)

    def _join(self, group: Sequence[ContactTelling], near: Iterable[Cluster]) -> Cluster | None:
        """The one contact nearby that takes the group in: by summit and place where several could."""
        contact = group[0].fact
        open_to = [c for c in near if c.accepts_summit(contact)]
        for closer in (Cluster.has_summit_of, Cluster.has_place_of):
            if len(open_to) > 1:
                open_to = [c for c in open_to if closer(c, contact)] or open_to
        if len(open_to) != 1:
            return None
        open_to[0].take(group)
        return open_to[0]

    def _order_in(self, interval: Interval, number: int) -> None:
        """Find the contact of that number at that time from now on."""
        insort(self._order, (*interval, number))
        self._longest = max(self._longest, days_in(interval))
        if interval[0] == interval[1]:
            self._by_month_day[interval[0].month, interval[0].day].append(self.clusters[number])

    def _two_in_one_article(self, cluster: Cluster, group: Sequence[ContactTelling]) -> bool:
        """Whether one article tells of two contacts in different towns."""
        place = group[0].fact.place
        if place is None or self._known.is_country(place.name):
            return False
        articles = {telling.article for telling in group}
        return any(
            t.article in articles
            and t.fact.place not in (None, place)
            and not self._known.is_country(t.fact.place.name)
            for t in cluster.tellings
            if t.fact.place is not None
        )


def _adjacent_days_of_one_article(groups: Iterable[Sequence[ContactTelling]]) -> set[tuple[int, int]]:
    """Every two days in a row on which one article tells of contacts."""
    days: dict[str, set[int]] = defaultdict(set)
    for group in groups:
        for telling in group:
            if telling.fact.when.precision is Precision.DAY and telling.fact.when.earliest is not None:
                days[telling.article].add(telling.fact.when.earliest.toordinal())
    return {(day, day + 1) for told in days.values() for day in told if day + 1 in told}


def _covers(cluster: Cluster, month_day: tuple[int, int]) -> bool:
    interval = interval_of(cluster.contact.when)
    return interval is not None and falls_in(month_day, interval)


def _specificity(group: Sequence[ContactTelling]) -> tuple[int, bool, bool, Shape]:
    contact = group[0].fact
    interval = interval_of(contact.when)
    assert interval is not None
    return days_in(interval), contact.summit is None, contact.place is None, _shape(contact)


def cluster_contacts(
    tellings: Sequence[ContactTelling],
    known: Known,
    editions: Mapping[str, SummitEdition],
    longitudes: Mapping[str, float],
) -> list[Cluster]:
    """The contacts that these tellings are about, held ones and plans apart.

    ``editions`` gives by article the one summit that it is about, ``longitudes`` where it was written.
    """
    parts: dict[tuple[bool, str, tuple[str, ...]], list[ContactTelling]] = defaultdict(list)
    for telling in tellings:
        contact = telling.fact
        who = tuple(sorted({leader.slug for leader in contact.participants}))
        parts[contact.status is Status.HELD, contact.kind, who].append(telling)
    buckets: dict[tuple[bool, str, tuple[str, ...]], _Bucket] = {}
    for key in sorted(parts):
        bucket = buckets[key] = _Bucket(known, longitudes)
        bucket.add_dated(t for t in parts[key] if interval_of(t.fact.when))
        bucket.add_yearless(t for t in parts[key] if month_day_of(t.fact.when))
    neighbours = Neighbours(cluster for bucket in buckets.values() for cluster in bucket.clusters)
    around = Surroundings(neighbours, editions)
    for key, bucket in buckets.items():
        bucket.add_undated((t for t in parts[key] if t.fact.when.is_unknown), around)
    return [cluster for bucket in buckets.values() for cluster in bucket.clusters]
