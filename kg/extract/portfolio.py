"""Titles with what they are for: "Minister of State for International Cooperation" made one title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.item import Item, Symbol
from kg.extract.lexicon import plain_words
from kg.lexicon.tokens import folded

_MOST: Final = 14  # items of the longest portfolio
_SMALL: Final = frozenset({"and", "the", "of", "&", ","})
_LED: Final = ("minister", "secretary")
_SENT: Final = ("envoy", "representative", "coordinator")
_ADVISES: Final = ("special assistant", "special adviser", "special advisor", "adviser", "advisor", "aide")
_NEVER_SENT: Final = ("high representative", "permanent representative", "trade representative", "resident coordinator")


def join_portfolios(text: str, items: list[Item]) -> list[Item]:
    """The items with each minister's title and the portfolio behind it made one title.

    The portfolio ends with the last word that ends the name of a ministry ("Affairs", "Trade"). The title's own words
    are kept in ``value``, for an office that no list has.
    """
    for at in range(len(items) - 1, -1, -1):
        item = items[at]
        if item.symbol != Symbol.TITLE:
            continue
        if _is_rank_of(items, at):
            items[at : at + 2] = [_titled_by(text, items[at], items[at + 1])]
            continue
        _join_ministry(text, items, at)
        item = _join_advised(text, items, at)
        if not _has_portfolio(item):
            _join_matters(text, items, at)
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
    if words.startswith(("minister of", "minister for")) or _names_its_matter(item):
        return True
    if words.endswith(_SENT):
        return not words.endswith(_NEVER_SENT)
    return words in plain_words("portfolio") or words.startswith("minister of state")


def _join_advised(text: str, items: list[Item], at: int) -> Item:
    """The title, with whom he advises made part of it: "Special Assistant to the Prime Minister"."""
    item = items[at]
    end = at + 3 if at + 2 < len(items) and items[at + 2].is_word("the") else at + 2
    if end >= len(items) or not folded(item.text).endswith(_ADVISES) or not items[at + 1].is_word("to"):
        return item
    if items[end].symbol != Symbol.TITLE:
        return item
    items[at : end + 1] = [_titled(text, item, items[end])]
    if end_of_matter := _end_of(items, at) - at:
        items[at : at + end_of_matter + 1] = [_titled(text, items[at], items[at + end_of_matter])]
    items[at].value = item.text
    return items[at]


def _join_matters(text: str, items: list[Item], at: int) -> None:
    """Make "environment and science minister" one title, the last part of which is one already."""
    if at < 2 or not items[at - 1].is_word("and") or not folded(items[at].text).endswith(" minister"):
        return
    begin = at
    while more := _more_before(items, begin, at + 1):
        begin -= more
    if begin < at and _opens_title(items, begin):
        whole = _titled(text, items[begin], items[at])
        whole.symbol, whole.value, whole.initial = Symbol.TITLE, items[at].text, items[begin].initial
        items[begin : at + 1] = [whole]


def _join_ministry(text: str, items: list[Item], title: int) -> None:
    """Make "Ministry of Labour and Welfare" one item in "the secretary at the Polish Ministry of ..."."""
    at = title + 1
    if at >= len(items) or not items[at].is_word("of", "at", "in", "from"):
        return
    while at < len(items) and (
        items[at].symbol in "AC" or items[at].is_word("of", "at", "in", "from", "the", "possessive")
    ):
        at += 1
    if at >= len(items) or folded(items[at].text) not in plain_words("ministries"):
        return
    end = _end_of(items, at)
    if end > at:
        first, last = items[at], items[end]
        items[at : end + 1] = [
            Item(first.symbol, text[first.begin : last.end], first.begin, last.end, first.keys, first.classes)
        ]


def _titled(text: str, title: Item, last: Item) -> Item:
    words = text[title.begin : last.end]
    return Item(Symbol.TITLE, words, title.begin, last.end, title.keys, title.classes, None, title.text, title.initial)


def _is_rank_of(items: Sequence[Item], at: int) -> bool:
    """Whether the title is only the rank of the next one: "Deputy Trade Minister"."""
    following = items[at + 1] if at + 1 < len(items) else None
    if folded(items[at].text) not in plain_words("ranks") or following is None or following.symbol != Symbol.TITLE:
        return False
    return folded(following.text).endswith(("minister", "secretary", "governor", "speaker"))


def _titled_by(text: str, rank: Item, title: Item) -> Item:
    """The title with its rank before it; what the title names is kept."""
    whole = _titled(text, rank, title)
    whole.value = title.text
    return whole


def _begin_of(items: Sequence[Item], at: int) -> int:
    """The index of the first word of "international relations minister"; ``at`` where the title stands alone.

    One word alone is taken where the title's country, or who he was, stands before it, or the sentence begins.
    """
    begin = at
    while begin and (more := _more_before(items, begin, at)):
        begin -= more
    alone = begin == at - 1 and items[begin].symbol != Symbol.NAME
    if not alone or folded(items[at].text).endswith(_LED):
        return begin if begin < at - 1 or (alone and _opens_title(items, begin)) else at
    return at


def _more_before(items: Sequence[Item], begin: int, at: int) -> int:
    """How many items before ``begin`` belong to what the minister at ``at`` is for."""
    if begin == at:
        return int(folded(items[at - 1].text) in plain_words("ministry_ends"))
    before = items[begin - 1]
    if _is_subject_matter(before):
        return 1
    listed = before.text == "," and any(item.is_word("and") for item in items[begin:at])  # "sport, arts and culture"
    if not (listed or before.is_word("and")) or begin < 2 or items[begin - 2].symbol in "ACP":
        return 0
    return 2 if _is_subject_matter(items[begin - 2]) else 0


def _opens_title(items: Sequence[Item], begin: int) -> bool:
    """Whether a title may begin here: behind its country, "the", "former", or with its sentence."""
    if not begin:
        return True
    before = items[begin - 1]
    if before.is_word("and") and begin > 1:
        return items[begin - 2].symbol in "NP"  # "the president, Anna Novak, and budget secretary"
    return before.symbol == Symbol.DEMONYM or before.is_word("possessive", "former", "then", "acting", "the")


def _is_subject_matter(item: Item) -> bool:
    return folded(item.text) in plain_words("ministry_ends") or folded(item.text) in plain_words("ministry_begins")


def _end_of(items: Sequence[Item], at: int) -> int:
    """The index of the portfolio's last item; ``at`` where no portfolio follows the title."""
    if at + 2 >= len(items):
        return at
    following = items[at + 1]
    of_state = folded(items[at].text) == "minister of state" and following.text.istitle()
    if of_state and folded(following.text) in plain_words("ministry_ends"):
        return at + 1  # "Minister of State Assets"
    goes_on = _names_its_matter(items[at]) and (following.symbol == "," or following.is_word("and"))
    if not goes_on and (not following.is_word("for", "of", "on") or following.is_word("from")):
        return at
    end = _last_part(items, at)
    behind = items[end + 1] if end + 1 < len(items) else None
    return at if goes_on and behind is not None and behind.symbol == Symbol.TITLE else end


