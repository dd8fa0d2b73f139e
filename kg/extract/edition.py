"""Which edition of a gathering the words mean: the year, the number and the town beside its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.item import Item, Symbol
from kg.extract.lexicon import plain_words
from kg.extract.number import number_of
from kg.extract.time import TimeExpression
from kg.lexicon.gazetteer import Kind
from kg.lexicon.world import World
from kg.model.date import Precision, When
from kg.model.entity import Place, SummitEdition, fold

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NUMBER: Final = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\b")
_FORTIETH: Final = re.compile(r"[a-z]+(?:-[a-z]+)?(?:th|first|second|third)", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(?:COP|UNGA)-?(\d\d?)")
_CLIMATE: Final = "COP"
_ASSEMBLY: Final = "UNGA"  # the first session was convoked for 1946
_AFTER_THE_GAP: Final = 26
_ROUND_IT: Final = 3  # days before and after a gathering on which people meet beside it


@dataclass(frozen=True, slots=True)
class Gathering:
    """A summit as one place of the text names it; ``series`` is ``None`` where it only says "the summit".

    ``noun`` is what such a place calls it, ``number`` the edition's ("the 15th summit"), ``town`` where the name says
    that it was ("the Kazan summit"); ``beside`` says that the words put somebody there ("on the margins of"),
    ``of_body`` that it is that of a body told of before ("at that body's summit").
    """

    series: str | None
    year: int | None = None
    number: int | None = None
    town: Place | None = None
    noun: str | None = None
    beside: bool = False
    of_body: bool = False


def year_in(items: Sequence[Item]) -> int | None:
    """The year that the first item is, if it is one."""
    text = items[0].text if items else ""
    return int(text) if _YEAR.fullmatch(text) else None


def number_in(items: Iterable[Item]) -> int | None:
    """The ordinal among the items: "the 78th session", "the seventeenth summit"."""
    for item in items:
        found = _NUMBER.match(item.text)
        if found is not None:
            return int(found[1])
        if _FORTIETH.fullmatch(item.text) and (number := number_of(item.text)):
            return number
    return None


def _year_of(item: Item) -> int | None:
    """The year that an item states: "2023", "November 2024"."""
    if isinstance(item.value, TimeExpression):
        return item.value.year
    return int(item.text) if _YEAR.fullmatch(item.text) else None


def dated(items: list[Item]) -> list[Item]:
    """The items with the year beside a gathering's name taken into it: "2023 BRICS summit", "APEC 2022"."""
    result: list[Item] = []
    skip = -1
    for at, item in enumerate(items):
        if at == skip:
            continue
        following = items[at + 1] if at + 1 < len(items) else None
        named = item.symbol == Symbol.ORGANISATION and Kind.SUMMIT in item.keys
        if named and following is not None and _YEAR.fullmatch(following.text):
            item.symbol, item.value = Symbol.SUMMIT, Gathering(item.keys[Kind.SUMMIT][0])
        known = item.value
        if item.symbol == Symbol.SUMMIT and isinstance(known, Gathering) and known.series and known.year is None:
            if following is not None and _YEAR.fullmatch(following.text):
                item.value, item.end, skip = replace(known, year=int(following.text)), following.end, at + 1
            elif result and _YEAR.fullmatch(result[-1].text):
                item.value = replace(known, year=int(result[-1].text))
                if len(result) < 2 or not result[-2].is_word(
                    "in"
                ):  # "in 2022 on the margins": the year is a time as well
                    item.begin = result.pop().begin
            else:
                year = _year_behind(items, at) or _year_of_conference(known.series, item.text)
                item.value = replace(known, year=year)
        result.append(item)
    return result


def _year_behind(items: list[Item], at: int) -> int | None:
    """The year told right behind the name, a place perhaps between: "the summit in Lima in November 2024"."""
    for item in items[at + 1 : at + 6]:
        if item.symbol == Symbol.TIME:
            return _year_of(item)
        if item.symbol not in "LN," and not item.is_word("in", "at", "on"):
            return None
    return None


def _year_of_conference(series: str, name: str) -> int | None:
    """The year of a numbered climate conference ("COP28"; none was in 2020) or General Assembly ("UNGA79")."""
    if series not in {_CLIMATE, _ASSEMBLY}:
        return None
    found = _NUMBERED.fullmatch(name.rsplit(maxsplit=1)[-1])
    number = int(found[1]) if found else 0
    if series == _ASSEMBLY:
        return number + 1945 if number else None
    return number + (1994 if number < _AFTER_THE_GAP else 1995) if number else None


def year_of_number(world: World, series: str, number: int | None) -> int | None:
    """The year of the edition that the world lists by this number."""
    if number is None:
        return None
    return next((e.year for e in world.editions_of(series) if str(number) in _NUMBER.findall(e.name)), None)


def year_of_town(world: World, series: str, town: Place, latest: int) -> int | None:
    """The year of the last edition up to that year which the world lists in a town."""
    years = [e.year for e in world.editions_of(series) if fold(e.place) == fold(town.name) and e.year <= latest]
    return max(years, default=None)


def named_after(world: World, town: Place, noun: str) -> str | None:
    """The series that is named after its town and called so: "the Munich conference"."""
    last = noun.rsplit(maxsplit=1)[-1]
    if last not in plain_words("named_after_town"):
        return None
    for series in world.series.values():
        words = fold(series.name).split()
        if words[0] == fold(town.name) and words[-1] == last:
            return series.id
    return None


def held_in(world: World, town: Place, when: When) -> str | None:
    """The one series that the world lists in a town on the days of an event, or round them; ``None`` for several."""
    if when.earliest is None or when.latest is None:
        return None
    for days in (0, _ROUND_IT):
        series = {
            e.series
            for e in world.editions
            if fold(e.place) == fold(town.name) and e.start and e.end and e.start.earliest and e.end.latest
            and (e.start.earliest - when.latest).days <= days and (when.earliest - e.end.latest).days <= days
        }  # fmt: skip
        if series:
            return next(iter(series)) if len(series) == 1 else None
    return None


def may_be_beside(world: World, summit: SummitEdition, when: When, told: When | None = None) -> bool:
    """Whether a contact of which no words say so may have been at a gathering: not on a day before or after it.

    ``told`` is when another contact was that is said to have been there: where the list does not know that day
    either, it has no say.
    """
    listed = [e for e in world.editions_of(summit.series) if e.year == summit.year and e.start and e.end]

    def is_outside(other: When | None) -> bool:
        day = other.earliest if other is not None and other.precision is Precision.DAY else None
        return day is not None and bool(listed) and not any(edition.goes_on(day) for edition in listed)

    return not is_outside(when) or is_outside(told)
