"""Shortcuts to triples: the edges that :mod:`kg.assemble.derive` finds in the graph, from the facts themselves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Final

from pyoxigraph import Triple

from kg.assemble.told import Link, Told
from kg.facts.contact.record import Contact, ContactKind
from kg.facts.summit.record import Summit
from kg.facts.tenure.record import Tenure
from kg.mappers import terms
from kg.mappers.entities import Entities
from kg.mappers.iri import mint
from kg.model.fact import Status

_EDGES: Final = {
    ContactKind.MEETING: terms.met,
    ContactKind.PHONE: terms.spokeByPhoneWith,
    ContactKind.VIDEO: terms.spokeByVideoWith,
}


def of_contact(told: Told[Contact], entities: Entities) -> Iterator[Triple]:
    """Who met or called whom, and whose summit they were at, where it was held; some more than once."""
    if told.fact.status is not Status.HELD:
        return
    people = sorted({entities.leader(leader) for leader in told.fact.participants}, key=str)
    for one, other in permutations(people, 2):
        yield Triple(one, _EDGES[told.fact.kind], other)
    if told.fact.kind is ContactKind.MEETING and Link.SUMMIT in told.links:
        summit = mint(entities.base, told.links[Link.SUMMIT])
        for leader in people:
            yield Triple(leader, terms.participatedIn, summit)


def of_summit(told: Told[Summit], entities: Entities) -> Iterator[Triple]:
    """Who was there."""
    for leader in told.fact.participants:
        yield Triple(entities.leader(leader), terms.participatedIn, mint(entities.base, told.key))


def of_tenure(told: Told[Tenure], entities: Entities) -> Iterator[Triple]:
    """Which country the holder represents."""
    yield Triple(entities.leader(told.fact.holder), terms.represents, entities.party(told.fact.country))
