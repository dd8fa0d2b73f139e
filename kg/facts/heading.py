"""Days that stand above what they date: in a diary, in a live report."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.clause import PEOPLE
from kg.extract.lexicon import plain_words
from kg.extract.scene import Scene
from kg.extract.time import TimeExpression, resolve
from kg.model.date import PartialDate, Precision, When

_FEW: Final = 7  # items behind the hour of a live report's entry that has a title
_HOUR: Final = re.compile(r"\d{1,2}[.:h]\d{2}(?!\d)")
_CLOCK: Final = 3  # items of "14:30"


def note_heading(scene: Scene) -> None:
    """Note the day above the paragraphs of a diary: a line that is a time and nothing else.

    Of the day of a live report is what stands below one of its hours ("14.30 Three around a table").
    """
    first, *others = scene.items
    if isinstance(first.value, TimeExpression) and all(item.symbol in "-–:.,|" for item in others):
        when = resolve(first.value, scene.day)
        scene.memory.heading = when if when.precision is Precision.DAY else None
    elif scene.day is not None and len(others) <= _FEW and _opens_with_hour(scene) and scene.present.isdisjoint(PEOPLE):
        scene.memory.heading = When.on(PartialDate.of(scene.day))
    elif scene.is_headline:
        scene.memory.heading = None
    elif scene.memory.heading is None and scene.day is not None and _is_entry(scene):
        scene.memory.heading = When.on(PartialDate.of(scene.day))


def _is_entry(scene: Scene) -> bool:
    """Whether an entry of a live report begins here with its hour: that its headline is one, or another came before."""
    if not _opens_with_hour(scene):
        return False
    scene.memory.hours += 1
    headline = (scene.article.headline or "").casefold()
    live = not plain_words("live_reports").isdisjoint(re.findall(r"\w+", headline))
    return live or scene.memory.hours > 1


def _opens_with_hour(scene: Scene) -> bool:
    """Whether the line begins with an hour, which is one item or three."""
    return _HOUR.match("".join(item.text for item in scene.items[:_CLOCK])) is not None


__all__ = ["note_heading"]
