"""Titles with what they are for: "Minister of State for International Cooperation" made one title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.item import Item, Symbol
from kg.extract.lexicon import plain_words
from kg.lexicon.tokens import folded

_MOST: Final = 9  # items of the longest portfolio
_SMALL: Final = frozenset({"and", "the", "of", "&", ","})


def join_portfolios(text: str, items: list[Item]) -> list[Item]:
    """The items with each minister's title and the portfolio behind it made one title.

    The portfolio ends with the last word that ends the name of a ministry ("Affairs", "Trade"). The title's own words
    are kept in ``value``, for an office that no list has.
    """
    for at in range(len(items) - 1, -1, -1):
        item = items[at]
        if item.symbol != Symbol.TITLE or not _has_portfolio(item):
            continue
        end = _end_of(items, at)
        if end + 2 < len(items) and items[end + 1].text == "II":  # the second minister of one ministry
            end += 1
        if end > at:
            items[at : end + 1] = [_titled(text, items[at], items[end])]
            continue
        begin = _begin_of(items, at)
        if begin < at:
            whole = _titled(text, items[begin], items[at])
            whole.symbol, whole.value = Symbol.TITLE, items[at].text
            items[begin : at + 1] = [whole]
    return items


def _has_portfolio(item: Item) -> bool:
    words = folded(item.text)
    if words.startswith(("minister of", "minister for")):
        return True
    return words in plain_words("portfolio") or words.startswith("minister of state")


def _titled(text: str, title: Item, last: Item) -> Item:
    words = text[title.begin : last.end]
    return Item(Symbol.TITLE, words, title.begin, last.end, title.keys, title.classes, None, title.text, title.initial)


def _begin_of(items: Sequence[Item], at: int) -> int:
    """The index of the first word of "international relations minister"; ``at`` where less than two stand before it."""
    last = folded(items[at - 1].text) if at else ""
    if last not in plain_words("ministry_ends") or at < 2:
        return at
    before = items[at - 2]
    if before.is_word("and") and at > 2 and _is_subject_matter(items[at - 3]):
        return at - 3
    return at - 2 if _is_subject_matter(before) else at


def _is_subject_matter(item: Item) -> bool:
    return folded(item.text) in plain_words("ministry_ends") or folded(item.text) in plain_words("ministry_begins")


def _end_of(items: Sequence[Item], at: int) -> int:
    """The index of the portfolio's last item; ``at`` where no portfolio follows the title."""
    if at + 2 >= len(items):
        return at
    goes_on = folded(items[at].text).startswith("minister ") and (
        items[at + 1].symbol == "," or items[at + 1].is_word("and")
    )
    if not goes_on and (not items[at + 1].is_word("for", "of") or items[at + 1].is_word("from")):
        return at
    end = at
    for index in range(at + 2, min(len(items), at + 2 + _MOST)):
        words = folded(items[index].text)
        if items[index].symbol == Symbol.TITLE:
            break
        if words.rsplit(" ", 1)[-1] in plain_words("ministry_ends"):
            end = index
        elif not (words in _SMALL or _is_part(items[index], items[index + 1] if index + 1 < len(items) else None)):
            break
    behind = items[end + 1] if end + 1 < len(items) else None
    return at if goes_on and behind is not None and behind.symbol == Symbol.TITLE else end


def _is_part(item: Item, following: Item | None = None) -> bool:
    """Whether the item may be a word of a ministry's name: capitalised, or a plain word."""
    if item.symbol == "A" and following is not None and following.text == "Abroad":
        return True
    if item.symbol in "ACOL" and following is not None and following.text == "Affairs":
        return True  # "Minister for ASEAN Affairs"
    if item.symbol in "PCAOLTUt" or not item.text[0].isalpha():
        return False
    return item.text[0].isupper() or item.symbol == Symbol.WORD or item.is_word("adjective", "common_nouns")


__all__ = ["join_portfolios"]
