"""People named without a title of their own: "the visitor", "the country's president"."""

from __future__ import annotations

from kg.extract.item import Item, Mention, Symbol
from kg.extract.lexicon import plain_words
from kg.extract.rewrite import Match


def is_visitor(match: Match) -> bool:
    """Whether the words are "the visitor" or "the visiting official", and no part of a longer name."""
    begin, end = match.found.span()
    mark, following = match.slot("mark")[0], match.items[end] if end < len(match.items) else None
    others = [item for item in match.items[begin + 1 : end - 1] if item.text.casefold() != "visiting"]
    if others or (not mark.is_word("guest_word") and mark.text.casefold() != "official"):
        return False
    return match.items[begin].text.casefold() == "the" and (following is None or following.symbol not in "wNPt'")


def is_the_guest(match: Match) -> bool:
    """Whether the word is "the guest"."""
    return match.slot("mark")[0].text.casefold() == "the guest"


def of_that_land(items: list[Item]) -> list[Item]:
    """The items with "the country's" made part of the person behind it, who is of the country named last."""
    for at in range(len(items) - 1, 1, -1):
        item = items[at]
        if item.symbol != Symbol.PERSON or item.mention is None or not items[at - 1].is_word("possessive"):
            continue
        owner = items[at - 2]
        if owner.text.casefold() in plain_words("of_that_land"):
            item.mention.there = True
            item.begin, item.initial = owner.begin, owner.initial
            items[at - 2 : at] = []
    return items


def named_counterparts(items: list[Item]) -> list[Item]:
    """The items with a counterpart who is then named with a title made one: "his colleague, President X of Y"."""
    for at in range(len(items) - 2, -1, -1):
        mark, behind = items[at], items[at + 2 if items[at + 1].symbol == "," and at + 2 < len(items) else at + 1]
        said, named = mark.mention, behind.mention
        if mark.symbol != Symbol.REFERENCE or said is None or not said.counterpart or behind.symbol != Symbol.PERSON:
            continue
        if named is None or not named.titled or named.counterpart or not _may_be_one(said, named):
            continue
        named.counterpart, named.country = True, named.country or said.country
        behind.begin, behind.initial = mark.begin, mark.initial
        del items[at : items.index(behind)]
    return items


def _may_be_one(said: Mention, named: Mention) -> bool:
    """Whether a counterpart and the person named behind him may be one: by their countries and offices."""
    if named.country is None and said.country is None:
        return False
    same_country = said.country is None or named.country in {None, said.country}
    return same_country and (said.office_kind is None or said.office_kind == named.office_kind)