def _last_part(items: Sequence[Item], at: int) -> int:
    """The index of the last item that ends the name of a ministry, from two behind the title on."""
    end, far = at, items[at + 1].is_word("for")
    for index in range(at + 2, min(len(items), at + 2 + _MOST)):
        words = folded(items[index].text)
        last = words.rsplit(" ", 1)[-1]
        following = items[index + 1] if index + 1 < len(items) else None
        if items[index].symbol == Symbol.TITLE:
            break
        if last in plain_words("ministry_ends") or (far and last in plain_words("region_ends")):
            end = index
        elif _closes(items, index, end):
            return index
        elif not (words in _SMALL or _is_part(items[index], following)):
            break
    return end


def _names_its_matter(title: Item) -> bool:
    """Whether the title says what it is for: "Minister of Trade", "Secretary for Foreign Affairs"."""
    before, of, matter = folded(title.text).replace(" for ", " of ").partition(" of ")
    last = before.rsplit(" ", 1)[-1]
    return bool(of) and (last == "minister" or (last == "secretary" and matter != "state"))


def _closes(items: Sequence[Item], at: int, end: int) -> bool:
    """Whether this is the last part, behind "and", of a portfolio that a comma or its country closes."""
    if end != at - 2 or not items[at - 1].is_word("and") or at + 1 >= len(items):
        return False
    return items[at].symbol == Symbol.NAME and (items[at + 1].symbol == "," or items[at + 1].is_word("of"))


def _is_part(item: Item, following: Item | None = None) -> bool:
    """Whether the item may be a word of a ministry's name: capitalised, or a plain word."""
    if item.symbol == "A" and following is not None and following.text == "Abroad":
        return True
    if item.symbol in "ACOL" and following is not None and following.text == "Affairs":
        return True  # "Minister for ASEAN Affairs"
    if (
        item.symbol == Symbol.ORGANISATION
        and following is not None
        and (following.is_word("and") or following.text == ",")
    ):
        return True  # "Minister of Foreign Affairs, EU and Cooperation"
    if item.symbol in "PCAOLTUt" or not item.text[0].isalpha():
        return False
    return item.text[0].isupper() or item.symbol == Symbol.WORD or item.is_word("adjective", "common_nouns")


__all__ = ["join_portfolios"]
