"""What stands beside an event: its time, place, summit and duration, each in the words that belong to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.gathering import Gathering
from kg.extract.item import Item, Symbol
from kg.extract.lexicon import Lexicon
from kg.extract.time import Duration, TimeExpression, resolve
from kg.lexicon.gazetteer import Kind
from kg.model.date import UNKNOWN, When
from kg.model.entity import Place, fold

_NO_TOWN: Final = frozenset(
    "parliament congress senate government office cabinet english french arabic chinese spanish russian power "
    "public private january february march april may june july august september october november december "
    "brexit covid islam house".split()
)
_VERBS: Final = ("verb", "said", "took_office")


@dataclass(frozen=True, slots=True)
class Attached:
    """Time, place, summit and duration of one event; ``begin`` and ``end`` cover the words that give them."""

    when: When = UNKNOWN
    time: TimeExpression | None = None
    place: Place | None = None
    summit: Gathering | None = None
    duration: str | None = None
    vague: bool = False  # the place is a country, or a house whose town stands elsewhere
    first: int = -1
    last: int = -1


def _preceded(items: Sequence[Item], at: int, *classes: str) -> bool:
    before = at - 1
    while before >= 0 and (items[before].is_word("the", "an", "leading") or items[before].symbol == '"'):
        before -= 1
    return before >= 0 and items[before].is_word(*classes)


def _is_city_of(items: Sequence[Item], at: int) -> bool:
    """Whether "in the city of" stands before a place."""
    return (
        at > 1 and items[at - 1].is_word("of")
        and items[at - 2].text.casefold() in {"city", "town", "capital", "resort", "port", "village", "island", "suburb"}
    )  # fmt: skip


def _of_reporting(items: Sequence[Item], at: int) -> bool:
    """Whether a time belongs to "said": "the ministry said on Friday"."""
    left = at - 1
    while left >= 0 and (items[left].is_word("on", "in", "an", "the", "late", "also") or items[left].text.casefold() in {"statement", "late", "early"}):  # fmt: skip
        left -= 1
    return left >= 0 and items[left].is_word("said", "called")


def _in_parenthesis(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether a clause of its own, between commas, stands around the time and apart from the trigger."""
    low, high = sorted((at, trigger))
    between = items[low + 1 : high]
    return any(i.symbol == "," for i in between) and any(
        i.is_word("who", "which") or (i.is_word(*_VERBS) and not i.is_word("held", "met", "aux", "received"))
        for i in between
    )


