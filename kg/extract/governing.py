"""What the words before a noun make of the talks that it names: held, planned, stopped, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.modality import is_supposed, stopped_by
from kg.model.fact import Status


def directly_stopped(items: Sequence[Item], trigger: int) -> Status | None:
    """Cancelled or postponed, where the verb just before the noun says so: "cancelled a meeting with X"."""
    for at in range(trigger - 1, max(-1, trigger - 5), -1):
        item = items[at]
        stopped = stopped_by(item)
        if stopped is not None:
            opened = items[max(0, at - 4) : at]
            done = not any(i.is_word("not", "hypothetical", "denial", "to", "modal_future") for i in opened)
            return stopped if done and item.text.casefold().split()[0].endswith(("ed", "ing")) else None
        if not (item.is_word("an", "the", "adjective", "planned", "his", "their") or item.symbol in "AU"):
            return None
    return None


def of_governing(before: Sequence[Item]) -> Status | None:
    """The status that the words before a noun give it, the nearest first: held, where none says otherwise."""
    governing: list[Item] = []
    for distance, item in enumerate(reversed(before)):
        if item.symbol == ";" or (item.is_word("but") and distance):
            break
        governing.append(item)
    return next(_verdicts(governing), Status.HELD)


def _verdicts(governing: Sequence[Item]) -> Iterator[Status | None]:
    """What each word before a noun says of it, as far as the verb that governs it."""
    for distance, item in enumerate(governing[: _verb_in(governing)]):
        stopped = stopped_by(item)
        if stopped is not None:
            yield None if any(map(is_supposed, governing[distance + 1 : distance + 2])) else stopped
        elif _is_denied(item, distance):
            yield None
        elif item.is_word("after", "during") and not item.is_word("planned", "before"):
            yield _stopped_further(governing[distance + 1 : distance + 5], governing[distance + 5 : distance + 14])
        elif item.text.casefold() == "for" and (
            _was_there(governing[distance + 1 :]) or _is_thanked(governing[distance + 1 :])
        ):
            yield Status.HELD
        elif _is_announced(item, governing[:distance]):
            yield Status.PLANNED
        elif _is_ahead(item, distance) or (item.is_word("to") and _is_to_do(governing[:distance])):
            yield _unless_doubted(governing[distance:])


def _is_announced(item: Item, between: Sequence[Item]) -> bool:
    """Whether somebody announced the talks themselves: "announced a conversation with X"."""
    near = all(each.is_word("an", "adjective") or each.symbol in "wU" for each in between)
    return near and len(between) < 4 and item.text.casefold() in plain_words("announcing")


def _is_to_do(between: Sequence[Item]) -> bool:
    """Whether "to" and the words up to the noun say that something is to be done: no "follow-up to their talks"."""
    return len(between) < 4 and not (between and all(item.is_word("their", "his", "adjective") for item in between))


def _is_denied(item: Item, distance: int) -> bool:
    """Whether the word denies the talks, or wishes for them."""
    if item.is_word("not", "no", "report_no"):
        return distance < 9
    return item.is_word("hypothetical", "denial") and distance < 8 and not item.is_word("modal_future")


def _verb_in(governing: Sequence[Item]) -> int:
    """The index behind the first verb of its own before a noun."""
    for at, item in enumerate(governing):
        if at and item.is_word("verb", "said", "held") and not item.is_word("aux"):
            return at + 3 if item.is_word("holding", "meet", "receive") else at + 1
    return len(governing)


def _was_there(governing: Sequence[Item]) -> bool:
    """Whether "for" follows a stay that is over: "was in Lima on Thursday for talks with"."""
    for at, item in enumerate(governing[:9]):
        if item.symbol in ";P":
            return False
        if item.text.casefold() == "found" or item.is_word("made_time"):  # "found time on Monday for talks with"
            return True
        if at and item.text.casefold() in {"called", "stopped"} and governing[at - 1].is_word("at", "in"):
            return True
        if item.is_word("attended") and item.text.casefold() in {"was at", "was in", "were at", "were in"}:
            return True
        if item.text.casefold() in {"was", "were"} and at:
            return governing[at - 1].is_word("in", "at")
    return False


def _is_thanked(governing: Sequence[Item]) -> bool:
    """Whether somebody is thanked for what he did: "thanked X for his talks with"."""
    for item in governing[:2]:
        if item.text.casefold() in plain_words("thanking"):
            return True
        if item.symbol not in "PR":
            return False
    return False


def _is_ahead(item: Item, distance: int) -> bool:
    """Whether the word says that the talks are still to come."""
    if item.is_word("will_take_place") and distance < 8:
        return True
    if item.is_word("to") or not item.is_word("before", "planned", "modal_future"):
        return False
    if distance >= (12 if item.is_word("modal_future") else 8):
        return False
    return distance <= 3 or item.text.casefold() != "for"


def _stopped_further(governing: Sequence[Item], beyond: Sequence[Item]) -> Status | None:
    """The status of "in talks with": held, unless what leads to it is stopped ("cancels participation in a summit")."""
    for item in governing:
        stopped = stopped_by(item)
        if stopped is not None:
            return stopped
        if item.is_word("not", "report_no", "denial"):
            return None
        if item.is_word("thwarted") or (
            item.is_word("modal_future") and item.text.casefold() not in {"to", "would", "in order to"}
        ):
            return Status.PLANNED
        if item.is_word("verb", "said", "held"):
            return Status.HELD
    return Status.PLANNED if _is_to_be(beyond) else Status.HELD


def _is_to_be(governing: Sequence[Item]) -> bool:
    """Whether words further to the left say that something is still to be: "would not be a topic at a meeting"."""
    for nearer, item in pairwise(governing):
        if nearer.is_word("verb", "said", "held") and not nearer.is_word("aux"):
            return False
        if item.is_word("modal_future", "not") and nearer.text.casefold() == "be":
            return True
    return False


def _unless_doubted(governing: Sequence[Item]) -> Status | None:
    if governing[0].text.casefold() == "for":  # "has delayed his trip to Doha for talks with X"
        stopped = next(filter(None, map(stopped_by, governing[1:10])), None)
        if stopped is not None:
            return stopped
    called_off = _called_off(governing)
    if called_off is not None:
        return called_off
    for item in governing[1:5]:
        if item.is_word("hypothetical") and not item.is_word("modal_future"):
            return None
        if item.is_word("not", "no"):
            return None
    return Status.PLANNED


def _called_off(governing: Sequence[Item]) -> Status | None:
    """What a verb says of talks that were planned: "has called off a planned meeting"."""
    for item in governing[1:4] if governing[0].is_word("planned") else ():
        if (stopped := stopped_by(item)) is not None or not item.is_word("an", "the", "adjective", "his", "their"):
            return stopped
    return None


__all__ = ["directly_stopped", "of_governing"]
