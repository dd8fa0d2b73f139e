"""Tallies to rows of counts, kind by kind: those with a rank in their order, of what is too much the first ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import nsmallest
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.assemble.derive import MOST, Counted
from kg.assemble.tallies import Tallies

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_Values = dict[str, NamedNode | Literal]
_Numbers = Mapping[tuple[str, ...], int]
"""The numbers of one thing by what they tell of it: a name, and perhaps a day."""


def rows(tallies: Tallies) -> Iterator[Counted]:
    """Every row that a graph with these tallies has."""
    groups: dict[str, dict[tuple[str, ...], dict[tuple[str, ...], int]]] = {kind: {} for kind in _KINDS}
    for (kind, *key), number in tallies.items():
        if kind in groups:
            length = _LENGTHS.get(kind, 1)
            groups[kind].setdefault(tuple(key[:length]), {})[tuple(key[length:])] = number
    for kind, things in groups.items():
        told, is_ranked, most = _KINDS[kind]
        order = _most_first(things) if is_ranked else None
        found = nsmallest(most, things, key=order) if most else sorted(things, key=order)
        for thing in found:
            yield Counted(kind=kind, values=told(thing, things[thing]))


def _most_first(things: Mapping[tuple[str, ...], _Numbers]) -> Callable[[tuple[str, ...]], tuple[int | str, ...]]:
    """Who met most comes first, of these who called most; what most sources tell, of that what most passages do."""

    def order(thing: tuple[str, ...]) -> tuple[int | str, ...]:
        numbers = things[thing]
        first, second = ("sources", "sentences") if ("sources",) in numbers else ("meetings", "calls")
        return -numbers.get((first,), 0), -numbers.get((second,), 0), *thing

    return order


def _pair(thing: Sequence[str], numbers: _Numbers) -> _Values:
    return {"one": NamedNode(thing[0]), "other": NamedNode(thing[1]), **_numbers(numbers, "meetings", "calls")}


def _month(thing: Sequence[str], numbers: _Numbers) -> _Values:
    month = Literal(thing[0], datatype=NamedNode(_XSD + "gYearMonth"))
    return {"month": month, **_numbers(numbers, "meetings", "calls")}


def _place(thing: Sequence[str], numbers: _Numbers) -> _Values:
    values: _Values = {"one": NamedNode(thing[0]), **_numbers(numbers, "meetings")}
    if len(thing) > 1:
        values["year"] = Literal(thing[1], datatype=NamedNode(_XSD + "gYear"))
    for name, first in (("since", min), ("until", max)):
        if days := _days(numbers, name, "meetings"):
            values[name] = Literal(first(days), datatype=NamedNode(_XSD + "date"))
    return values


def _outlet(thing: Sequence[str], numbers: _Numbers) -> _Values:
    values: _Values = {"outlet": Literal(thing[0]), **_numbers(numbers, "articles", "facts")}
    if days := _days(numbers, "days", "articles"):
        values |= {"since": Literal(min(days)), "until": Literal(max(days))}
    return values


def _days(numbers: _Numbers, name: str, of: str) -> list[str]:
    """The days; none where one of the things has none: when the first and the last were is not known then."""
    days = {key[1]: number for key, number in numbers.items() if key[0] == name}
    return list(days) if sum(days.values()) == numbers.get((of,)) else []


def _fact(thing: Sequence[str], numbers: _Numbers) -> _Values:
    return {"one": NamedNode(thing[0]), **_numbers(numbers, "sources", "sentences")}


def _numbers(numbers: _Numbers, *names: str) -> _Values:
    return {name: Literal(numbers.get((name,), 0)) for name in names}


# How the rows of a kind are told, whether they have an order, and how many of them there are at most.
_KINDS: Final[Mapping[str, tuple[Callable[[Sequence[str], _Numbers], _Values], bool, int]]] = {
    "leaders": (_pair, True, MOST),
    "countries": (_pair, True, 0),
    "months": (_month, False, 0),
    "places": (_place, False, 0),
    "place-years": (_place, False, 0),
    "outlets": (_outlet, False, 0),
    "facts": (_fact, True, MOST),
}
# By how many words a thing is named, where it is not by one.
_LENGTHS: Final = {"leaders": 2, "countries": 2, "place-years": 2}
