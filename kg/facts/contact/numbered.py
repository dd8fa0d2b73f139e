"""Days of a gathering by their numbers: "on the opening day", once the text has told which day the second was."""

from __future__ import annotations

import datetime as dt
from typing import Final

from kg.extract.item import Symbol
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
    at = next((at for at in range(1, len(items)) if _number(scene, at)), None)
    if at is None:
        return
    for item in items[max(0, at - 1 - _BESIDE) : at + 1 + _BESIDE]:
        if item.symbol == Symbol.TIME and isinstance(item.value, TimeExpression):
            when = resolve(item.value, scene.day)
            if when.precision is Precision.DAY and when.earliest is not None:
                scene.memory.first_day = when.earliest - ((_number(scene, at) or 1) - 1) * _DAY
                return


def numbered_day(scene: Scene) -> When | None:
    """The day that the sentence tells by its number, unknown where the first is; ``None`` where it tells of none."""
    items = scene.items
    for at in range(2, len(items)):
        if not (_number(scene, at) or _is_last(scene, at)) or not items[at - 2].is_word("the"):
            continue
        number, first = _number(scene, at), scene.memory.first_day
        return When.on(PartialDate.of(first + (number - 1) * _DAY)) if number and first is not None else UNKNOWN
    return None


def _number(scene: Scene, at: int) -> int | None:
    """The number of the day at an index: one for "the opening day"."""
    if not _is_day(scene, at):
        return None
    word = scene.items[at - 1].text.casefold()
    if word in _FIRST:
        return 1
    return number_of(word) if word.endswith(("nd", "rd", "th")) else None


def _is_last(scene: Scene, at: int) -> bool:
    return _is_day(scene, at) and scene.items[at - 1].text.casefold() in _LAST


def _is_day(scene: Scene, at: int) -> bool:
    """Whether the item is "day", or a gathering that has taken the words "day of" before its name."""
    item, before = scene.items[at], scene.items[at - 1]
    if item.symbol == Symbol.SUMMIT:
        return scene.text(before.end, item.begin).split()[:2] == ["day", "of"]
    return item.text == "day"
