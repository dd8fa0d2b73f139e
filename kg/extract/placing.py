"""The place of an event: a town, a house, a country that the words put it in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kg.extract.among import has_kind, has_word
from kg.extract.beside import in_clause, in_parenthesis, is_deed, preceded
from kg.extract.item import Item, Symbol
from kg.extract.lexicon import Lexicon, plain_words
from kg.lexicon.gazetteer import Kind
from kg.lexicon.tokens import folded
from kg.model.entity import Place, fold

_CLAUSE: Final = 9  # items of a relative clause up to its verb
_STAYING: Final = ("is ", "was ", "on a ", "on an ")
_FAR: Final = 14  # items between a town and the gathering of "X, where he attended the summit"
_TOPIC: Final = 4  # items before a gathering among which stands what made it a topic
_BESIDE: Final = 7  # items behind a gathering in which its town stands


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
        capital = _capital_of(items, at, lexicon) if item.symbol == Symbol.DEMONYM else None
        if capital is not None and preceded(items, at, "in", "at"):
            return at, capital
        if item.symbol not in "LCN" or not _is_where(items, at, trigger):
            continue
        place = _named(items, at) if item.symbol == Symbol.NAME else town_of(item, lexicon)
        if place is None:
            continue
        house = is_house(place, item) or (item.symbol == Symbol.NAME and preceded(items, at, "at"))
        behind = _town_behind(items, at) if house else None
        if behind is not None and (town := town_of(items[behind], lexicon)) is not None:
            return behind, town
        if item.symbol == Symbol.COUNTRY or house:
            vague = vague or (at, place)
        else:
            return at, place
    return vague


def _town_behind(items: Sequence[Item], at: int) -> int | None:
    """The index of the town told behind a house: "at State House, Nairobi", "at State House Entebbe"."""
    if items[at + 1 : at + 2] and items[at + 1].symbol == "L" and items[at + 1].begin == items[at].end + 1:
        return at + 1
    if at + 2 < len(items) and items[at + 1].symbol == "," and items[at + 2].symbol == "L":
        return at + 2
    return None


def _capital_of(items: Sequence[Item], at: int, lexicon: Lexicon) -> Place | None:
    """The town that "the Estonian capital" means."""
    if at + 1 >= len(items) or items[at + 1].text != "capital":
        return None
    country = lexicon.world.countries.get(items[at].keys[Kind.DEMONYM][0])
    return Place(name=country.capital, country=country.id) if country is not None and country.capital else None


def _is_where(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether the words say that the event was there."""
    placed = preceded(items, at, "in", "at", "during") or _is_visited(items, at, trigger)
    placed = placed or _is_city_of(items, at) or _is_behind(items, at)
    if not placed and not _reached(items, at, trigger):
        return False
    if at + 1 < len(items) and items[at + 1].is_word("possessive"):
        return False
    if at > trigger and _of_plan(items, at, trigger):
        return True
    if at > trigger and in_clause(items, at, trigger):
        return False
    aside = in_parenthesis(items, at, trigger) and not (at < trigger and has_word(items[at + 1 : at + 3], "where"))
    if aside or _of_purpose(items, at, trigger) or _is_subject(items, at, trigger):
        return False
    seen = next((index for index in range(at - 1, trigger, -1) if items[index].symbol == Symbol.SUMMIT), None)
    return seen is None or not (is_deed(items[seen - 1]) or _of_topic(items, seen, at))


