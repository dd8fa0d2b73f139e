"""Contacts in a sentence: rules run, then time, place, summit and duration attached to what they built."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kg.extract.attach import Attached, attach, town_of
from kg.extract.clause import PEOPLE, follows_preposition, neighbourhood, subject_of
from kg.extract.gathering import Gathering
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.modality import of_verb
from kg.extract.register import Figure
from kg.extract.rule import RuleSet
from kg.extract.scene import Scene
from kg.facts.contact.draft import Draft
from kg.facts.contact.inheriting import inherit
from kg.facts.contact.record import ContactKind
from kg.facts.contact.rules import Built
from kg.model.date import UNKNOWN, Precision, When
from kg.model.entity import Place, SummitEdition
from kg.model.fact import Evidence, Status

_RECENT: Final = 10
_LEAD: Final = 3
_FRAMING: Final = frozenset({"travel", "met", "held", "received", "attended"})  # verbs that set a scene


def find_contacts(scene: Scene, rules: RuleSet[Built]) -> list[Draft]:
    """The drafts of one sentence in the order of their triggers, with what stands beside each."""
    if _is_question(scene):
        return []
    found = sorted(rules.apply(scene), key=lambda hit: hit[0])
    triggers = sorted({trigger for trigger, _ in found})
    drafts: list[Draft] = []
    for trigger, built in found:
        span = neighbourhood(scene.items, triggers, triggers.index(trigger))
        for draft in built:
            _attach(scene, draft, trigger, span)
            draft.sentences = [draft.sentence]
            drafts.append(draft)
    for one, other in pairwise(drafts):
        if other.rule == "contact.and-another":
            _share(one, other)
    if not drafts and not scene.is_headline:
        _note_frame(scene)
    for draft in drafts:
        _note(scene, draft)
    return drafts


def _note(scene: Scene, draft: Draft) -> None:
    """Keep in the article's memory whom the draft is of, and when and where it was, for what is told next."""
    scene.memory.last_told = draft.people if draft.status is Status.HELD else ()
    if draft.adds:
        return
    if draft.is_news and _is_current(scene, draft) and not _had(scene, draft):
        place = None if draft.place_is_country else draft.place
        _remember(scene, draft.people, draft.when, place, draft.summit)
    scene.memory.together(draft.people)
    for figure in draft.people:
        figure.in_contact = True
        scene.memory.met[id(figure)] += 1


def _share(one: Draft, other: Draft) -> None:
    """Let "A met B today and, separately, with C in D" be today and in D for both."""
    if other.when.is_unknown:
        other.when, other.date_text, other.stated = one.when, one.date_text, one.stated
    if one.when.is_unknown and not one.stated:
        one.when, one.date_text, one.stated = other.when, other.date_text, other.stated
    one.place, other.place = one.place or other.place, other.place or one.place
    summit = one.summit if one.summit is not None and one.summit.year else other.summit or one.summit
    if summit is not None and summit.year is None and one.when.earliest is not None:
        summit = SummitEdition(series=summit.series, year=one.when.earliest.year)
    one.summit = other.summit = summit


def _had(scene: Scene, draft: Draft) -> bool:
    """Whether the contact is told in the pluperfect and without a day of its own: it sets no frame."""
    if draft.when.precision is Precision.DAY:
        return False
    before = scene.items[max(0, draft.trigger - 3) : draft.trigger]
    return any(item.text.casefold() in plain_words("pluperfect") for item in before)


def _is_question(scene: Scene) -> bool:
    """Whether the sentence asks, and so tells of nothing."""
    last = next((item for item in reversed(scene.items) if item.symbol != '"'), None)
    return last is not None and last.symbol == "?"


def _is_current(scene: Scene, draft: Draft) -> bool:
    """Whether the contact is one that the article is about, not one it looks back on."""
    latest = draft.when.latest
    if latest is None or scene.day is None:
        return draft.when.precision is Precision.MONTH_DAY or draft.place is not None or draft.summit is not None
    return (scene.day - latest).days <= _RECENT


def denies_before(scene: Scene) -> bool:
    """Whether the sentence says that what was told just before did not happen ("No such meeting took place")."""
    if scene.present.isdisjoint(scene.lexicon.alphabet.by_class["no_such"]):
        return False
    items = scene.items
    return any(
        item.is_word("no_such") and not (at + 1 < len(items) and items[at + 1].is_word("with", "between"))
        for at, item in enumerate(items)
    )


def _note_frame(scene: Scene) -> None:
    """ "X flew to Y on Monday": the day, town and summit hold for the talks of X told next; so does the lead's day."""
    if scene.present.isdisjoint(PEOPLE):
        return
    items = scene.items
    lead = scene.sentence.number <= _LEAD
    for at, item in enumerate(items):
        if _FRAMING.isdisjoint(item.classes) and not (lead and item.symbol == "T"):
            continue
        index = subject_of(items, at)
        people = scene.people(index) if index is not None else ()
        if not people or of_verb(items, index, at) is not Status.HELD:
            continue
        beside = attach(items, at, (0, len(items)), lexicon=scene.lexicon, day=scene.day, future=False)
        town = next((town_of(i, scene.lexicon) for i in items[at + 1 : at + 3] if i.symbol in "LC"), None)
        place = town if item.is_word("travel") and town is not None else beside.place
        if place is None and beside.when.precision is not Precision.DAY:
            continue
        _remember(scene, people, beside.when, place, None)
        if isinstance(beside.summit, Gathering) and beside.summit.series and scene.memory.last_day is not None:
            year = beside.summit.year or (beside.when.earliest.year if beside.when.earliest else None)
            scene.memory.last_summit = SummitEdition(series=beside.summit.series, year=year)
        return
    if lead and not scene.is_headline:
        _note_gathering(scene)


