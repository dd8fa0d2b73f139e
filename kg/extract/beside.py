"""What the words around an index say: what stands before it, whether a clause of its own lies between two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kg.extract.among import has_kind, has_word
from kg.extract.item import Item
from kg.extract.lexicon import plain_words

_NO_DEEDS: Final = ("attended", "held", "planned", "thwarted", "cancelled", "postponed", "will_take_place")
_OPENING: Final = 2  # items before a time that opens the sentence
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
    if at > trigger:
        between = between[_end_of_aside(between) :]
    if not has_kind(between, ",") or (at > trigger and (_is_back(between) or _tells_where(between))):
        return False
    if at < trigger and _in_relative(items, at, trigger):
        return True
    if at < trigger and any(one.is_word("during") and other.is_word("which") for one, other in pairwise(between)):
        return False  # "a visit to X, during which he met Y"
    opens = at < trigger and _opens_sentence(items, at)
    beside = bool(at) and at < trigger and items[at - 1].symbol in "PR"
    if (opens and _is_closed(between)) or ((opens or beside) and _goes_there(between)):
        return False  # "X yesterday flew to Lima, where he met Y"
    if at < trigger and _opens_adjunct(between):
        return has_word(between, "who", "which")
    return has_word(between, "who", "which") or any(
        i.is_word(*_VERBS) and not i.is_word("held", "met", "aux", "received") for i in between
    )


def _goes_there(between: Sequence[Item]) -> bool:
    """Whether somebody goes to a place "where" the event is: "On Friday she visited X, where she met Y"."""
    comma = max((index for index, item in enumerate(between) if item.symbol == ","), default=0)
    if not 0 < comma < len(between) - 1 or between[comma - 1].symbol not in "LC":
        return False
    verbs = [item for item in between[:comma] if item.is_word(*_VERBS, "travel", "visit_to", "visited")]
    if verbs and verbs[0].text.casefold() in plain_words("paying"):
        verbs = verbs[1:]  # "paid a visit to X, where he met Y"
    goes = bool(verbs) and all(item.is_word("travel", "visit_to", "visited") for item in verbs)
    return between[comma + 1].is_word("where") and goes


def _is_back(between: Sequence[Item]) -> bool:
    """Whether a clause is closed and only where and when follow: "received X, who was passing through, in Y on"."""
    commas = [index for index, item in enumerate(between) if item.symbol == ","]
    behind = between[commas[-1] + 1 :] if len(commas) > 1 else ()
    if not behind and len(commas) != 2:
        return False  # "received X, who was passing through, on"
    return all(item.symbol in "LTU" or item.is_word("in", "on", "at", "the") for item in behind)


def _tells_where(between: Sequence[Item]) -> bool:
    """Whether the clause behind the talks only says when and where they were: "with X, which took place in Y on"."""
    which = next((at for at, item in enumerate(between) if item.is_word("which")), None)
    if not which or which + 1 >= len(between) or between[which - 1].symbol != ",":
        return False
    if not all(i.symbol in "PQRG," or i.is_word("with", "between", "and", "the", "his") for i in between[:which]):
        return False
    verb = between[which + 1 : which + 3]
    told = verb[0].is_word("took_place") or (len(verb) > 1 and verb[0].is_word("be") and verb[1].is_word("held"))
    return told and not has_kind(between[which:], ",;") and not has_word(between[which + 3 :], *_VERBS)


def _opens_sentence(items: Sequence[Item], at: int) -> bool:
    """Whether only prepositions and adverbs stand before the item: "On 5 March", "Back in July"."""
    return at <= _OPENING and all(
        item.is_word("on", "in", "also", "the") or item.text.islower() for item in items[1:at]
    )


def _is_closed(between: Sequence[Item]) -> bool:
    """Whether every clause that opens between the two is closed again: ", who is visiting Lima, "."""
    opened = max((index for index, item in enumerate(between) if _opens_clause(item)), default=-1)
    return opened < 0 or has_kind(between[opened + 1 :], ",")


def _in_relative(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether the item stands in a relative clause that ends before the trigger: "X, who leaves on Monday, met"."""
    if not has_kind(items[at + 1 : trigger], ","):
        return False
    begin = max((index for index in range(at) if items[index].symbol in ",;"), default=-1) + 1
    return 0 < begin < at and items[begin].is_word("who", "which", "whose")


