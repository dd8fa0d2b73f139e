"""One more who was met: A met B on Monday and C on Tuesday."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract import modality
from kg.extract.clause import subject_of
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.rule import Hit
from kg.facts.contact.building import (
    Built,
    by_channel,
    channel_in,
    channel_of,
    first_of,
    last_index,
    noun_status,
    pairs,
)

_TRIGGERS: Final = (
    "met", "meet", "received", "receive", "sat", "spoke", "speaking", "phoned", "talks", "meeting", "call", "video",
    "received_passive",
)  # fmt: skip


def another(hit: Hit) -> Built | None:
    """A had talks with B on Monday and with C on Tuesday; A will meet B tomorrow and C on Friday."""
    items, first, other = hit.scene.items, hit.at("first"), hit.at("other")
    trigger = _trigger_before(items, first)
    further = any(item.is_word("also") for item in items[max(first, other - 2) : other])
    if trigger is None or not (hit.match.has("joint") or further or _has_times(items, first, other)):
        return None
    verb = _verb_of(items, trigger)
    index = subject_of(items, verb)
    acting = hit.scene.people(index) if index is not None else ()
    by_noun = items[trigger].is_word("talks", "meeting", "call", "video")
    status = modality.of_verb(items, index, verb)
    if status is not None and by_noun:
        status = noun_status(hit, trigger, first + 1)
    if status is None or not acting or index == first:
        return None
    built = pairs(hit, acting, other, (other, status, (first_of(index, other), last_index(hit, "other"))))
    own = next((channel_of(items, at) for at in range(first, other) if items[at].is_word("by_phone", "by_video")), None)
    spoke = channel_in(items) if items[trigger].is_word("spoke") else None
    return by_channel(built, own or channel_of(items, trigger) or spoke)


def and_with(hit: Hit) -> Built | None:
    """A held bilaterals with B; with C; and with D."""
    items, joint = hit.scene.items, hit.at("joint")
    trigger = next((at for at in range(joint - 1, -1, -1) if items[at].is_word(*_TRIGGERS)), None)
    marks = [at for at in range(trigger or 0, joint) if items[at].symbol == ";"]
    if trigger is None or not all(any(i.is_word("with") for i in items[at + 1 : at + 3]) for at in marks):
        return None
    verb = _verb_of(items, trigger)
    index = subject_of(items, verb)
    status = noun_status(hit, trigger, marks[0]) if verb != trigger else modality.of_verb(items, index, verb)
    acting = hit.scene.people(index) if index is not None else ()
    if status is None or not acting:
        return None
    built = pairs(
        hit, acting, hit.at("other"), (hit.at("other"), status, (first_of(index, joint), last_index(hit, "other")))
    )
    return by_channel(built, channel_of(items, trigger))


def _trigger_before(items: Sequence[Item], first: int) -> int | None:
    """The index of the word that says that the one at ``first`` was met, talked with or called."""
    for at in range(first - 1, max(-1, first - 10), -1):
        if items[at].symbol in "PQR;":
            return None
        if items[at].is_word(*_TRIGGERS):
            return at
    return None


def _verb_of(items: Sequence[Item], trigger: int) -> int:
    """The index of the verb that governs a noun such as "talks"; the trigger itself where it is a verb."""
    if not items[trigger].is_word("talks", "meeting", "call", "video"):
        return trigger
    return next(
        (at for at in range(trigger - 1, max(-1, trigger - 8), -1) if items[at].is_word("held", "holding")), trigger
    )


def _has_times(items: Sequence[Item], first: int, other: int) -> bool:
    """Whether each of two people met has a time or a town of his own: "B on Monday and C on Tuesday".

    So has he in "B for two hours and C for 20 minutes"; where it goes on, C does something else ("C for 20 minutes
    spoke").
    """
    between, behind = items[first + 1 : other], items[other + 1 : other + 5]
    lasted = [item.symbol == "U" for item in behind[:2]] == [False, True] and behind[0].is_word("for")
    if lasted and any(item.symbol == "U" for item in between):
        return len(behind) == 2 or behind[2].symbol in ".,T" or behind[2].is_word("on")
    placed = [item.symbol == "L" for item in behind[:2]] == [False, True] and behind[0].is_word("in", "at")
    if placed and [item.symbol == "L" for item in between[:2]] == [False, True] and between[0].is_word("in", "at"):
        return True  # "B in X and C in Y"
    timed = [item for item in between if item.symbol == "T" or item.is_word("same_day")]
    return len(timed) > 1 or (bool(timed) and any(item.symbol == "T" for item in behind))


def each_with(hit: Hit) -> Built | None:
    """A held two meetings: the first with B and the second with C."""
    verb, noun, first, other = hit.at("verb"), hit.at("noun"), hit.at("first"), hit.at("other")
    items = hit.scene.items
    index = subject_of(items, verb)
    acting = hit.scene.people(index) if index is not None else ()
    status = modality.of_verb(items, index, verb)
    several = any(item.text.casefold() in plain_words("several") for item in items[verb:first])
    if status is None or not acting or not several:
        return None
    built: Built = []
    for at in (first, other):
        built += pairs(hit, acting, at, (noun, status, (first_of(index, verb), at))) or []
    return by_channel(built, channel_of(items, noun))
