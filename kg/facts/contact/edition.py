"""The edition of a gathering at which a contact was: by the words, the day, the town, and what was told before."""

from __future__ import annotations

from typing import Final

from kg.extract.edition import Gathering, held_in, named_after, year_of_number, year_of_town
from kg.extract.placing import town_of_series
from kg.extract.scene import Scene
from kg.facts.contact.draft import Draft
from kg.lexicon.world import World
from kg.model.date import PartialDate, When
from kg.model.entity import SummitEdition

_COMMON: Final = frozenset(
    {"meeting", "meetings", "event", "conference", "dialogue", "congress", "session", "assembly"}
)
_LONG_AGO: Final = 3  # years after which a town alone does not tell the edition


def edition_of(gathering: Gathering | None, draft: Draft, scene: Scene) -> SummitEdition | None:
    """The edition that a gathering beside an event is: its year from the text, else from the event's date."""
    if gathering is None:
        return None
    series = gathering.series or _series_again(gathering, draft, scene)
    if series is None:
        return None
    if draft.place is None:
        draft.place = gathering.town or town_of_series(series, scene.lexicon)
    scene.memory.series = series
    year = _year(gathering, series, draft, scene)
    if year is not None and not draft.history:
        scene.memory.years[series] = year
    return SummitEdition(series=series, year=year)


def _series_again(gathering: Gathering, draft: Draft, scene: Scene) -> str | None:
    """The series that "the summit" means: by its town, else the one told last, if it may be called so."""
    world, last = scene.lexicon.world, scene.memory.series
    town = gathering.town or (draft.place if gathering.noun else None)
    if town is not None and gathering.noun is not None and (named := named_after(world, town, gathering.noun)):
        return named
    if gathering.town is not None:
        told = last if last and year_of_town(world, last, gathering.town, _latest(draft, scene)) else None
        return told or held_in(world, gathering.town, draft.when)
    if last is None and gathering.of_body:
        named = next((body for body, _ in scene.register.bodies.most_common(1)), None)
        return named if named in world.series else _listed_there(gathering, draft, scene)
    if last is None:
        return _only_forum(gathering, scene) or _listed_there(gathering, draft, scene)
    if last is None or gathering.beside or gathering.noun not in _COMMON:
        return last
    listed = world.series.get(last)
    names = (listed.name, *listed.aliases) if listed is not None else (last,)
    return (
        last
        if any(gathering.noun in name.casefold() for name in names) or (last, gathering.noun) in scene.memory.called
        else None
    )


def _only_forum(gathering: Gathering, scene: Scene) -> str | None:
    """The forum that the article names, where it names one alone: "its leaders ... on the fringes of the retreat"."""
    world = scene.lexicon.world
    forums = [b for b in scene.register.bodies if b in world.series and _is_forum(world, b)]
    return forums[0] if gathering.beside and len(forums) == 1 else None


def _is_forum(world: World, code: str) -> bool:
    organisation = world.organisations.get(code)  # some series are of no organisation
    return organisation is not None and organisation.kind == "forum"


def _listed_there(gathering: Gathering, draft: Draft, scene: Scene) -> str | None:
    """The series that "the summit" means where the text names none: the one listed in the town told, on the day."""
    town = draft.place or scene.memory.there
    if gathering.noun is None or not gathering.noun.endswith("summit") or town is None or draft.history:
        return None
    when = draft.when
    if when.is_unknown and not draft.stated and scene.day is not None:
        when = When.on(PartialDate.of(scene.day))
    return held_in(scene.lexicon.world, town, when)


def _latest(draft: Draft, scene: Scene) -> int:
    if draft.when.latest is not None:
        return draft.when.latest.year
    return scene.day.year if scene.day is not None else 0


def _can_be_of(when: When, year: int) -> bool:
    """Whether a time may lie in a year."""
    return when.earliest is not None and when.latest is not None and when.earliest.year <= year <= when.latest.year


def _year(gathering: Gathering, series: str, draft: Draft, scene: Scene) -> int | None:
    """The year of the edition: told, by its number, of the event's day; without a day of the town or the article."""
    world, when = scene.lexicon.world, draft.when
    year = gathering.year or year_of_number(world, series, gathering.number)
    if year is not None and (gathering.year or when.earliest is None or _can_be_of(when, year)):
        return year
    if when.earliest is not None and when.latest is not None:
        return when.earliest.year if when.earliest.year == when.latest.year else None
    if not when.is_unknown or scene.day is None:
        return scene.memory.years.get(series) if when.is_unknown else None
    town = gathering.town or draft.place
    held = year_of_town(world, series, town, scene.day.year) if town is not None else None
    if draft.history:
        return held if held is not None and scene.day.year - held <= _LONG_AGO else None
    if held is not None and scene.day.year - held <= 1:
        return held
    return scene.memory.years.get(series) or scene.day.year
