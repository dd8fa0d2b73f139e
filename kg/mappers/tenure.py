"""Tenures to triples."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from kg.assemble.told import Link, Told
from kg.facts.tenure.record import Tenure
from kg.mappers import literal, terms
from kg.mappers.entities import Entities
from kg.mappers.iri import mint


def to_rdf(told: Told[Tenure], entities: Entities) -> Iterator[Triple]:
    """Describe one tenure, never more precise than its sources."""
    tenure, node = told.fact, mint(entities.base, told.key)
    yield Triple(node, terms.RDF_TYPE, terms.Tenure)
    yield Triple(node, terms.holder, entities.leader(tenure.holder))
    yield Triple(node, terms.office, entities.office(tenure.office, tenure.country))
    for predicate, date in ((terms.start, tenure.start), (terms.end, tenure.end)):
        if date is not None:
            yield Triple(node, predicate, literal.date(date))
    bounds = (
        (terms.startEarliest, tenure.start_earliest),
        (terms.startLatest, tenure.start_latest),
        (terms.endEarliest, tenure.end_earliest),
        (terms.endLatest, tenure.end_latest),
    )
    for predicate, day in bounds:
        if day is not None:
            yield Triple(node, predicate, literal.day(day))
    for date in tenure.observed_on:
        yield Triple(node, terms.observedOn, literal.date(date))
    if Link.PREDECESSOR in told.links:
        yield Triple(node, terms.precededBy, mint(entities.base, told.links[Link.PREDECESSOR]))
