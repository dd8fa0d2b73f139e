"""Gatherings that a sentence means without their names: "the fifth summit", "G20 leaders in Arden"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.edition import Gathering, number_in, year_of_number, year_of_town
from kg.extract.item import Item, Symbol
from kg.extract.lexicon import plain_words
from kg.extract.placing import last_town, town_of
from kg.extract.scene import Scene
from kg.extract.time import TimeExpression, resolve
from kg.extract.timing import is_to_come
from kg.lexicon.gazetteer import Kind
from kg.lexicon.world import World
from kg.model.date import UNKNOWN, When
from kg.model.entity import Place, fold

_NUMBER: Final = 3  # items before "summit" among which its number stands
_REACH: Final = 8  # items behind it in which its town and its time stand
_LEADERS: Final = 4  # items between "G20" and the town where its leaders are
_ROUND: Final = 60  # days from a gathering to a report on its leaders
_NEAR: Final = 1  # years from the report to a gathering that is called by its town alone


@dataclass(frozen=True, slots=True)
class Meant:
    """A gathering that the words mean: which, when and where, and the items that say so."""

    series: str
    year: int | None
    place: Place | None
    first: int
    last: int


def meant_by(scene: Scene) -> list[Meant]:
    """Every gathering that the sentence means by its number, its town or those who are there."""
    return [*_by_number(scene), *_by_town(scene), *_by_leaders(scene)]


def _by_number(scene: Scene) -> Iterator[Meant]:
    """ "The fifth summit was held in Arden in March 2022", of the series that the text names last."""
    items = scene.items
    for at, item in enumerate(items):
        series = _series_before(scene, at) if _is_summit(item) else None
        number = number_in(items[max(0, at - _NUMBER) : at]) if series else None
        if series is None or number is None or not _is_told_again(items, at):
            continue
        town = _town_near(scene, at)
        year = year_of_number(scene.lexicon.world, series, number) or _year_near(scene, at, series, town)
        if year is not None:
            yield Meant(series, year, town, max(0, at - _NUMBER), at)


def _is_told_again(items: Sequence[Item], at: int) -> bool:
    """Whether the numbered summit is one of "the organization" or of nothing that stands beside it."""
    if at and items[at - 1].symbol in "LCDAOSN":
        return False
    behind = items[at + 1] if at + 1 < len(items) else None
    if behind is None or not behind.is_word("of", "between", "with"):
        return True
    named = items[at + 2 : at + 4]
    return any(item.text.casefold() in plain_words("bodies_told_of") for item in named)


def _by_town(scene: Scene) -> Iterator[Meant]:
    """ "The Arden summit", "the informal summit in Arden": the one gathering named so far that was there."""
    items = scene.items
    for at, item in enumerate(items):
        if not (_is_summit(item) or _is_again(item)):
            continue
        before = at > 0 and items[at - 1].symbol == Symbol.TOWN
        behind = at + 2 < len(items) and items[at + 1].is_word("in") and items[at + 2].symbol == Symbol.TOWN
        series = _series_before(scene, at)
        if series is None or not (before or behind):
            continue
        town = town_of(items[at - 1 if before else at + 2], scene.lexicon)
        year = _year_listed(scene, series, town)
        if town is not None and year is not None:
            yield Meant(series, year, town, at - 1 if before else at, at if before else at + 2)


def _by_leaders(scene: Scene) -> Iterator[Meant]:
    """ "G20 leaders in Arden", "the Quad leaders meet in Arden on 24 May"."""
    items = scene.items
    for at, item in enumerate(items):
        if item.symbol != Symbol.ORGANISATION or Kind.SUMMIT not in item.keys or at + 1 >= len(items):
            continue
        leaders = items[at + 1]
        if not (leaders.is_word("plural") and leaders.is_word("of_states")):
            continue
        there = next((i for i in range(at + 2, min(len(items), at + 2 + _LEADERS)) if items[i].symbol == "L"), None)
        if there is None or not items[there - 1].is_word("in") or any(i.symbol in "PRQ;" for i in items[at:there]):
            continue
        series, town = item.keys[Kind.SUMMIT][0], town_of(items[there], scene.lexicon)
        if town is not None and scene.day is not None and _year_listed(scene, series, town) is not None:
            yield Meant(series, _year_of_these_days(scene.lexicon.world, series, town, scene.day), town, at, there)


def _is_summit(item: Item) -> bool:
    return item.value is None and item.text.casefold() == "summit"


def _is_again(item: Item) -> bool:
    return isinstance(item.value, Gathering) and item.value.series is None and item.value.noun == "summit"


def _series_before(scene: Scene, at: int) -> str | None:
    """The series that the sentence names before this place, else the one named last."""
    for item in reversed(scene.items[:at]):
        if isinstance(item.value, Gathering) and item.value.series:
            return item.value.series
        if item.symbol == Symbol.ORGANISATION and Kind.SUMMIT in item.keys:
            return item.keys[Kind.SUMMIT][0]
    return scene.memory.series


def _town_near(scene: Scene, at: int) -> Place | None:
    """The town told behind a numbered summit, or shortly before it."""
    items = scene.items
    for index in range(at + 1, min(len(items), at + _REACH)):
        if items[index].symbol == Symbol.TOWN and items[index - 1].is_word("in", "at"):
            return town_of(items[index], scene.lexicon)
        if items[index].symbol in ",;":
            break
    before = last_town(items[:at], scene.lexicon)
    return before if any(item.symbol == Symbol.TOWN for item in items[max(0, at - _REACH) : at]) else None


def _year_near(scene: Scene, at: int, series: str, town: Place | None) -> int | None:
    """The year of a numbered summit: that of the time behind it, else of the last edition in its town."""
    for item in scene.items[at + 1 : at + _REACH]:
        if item.symbol in ",;":
            break
        when = _when(scene, item, at)
        if when.earliest is not None and when.latest is not None and when.earliest.year == when.latest.year:
            return when.earliest.year
    return _year_listed(scene, series, town) if town is not None else None


def _when(scene: Scene, item: Item, at: int) -> When:
    if not isinstance(item.value, TimeExpression):
        return UNKNOWN
    return resolve(item.value, scene.day, future=is_to_come(scene.items[: at + 2]))


def _year_of_these_days(world: World, series: str, town: Place, day: dt.date) -> int:
    """The year of the edition that the world lists in a town round the day of the report, else that of the day."""
    for edition in world.editions_of(series):
        start = edition.start.earliest if edition.start is not None else None
        if fold(edition.place) == fold(town.name) and start is not None and abs((start - day).days) <= _ROUND:
            return edition.year
    return day.year


def _year_listed(scene: Scene, series: str, town: Place | None) -> int | None:
    """The year in which the world lists the series in a town, near the day of the report where that is known."""
    if town is None:
        return None
    if scene.day is None:
        years = {e.year for e in scene.lexicon.world.editions_of(series) if fold(e.place) == fold(town.name)}
        return years.pop() if len(years) == 1 else None
    year = year_of_town(scene.lexicon.world, series, town, scene.day.year + _NEAR)
    return year if year is not None and year >= scene.day.year - _NEAR else None