def _is_subject(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether the words before the place make it what was spoken of: "assessed issues, including the war in X"."""
    before = at - 2 if at > 1 and items[at - 1].is_word("in") else 0
    return before > trigger and folded(items[before].text) in plain_words("spoken_of")


def _of_topic(items: Sequence[Item], seen: int, at: int) -> bool:
    """Whether the place is only that of a gathering they spoke of: "discussed preparations for the summit in X"."""
    if at != seen + 2 or not items[at - 1].is_word("in", "at"):
        return False
    before = {word for item in items[max(0, seen - _TOPIC) : seen] for word in item.text.casefold().split()}
    return not before.isdisjoint(plain_words("prepared"))


def _of_plan(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether the words tell where talks were to be: "a meeting with X, which had been set for Monday in Y"."""
    which = next((index for index in range(trigger + 1, at) if items[index].is_word("which", "that")), None)
    if which is None:
        return False
    clause = items[which + 1 : at]
    meant = has_word(clause[:4], "planned", "thwarted", "will_take_place")
    return meant and not has_kind(clause, ",;")


def _is_visited(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether the visit of a place is the one on which the event was, not one that somebody spoke of behind it."""
    if not preceded(items, at, "visited"):
        return False
    between = items[trigger + 1 : at]
    owned = any(item.is_word("his", "their", "possessive") for item in items[max(0, at - 4) : at - 1])
    return at < trigger or not owned or any(item.text.casefold() in {"during", "on"} for item in between[-4:])


def _is_city_of(items: Sequence[Item], at: int) -> bool:
    """Whether "in the city of" stands before a place."""
    if at < 2 or not items[at - 1].is_word("of"):
        return False
    return items[at - 2].text.casefold() in plain_words("kinds_of_town")


def _is_behind(items: Sequence[Item], at: int) -> bool:
    """Whether the place is that of a house told before it: "at State House, Nairobi", "at State House Entebbe"."""
    house = at - 2 if at > 2 and items[at - 1].symbol == "," else at - 1
    if house < 1 or items[house].symbol in "PRQG":
        return False
    return fold(items[house].text).split()[-1:] in (["house"], ["lodge"]) and preceded(items, house, "at", "in")


def _reached(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether somebody goes there to do it: "will travel to X, where he is to meet", "welcomed Y to X"."""
    bound = preceded(items, at, "for", "from") or (at > 0 and items[at - 1].text.endswith((" for", " to")))
    if at < trigger and has_word(items[at + 1 : trigger], "where"):
        near = items[at + 1].is_word("where") or items[at + 2].is_word("where")
        return (near or bound or preceded(items, at, "to", "in")) and _is_antecedent(items, at, trigger)
    if not preceded(items, at, "to") and not (at > 0 and items[at - 1].text.endswith(" to")):
        return preceded(items, at, "visit_to") and at < trigger
    if at > trigger:
        return items[trigger].is_word("received", "receive")
    return has_word(items[at + 1 : trigger], "where", "for", "and", "to")


def _is_antecedent(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether "where" means this place: "came to France from Lima, Peru, where he met" means Lima."""
    where = next(index for index in range(at + 1, trigger) if items[index].is_word("where"))
    while at + 2 < where and items[at + 1].symbol == "," and items[at + 2].symbol in "LC":
        at += 2
    return all(item.symbol not in "LC" for item in items[at + 1 : where])


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
    if following is not None and (_is_part_of(item, following) or (following.symbol != "L" and _goes_on(following))):
        return None
    if item.value is not None or not item.text[0].isupper() or fold(item.text) in plain_words("no_towns"):
        return None
    return None if fold(item.text).split()[-1] in plain_words("waters") else Place(name=item.text)


def _is_part_of(item: Item, following: Item) -> bool:
    """Whether the name only opens another place's: "the Bay of X", "the Alpine resort of Y", "Greater Z", "X Sea"."""
    if following.symbol == "L":
        return following.begin == item.end + 1
    return following.is_word("of") or fold(following.text) in plain_words("kinds_of_town") | plain_words("waters")


def _goes_on(following: Item) -> bool:
    """Whether a name goes on behind the place's: "in Novak City", "at X president"."""
    return following.text[0].isupper() or following.symbol in "tNPO"


def there(items: Sequence[Item], span: tuple[int, int], lexicon: Lexicon) -> tuple[bool, Place | None]:
    """Whether the words between these indexes say "there", and the town that the sentence named before, if any."""
    at = next((at for at in range(*span) if _says_there(items, at)), None)
    if at is None:
        return False, None
    return True, last_town(items[:at], lexicon) or _left(items[:at], lexicon)


def _left(items: Sequence[Item], lexicon: Lexicon) -> Place | None:
    """The town from which somebody is back: "Back from X, she said her talks there had gone well"."""
    at = next((at for at, item in enumerate(items) if item.symbol == "L"), None)
    return town_of(items[at], lexicon) if at is not None and preceded(items, at, "from") else None


def _says_there(items: Sequence[Item], at: int) -> bool:
    text = items[at].text.casefold()
    if text not in {"there", "same"}:
        return False
    following = items[at + 1] if at + 1 < len(items) else None
    if text == "there":
        return following is None or not following.is_word("be", "aux", "modal_future", "hypothetical")
    return following is not None and following.text in plain_words("kinds_of_town")


def where_town(items: Sequence[Item], trigger: int, lexicon: Lexicon) -> Place | None:
    """The town of whose relative clause the event is: "is due in X, where A met B in March"."""
    low = max(1, trigger - _CLAUSE)
    at = next((at for at in range(trigger - 1, low, -1) if items[at].text.casefold() == "where"), None)
    if at is None:
        return None
    town = items[at - 2] if items[at - 1].symbol == "," else items[at - 1]
    return town_of(town, lexicon) if town.symbol == Symbol.TOWN else None


def last_town(items: Sequence[Item], lexicon: Lexicon) -> Place | None:
    """The last town that the items say somebody was in or went to."""
    for at in range(len(items) - 1, -1, -1):
        if items[at].symbol == "L" and (
            preceded(items, at, "in", "at", "to", "for", "visited") or _names_goal(items, at)
        ):
            return town_of(items[at], lexicon)
    return None


def _names_goal(items: Sequence[Item], at: int) -> bool:
    """Whether a verb of travel ends right before the place: "left for X", "flew to X"."""
    return at > 0 and (
        items[at - 1].is_word("travel", "visit_to") or items[at - 1].text.endswith((" for", " to", " in"))
    )


def seat_of(items: Sequence[Item], at: int, lexicon: Lexicon) -> Place | None:
    """The town of a gathering: "the summit in X", "flew to X for the summit", "the X Security Conference"."""
    for index in range(at + 1, min(len(items), at + _BESIDE)):
        if items[index].symbol == "L" and preceded(items, index, "in", "at"):
            return town_of(items[index], lexicon)
        if items[index].symbol not in "TU0," and not items[index].is_word("in", "at", "on", "the", "of", "here"):
            break
    before = at - 1
    while before > 0 and items[before].is_word("for", "the", "an", "attend", "to", "sidelines"):
        before -= 1
    if before > 0 and items[before].symbol == "L" and preceded(items, before, "in", "to", "visited"):
        return town_of(items[before], lexicon)
    for index in range(max(0, at - _FAR), at):
        clause = items[index + 1 : at]
        if items[index].symbol == "L" and has_word(clause, "where") and _is_antecedent(items, index, at):
            return town_of(items[index], lexicon)
    return town_in_name(items[at], lexicon)


def town_in_name(item: Item, lexicon: Lexicon) -> Place | None:
    """The town after which a gathering is named, if it always is there."""
    return town_of_series(next(iter(item.keys.get(Kind.SUMMIT, ())), ""), lexicon)


def town_of_series(series: str, lexicon: Lexicon) -> Place | None:
    """The town after which a series is named: "the Munich Security Conference"."""
    listed = lexicon.world.series.get(series)
    words = listed.name.split() if listed is not None else []
    town = (
        lexicon.world.towns.get(fold(words[0]))
        if words and fold(words[-1]) in plain_words("named_after_town")
        else None
    )
    return Place(name=town.name, country=town.country) if town is not None else None


def stay(items: Sequence[Item], lexicon: Lexicon) -> Place | None:
    """The town of a stay in which the sentence sets its event: "X, who is visiting Lima, met"."""
    for at in range(1, len(items)):
        before = items[at - 1]
        if items[at].symbol != "L":
            continue
        if before.is_word("travel") and before.text.casefold().startswith(_STAYING):
            return town_of(items[at], lexicon)
        if at > 2 and before.is_word("in") and items[at - 2].is_word("be") and items[at - 3].is_word("who"):
            return town_of(items[at], lexicon)  # "X, who is in Lima for the summit, met"
    return None
