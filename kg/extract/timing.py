"""The times that may date an event, the most likely first: behind its trigger, then before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.among import has_word
from kg.extract.beside import in_clause, in_parenthesis, preceded
from kg.extract.item import Item, Symbol
from kg.extract.lexicon import plain_words
from kg.extract.time import Duration, TimeExpression, TimeKind, resolve
from kg.lexicon.tokens import folded
from kg.model.date import When

_PLANNED: Final = ("planned", "thwarted", "will_take_place")
_OWNED: Final = 5  # items within which "Monday's talks" names its talks
_HELD: Final = frozenset({"held", "hosted", "staged", "convened"})
_NEAR: Final = 12  # items within which a duration belongs to an event


def times_of(items: Sequence[Item], trigger: int, span: tuple[int, int], *, stopped: bool) -> list[int]:
    """The indexes of the times of an event; without the day on which it was called off, where it was ``stopped``."""
    times = _times(items, trigger, *span, stopped=stopped)
    return [at for at in times if not (stopped and _of_stopping(items, trigger, at))]


def _times(items: Sequence[Item], trigger: int, begin: int, end: int, *, stopped: bool) -> Iterator[int]:
    for at in range(trigger + 1, end):
        if items[at].symbol == ";":
            break
        if items[at].symbol != Symbol.TIME:
            continue
        if _dates_behind(items, at, trigger) or (stopped and _was_meant_for(items, at)):
            yield at
    for at in range(trigger - 1, begin - 1, -1):
        if items[at].symbol != Symbol.TIME or _of_reporting(items, at) or in_parenthesis(items, at, trigger):
            continue
        apart = _of_return(items, at, trigger) or _counted_from(items, at, trigger) or _of_promise(items, at, trigger)
        if not _of_a_thing(items, at, trigger) and not apart:
            yield at


def _of_return(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether a time is that of a return from where the event was: "came home on Monday from X, where he met Y"."""
    before = items[max(0, at - _OWNED) : trigger]
    home = next((i for i, item in enumerate(before) if item.text.casefold() in plain_words("come_home")), None)
    return home is not None and has_word(before[home:], "where")


