"""Titles in the plural shared out over the names that follow them: "Foreign Ministers X of A, Y of B and Z of C"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.among import has_word
from kg.extract.country import country_of
from kg.extract.item import Item, Mention, Symbol
from kg.extract.lexicon import Lexicon
from kg.lexicon.gazetteer import Kind
from kg.lexicon.world import Office
from kg.model.entity import fold

_MOST: Final = 12
_GROUP: Final = 5  # words of a group of countries: "the Northern Triangle"
_SETTING: Final = 8  # items that say where and when, before "including"
_SHARED: Final = ("counterpart", "plural")


@dataclass(frozen=True, slots=True)
class _Named:
    """One name of a list, with the country that stands beside it."""

    at: int
    country: str | None
    last: int  # index of the last item that belongs to it


def _singular(item: Item, lexicon: Lexicon) -> Office | None:
    text = fold(item.text)
    for suffix, singular in (("ies", "y"), ("s", "")):
        if text.endswith(suffix):
            office = lexicon.office(text.removesuffix(suffix) + singular)
            if office is not None:
                return office
    words = text.split()
    # "heads of government", "secretaries of state"
    return lexicon.office(" ".join([words[0].removesuffix("s"), *words[1:]])) if words else None


def _countries(items: Sequence[Item], at: int) -> tuple[list[str], int]:
    """The countries listed from here on, and the index behind them."""
    codes: list[str] = []
    while at < len(items) and len(codes) < _MOST:
        item = items[at]
        if item.symbol in "CO" and (code := country_of(item)):
            codes.append(code)
        elif not (item.symbol == "," or item.is_word("and", "the")):
            break
        at += 1
    while at and items[at - 1].is_word("the", "and"):
        at -= 1
    return codes, at


def _names(items: Sequence[Item], at: int) -> list[_Named]:
    """The names listed from here on, each with the country that follows it ("X of A", "X (A)")."""
    found: list[_Named] = []
    while at < len(items) and len(found) < _MOST:
        item = items[at]
        if item.symbol in "NP":
            country = None
            if at + 2 < len(items) and (items[at + 1].is_word("of", "from") or items[at + 1].symbol == "‹"):
                after = at + 3 if items[at + 2].is_word("the") and at + 3 < len(items) else at + 2
                country = country_of(items[after]) if items[after].symbol in "CO" else None
                at = after if country else at
                if country and at + 1 < len(items) and items[at + 1].symbol == "›":
                    at += 1
            found.append(_Named(items.index(item), country, at))
        elif item.symbol == Symbol.COUNTRY and _owns_name(items, at):  # "Bosnia's X"
            found.append(_Named(at + 2, country_of(item), at + 2))
            at += 2
        elif not (
            item.symbol in ",–:"
            or (item.symbol == "-" and not found)
            or item.is_word("and", "honorific")
            or (item.is_word("including") and not found)
            or item.text == "."
        ):
            break
        at += 1
    return found


def _owns_name(items: Sequence[Item], at: int) -> bool:
    """Whether "Bosnia's X" begins here."""
    return at + 2 < len(items) and items[at + 1].is_word("possessive") and items[at + 2].symbol in "NP"


def share_titles(items: list[Item], lexicon: Lexicon) -> list[Item]:
    """The items with each name of a plural title's list made a person of that office and its country.

    The title itself goes into the first of them: "the foreign ministers of A and B, X and Y" are the two people.
    """
    at = 0 if has_word(items, *_SHARED) else len(items)
    while at < len(items):
        item = items[at]
        at += 1
        if not item.is_word(*_SHARED):
            continue
        counterparts = item.is_word("counterpart") and item.text.casefold().endswith("s")
        office = None if counterparts else (_singular(item, lexicon) if item.is_word("plural") else None)
        if not counterparts and office is None:
            continue
        port = _port(items, at - 2)
        if port is not None and office is not None and office.kind == "minister":
            label = f"{port.text.title()} {office.label}"
            office = lexicon.office(label) or replace(office, id=fold(label), label=label)
        elif port is not None and port.symbol != Symbol.WORD:
            continue  # club presidents, company chairmen
        first = _share(items, at - 1, office, former=at > 1 and items[at - 2].is_word("former"))
        if first is not None and first >= at:
            at = _join_title(items, at - 1, first) + 1
    return items


def _port(items: Sequence[Item], at: int) -> Item | None:
    """What the plural title is of: the word before it in "energy ministers"."""
    if at < 0:
        return None
    return items[at] if items[at].is_word("common_nouns") or items[at].symbol in "Nw" else None


def _join_title(items: list[Item], begin: int, first: int) -> int:
    """Join the title that ends at ``begin`` to the first of its names; the index at which that stands then."""
    while begin and _belongs(items, begin - 1):
        begin -= 1
    items[first].begin = items[begin].begin
    items[begin:first] = []
    return begin


def _belongs(items: Sequence[Item], at: int) -> bool:
    """Whether the item before a plural title is part of it: "her Greek and Italian counterparts"."""
    item = items[at]
    if item.symbol in "AO" or item.is_word("the", "two", "three", "four", "former", "his", "their"):
        return True
    return (item.is_word("and") or item.symbol == ",") and at > 0 and items[at - 1].symbol == Symbol.DEMONYM


def _share(items: list[Item], at: int, office: Office | None, *, former: bool) -> int | None:
    """The index of the first of the names that follow the plural title (or stand before it), made persons of it."""
    if _share_included(items, at, office, former=former):
        return None  # the title stays where it is
    listed = _named_by_country(items, at)
    for each in listed:
        _make(items[each.at], office, each.country, former=former)
    for each in reversed(listed):
        items[each.last : each.at] = []
    return listed[0].last if listed else _share_in_order(items, at, office, former=former)


def _share_in_order(items: list[Item], at: int, office: Office | None, *, former: bool) -> int | None:
    """Share the title among names that stand in the order of their countries, or all have the same one."""
    codes, begin = _countries_of(items, at)
    if begin is None:
        return None
    names = _names(items, begin)
    if not names and at > 1 and items[at - 1].is_word("the"):
        names = _names_before(items, at - 1)
    if not names or (len(names) < 2 and not codes):
        return None
    if len(names) == 1 and len(codes) > 1 and names[0].country is None:
        return None  # "the ambassadors of Chile and Peru, the agency X reports"
    codes = codes or _codes_behind(items, names)
    for number, named in enumerate(names):
        country = (codes[number] if len(codes) == len(names) > 1 else None) or named.country
        country = country or (codes[0] if len(codes) == 1 else None)
        if country is None and items[named.at].symbol != Symbol.PERSON and office is None:
            return None
        _make(items[named.at], office, country, former=former)
    _take_in(items, names)
    return names[0].at


def _take_in(items: list[Item], names: Sequence[_Named]) -> None:
    """Make the country that follows a name part of it."""
    for named in reversed(names):
        items[named.at].end = items[named.last].end
        items[named.at + 1 : named.last + 1] = []


def _share_included(items: list[Item], at: int, office: Office | None, *, former: bool) -> bool:
    """Share the title in "met several foreign ministers in X on Monday, including A of B and C of D"."""
    for begin in range(at + 1, min(len(items), at + _SETTING)):
        if items[begin].is_word("including"):
            break
        if not (items[begin].symbol in "TLC,S" or items[begin].is_word("on", "in", "at", "the", "sidelines", "of")):
            return False
    else:
        return False
    names = _names(items, begin) if begin > at + 2 else []
    if not names or not all(named.country for named in names):
        return False
    for named in names:
        _make(items[named.at], office, named.country, former=former)
    _take_in(items, names)
    return True


def _codes_behind(items: Sequence[Item], names: Sequence[_Named]) -> list[str]:
    """The countries behind a list of names, in its order: "ministers X and Y of A and B"."""
    last = names[-1]
    if last.country is None or any(named.country for named in names[:-1]):
        return []
    codes, at = [last.country], last.last + 1
    while at + 1 < len(items) and len(codes) < len(names) and (items[at].is_word("and") or items[at].symbol == ","):
        code = country_of(items[at + 1]) if items[at + 1].symbol in "CO" else None
        if code is None:
            break
        codes.append(code)
        at += 2
    return codes if len(codes) == len(names) else []


def _named_by_country(items: Sequence[Item], at: int) -> list[_Named]:
    """The names of "the foreign ministers of A, X; B, Y; and C Z"; ``last`` is the index at which each begins."""
    found: list[_Named] = []
    if at + 1 >= len(items) or not items[at + 1].is_word("of", "from"):
        return found
    at += 2
    while at + 2 < len(items):
        while at < len(items) and (items[at].is_word("the", "and") or items[at].symbol in ";,"):
            at += 1
        name = at + 2 if items[at + 1 : at + 2] and items[at + 1].symbol in ",-–" else at + 1
        if name >= len(items) or items[at].symbol not in "CO" or items[name].symbol not in "NP":
            break
        found.append(_Named(name, country_of(items[at]), at))
        at = name + 1
        if at >= len(items) or (items[at].symbol not in ";," and not items[at].is_word("and")):
            break
    return found if len(found) > 1 else []


def _countries_of(items: Sequence[Item], at: int) -> tuple[list[str], int | None]:
    """The countries beside a plural title, and the index behind them; no index where "of" is followed by none."""
    codes: list[str] = []
    begin = at + 1
    if begin < len(items) and items[begin].is_word("of", "from"):
        of = begin + 1
        codes, begin = _countries(items, of)
        if not codes:  # "the foreign ministers of the Northern Triangle, X (Honduras) and Y (Guatemala)"
            comma = next((at for at in range(of, min(len(items), of + _GROUP)) if items[at].symbol == ","), None)
            names = _names(items, comma) if comma is not None else []
            return [], comma if len(names) > 1 and all(named.country for named in names) else None
    before = [country_of(item) for item in items[max(0, at - 4) : at] if item.symbol == Symbol.DEMONYM]
    if at and items[at - 1].symbol == Symbol.ORGANISATION:  # "EU presidents X and Y"
        before.append(country_of(items[at - 1]))
    return codes or [code for code in before if code], begin


def _names_before(items: Sequence[Item], at: int) -> list[_Named]:
    """The names of "X and Y, the foreign ministers of A and B"."""
    if at < 2 or items[at - 1].symbol != ",":
        return []
    begin = at - 1
    while begin and (
        items[begin - 1].symbol in "NP" or items[begin - 1].is_word("and") or items[begin - 1].symbol == ","
    ):
        begin -= 1
    return _names(items[:at], begin)


def _make(item: Item, office: Office | None, country: str | None, *, former: bool) -> None:
    known = item.mention.known if item.mention is not None else item.keys.get(Kind.SHORT, ())
    label = None if office is None or office.id == "leader" else office.label
    item.mention = Mention(
        item.text, item.begin, item.end, office=label, country=country, known=known, titled=True, former=former,
        full=" " in item.text, office_kind=office.kind if office else None, counterpart=office is None,
    )  # fmt: skip
    item.symbol = Symbol.PERSON
