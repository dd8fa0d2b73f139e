"""What the words around an index say: what stands before it, whether a clause of its own lies between two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.item import Item

_VERBS: Final = ("verb", "said", "took_office")


def preceded(items: Sequence[Item], at: int, *classes: str) -> bool:
    """Whether a word of these classes stands before the item, articles and quotation marks aside."""
    before = at - 1
    while before >= 0 and (items[before].is_word("the", "an", "leading") or items[before].symbol == '"'):
        before -= 1
    return before >= 0 and items[before].is_word(*classes)


def in_parenthesis(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether a clause of its own, between commas, stands around the item and apart from the trigger."""
    low, high = sorted((at, trigger))
    between = items[low + 1 : high]
    if at < trigger and _opens_adjunct(between):
        return any(i.is_word("who", "which") for i in between)
    return any(i.symbol == "," for i in between) and any(
        i.is_word("who", "which") or (i.is_word(*_VERBS) and not i.is_word("held", "met", "aux", "received"))
        for i in between
    )


def _opens_adjunct(between: Sequence[Item]) -> bool:
    """Whether the last comma opens a phrase that hangs on the clause before it: ", after 12 hours of talks"."""
    last = max((index for index, item in enumerate(between) if item.symbol == ","), default=-1)
    return 0 <= last < len(between) - 1 and between[last + 1].is_word("after", "during", "while")


def in_clause(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether a subordinate clause with a verb of its own opens between the trigger and the item behind it."""
    between = items[trigger + 1 : at]
    closed = max((index for index, item in enumerate(between) if item.symbol == ","), default=-1)
    if any(item.is_word("before", "since_word") and not item.is_word("by", "from") for item in between[closed + 1 :]):
        return True
    opened = False
    for item in between:
        if item.symbol == ",":
            opened = False
        if _opens_clause(item):
            opened = True
        elif opened and (item.is_word(*_VERBS) or item.text.endswith("ed")):
            return True
    return False


def _opens_clause(item: Item) -> bool:
    opens = item.is_word("while", "who", "which", "where", "since_word", "that")
    return opens and not item.is_word("by", "from", "the")
