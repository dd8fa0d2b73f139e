"""Summits to triples."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from kg.assemble.told import Told
from kg.facts.summit.record import Summit
from kg.lexicon.world import World
from kg.mappers import literal, terms
from kg.mappers.contact import STATUSES
from kg.mappers.entities import Entities
from kg.mappers.iri import mint
from kg.mappers.time import in_words, times


def to_rdf(told: Told[Summit], entities: Entities) -> Iterator[Triple]:
    """Describe one summit."""
    summit, node = told.fact, mint(entities.base, told.key)
    organiser = organiser_of(summit.series, entities.world) or summit.organiser
    yield Triple(node, terms.RDF_TYPE, terms.Summit)
    yield Triple(node, terms.RDFS_LABEL, literal.spoken(label(summit)))
    if organiser:
        yield Triple(node, terms.organizedBy, entities.party(organiser))
    if summit.status is not None:
        yield Triple(node, terms.status, STATUSES[summit.status])
    if summit.place is not None:
        yield Triple(node, terms.place, entities.place(summit.place))
    for leader in summit.participants:
        yield Triple(node, terms.participant, entities.leader(leader))
    for day in summit.observed_on:
        yield Triple(node, terms.observedOn, literal.day(day))
    yield from times(node, summit.when)


def organiser_of(series: str, world: World) -> str | None:
    """Who holds the series: the organisation of that name, else the one that the world lists for it."""
    if series in world.organisations:
        return series
    known = world.series.get(series)
    return known.organiser if known else None


def label(summit: Summit) -> str:
    """A label such as "G7 summit, Kananaskis, June 2025"."""
    name = f"{summit.series} summit" if summit.name == summit.series else summit.name
    when = in_words(summit.when) or (str(summit.year) if summit.year else None)
    return ", ".join(part for part in (name, summit.place and summit.place.name, when) if part)