def _of_promise(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether on that day it was only agreed to do so: "agreed on Monday to meet in X"."""
    to = next((i for i in range(trigger - 1, at, -1) if items[i].text.casefold() == "to"), at)
    return to > at and has_word(items[max(0, at - _OWNED) : to], "agreed")


def _counted_from(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether the event's day is counted from the time: "A day after landing in X on Sunday, she met Y"."""
    opened = next((i for i in range(min(4, at)) if items[i].is_word("after") and i), 0)
    counted = opened and (items[opened - 1].symbol == "U" or items[opened - 1].is_word("span_unit"))
    return bool(counted) and any(item.symbol == "," for item in items[at + 1 : trigger])


def _was_meant_for(items: Sequence[Item], at: int) -> bool:
    """Whether the time is the one that was planned: "which had been set for Monday", "was to have been held Friday"."""
    for item in reversed(items[max(0, at - 5) : at]):
        if item.is_word(*_PLANNED):
            return True
        if item.symbol in ",;":
            return False
    return False


def _dates_behind(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether a time behind the trigger can date it."""
    value = items[at].value
    is_range = isinstance(value, TimeExpression) and value.kind is TimeKind.RANGE
    if _of_reporting(items, at) or _of_a_thing(items, at) or (not is_range and preceded(items, at, "since_word")):
        return False
    return not in_parenthesis(items, at, trigger) and not in_clause(items, at, trigger)


def _of_a_thing(items: Sequence[Item], at: int, trigger: int = 0) -> bool:
    """Whether a time tells which thing is meant: "this year's gathering", "the crisis of the previous year"."""
    if at + 2 < len(items) and items[at + 1].is_word("possessive"):
        if preceded(items, at, "since_word", "after"):
            return True  # "for the first time since last year's forum"
        if at < trigger and items[at + 2].text.casefold() in plain_words("day_lists"):
            return False  # "From yesterday's list: X received Y"
        return items[at + 2].symbol != Symbol.SUMMIT and not at < trigger <= at + _OWNED
    if at > 1 and items[at - 1].text in _HELD and items[at - 2].symbol == Symbol.SUMMIT and at > trigger:
        return True  # "progress made at the summit held last week"
    if _of_what_happened(items, at):
        return True
    value = items[at].value
    return isinstance(value, TimeExpression) and value.kind is TimeKind.STEP and preceded(items, at, "of")


def _of_what_happened(items: Sequence[Item], at: int) -> bool:
    """Whether a time dates what stands before it: "on the outcome of the election on 26 March"."""
    left = at - 1
    while left >= 0 and items[left].is_word("on", "in", "the"):
        left -= 1
    return 0 <= left < at - 1 and folded(items[left].text.split()[-1]) in plain_words("happenings")


def _of_reporting(items: Sequence[Item], at: int) -> bool:
    """Whether a time belongs to "said": "the ministry said on Friday"."""
    left = at - 1
    reporting = plain_words("reporting")
    while left >= 0 and (
        items[left].is_word("on", "in", "an", "the", "late", "also") or items[left].text.casefold() in reporting
    ):
        left -= 1
    return left >= 0 and items[left].is_word("said", "called", "issued")


def _of_stopping(items: Sequence[Item], trigger: int, at: int) -> bool:
    """Whether a time says when talks were called off, not when they were to be."""
    if at < trigger:
        if items[at + 1].is_word("possessive"):  # "called off Friday's meeting"
            return False
        return not has_word(items[max(0, at - 3) : at], *_PLANNED, "for")
    between = items[trigger:at]
    return has_word(between, "cancelled", "postponed") and not has_word(between, *_PLANNED)


def first_time(items: Sequence[Item], times: Sequence[int], number: int) -> tuple[int, TimeExpression] | None:
    """The nth of these times, or the first where there are fewer."""
    for at in times[number:] or times:
        value = items[at].value
        if isinstance(value, TimeExpression):
            return at, value
    return None


def time_before(items: Sequence[Item], at: int, day: dt.date | None) -> When | None:
    """What the sentence's last time before the index means; ``None`` where there is none."""
    for left in range(at - 1, -1, -1):
        value = items[left].value
        if items[left].symbol != Symbol.TIME or not isinstance(value, TimeExpression) or value.kind is TimeKind.STEP:
            continue
        if not in_parenthesis(items, left, at):
            ahead = is_to_come(items[:left]) or has_word(items[:left], "will_take_place")
            return resolve(value, day, future=ahead and not _of_reporting(items, left))
    return None


def time_after(items: Sequence[Item], at: int, day: dt.date | None) -> When | None:
    """What the next time behind the index means: "X, who had met Y the day before, met Z on Monday".

    Not so where that one is still to come: "X, who had met Y the day before, is due in Lima on Friday".
    """
    for right in range(at + 1, len(items)):
        value = items[right].value
        if items[right].is_word("modal_future", "planned", "will_take_place"):
            return None
        if items[right].symbol == Symbol.TIME and isinstance(value, TimeExpression) and value.kind is not TimeKind.STEP:
            return resolve(value, day, future=False)
    return None


def is_to_come(before: Sequence[Item]) -> bool:
    """Whether what stands before a time speaks of what is to come: "will", "is due", "travels"."""
    if has_word(before, "modal_future", "planned"):
        return True
    return has_word(before, "travel") and any(i.is_word("travel") and i.text.endswith("s") for i in before)


def duration_of(items: Sequence[Item], trigger: int, begin: int, end: int) -> str | None:
    """How long the event lasted, as an ISO 8601 duration."""
    for at in range(max(begin, trigger - _NEAR + 1), min(end, trigger + _NEAR)):
        if items[at].symbol != Symbol.DURATION:
            continue
        value = items[at].value
        if not isinstance(value, Duration) or preceded(items, at, "after", "before", "since_word"):
            continue
        if "T" in value.iso or value.iso[-1] not in "YM":  # no talks last for months
            return value.iso
    return None
