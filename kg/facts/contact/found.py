"""Contacts in a sentence: rules run, then time, place, summit and duration attached to what they built."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.among import says
from kg.extract.attach import Attached, attach, when_stopped
from kg.extract.clause import neighbourhood
from kg.extract.item import Item
from kg.extract.placing import stay, there, where_town
from kg.extract.rule import RuleSet
from kg.extract.scene import Scene
from kg.facts.contact.draft import Draft
from kg.facts.contact.edition import edition_of
from kg.facts.contact.fiction import without_fiction
from kg.facts.contact.framing import leave
from kg.facts.contact.hearsay import told_as_hearsay
from kg.facts.contact.inheriting import inherit, is_present
from kg.facts.contact.record import ContactKind
from kg.facts.contact.rules import Built
from kg.facts.contact.setting import note_setting, take_setting
from kg.facts.contact.sharing import share, share_day
from kg.model.date import UNKNOWN, Precision
from kg.model.entity import Place
from kg.model.fact import Evidence, Status

_LONG: Final = frozenset({Precision.WEEK, Precision.MONTH, Precision.YEAR})  # of what is no news: "last week"
_NEXT: Final = 2  # sentences for which a journey told of holds


def find_contacts(scene: Scene, rules: RuleSet[Built]) -> list[Draft]:
    """The drafts of one sentence in the order of their triggers, with what stands beside each."""
    found = sorted(rules.apply(scene), key=lambda hit: hit[0])
    triggers = sorted({trigger for trigger, _ in found})
    drafts: list[Draft] = []
    for trigger, built in found:
        span = neighbourhood(scene.items, triggers, triggers.index(trigger))
        for draft in built:
            _attach(scene, draft, trigger, span, drafts)
            draft.sentences = [draft.sentence]
            drafts.append(draft)
    drafts = told_as_hearsay(scene, without_fiction(scene, drafts))
    share(drafts)
    note_setting(scene)
    leave(scene, drafts)
    return drafts


def _attach(scene: Scene, draft: Draft, trigger: int, span: tuple[int, int], before: Sequence[Draft]) -> None:
    items = scene.items
    beside = attach(
        items,
        trigger,
        span,
        lexicon=scene.lexicon,
        day=scene.day,
        future=draft.status is not Status.HELD,
        number=draft.number or 0,
        stopped=draft.status in {Status.CANCELLED, Status.POSTPONED} and bool(draft.people),
        told=scene.memory.told,
    )
    if _may_be_the_call(scene, draft, beside):
        draft.kind = None
    _take_beside(scene, draft, beside, span)
    if draft.status is Status.PLANNED and beside.time is not None:
        draft.when_stopped = when_stopped(beside.time, scene.day)
    _take_words(scene, draft, trigger, span)
    if draft.status is Status.PLANNED and draft.place is None:
        draft.place = _trip_of(scene, draft)
    share_day(items, before, draft)
    _share_place(before, draft)
    inherit(scene, draft, trigger, before)
    take_setting(scene, draft)
    begin, end = draft.begin, draft.end
    if beside.first >= 0:
        begin = min(begin, items[beside.first].begin)
        end = max(end, items[beside.last].end)
    draft.evidence = [_evidence(scene, draft, begin, end)]
    draft.filed = None if draft.when.precision in _LONG else scene.memory.filed
    if draft.place is None and draft.summit is None:
        draft.place = draft.filed
    if draft.kind is ContactKind.PHONE or draft.kind is ContactKind.VIDEO:
        draft.place = None


def _share_place(before: Sequence[Draft], draft: Draft) -> None:
    """Give a meeting the town of another of that day in its sentence: "In X she met Y on Monday and called on Z"."""
    if draft.place is not None or draft.summit is not None or draft.when.is_unknown:
        return
    for each in reversed(before):
        held = each.status is draft.status is Status.HELD and each.when == draft.when
        if held and each.place is not None and not each.place_is_country and set(each.people) & set(draft.people):
            draft.place = each.place
            return


def _may_be_the_call(scene: Scene, draft: Draft, beside: Attached) -> bool:
    """Whether "X also held consultations with Y", told without day and place, may be of the call told just before."""
    alone = beside.place is None and beside.time is None and beside.summit is None
    same = scene.memory.on_line and set(draft.people) == set(scene.memory.last_told)
    return alone and same and draft.kind is ContactKind.MEETING and scene.items[draft.trigger].is_word("held", "talks")


def _trip_of(scene: Scene, draft: Draft) -> Place | None:
    """The town to which a participant is to go, as the sentence before told."""
    trip = scene.memory.trip
    if trip is None or scene.sentence.number - trip[2] > _NEXT or not set(trip[0]) & set(draft.people):
        return None
    return trip[1]


def _take_beside(scene: Scene, draft: Draft, beside: Attached, span: tuple[int, int]) -> None:
    """Keep time, place and summit that stand beside the trigger."""
    draft.when = beside.when
    draft.stated = beside.time is not None
    draft.date_text = beside.time.text if beside.time else None
    draft.place, draft.place_is_country = beside.place, beside.vague
    if draft.place is None:
        is_there, town = there(scene.items, span, scene.lexicon)
        draft.place = (town or scene.memory.there) if is_there else stay(scene.items, scene.lexicon)
        draft.place = draft.place or where_town(scene.items, draft.trigger, scene.lexicon)
    draft.summit = edition_of(beside.summit, draft, scene)
    draft.duration = beside.duration
    draft.future_time = bool(scene.day and beside.when.latest and beside.when.latest > scene.day)
    if draft.status is Status.HELD and _is_to_come(scene, beside):
        _correct(draft, scene.items)
    elif draft.status is Status.HELD and scene.memory.looks_ahead and is_present(scene.items, draft.trigger):
        draft.status = Status.PLANNED


def _is_to_come(scene: Scene, beside: Attached) -> bool:
    """Whether the time is one that lies ahead, whatever the day of the report: "tomorrow", "next week"."""
    if beside.time is not None and beside.time.relation in {"next", "coming"}:
        return True
    return bool(scene.day and beside.when.earliest and beside.when.earliest > scene.day)


def _correct(draft: Draft, items: Sequence[Item]) -> None:
    """What is told in the present of a time ahead is a plan; to what has been held such a time does not belong."""
    if is_present(items, draft.trigger):
        draft.status = Status.PLANNED
    else:
        draft.when, draft.date_text, draft.stated, draft.future_time = UNKNOWN, None, False, False


def _take_words(scene: Scene, draft: Draft, trigger: int, span: tuple[int, int]) -> None:
    """Keep what single words say: "ahead of", "here", "again"."""
    items = scene.items
    draft.apart = scene.says("apart_from_it") or scene.says("at_home")
    draft.here = "here" in scene.words and any(item.text.casefold() == "here" for item in items[slice(*span)])
    draft.again = says(items[max(0, trigger - 3) : trigger + 2], "once_more")


def _evidence(scene: Scene, draft: Draft, begin: int, end: int) -> Evidence:
    return Evidence(
        begin=begin,
        end=end,
        quote=scene.text(begin, end),
        rule=draft.rule,
        date_text=draft.date_text,
        stated_date=draft.when.date if draft.when.precision is Precision.MONTH_DAY else None,
    )
