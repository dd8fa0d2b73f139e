"""Statements to triples."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from kg.assemble.told import Link, Told
from kg.facts.statement.record import Statement
from kg.mappers import terms
from kg.mappers.entities import Entities
from kg.mappers.iri import mint


def to_rdf(told: Told[Statement], entities: Entities) -> Iterator[Triple]:
    """Describe one quotation; the words themselves are its evidence."""
    node = mint(entities.base, told.key)
    yield Triple(node, terms.RDF_TYPE, terms.Statement)
    yield Triple(node, terms.speaker, entities.leader(told.fact.speaker))
    for party in told.fact.about:
        yield Triple(node, terms.about, entities.party(party))
    if Link.ANNIVERSARY in told.links:
        yield Triple(node, terms.about, mint(entities.base, told.links[Link.ANNIVERSARY]))
    if Link.CONTACT in told.links:
        yield Triple(node, terms.madeAt, mint(entities.base, told.links[Link.CONTACT]))
