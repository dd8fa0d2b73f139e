"""Days of a gathering by their numbers: "on the opening day", once the text has told which day the second was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from kg.extract.item import Item, Symbol
from kg.extract.number import number_of
from kg.extract.scene import Scene
from kg.extract.time import TimeExpression, resolve
from kg.model.date import UNKNOWN, PartialDate, Precision, When

_FIRST: Final = frozenset({"opening", "first", "inaugural"})
_LAST: Final = frozenset({"closing", "final", "last", "concluding"})
_BESIDE: Final = 3  # items between a day and its number: "on Tuesday, the second day"
_DAY: Final = dt.timedelta(days=1)


def note_first_day(scene: Scene) -> None:
    """Keep the first day of what "Tuesday, the second day of the gathering" counts."""
    items = scene.items
    at = next((at for at in range(1, len(items)) if _number(items, at)), None)
    if at is None:
        return
    for item in items[max(0, at - 1 - _BESIDE) : at + 1 + _BESIDE]:
        if item.symbol == Symbol.TIME and isinstance(item.value, TimeExpression):
            when = resolve(item.value, scene.day)
            if when.precision is Precision.DAY and when.earliest is not None:
                scene.memory.first_day = when.earliest - ((_number(items, at) or 1) - 1) * _DAY
                return


def numbered_day(scene: Scene) -> When | None:
    """The day that the sentence tells by its number, unknown where the first is; ``None`` where it tells of none."""
    items = scene.items
    for at in range(2, len(items)):
        if not (_number(items, at) or _is_last(items, at)) or not items[at - 2].is_word("the"):
            continue
        number, first = _number(items, at), scene.memory.first_day
        return When.on(PartialDate.of(first + (number - 1) * _DAY)) if number and first is not None else UNKNOWN
    return None


def _number(items: Sequence[Item], at: int) -> int | None:
    """The number of the day at an index: one for "the opening day"."""
    if items[at].text != "day" or not at:
        return None
    word = items[at - 1].text.casefold()
    if word in _FIRST:
        return 1
    return number_of(word) if word.endswith(("nd", "rd", "th")) else None


def _is_last(items: Sequence[Item], at: int) -> bool:
    return items[at].text == "day" and items[at - 1].text.casefold() in _LAST
