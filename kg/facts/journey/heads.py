"""Who met where only "Heads of State and Government" of countries are named: those in office on the first day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from kg.facts.journey.gatherings import Attendance
from kg.facts.journey.people import Acquaintance
from kg.facts.journey.words import load_words
from kg.lexicon.world import Person
from kg.model.entity import Leader


def heads_in_office(
    attended: Iterable[Attendance], known: Acquaintance, but: str | None, begin: dt.date
) -> dict[str, Leader]:
    """The heads of the listed countries by name and country, the traveller's own country left out."""
    seats, countries = load_words().seat, known.lexicon.world.countries
    found: dict[str, Leader] = {}
    for attendance in attended:
        start = attendance.edition.start
        day = (start.earliest if start else None) or begin
        for code in known.codes_in(attendance.heads or ""):
            person = known.head(code, seats.get(code), day)
            if person is not None and code != but:
                name = f"{person.name} ({countries[code].name})"
                found[name] = known_leader(person, _office(known, person, code, day), code)
    return found


def known_leader(person: Person, office: str | None, country: str) -> Leader:
    """A leader of the world in that office."""
    return Leader(name=person.name, office=office, country=country, wikidata=person.wikidata, written=person.name)


def _office(known: Acquaintance, person: Person, code: str, day: dt.date) -> str | None:
    terms = (term for term in person.terms if term.country == code and term.covers(day))
    offices = (known.lexicon.world.offices.get(term.office) for term in terms)
    return next((office.label for office in offices if office), None)
