"""The towns in which gatherings sit, and the gathering at which a contact in such a town was, told or listed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from kg.extract.figure import Figure
from kg.facts.contact.draft import Draft
from kg.facts.contact.record import ContactKind
from kg.facts.told import Told
from kg.lexicon.world import Edition
from kg.model.date import Precision, When
from kg.model.entity import Place, SummitEdition, fold
from kg.model.fact import Status

_WORD: Final = re.compile(r"[\w-]+")
_THESE_DAYS: Final = 2


def told_seat(draft: Draft, told: Told) -> Place | None:
    """The town that the article gives to the gathering; of several the one told beside the contact."""
    assert draft.summit is not None
    seats = told.seats.get(draft.summit.series, [])
    beside = [place for sentence, place in seats if sentence in draft.sentences]
    towns = {place.name: place for place in beside or [place for _, place in seats]}
    return next(iter(towns.values())) if len(towns) == 1 else None


def listed_seat(draft: Draft, told: Told) -> Place | None:
    """The town in which the world lists the gathering, where the article names that town anywhere."""
    assert draft.summit is not None
    listed = [
        edition
        for edition in told.register.lexicon.world.editions_of(draft.summit.series)
        if edition.year == draft.summit.year and _names(told, edition.place)
    ]
    near = [edition for edition in listed if _is_near(edition, draft.when)]
    towns = {edition.place: edition.country for edition in near or listed}
    return next((Place(name=name, country=country) for name, country in towns.items() if len(towns) == 1), None)


def gathering_there(draft: Draft, kind: ContactKind, place: Place | None, told: Told) -> SummitEdition | None:
    """The gathering, told of anywhere in the article, that the world lists in the meeting's town on its day.

    Whoever is at home there meets many whom no gathering brings: his guests are told to have come for it.
    """
    day = draft.when.earliest if draft.when.precision is Precision.DAY else None
    held = kind is ContactKind.MEETING and draft.status is Status.HELD and not draft.apart
    if not held or place is None or day is None:
        return None
    listed = _listed_on(day, place, told)
    if len({edition.series for edition in listed}) != 1:
        return None
    edition = listed[0]
    guests = {figure for figure in draft.people if figure.country != place.country}
    if len(guests) < len(draft.people) and not (guests and guests <= _present(edition.series, told)):
        return None
    return SummitEdition(series=edition.series, year=edition.year)


def _listed_on(day: dt.date, place: Place, told: Told) -> list[Edition]:
    """The editions going on in a town on a day, of the series that the article names."""
    named = {(presence.series, presence.year) for presence in told.presences if presence.series}
    return [
        edition
        for series in sorted({series for series, _ in named if series})
        for edition in told.register.lexicon.world.editions_of(series)
        if fold(edition.place) == fold(place.name)
        and edition.goes_on(day)
        and not named.isdisjoint({(series, edition.year), (series, None)})
    ]


def _present(series: str, told: Told) -> set[Figure]:
    """Who is told to be at a gathering of the series, or to have come for it."""
    return {figure for presence in told.presences if presence.series == series for figure in presence.people}


def _is_near(edition: Edition, when: When) -> bool:
    """Whether a contact lies in the days of an edition."""
    if edition.start is None or edition.end is None or when.earliest is None or when.latest is None:
        return False
    first, last = edition.start.earliest, edition.end.latest
    if first is None or last is None:
        return False
    return (first - when.latest).days <= _THESE_DAYS and (when.earliest - last).days <= _THESE_DAYS


def _names(told: Told, town: str) -> bool:
    """Whether the article names a town."""
    return bool(town) and f" {fold(town)} " in f" {' '.join(_WORD.findall(fold(told.article.text)))} "
