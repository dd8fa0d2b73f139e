"""Days of a gathering by their numbers: "on the opening day", once the text has told which day the second was."""

from __future__ import annotations

import datetime as dt
from typing import Final

from kg.extract.among import has_word
from kg.extract.item import Symbol
from kg.extract.lexicon import plain_words
from kg.extract.number import number_of
from kg.extract.scene import Scene
from kg.extract.time import TimeExpression, resolve
from kg.model.date import UNKNOWN, PartialDate, Precision, When

_FIRST: Final = frozenset({"opening", "first", "inaugural"})
_LAST: Final = frozenset({"closing", "final", "last", "concluding"})
_BEHIND: Final = 7  # items behind an arrival, or a day, in which its time, or its visit, stands
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
        if first is None and _is_of_visit(scene, at):
            first = scene.memory.arrival or _arrival(scene)
        return When.on(PartialDate.of(first + (number - 1) * _DAY)) if number and first is not None else UNKNOWN
    return None


def note_arrival(scene: Scene) -> None:
    """Keep the day of "arrived in Lima on Sunday for a visit", from which the days of the visit are counted."""
    scene.memory.arrival = _arrival(scene) or scene.memory.arrival


def _arrival(scene: Scene) -> dt.date | None:
    """The day on which somebody arrived, or began a visit."""
    items = scene.items
    for at, item in enumerate(items):
        text = item.text.casefold()
        begun = text in plain_words("beginning") and has_word(items[at : at + _BEHIND], "trip")
        if not begun and not (item.is_word("travel") and text.split()[0] in plain_words("arriving")):
            continue
        timed = next((i for i in items[at + 1 : at + _BEHIND] if i.symbol == Symbol.TIME), None)
        if timed is None or not isinstance(timed.value, TimeExpression):
            return None
        when = resolve(timed.value, scene.day)
        return when.earliest if when.precision is Precision.DAY else None
    return None


def _is_of_visit(scene: Scene, at: int) -> bool:
    """Whether the day is one of a visit: "the second day of her three-day visit"."""
    behind = scene.items[at + 1 : at + _BEHIND]
    return bool(behind) and behind[0].is_word("of") and has_word(behind, "trip", "visit_to", "visited")


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
