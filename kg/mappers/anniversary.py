"""Anniversaries, and what they commemorate, to triples."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from kg.assemble.told import Link, Told
from kg.facts.anniversary.record import Anniversary
from kg.lexicon.calling import label_of
from kg.mappers import literal, terms
from kg.mappers.entities import Entities
from kg.mappers.iri import mint
from kg.mappers.time import times
from kg.model.date import PartialDate, When

INFERRED = "ordinal-arithmetic"


def to_rdf(told: Told[Anniversary], entities: Entities) -> Iterator[Triple]:
    """Describe one anniversary and the event it looks back on."""
    fact, node = told.fact, mint(entities.base, told.key)
    past = mint(entities.base, told.links[Link.PAST])
    yield Triple(node, terms.RDF_TYPE, terms.Anniversary)
    yield Triple(
        node, terms.RDFS_LABEL, literal.spoken(f"{ordinal(fact.ordinal)} anniversary of {_what(fact, entities)}")
    )
    yield Triple(node, terms.ordinal, literal.number(fact.ordinal))
    yield Triple(node, terms.commemorates, past)
    when = fact.when
    if when.is_unknown and fact.year is not None:
        when = When.on(PartialDate(year=fact.year))
    yield from times(node, when)
    yield from _past(past, fact, entities)
    for party in fact.parties:
        yield Triple(node, terms.party, entities.party(party))
        yield Triple(past, terms.party, entities.party(party))


def _past(node: NamedNode, fact: Anniversary, entities: Entities) -> Iterator[Triple]:
    yield Triple(node, terms.RDF_TYPE, terms.CommemoratedEvent)
    yield Triple(node, terms.RDFS_LABEL, literal.spoken(_what(fact, entities)))
    if fact.base_year is not None:
        yield Triple(node, terms.date, literal.date(PartialDate(year=fact.base_year)))
        yield Triple(node, terms.inferredBy, literal.plain(INFERRED))


def _what(fact: Anniversary, entities: Entities) -> str:
    """What is commemorated, with its parties where the words leave them out."""
    names = [label_of(party, entities.world) for party in fact.parties]
    if not names or any(name in fact.of for name in names):
        return fact.of
    return f"{fact.of} ({', '.join(names)})"


def ordinal(number: int) -> str:
    """The number as an ordinal: "60th", "21st"."""
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
