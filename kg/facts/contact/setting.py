"""The gathering at which a whole report is set, as its headline or lead says: contacts told without one were there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from kg.extract.among import has_word, says
from kg.extract.clause import subject_of
from kg.extract.edition import Gathering, may_be_beside
from kg.extract.figure import Figure
from kg.extract.item import Item, Symbol
from kg.extract.lexicon import plain_words
from kg.extract.placing import last_town, seat_of
from kg.extract.scene import Scene
from kg.extract.setting import Setting
from kg.extract.timing import time_before
from kg.facts.contact.draft import Draft
from kg.facts.contact.edition import edition_of
from kg.facts.contact.inheriting import looks_back
from kg.facts.contact.record import ContactKind
from kg.lexicon.gazetteer import Kind
from kg.model.entity import Place
from kg.model.fact import Status

_LEAD: Final = 4  # sentences, the headline among them, in which a report says where it is set
_CLAUSE: Final = 6  # items of a relative clause before a gathering
_WEEK: Final = 7  # days around that of the report: "on Monday" is the last one or the next
_FRESH: Final = 4  # days that a contact at the gathering lies back at most


def note_setting(scene: Scene) -> None:
    """Keep the gathering at which the lead says that things are going on, and its town."""
    if scene.sentence.number > _LEAD or scene.memory.begun:
        return
    if Symbol.SUMMIT not in scene.present:
        _note_leaders(scene)
        return
    for at, item in enumerate(scene.items):
        gathering = item.value
        if not isinstance(gathering, Gathering) or gathering.series is None or not _goes_on_at(scene, gathering, at):
            continue
        if not _is_of_these_days(scene):
            continue
        town = seat_of(scene.items, at, scene.lexicon) or last_town(scene.items, scene.lexicon) or scene.memory.there
        if scene.is_headline:
            town = None
        busy = _busy(scene, at) if gathering.beside or _is_attending(scene.items, at) else ()
        scene.memory.setting = Setting(gathering, town, scene.sentence.number, headed=scene.is_headline, busy=busy)
        return


def _goes_on_at(scene: Scene, gathering: Gathering, at: int) -> bool:
    """Whether the sentence says that somebody is at the gathering, or that it has begun."""
    if not scene.is_headline and _is_attending(scene.items, at):
        return True
    if _is_only_named(scene.items, at):
        return False
    if gathering.beside or (at > 0 and scene.items[at - 1].is_word("at")) or _opens_day(scene.items, at):
        return True
    return not scene.is_headline and _goes_on(scene)


def _is_attending(items: Sequence[Item], at: int) -> bool:
    """Whether somebody is there for it now: "who is in X for the summit", "where he is attending the summit"."""
    before = [item for item in items[max(0, at - _CLAUSE) : at] if not item.is_word("the", "his")]
    words = [item.text.casefold() for item in before]
    if not words or not {"is", "are", "both"} & set(words):
        return False
    if words[-1].split()[-1] in {"attending", "at"}:
        return True
    return len(words) > 2 and words[-1] == "for" and before[-2].symbol == Symbol.TOWN and before[-3].is_word("in")


def _opens_day(items: Sequence[Item], at: int) -> bool:
    """Whether it is the day of the gathering that is told of: "day one of the summit", "the second day of the"."""
    before = [item.text.casefold() for item in items[max(0, at - 5) : at] if not item.is_word("the")]
    return len(before) > 1 and before[-1] == "of" and any(word.split()[0] == "day" for word in before[:-1])


def _busy(scene: Scene, at: int) -> tuple[Figure, ...]:
    """Of whom a sentence says that he had talks, with whom it does not say: "X had five meetings beside the summit"."""
    noun = next((i for i in range(at) if scene.items[i].is_word("meeting", "talks")), None)
    index = subject_of(scene.items, noun) if noun is not None else None
    return scene.people(index) if index is not None else ()


def _note_leaders(scene: Scene) -> None:
    """ "ECOWAS leaders met in Dakar on Saturday": a gathering, too."""
    for at, (item, following) in enumerate(pairwise(scene.items)):
        if item.symbol != Symbol.ORGANISATION or Kind.SUMMIT not in item.keys or not following.is_word("plural"):
            continue
        verb = scene.items[at + 2 : at + 3]
        town = last_town(scene.items, scene.lexicon)
        meeting = verb and verb[0].is_word("met", "meet", "brought_together")
        if meeting and town is not None and not scene.is_headline and _is_of_these_days(scene):
            gathering = Gathering(item.keys[Kind.SUMMIT][0], beside=True)
            scene.memory.setting = Setting(gathering, town, scene.sentence.number, headed=False)
            return


def _is_only_named(items: list[Item], at: int) -> bool:
    """Whether the gathering is told of as one ahead or over: "ahead of the summit", "after the G20"."""
    before = items[max(0, at - 3) : at]
    if _looked_back(items[:at]):
        return True  # "recalled that they had met at the forum"
    if any(item.is_word("who") for item in items[max(0, at - _CLAUSE) : at]):
        return True  # "officials who spoke on the margins of the summit"
    apart = plain_words("ahead_of") | plain_words("apart_from_it") | {"after", "since", "following", "for", "next"}
    return any(item.text.casefold() in apart for item in before) and not any(
        item.text.casefold() in plain_words("convening") for item in items[:at]
    )


def _looked_back(before: Sequence[Item]) -> bool:
    """Whether the words are in the pluperfect; "had five meetings" is not."""
    return any(
        says([item], "pluperfect") and not has_word(before[at + 1 : at + 4], "meeting", "talks")
        for at, item in enumerate(before)
    )


def _is_of_these_days(scene: Scene) -> bool:
    """Whether the sentence tells of no day that is long past."""
    when = time_before(scene.items, len(scene.items), scene.day)
    if when is None:
        return True
    return scene.day is not None and when.latest is not None and abs((scene.day - when.latest).days) <= _WEEK


def _goes_on(scene: Scene) -> bool:
    """Whether the sentence says that the gathering has begun."""
    words = {item.text.casefold() for item in scene.items}
    ahead = any(item.is_word("modal_future") and item.text.casefold() != "to" for item in scene.items)
    return bool(words & plain_words("convening")) and not ahead


def take_setting(scene: Scene, draft: Draft) -> None:
    """Give a meeting without a place and a gathering of its own those at which the report is set."""
    setting = scene.memory.setting
    if setting is None or draft.headline or draft.history or draft.apart or draft.summit is not None:
        return
    if draft.status is not Status.HELD or draft.kind in {ContactKind.PHONE, ContactKind.VIDEO}:
        return
    told = scene.items[max(0, draft.trigger - 4) : draft.trigger]
    if says(told, "pluperfect") and looks_back(scene.items, draft.trigger):
        return  # "came from X, where he had been received"
    if setting.headed and scene.memory.begun:
        return  # a headline is of the first contact told
    if not _is_fresh(scene, draft) or not _is_there(draft, setting):
        return
    summit = edition_of(replace(setting.gathering, beside=True), draft, scene)
    if summit is None or not may_be_beside(scene.lexicon.world, summit, draft.when):
        return
    draft.summit = summit
    draft.place = draft.place or setting.town


def _is_fresh(scene: Scene, draft: Draft) -> bool:
    """Whether the contact is of the days of the report."""
    if draft.when.is_unknown:
        return not draft.stated
    latest = draft.when.latest
    return scene.day is not None and latest is not None and 0 <= (scene.day - latest).days <= _FRESH


def _is_there(draft: Draft, setting: Setting) -> bool:
    """Whether nothing says that the contact was elsewhere; what only the headline names must be where it was filed."""
    if draft.place is None:
        return setting.town is None or _is_neutral(draft, setting.town, setting.busy)
    if setting.town is None:
        return setting.headed and not draft.place_is_country and _is_neutral(draft, draft.place)
    busy_here = any(figure in draft.people for figure in setting.busy) and draft.place.country == setting.town.country
    in_house = busy_here and draft.place_is_country
    return (draft.place.name == setting.town.name or in_house) and _is_neutral(draft, draft.place, setting.busy)


def _is_neutral(draft: Draft, place: Place, busy: Sequence[Figure] = ()) -> bool:
    """Whether nobody of them is at home there: a host meets many whom no gathering brings, unless he was busy there."""
    return any(figure in draft.people for figure in busy) or all(f.country != place.country for f in draft.people)


__all__ = ["note_setting", "take_setting"]
