"""Shortcuts to triples: the edges that :mod:`kg.assemble.derive` finds in the graph, from the facts themselves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Final

from pyoxigraph import Triple

from kg.assemble.told import Assembly, Link, Told
from kg.facts.contact.record import Contact, ContactKind
from kg.mappers import terms
from kg.mappers.entities import Entities
from kg.mappers.iri import mint
from kg.model.fact import Status

_EDGES: Final = {
    ContactKind.MEETING: terms.met,
    ContactKind.PHONE: terms.spokeByPhoneWith,
    ContactKind.VIDEO: terms.spokeByVideoWith,
}


def to_rdf(whole: Assembly, entities: Entities) -> Iterator[Triple]:
    """Who met, called and went where, and which country whoever held an office represents; some more than once."""
    for contact in whole.contacts:
        if contact.whole is not None and contact.whole.fact.status is Status.HELD:
            yield from _of_contact(contact.whole, entities)
    for summit in whole.summits:
        if summit.whole is not None:
            node = mint(entities.base, summit.whole.key)
            for leader in summit.whole.fact.participants:
                yield Triple(entities.leader(leader), terms.participatedIn, node)
    for tenure in whole.tenures:
        if tenure.whole is not None:
            fact = tenure.whole.fact
            yield Triple(entities.leader(fact.holder), terms.represents, entities.party(fact.country))


def _of_contact(told: Told[Contact], entities: Entities) -> Iterator[Triple]:
    people = sorted({entities.leader(leader) for leader in told.fact.participants}, key=str)
    for one, other in permutations(people, 2):
        yield Triple(one, _EDGES[told.fact.kind], other)
    if told.fact.kind is ContactKind.MEETING and Link.SUMMIT in told.links:
        summit = mint(entities.base, told.links[Link.SUMMIT])
        for leader in people:
            yield Triple(leader, terms.participatedIn, summit)
