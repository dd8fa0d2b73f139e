"""What a contact takes from those told before it: day, town and summit, where its own sentence gives none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kg.extract.among import has_word, says
from kg.extract.edition import may_be_beside
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.scene import Scene
from kg.extract.timing import time_before
from kg.facts.contact.draft import Draft
from kg.facts.contact.numbered import numbered_day
from kg.facts.contact.record import ContactKind
from kg.model.date import PartialDate, Precision, When
from kg.model.entity import Place, fold
from kg.model.fact import Status
from kg.model.text import Part

_STAY: Final = 2  # days for which a town or a summit holds
_ALSO_ROUND: Final = 20
_ROUND: Final = 8  # sentences within which one round of contacts goes on
_OWN_WORDS: Final = "contact.glad-to-meet"
_NEAR: Final = 10  # days between a time told in passing and the article's own events


def inherit(scene: Scene, draft: Draft, trigger: int, before: Sequence[Draft]) -> None:
    """Take day and frame from what was told before, in this sentence and in others, where it gives none itself."""
    memory, untimed = scene.memory, draft.when.is_unknown and not draft.stated
    untimed = untimed and not any(each.stated and set(each.people) & set(draft.people) for each in before)
    if untimed and not draft.history:
        _inherit_day(scene, draft, trigger)
    elif draft.rule == _OWN_WORDS and memory.last_day is not None and set(draft.people) == set(memory.last_told):
        draft.when = memory.last_day  # "good to meet X today", said on that day
    if draft.status is not Status.HELD or draft.headline or not set(draft.people) & set(memory.last_people):
        return
    on_the_way = not draft.history and not draft.stated and _goes_on(scene, draft, trigger, undated=True)
    undated = memory.last_day is None and _has_frame(scene) and not draft.history and _is_recent(scene, draft)
    if (
        on_the_way
        or same_days(draft.when, memory.last_day)
        or (undated and _goes_on(scene, draft, trigger, undated=True))
    ):
        _inherit_frame(scene, draft)


def _has_frame(scene: Scene) -> bool:
    return scene.memory.last_summit is not None or scene.memory.last_place is not None


def _is_recent(scene: Scene, draft: Draft) -> bool:
    """Whether the contact's day, where it has one, lies shortly before the article."""
    latest = draft.when.latest
    return latest is None or scene.day is None or 0 <= (scene.day - latest).days <= _NEAR


def _inherit_day(scene: Scene, draft: Draft, trigger: int) -> None:
    """Give a contact without a day that of the article, or of the contact told before.

    The article's own where it is told in the present; the one before's where the words say "the same day" or a
    participant goes on to the next one in the same tense.
    """
    memory = scene.memory
    same = _same_day(scene, draft)
    if same is not None:
        draft.when = same
    elif (numbered := numbered_day(scene)) is not None:
        draft.when = numbered
    elif not draft.headline and memory.heading is not None and _may_be_of(memory.heading, scene, draft):
        draft.when = memory.heading
    elif draft.status is not Status.HELD:
        return
    elif scene.day is not None and _is_headed(scene, draft):
        draft.when = When.on(PartialDate.of(scene.day))
    elif scene.sentence.part is not Part.CAPTION and _is_today(scene.items, trigger) and scene.day is not None:
        draft.when = _day_of_saying(scene) or When.on(PartialDate.of(scene.day))
    elif not _elsewhere(scene, draft) and (_goes_on(scene, draft, trigger) or _is_of_story(scene, draft, trigger)):
        draft.when = memory.last_day or memory.story_day or draft.when


def _may_be_of(heading: When, scene: Scene, draft: Draft) -> bool:
    """Whether the day above the paragraph can be a contact's: what is planned is not over."""
    if draft.status in {Status.CANCELLED, Status.POSTPONED}:  # "is called off": on that day, not for it
        return not any(
            item.is_word("cancelled", "postponed") and before.text.casefold() in {"is", "are"}
            for before, item in pairwise(scene.items)
        )
    if draft.status is not Status.PLANNED or scene.day is None or heading.latest is None:
        return True
    return heading.latest > scene.day


def _is_headed(scene: Scene, draft: Draft) -> bool:
    """Whether it is the first contact told of those whose states the headline names in the present."""
    states = {figure.country for figure in draft.people}
    return len(states) > 1 and states == scene.memory.headed and not scene.memory.begun


def _day_of_saying(scene: Scene) -> When | None:
    """The day on which somebody said it, for what "has just been"."""
    said = time_before(scene.items, len(scene.items), scene.day)
    just = any("just" in item.text.casefold().split() for item in scene.items)
    return said if just and said is not None and said.precision is Precision.DAY else None


def _elsewhere(scene: Scene, draft: Draft) -> bool:
    """Whether the contact was in another country, or beside another gathering, than the one told before."""
    own, last = draft.summit, scene.memory.last_summit
    if own is not None and last is not None and own.series != last.series:
        return True
    here, there = draft.place, scene.memory.last_place
    return here is not None and there is not None and here.country != there.country