def _note_gathering(scene: Scene) -> None:
    """ "X used the margins of the G20 summit to press his idea": the gathering holds for the meetings told next."""
    found = next((i.value for i in scene.items if isinstance(i.value, Gathering) and i.value.series), None)
    index = next(
        (at for at, i in enumerate(scene.items) if i.symbol == "P" and not follows_preposition(scene.items, at)), None
    )
    if found is None or found.series is None or index is None:
        return
    year = found.year or (scene.day.year if scene.day else None)
    edition = SummitEdition(series=found.series, year=year)
    if scene.memory.last_day is None:
        _remember(scene, scene.people(index), UNKNOWN, None, edition)
    elif set(scene.people(index)) & set(scene.memory.last_people):
        scene.memory.last_summit = scene.memory.last_summit or edition


def _remember(
    scene: Scene, people: tuple[Figure, ...], when: When, place: Place | None, summit: SummitEdition | None
) -> None:
    """Keep day, town and summit for the contacts of these people told next."""
    memory = scene.memory
    latest = when.latest
    recent = scene.day is None or (latest is not None and 0 <= (scene.day - latest).days <= _RECENT)
    memory.last_people, memory.last_place, memory.last_summit = people, place, summit
    memory.last_day = when if recent and when.precision in {Precision.DAY, Precision.MONTH_DAY} else None
    memory.last_sentence = scene.sentence.number
    memory.story_day = memory.last_day or memory.story_day


def _attach(scene: Scene, draft: Draft, trigger: int, span: tuple[int, int]) -> None:
    items = scene.items
    beside = attach(
        items,
        trigger,
        span,
        lexicon=scene.lexicon,
        day=scene.day,
        future=draft.status is not Status.HELD,
        number=draft.number or 0,
        stopped=draft.status in {Status.CANCELLED, Status.POSTPONED} and draft.rule != "contact.restated",
    )
    _take_beside(scene, draft, beside)
    _take_words(draft, items, trigger, span)
    inherit(scene, draft, trigger)
    begin, end = draft.begin, draft.end
    if beside.first >= 0:
        begin = min(begin, items[beside.first].begin)
        end = max(end, items[beside.last].end)
    draft.evidence = [_evidence(scene, draft, begin, end)]
    if draft.place is None and draft.summit is None:
        draft.place = scene.memory.filed
    if draft.kind is ContactKind.PHONE or draft.kind is ContactKind.VIDEO:
        draft.place = None


def _take_beside(scene: Scene, draft: Draft, beside: Attached) -> None:
    """Keep time, place and summit that stand beside the trigger."""
    draft.when = beside.when
    draft.stated = beside.time is not None
    draft.date_text = beside.time.text if beside.time else None
    draft.place, draft.place_is_country = beside.place, beside.vague
    draft.summit = edition_of(beside.summit, draft, scene)
    draft.duration = beside.duration
    draft.future_time = bool(scene.day and beside.when.latest and beside.when.latest > scene.day)


def _take_words(draft: Draft, items: Sequence[Item], trigger: int, span: tuple[int, int]) -> None:
    """Keep what single words say: "ahead of", "here", "again"."""
    draft.apart = _any_in(items, "apart_from_it")
    draft.here = any(item.text.casefold() == "here" for item in items[slice(*span)])
    draft.again = _any_in(items[max(0, trigger - 3) : trigger + 2], "once_more")


def _any_in(items: Sequence[Item], words: str) -> bool:
    return any(item.text.casefold() in plain_words(words) for item in items)


def _evidence(scene: Scene, draft: Draft, begin: int, end: int) -> Evidence:
    return Evidence(
        begin=begin,
        end=end,
        quote=scene.text(begin, end),
        rule=draft.rule,
        date_text=draft.date_text,
        stated_date=draft.when.date if draft.when.precision is Precision.MONTH_DAY else None,
    )


def edition_of(gathering: Gathering | None, draft: Draft, scene: Scene) -> SummitEdition | None:
    """The edition that a gathering beside an event is: its year from the text, else from the event's date."""
    if gathering is None:
        return None
    series = gathering.series or scene.memory.series
    if series is None:
        return None
    scene.memory.series = series
    year = gathering.year
    if year is None and draft.when.earliest is not None and draft.when.latest is not None:
        year = draft.when.earliest.year if draft.when.earliest.year == draft.when.latest.year else None
    if year is None and draft.when.is_unknown and not draft.history and scene.day is not None:
        year = scene.day.year
    return SummitEdition(series=series, year=year)