def _opens_adjunct(between: Sequence[Item]) -> bool:
    """Whether the last comma opens a phrase that hangs on the clause before it: ", after 12 hours of talks"."""
    last = max((index for index, item in enumerate(between) if item.symbol == ","), default=-1)
    return 0 <= last < len(between) - 1 and between[last + 1].is_word("after", "during", "while")


def in_clause(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether a subordinate clause with a verb of its own opens between the trigger and the item behind it."""
    between = items[trigger + 1 : at]
    between = between[_end_of_aside(between) :]
    if _is_back(between) or _tells_where(between):
        return False
    closed = max((index for index, item in enumerate(between) if item.symbol == ","), default=-1)
    away = any(_looks_away(between, index) for index in range(closed + 1, len(between)))
    if away or _leaves_relative(items, at, trigger) or _does_more(items, at, trigger):
        return True
    if any(
        (item.symbol == "U" or item.is_word("span_unit")) and after.is_word("after")
        for item, after in pairwise(between)
    ):
        return True  # "six weeks after a quarrel in X"
    opened = False
    for item in between:
        if item.symbol == ",":
            opened = False
        if _opens_clause(item):
            opened = True
        elif opened and (item.is_word(*_VERBS, "modal_future", "hypothetical") or item.text.endswith("ed")):
            return True
    return False


def _leaves_relative(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether the trigger's relative clause is closed before the item: "X, who met Y on Monday, spoke in Z"."""
    opening = next((left for left in range(trigger - 1, -1, -1) if items[left].symbol in ",;"), None)
    if opening is None or not items[opening + 1].is_word("who", "where"):
        return False
    comma = next((index for index in range(trigger + 1, at) if items[index].symbol == ","), at)
    acts = items[comma + 1] if comma + 1 < at else None
    return acts is not None and (acts.is_word(*_VERBS, "attended", "travel", "visited") or acts.text.endswith("ed"))


def _does_more(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether another predicate begins before the item: "called on X, attended a fair in Y and met Z"."""
    for comma in range(trigger + 1, at - 2):
        acts = items[comma + 1]
        if items[comma].symbol == "," and acts.is_word("attended") and not items[comma + 2].is_word("by"):
            return True
    return False


def _end_of_aside(between: Sequence[Item]) -> int:
    """Where the words about the first of two end: "between X, who is on a visit, and Y were held in May"."""
    ends = (
        at
        for at in range(len(between) - 2)
        if between[at].symbol == "," and between[at + 1].is_word("and") and between[at + 2].symbol in "PR"
    )
    return next(ends, 0) if has_word(between[:2], "between") else 0


def _looks_away(between: Sequence[Item], at: int) -> bool:
    """Whether "before" or "since" opens what is told of another time; not "greeted X before their talks in Y"."""
    item, following = between[at], between[at + 1 : at + 3]
    if not item.is_word("before", "since_word") or item.is_word("by", "from"):
        return False
    return not (len(following) == 2 and following[0].is_word("their") and following[1].is_word("talks", "meeting"))


def _opens_clause(item: Item) -> bool:
    opens = item.is_word("while", "who", "which", "where", "since_word", "that")
    return opens and not item.is_word("by", "from", "the")


def is_deed(item: Item) -> bool:
    """Whether the word before "during the summit" is what was done there: "reviewed what had been agreed"."""
    return item.text.islower() and item.text.endswith(("ed", "made", "taken")) and not item.is_word(*_NO_DEEDS)
