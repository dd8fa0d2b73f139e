"""Clusters of tellings to contacts: the merged value of each, what sources contradict, and plans that came true."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.assemble.cluster import Cluster
from kg.assemble.dating import interval_of, most_precise, overlap, precision_rank
from kg.assemble.known import Known
from kg.assemble.told import Contradiction, claims_of, preferred
from kg.facts.contact.record import Contact, ContactFormat
from kg.model.date import Precision
from kg.model.entity import Leader, Place
from kg.model.fact import Status

# What became of a plan: the last word first.
_OUTCOMES: Final = (Status.HELD, Status.CANCELLED, Status.POSTPONED, Status.PLANNED)


def merged_contact(cluster: Cluster, known: Known) -> Contact:
    """The most precise value on which the tellings agree; where they do not, what most of them say."""
    facts = [telling.fact for telling in cluster.tellings]
    first = facts[0]
    with_year = sorted((f.summit for f in facts if f.summit), key=lambda s: (s.year is None, s.place is None, str(s)))
    form = preferred(f.format.value for f in facts if f.format)
    return replace(
        first,
        status=min((f.status for f in facts), key=_OUTCOMES.index),
        format=ContactFormat(form) if form else None,
        participants=_fullest(who for f in facts for who in f.participants),
        when=most_precise(f.when for f in facts),
        place=best_place((f.place for f in facts), known),
        summit=with_year[0] if with_year else None,
        duration=preferred(f.duration for f in facts if f.duration),
        first_meeting=any(f.first_meeting for f in facts),
        evidence=(),
    )


def _fullest(leaders: Iterable[Leader]) -> tuple[Leader, ...]:
    """Each person once, with the office and country that a telling gives, in the order of their keys."""
    seen: dict[str, Leader] = {}
    for who in sorted(leaders, key=lambda w: (w.slug, w.country is None, w.office is None, w.name)):
        seen.setdefault(who.slug, who)
    return tuple(seen.values())


def best_place(places: Iterable[Place | None], known: Known) -> Place | None:
    """The place most often named, a town before a country."""
    named = [place for place in places if place is not None]
    towns = [place for place in named if not known.is_country(place.name)] or named
    best = preferred(place.slug for place in towns)
    return min((p for p in towns if p.slug == best), key=lambda p: (p.country is None, p.name), default=None)


def contact_contradictions(key: str, cluster: Cluster, known: Known) -> Iterable[Contradiction]:
    """Day, duration, place and number of sides on which the tellings of one contact differ."""
    told = [(t.fact, t.article) for t in cluster.tellings]
    days = [(f.when.date, article) for f, article in told if f.when.precision is Precision.DAY]
    yield from claims_of(key, "date", ((str(day), article) for day, article in days))
    yield from claims_of(key, "duration", ((f.duration, article) for f, article in told if f.duration))
    yield from place_claims(key, [(f.place, article) for f, article in told], known)
    yield from claims_of(
        key,
        "format",
        ((f.format, a) for f, a in told if f.format and f.format is not ContactFormat.ENCOUNTER),
    )


def place_claims(key: str, told: Sequence[tuple[Place | None, str]], known: Known) -> Iterable[Contradiction]:
    """The towns on which articles differ; a country, or a venue that is known to lie in the town, is no other town."""
    towns = [(place, article) for place, article in told if place is not None and not known.is_country(place.name)]
    names = known.without_nearby(place for place, _ in towns)
    yield from claims_of(key, "place", ((names[place.name], article) for place, article in towns))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the plans: the held contact that fulfilled a plan, and plans that sources say failed."""

    fulfilled: Mapping[int, int]
    disputed: Mapping[int, int]


def outcomes(clusters: Sequence[Cluster], published: Mapping[str, dt.date]) -> Outcome:
    """For plans, by number: the contact that came of it, or the contact that contradicts its cancellation."""
    held: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, cluster in enumerate(clusters):
        if cluster.contact.status is Status.HELD:
            held[_mark(cluster)].append(number)
    fulfilled: dict[int, int] = {}
    disputed: dict[int, int] = {}
    for number, plan in enumerate(clusters):
        if plan.contact.status is Status.HELD:
            continue
        came = [h for h in held[_mark(plan)] if _same_event(plan, clusters[h], published)]
        if len(came) == 1:
            statuses = {telling.fact.status for telling in plan.tellings}
            (fulfilled if statuses == {Status.PLANNED} else disputed)[number] = came[0]
    return Outcome(fulfilled, disputed)


def _mark(cluster: Cluster) -> tuple[str, ...]:
    return cluster.contact.kind, *sorted({leader.slug for leader in cluster.contact.participants})


def _same_event(plan: Cluster, held: Cluster, published: Mapping[str, dt.date]) -> bool:
    """Whether the held contact is the one planned: the same days, or beside the same summit."""
    planned, met = _time(plan), _time(held)
    if met is not None and any(published[a] > met[1] for a in plan.articles if a in published):
        return False
    if not all(held.accepts_summit(telling.fact) for telling in plan.tellings):
        return False
    if planned is not None and met is not None:
        return overlap(planned, met)
    return any(held.has_summit_of(telling.fact) for telling in plan.tellings)


def _time(cluster: Cluster) -> tuple[dt.date, dt.date] | None:
    return interval_of(min((t.fact.when for t in cluster.tellings), key=precision_rank))


def status_dispute(key: str, plan: Cluster, held: Cluster) -> Iterable[Contradiction]:
    """The contradiction between articles that report a contact and articles that report it called off."""
    called_off = [t for t in plan.tellings if t.fact.status is not Status.PLANNED]
    told = [(t.fact.status.value, t.article) for t in [*called_off, *held.tellings]]
    yield from claims_of(key, "status", told)
