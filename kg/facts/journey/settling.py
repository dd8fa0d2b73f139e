"""Day, place and summit of what the remarks tell, from the record's fields where the remarks leave them open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.facts.contact.record import Contact, ContactKind
from kg.facts.journey.gatherings import Gatherings, is_of_ministers, within
from kg.facts.journey.words import load_words
from kg.facts.summit.record import Summit
from kg.lexicon.world import Edition
from kg.model.date import When
from kg.model.entity import Place, SummitEdition, fold
from kg.model.fact import Evidence, Status

_MARGIN: Final = dt.timedelta(days=31)  # a visitor's days are those in Washington; he may stay longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The frame that a record gives to everything in it; ``attended`` are the editions its traveller was at."""

    days: tuple[dt.date, dt.date]
    place: Place | None
    gatherings: Gatherings
    attended: tuple[Edition, ...] = ()

    @property
    def when(self) -> When:
        """The days of the record."""
        return When.between(*self.days)


def is_told(contact: Contact) -> bool:
    """Whether a contact is one that the record tells: a record looks back, so a plan must be called one."""
    told = " ".join(fold(words.quote) for words in contact.evidence)
    return contact.status is not Status.PLANNED or any(word in told for word in load_words().plans)


def settle_contact(contact: Contact, setting: Setting) -> Contact:
    """The contact with the record's days and place where the remarks give none, and with the summit of those days."""
    if contact.status is not Status.HELD:
        return replace(contact, place=contact.place if _is_said(contact) else None)
    said = _is_said(contact)
    place = contact.place if said else setting.place
    return replace(
        contact,
        when=_when(contact.when, setting),
        place=place if contact.kind is ContactKind.MEETING else None,
        summit=_summit(contact, setting, said=said),
    )


def _is_said(contact: Contact) -> bool:
    """Whether the remarks, not the frame in which they were read, name the place."""
    place = contact.place
    return place is not None and any(fold(place.name) in fold(words.quote) for words in contact.evidence)


def _when(told: When, setting: Setting) -> When:
    begin, end = setting.days
    if told.earliest is None or told.latest is None:
        return setting.when
    if told.latest < begin - _MARGIN or end + _MARGIN < told.earliest:
        return setting.when
    return setting.when if told.earliest <= begin and end <= told.latest else told


def _summit(contact: Contact, setting: Setting, *, said: bool) -> SummitEdition | None:
    """The edition that the remarks name and that was held in these days, or the one attended throughout them."""
    if contact.summit is not None:
        series = contact.summit.series
        edition = setting.gatherings.held_then(series, *setting.days)
        if edition is not None:
            return SummitEdition(series=series, year=edition.year, place=edition.place)
        return None if setting.gatherings.is_misdated(series, *setting.days) else contact.summit
    at = [edition for edition in setting.attended if within(edition, *setting.days)]
    if len(at) != 1 or (said and contact.place is not None and fold(contact.place.name) != fold(at[0].place)):
        return None
    return SummitEdition(series=at[0].series, year=at[0].year, place=at[0].place)


def settle_summits(summits: Sequence[Summit], setting: Setting, text: str) -> dict[tuple[str, int | None], Summit]:
    """The summits by series and year; not those held at another time, and no gathering of ministers."""
    found: dict[tuple[str, int | None], Summit] = {}
    for told in summits:
        words = tuple(w for w in told.evidence if not is_of_ministers(text, w.begin, w.end))
        if not words:
            continue
        summit = replace(
            told, evidence=words, participants=told.participants if len(words) == len(told.evidence) else ()
        )
        edition = setting.gatherings.held_then(summit.series, *setting.days)
        if edition is None and setting.gatherings.is_misdated(summit.series, *setting.days):
            continue
        year = edition.year if edition else summit.year
        add_summit(found, replace(summit, year=year))
    return found


def add_summit(found: dict[tuple[str, int | None], Summit], summit: Summit) -> None:
    """Put a summit beside the others, or what it adds to the one that stands there."""
    key = (summit.series, summit.year)
    known = found.get(key)
    if known is not None:
        people = {leader.slug: leader for leader in (*known.participants, *summit.participants)}
        evidence: dict[Evidence, None] = dict.fromkeys((*known.evidence, *summit.evidence))
        summit = replace(
            known,
            participants=tuple(people[slug] for slug in sorted(people)),
            evidence=tuple(evidence),
            status=known.status or summit.status,
        )
    found[key] = summit
