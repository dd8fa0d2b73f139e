"""Agreements to triples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Triple

from kg.assemble.told import Link, Told
from kg.facts.agreement.record import Act, Agreement
from kg.mappers import literal, terms
from kg.mappers.entities import Entities
from kg.mappers.iri import mint
from kg.mappers.time import times

ACTS: Final = {
    Act.AGREED: terms.agreed,
    Act.PLEDGED: terms.pledged,
    Act.AFFIRMED: terms.affirmed,
    Act.REAFFIRMED: terms.reaffirmed,
    Act.SIGNED: terms.signed,
    Act.ANNOUNCED: terms.announced,
}


def to_rdf(told: Told[Agreement], entities: Entities) -> Iterator[Triple]:
    """Describe one agreement; its time is that of the contact at which it was concluded, where there is one."""
    agreement, node = told.fact, mint(entities.base, told.key)
    yield Triple(node, terms.RDF_TYPE, terms.Agreement)
    yield Triple(node, terms.act, ACTS[agreement.act])
    topic = mint(entities.base, told.links[Link.TOPIC])
    yield Triple(node, terms.topic, topic)
    yield Triple(topic, terms.RDF_TYPE, terms.Topic)
    yield Triple(topic, terms.RDF_TYPE, terms.SKOS_CONCEPT)
    yield Triple(topic, terms.SKOS_PREF_LABEL, literal.spoken(agreement.topic))
    for party in agreement.parties:
        yield Triple(node, terms.party, entities.party(party))
    for party in agreement.concerns:
        yield Triple(node, terms.concerns, entities.party(party))
    for leader in agreement.by:
        yield Triple(node, terms.agreedBy, entities.leader(leader))
    if Link.CONTACT in told.links:
        yield Triple(node, terms.concludedAt, mint(entities.base, told.links[Link.CONTACT]))
    else:
        yield from times(node, agreement.when)
