"""Contacts to triples: a held one is a meeting or a call with participants, any other a plan with planned ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, Triple

from kg.assemble.told import Link, Told
from kg.facts.contact.record import Contact, ContactFormat, ContactKind
from kg.mappers import literal, terms
from kg.mappers.entities import Entities
from kg.mappers.iri import mint
from kg.mappers.time import times
from kg.model.fact import Status

CLASSES: Final = {
    ContactKind.MEETING: terms.Meeting,
    ContactKind.PHONE: terms.PhoneCall,
    ContactKind.VIDEO: terms.VideoCall,
}
FORMATS: Final = {
    ContactFormat.BILATERAL: terms.bilateral,
    ContactFormat.TRILATERAL: terms.trilateral,
    ContactFormat.MULTILATERAL: terms.multilateral,
    ContactFormat.ENCOUNTER: terms.encounter,
}
STATUSES: Final = {
    Status.HELD: terms.held,
    Status.PLANNED: terms.planned,
    Status.CANCELLED: terms.cancelled,
    Status.POSTPONED: terms.postponed,
}


def to_rdf(told: Told[Contact], entities: Entities) -> Iterator[Triple]:
    """Describe one contact."""
    contact, node = told.fact, mint(entities.base, told.key)
    held = contact.status is Status.HELD
    yield Triple(node, terms.RDF_TYPE, CLASSES[contact.kind] if held else terms.PlannedContact)
    yield Triple(node, terms.status, STATUSES[contact.status])
    # A call has two ends anyway: only a meeting, or the plan of one, has a format worth telling.
    if contact.format is not None and (contact.kind is ContactKind.MEETING or len(contact.participants) > 2):
        yield Triple(node, terms.format_, FORMATS[contact.format])
    for leader in contact.participants:
        yield Triple(node, terms.participant if held else terms.plannedParticipant, entities.leader(leader))
    yield from times(node, contact.when)
    yield from _circumstances(told, node, entities)


def order(told: Told[Contact], entities: Entities) -> Iterator[Triple]:
    """By what a held contact is put in order: its first day as a number, 0 where that is not known."""
    if told.fact.status is Status.HELD:
        day = told.fact.when.earliest
        number = 0 if day is None or told.fact.when.latest is None else int(day.isoformat().replace("-", ""))
        yield Triple(mint(entities.base, told.key), terms.sortKey, literal.number(number))


def _circumstances(told: Told[Contact], node: NamedNode, entities: Entities) -> Iterator[Triple]:
    contact = told.fact
    if contact.place is not None:
        yield Triple(node, terms.place, entities.place(contact.place))
    if Link.SUMMIT in told.links:
        yield Triple(node, terms.onMarginsOf, mint(entities.base, told.links[Link.SUMMIT]))
    if contact.duration is not None:
        yield Triple(node, terms.duration, literal.typed(contact.duration, terms.XSD_DURATION))
    if contact.first_meeting and contact.status is Status.HELD:
        yield Triple(node, terms.firstMeeting, literal.typed("true", terms.XSD_BOOLEAN))
