"""What a contact takes from those told before it: day, town and summit, where its own sentence gives none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.scene import Scene
from kg.facts.contact.draft import Draft
from kg.facts.contact.record import ContactKind
from kg.model.date import PartialDate, When
from kg.model.fact import Status

_STAY: Final = 2  # days for which a town or a summit holds
_ALSO_ROUND: Final = 20
_ROUND: Final = 4  # sentences within which one round of contacts goes on


def inherit(scene: Scene, draft: Draft, trigger: int) -> None:
    """Take day and frame from what was told before, where the sentence itself gives none."""
    memory, untimed = scene.memory, draft.when.is_unknown and not draft.stated
    if untimed and draft.status is Status.HELD and not draft.history:
        _inherit_day(scene, draft, trigger)
    elif untimed and draft.status is not Status.HELD and any(item.is_word("same_day") for item in scene.items):
        draft.when = memory.last_day or memory.story_day or draft.when
    if draft.status is not Status.HELD or draft.headline or not set(draft.people) & set(memory.last_people):
        return
    on_the_way = not draft.history and not draft.stated and _goes_on(scene, draft, trigger, undated=True)
    undated = memory.last_day is None and memory.last_summit is not None and not draft.history
    if (
        on_the_way
        or same_days(draft.when, memory.last_day)
        or (undated and _goes_on(scene, draft, trigger, undated=True))
    ):
        _inherit_frame(scene, draft)


def _inherit_day(scene: Scene, draft: Draft, trigger: int) -> None:
    """Give a contact without a day that of the article, or of the contact told before.

    The article's own where it is told in the present; the one before's where the words say "the same day" or a
    participant goes on to the next one in the same tense.
    """
    items = scene.items
    memory = scene.memory
    same = memory.last_day or memory.story_day
    if same is not None and any(item.is_word("same_day") for item in items):
        draft.when = same
    elif not draft.headline and memory.heading is not None:
        draft.when = memory.heading
    elif not draft.headline and _is_present(items, trigger) and scene.day is not None:
        draft.when = When.on(PartialDate.of(scene.day))
    elif _goes_on(scene, draft, trigger):
        draft.when = memory.last_day or draft.when


def same_days(when: When, last: When | None) -> bool:
    """Whether two days belong to one stay at one place."""
    if last is None or when.earliest is None or last.earliest is None:
        return last is not None and when == last
    return abs((when.earliest - last.earliest).days) <= _STAY


def _goes_on(scene: Scene, draft: Draft, trigger: int, *, undated: bool = False) -> bool:
    """Whether the contact belongs to the round of contacts that the text is telling."""
    memory = scene.memory
    words = {item.text.casefold() for item in scene.items[:trigger]}
    reach = _ALSO_ROUND if "also" in words else _ROUND
    if (memory.last_day is None and not undated) or scene.sentence.number - memory.last_sentence > reach:
        return False
    if not undated and words & plain_words("meanwhile") and scene.sentence.number - memory.last_sentence <= 2:
        return True
    before = scene.items[max(0, trigger - 4) : trigger]
    if any(item.text.casefold() in plain_words("looking_back") and item.is_word("aux", "history") for item in before):
        return any(item.text.casefold() in plain_words("going_on") for item in before)
    return bool(set(draft.people) & set(memory.last_people))


def _inherit_frame(scene: Scene, draft: Draft) -> None:
    """Summit and town of the contact to which the words join this one."""
    if draft.kind in {ContactKind.PHONE, ContactKind.VIDEO}:
        return
    if draft.summit is None and draft.place is None and not draft.apart:
        draft.summit = scene.memory.last_summit
    if draft.place is None:
        draft.place = scene.memory.last_place


def _is_present(items: Sequence[Item], trigger: int) -> bool:
    """Whether the event's own verb is in the present: "meets", "X and Y hold talks"."""
    for at in range(trigger, max(-1, trigger - 12), -1):
        if items[at].is_word("present"):
            before = items[at - 1] if at else None
            return before is not None and not before.is_word(
                "to", "modal_future", "hypothetical", "not", "aux", "thwarted", "the", "an", "his", "their"
            )
        if items[at].is_word("met", "held", "verb", "received", "after", "during") and at != trigger:
            return False
    return False
