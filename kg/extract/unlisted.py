"""Gatherings in no list, by their names: "the Konya Water Dialogue", "the third Conference on the Future of Rivers".

They are taken only where the words put somebody there: on their margins, at them, in their town for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.extract.edition import Gathering, year_in
from kg.extract.item import Item, Symbol
from kg.extract.lexicon import plain_words
from kg.lexicon.gazetteer import Kind

_JOINING: Final = frozenset({"and", "&", "of", "for", "on", "the"})
_BEHIND: Final = frozenset({"on", "of", "for"})
_AT: Final = frozenset({"at", "during", "attending", "while attending"})
_TAKING_PART: Final = frozenset({"participating", "part", "participate", "participated", "participates"})
_STATES: Final = (Kind.COUNTRY, Kind.DEMONYM)
_BEFORE_NAME: Final = 4  # words between what puts somebody there and the name: "the annual 2025"
_ORDINAL: Final = re.compile(r"\d{1,3}(?:st|nd|rd|th)|[IVXL]+|(?:19|20)\d\d")


def find_unlisted(items: list[Item]) -> list[Item]:
    """The items with every gathering that its name and the words before it tell joined."""
    at = 0
    while at < len(items):
        if _may_end(items[at]):
            first, last = _name_around(items, at)
            if _is_name(items, first, at, last) and (begin := _set_there(items, first, last)) is not None:
                year = next((y for item in items[begin:first] if (y := year_in([item]))), None)
                name = " ".join(item.text for item in items[first : last + 1])
                made = Item(Symbol.SUMMIT, name, items[begin].begin, items[last].end)
                made.value = Gathering(name, year=year, noun=items[at].text.casefold(), beside=True)
                items[begin : last + 1] = [made]
                at = begin
        at += 1
    return items


def _may_end(item: Item) -> bool:
    """Whether the item is the capitalised noun of a gathering's name."""
    named = item.text[:1].isupper() and item.is_word("gathering_noun", "summit_noun")
    return named and item.text.casefold() in plain_words("nouns_of_gatherings")


def _name_around(items: Sequence[Item], at: int) -> tuple[int, int]:
    """The first and the last item of the name whose noun stands at an index."""
    first = last = at
    while first > 0:
        if _is_part(items[first - 1]):
            first -= 1
        elif first > 1 and items[first - 1].text in {"and", "&"} and _is_part(items[first - 2]):
            first -= 2
        else:
            break
    while first < at and _is_number(items[first]):
        first += 1
    if at + 1 < len(items) and items[at + 1].text in _BEHIND:
        behind = at + 1
        while behind < len(items) and (items[behind].text in _JOINING or _is_part(items[behind])):
            if items[behind].text not in _JOINING:
                last = behind
            behind += 1
    return first, last


def _is_part(item: Item) -> bool:
    """Whether the item may be a word of a name: capitalised, no person, no gathering, no title."""
    return item.text[:1].isupper() and item.symbol not in "PQRGSTt0" and item.mention is None and not item.initial


def _is_number(item: Item) -> bool:
    text = item.text.casefold()
    return text in plain_words("numbers_of_editions") or _ORDINAL.fullmatch(item.text) is not None


def _is_name(items: Sequence[Item], first: int, at: int, last: int) -> bool:
    """Whether the words are a gathering's own: more than a state's congress or the summit of two states."""
    own = [*items[first:at], *items[at + 1 : last + 1]]
    if not own or any(Kind.SUMMIT in item.keys for item in own):
        return False
    if all(any(kind in item.keys for kind in _STATES) or not item.text[0].isupper() for item in own):
        return False
    joined = "-" in items[first].text or "–" in items[first].text
    return not (joined and at - first == 1)  # "the Elbonia-Freedonia Summit" is one of two states


def _set_there(items: Sequence[Item], first: int, last: int) -> int | None:
    """Where the words begin that belong to a name, if those before them put somebody there."""
    begin = first
    while begin > 0 and first - begin <= _BEFORE_NAME and _is_before_name(items[begin - 1]):
        begin -= 1
    if not begin:
        return None
    return begin if _is_cue(items, begin - 1, last) else None


def _is_cue(items: Sequence[Item], at: int, last: int) -> bool:
    """Whether the word before a name, which ends at ``last``, puts somebody at the gathering."""
    cue, text = items[at], items[at].text.casefold()
    before = items[at - 1] if at else cue
    if text in _AT:
        return not before.is_word("said", "telling")
    if text == "in":
        return before.text.casefold() in _TAKING_PART
    if text == "where":  # "in Konya, where the dialogue is being held"
        return last + 1 < len(items) and items[last + 1].is_word("be", "took_place", "took_place_now")
    if text == "of":
        return before.text.casefold().split()[-1] in plain_words("parts_of_gatherings")
    if text in {"for", "attend"}:  # "in Konya for the", "in Konya to attend the"
        town = at - 1 - (before.text == "to")
        return town > 0 and _is_town(items, town)
    return cue.is_word("sidelines") and text.endswith((" of", "alongside"))


def _is_before_name(item: Item) -> bool:
    return item.is_word("the", "an", "its") or item.symbol == Symbol.NUMBER or _is_number(item)


def _is_town(items: Sequence[Item], at: int) -> bool:
    """Whether somebody is told to be in the town at an index."""
    return items[at].symbol in "LN" and items[at - 1].text.casefold() in {"in", "to"}


__all__ = ["find_unlisted"]
