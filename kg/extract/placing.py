"""The place of an event: a town, a house, a country that the words put it in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.extract.beside import in_clause, in_parenthesis, preceded
from kg.extract.item import Item, Symbol
from kg.extract.lexicon import Lexicon, plain_words
from kg.lexicon.gazetteer import Kind
from kg.model.entity import Place, fold


def town_of(item: Item, lexicon: Lexicon) -> Place | None:
    """The place that an item names: a town, a seat of power, a country."""
    towns = lexicon.world.towns
    if Kind.TOWN in item.keys:
        town = towns.get(fold(item.text)) or towns.get(item.keys[Kind.TOWN][0])
        return Place(name=town.name, country=town.country) if town else Place(name=item.text)
    if Kind.CAPITAL in item.keys:
        town = towns.get(fold(item.text))
        return Place(name=town.name, country=town.country) if town else _capital(item)
    if Kind.METONYM in item.keys:
        return Place(name=item.text, country=item.keys[Kind.METONYM][0])
    if Kind.COUNTRY in item.keys:
        code = item.keys[Kind.COUNTRY][0]
        return Place(name=lexicon.world.countries[code].name, country=code)
    return None


def _capital(item: Item) -> Place:
    return Place(name=item.text, country=item.keys[Kind.CAPITAL][0])


def is_house(place: Place, item: Item) -> bool:
    """Whether the place is a building or a seat of power, whose town stands elsewhere."""
    return Kind.METONYM in item.keys or fold(place.name).split()[-1] in plain_words("houses")


def place_of(items: Sequence[Item], trigger: int, span: tuple[int, int], lexicon: Lexicon) -> tuple[int, Place] | None:
    """Index and value of the place of the event at ``trigger``: a town before a house before a country."""
    begin, end = span
    vague: tuple[int, Place] | None = None
    for at in (*range(trigger + 1, end), *range(trigger - 1, begin - 1, -1)):
        item = items[at]
        capital = _capital_of(items, at, lexicon)
        if capital is not None and preceded(items, at, "in", "at"):
            return at, capital
        if item.symbol not in "LCN" or not _is_where(items, at, trigger):
            continue
        place = _named(items, at) if item.symbol == Symbol.NAME else town_of(item, lexicon)
        if place is None:
            continue
        house = is_house(place, item) or (item.symbol == Symbol.NAME and preceded(items, at, "at"))
        if item.symbol == Symbol.COUNTRY or house:
            vague = vague or (at, place)
        else:
            return at, place
    return vague


def _capital_of(items: Sequence[Item], at: int, lexicon: Lexicon) -> Place | None:
    """The town that "the Estonian capital" means."""
    if items[at].symbol != Symbol.DEMONYM or at + 1 >= len(items) or items[at + 1].text != "capital":
        return None
    country = lexicon.world.countries.get(items[at].keys[Kind.DEMONYM][0])
    return Place(name=country.capital, country=country.id) if country is not None and country.capital else None


def _is_where(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether the words say that the event was there."""
    placed = preceded(items, at, "in", "at", "during", "visited") or _is_city_of(items, at)
    if not placed and not _reached(items, at, trigger):
        return False
    if at + 1 < len(items) and items[at + 1].is_word("possessive"):
        return False
    if at > trigger and in_clause(items, at, trigger):
        return False
    return not in_parenthesis(items, at, trigger) and not _of_purpose(items, at, trigger)


def _is_city_of(items: Sequence[Item], at: int) -> bool:
    """Whether "in the city of" stands before a place."""
    if at < 2 or not items[at - 1].is_word("of"):
        return False
    return items[at - 2].text.casefold() in plain_words("kinds_of_town")


def _reached(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether somebody goes there to do it: "will travel to X, where he is to meet", "welcomed Y to X"."""
    bound = preceded(items, at, "for") or (at > 0 and items[at - 1].text.endswith((" for", " to")))
    if bound and at < trigger and any(item.is_word("where") for item in items[at + 1 : at + 3]):
        return True
    if not preceded(items, at, "to") and not (at > 0 and items[at - 1].text.endswith(" to")):
        return False
    if at > trigger:
        return items[trigger].is_word("received", "receive")
    return any(item.is_word("where", "for", "and") for item in items[at + 1 : trigger])


def _of_purpose(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether a place stands in what somebody met for ("to secure a truce in X"), not where he met."""
    between = items[trigger + 1 : at]
    return any(
        item.is_word("to")
        and following.symbol != "L"
        and not following.is_word("the", "an")
        and following.text[0].islower()
        for item, following in pairwise(between)
    )


def _named(items: Sequence[Item], at: int) -> Place | None:
    """A place in no list, by its name; ``None`` for what is no place: months, waters, the name of somebody."""
    item = items[at]
    following = items[at + 1] if at + 1 < len(items) else None
    if following is not None and following.symbol != "L" and _goes_on(following):
        return None
    if item.value is not None or not item.text[0].isupper() or fold(item.text) in plain_words("no_towns"):
        return None
    if fold(item.text).split()[-1] in plain_words("waters"):
        return None
    if following is not None and following.text.casefold() in plain_words("waters"):
        return None
    return Place(name=item.text)


def _goes_on(following: Item) -> bool:
    """Whether a name goes on behind the place's: "in Novak City", "at X president"."""
    return following.text[0].isupper() or following.symbol in "tNPO"