def _in_clause(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether a subordinate clause with a verb of its own opens between the trigger and the time behind it."""
    opened = False
    if any(item.is_word("before", "since_word") and not item.is_word("by", "from") for item in items[trigger + 1 : at]):
        return True
    for item in items[trigger + 1 : at]:
        if item.symbol == ",":
            opened = False
        if item.is_word("while", "who", "which", "where", "since_word", "that") and not item.is_word(
            "by", "from", "the"
        ):
            opened = True
        elif opened and (item.is_word(*_VERBS) or item.text.endswith("ed")):
            return True
    return False


def _times(items: Sequence[Item], trigger: int, begin: int, end: int) -> Iterator[int]:
    """The indexes of times that may date the trigger, the most likely first: behind it, then before it."""
    for at in range(trigger + 1, end):
        if items[at].symbol == ";":
            break
        if items[at].symbol == Symbol.TIME and not _of_reporting(items, at):
            if _preceded(items, at, "since_word") or _in_parenthesis(items, at, trigger):
                continue
            if not _in_clause(items, at, trigger):
                yield at
    for at in range(trigger - 1, begin - 1, -1):
        if items[at].symbol == Symbol.TIME and not _of_reporting(items, at) and not _in_parenthesis(items, at, trigger):
            yield at


def _of_stopping(items: Sequence[Item], trigger: int, at: int) -> bool:
    """Whether a time says when talks were called off, not when they were to be."""
    planned = ("planned", "thwarted", "will_take_place")
    if at < trigger:
        return not any(i.is_word(*planned, "for") for i in items[max(0, at - 3) : at])
    between = items[trigger:at]
    return any(i.is_word("cancelled", "postponed") for i in between) and not any(i.is_word(*planned) for i in between)


def town_of(item: Item, lexicon: Lexicon) -> Place | None:
    """The place that an item names: a town, a seat of power, a country."""
    for kind in (Kind.TOWN, Kind.CAPITAL):
        if kind in item.keys:
            town = lexicon.world.towns.get(fold(item.text)) or (
                lexicon.world.towns.get(item.keys[kind][0]) if kind is Kind.TOWN else None
            )
            country = item.keys[kind][0] if kind is Kind.CAPITAL else None
            return Place(name=town.name if town else item.text, country=town.country if town else country)
    if Kind.METONYM in item.keys:
        return Place(name=item.text, country=item.keys[Kind.METONYM][0])
    if Kind.COUNTRY in item.keys:
        code = item.keys[Kind.COUNTRY][0]
        return Place(name=lexicon.world.countries[code].name, country=code)
    return None


def _of_purpose(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether a place stands in what somebody met for ("to secure a truce in X"), not where he met."""
    between = items[trigger + 1 : at]
    return any(
        item.is_word("to")
        and following.symbol != "L"
        and not following.is_word("the", "an")
        and following.text[0].islower()
        for item, following in zip(between, between[1:], strict=False)
    )


def _reached(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether somebody goes there to do it: "will travel to X, where he is to meet", "welcomed Y to X"."""
    if not _preceded(items, at, "to"):
        return False
    if at > trigger:
        return items[trigger].is_word("received", "receive")
    return any(item.is_word("where", "for", "and") for item in items[at + 1 : trigger])


_WATERS: Final = frozenset("sea ocean strait gulf river lake peninsula channel border canal region province valley mountains island islands".split())  # fmt: skip
_HOUSES: Final = frozenset("palace house hotel castle villa residence mansion hall office building centre center ministry".split())  # fmt: skip


def _is_house(place: Place, item: Item) -> bool:
    return Kind.METONYM in item.keys or fold(place.name).split()[-1] in _HOUSES


def _place(items: Sequence[Item], trigger: int, span: tuple[int, int], lexicon: Lexicon) -> tuple[int, Place] | None:
    begin, end = span
    order = [*range(trigger + 1, end), *range(trigger - 1, begin - 1, -1)]
    country: tuple[int, Place] | None = None
    for at in order:
        item = items[at]
        if item.symbol == ";":
            continue
        if item.symbol not in "LCN":
            continue
        placed = _preceded(items, at, "in", "at", "during", "visited") or _is_city_of(items, at)
        if not placed and not _reached(items, at, trigger):
            continue
        following = items[at + 1] if at + 1 < len(items) else None
        if following is not None and following.is_word("possessive"):
            continue
        if _in_parenthesis(items, at, trigger) or _of_purpose(items, at, trigger):
            continue
        if item.symbol == Symbol.NAME:
            if following is not None and following.text[0].isupper() and following.symbol != "L":
                continue
            if fold(item.text) in _NO_TOWN or item.value is not None or not item.text[0].isupper():
                continue
            if following is not None and following.symbol in "tNPO" or fold(item.text).split()[-1] in _WATERS:
                continue
            named = Place(name=item.text)
            if items[at - 1].is_word("at") or _is_house(named, item):
                country = country or (at, named)
                continue
            return at, named
        found = town_of(item, lexicon)
        if found is None:
            continue
        if item.symbol == Symbol.TOWN and not _is_house(found, item):
            return at, found
        country = country or (at, found)
    return country


def attach(
    items: Sequence[Item],
    trigger: int,
    span: tuple[int, int],
    *,
    lexicon: Lexicon,
    day: dt.date | None,
    future: bool,
    number: int = 0,
    stopped: bool = False,
) -> Attached:
    """What the words between these indexes say of the event triggered at ``trigger``.

    ``future`` resolves "Friday" forwards, as for planned talks; ``number`` asks for the nth of several times;
    ``stopped`` passes over the day on which a contact was called off.
    """
    begin, end = span
    used: list[int] = []
    time: TimeExpression | None = None
    when = UNKNOWN
    times = [at for at in _times(items, trigger, begin, end) if not (stopped and _of_stopping(items, trigger, at))]
    for at in times[number:] or times:
        value = items[at].value
        if isinstance(value, TimeExpression):
            time, when = value, resolve(value, day, future=future)
            used.append(at)
            break
    placed = _place(items, trigger, span, lexicon)
    if placed is not None:
        used.append(placed[0])
    summit: Gathering | None = None
    duration: str | None = None
    for at in range(begin, end):
        value = items[at].value
        if items[at].symbol == Symbol.SUMMIT and isinstance(value, Gathering) and summit is None:
            if not _in_parenthesis(items, at, trigger):
                summit = value
                used.append(at)
        if isinstance(value, Duration) and duration is None and abs(at - trigger) < 12:
            if not _preceded(items, at, "after", "before", "since_word"):
                duration = value.iso
    first, last = (min(used), max(used)) if used else (-1, -1)
    vague = placed is not None and (items[placed[0]].symbol == Symbol.COUNTRY or _is_house(placed[1], items[placed[0]]))
    return Attached(when, time, placed[1] if placed else None, summit, duration, vague, first, last)