def _same_day(scene: Scene, draft: Draft) -> When | None:
    """The day that "the same day" means: the one told before it in the sentence, else the last one told.

    "In the morning" and "later in the day" are of the article's own day, not of one told in passing.
    """
    at = next((at for at, item in enumerate(scene.items) if item.is_word("same_day")), None)
    if at is None:
        return None
    memory = scene.memory
    own = memory.last_day or memory.story_day
    within = scene.items[at].text.casefold().split()[-3:-1] in (["in", "the"], ["on", "the"])
    for when in () if within and own else (time_before(scene.items, at, scene.day), memory.told):
        if when is not None and when.precision is Precision.DAY and _may_be_meant(scene, draft, when):
            return when
    return own


def _may_be_meant(scene: Scene, draft: Draft, when: When) -> bool:
    """Whether a day told is near the article's own, and no day to come for what has been."""
    last = scene.memory.last_day
    ahead = scene.day is not None and when.earliest is not None and when.earliest > scene.day
    if when.earliest is None or (ahead and draft.status is Status.HELD):
        return False
    if ahead and draft.status is Status.PLANNED:
        return True
    return last is None or last.earliest is None or abs((when.earliest - last.earliest).days) <= _NEAR


def _is_of_story(scene: Scene, draft: Draft, trigger: int) -> bool:
    """Whether the words join the contact to the article's own events ("also", "separately", "for his part")."""
    memory = scene.memory
    if memory.story_day is None or draft.headline:
        return False
    countries = {figure.country for figure in draft.people if figure.country}
    if countries.isdisjoint(memory.story_countries):
        return False
    words = " ".join(item.text.casefold() for item in scene.items)
    if any(f" {phrase} " in f" {words} " for phrase in plain_words("beside_it")):
        return True
    return not looks_back(scene.items, trigger) and any(f" {word} " in f" {words} " for word in plain_words("going_on"))


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
    if looks_back(scene.items, trigger):
        before = scene.items[max(0, trigger - 4) : trigger]
        return says(before, "even_then")
    return bool(set(draft.people) & set(memory.last_people))


def looks_back(items: Sequence[Item], trigger: int) -> bool:
    """Whether the verb is in the perfect: "had met", "have held talks"; not "had talks", which is itself the verb."""
    for at in range(max(0, trigger - 4), trigger):
        item = items[at]
        if item.text.casefold() in plain_words("looking_back") and item.is_word("aux", "history"):
            return not item.is_word("held") or has_word(items[at + 1 : trigger + 1], "verb")
    return False


def _inherit_frame(scene: Scene, draft: Draft) -> None:
    """Summit and town of the contact to which the words join this one."""
    if draft.kind in {ContactKind.PHONE, ContactKind.VIDEO}:
        return
    last = scene.memory.last_place
    there = draft.place is None or (
        last is not None and last.name == draft.place.name and _may_be_beside(scene, draft, last)
    )
    summit = scene.memory.last_summit
    if draft.summit is None and there and not draft.apart and summit is not None:
        draft.summit = summit if may_be_beside(scene.lexicon.world, summit, draft.when, scene.memory.last_day) else None
    if draft.place is None and not _elsewhere(scene, draft) and not _is_house_of_another_day(scene, draft):
        draft.place = scene.memory.last_place


def _is_house_of_another_day(scene: Scene, draft: Draft) -> bool:
    """Whether the place told last is a house in some town, and the contact one of another day."""
    place, last = scene.memory.last_place, scene.memory.last_day
    world = scene.lexicon.world
    if place is None or last is None or fold(place.name) in world.towns:
        return False
    country = world.countries.get(place.country or "")
    return (country is None or country.name != place.name) and draft.when != last


def _may_be_beside(scene: Scene, draft: Draft, place: Place) -> bool:
    """Whether nobody of them is at home at the place, except who has been told to be at the gathering."""
    return all(figure.country != place.country or figure in scene.memory.last_people for figure in draft.people)


def _is_today(items: Sequence[Item], trigger: int) -> bool:
    """Whether the event is told in the present ("X and Y hold talks") or has just been."""
    if any("just" in item.text.casefold().split() for item in items[max(0, trigger - 6) : trigger]):
        return True
    return is_present(items, trigger)


def is_present(items: Sequence[Item], trigger: int) -> bool:
    """Whether the event's own verb is in the present: "meets", "X and Y hold talks"."""
    for at in range(trigger, max(-1, trigger - 12), -1):
        if items[at].is_word("present"):
            before = items[at - 1] if at else None
            if before is None or before.text.endswith(" to"):  # "went on to meet"
                return False
            return not before.is_word(
                "to", "modal_future", "hypothetical", "not", "aux", "thwarted", "the", "an", "his", "their"
            )
        if items[at].is_word("met", "held", "verb", "received", "after", "during") and at != trigger:
            return False
    return False
