"""Contacts in a sentence: rules run, then time, place, summit and duration attached to what they built."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kg.extract.attach import attach, town_of
from kg.extract.clause import PEOPLE, neighbourhood, subject_of
from kg.extract.gathering import Gathering
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.modality import of_verb
from kg.extract.register import Figure
from kg.extract.rule import RuleSet
from kg.extract.scene import Scene
from kg.facts.contact.draft import Draft
from kg.facts.contact.record import ContactKind
from kg.facts.contact.rules import Built
from kg.model.date import PartialDate, Precision, When
from kg.model.entity import Place, SummitEdition
from kg.model.fact import Evidence, Status

_RECENT: Final = 10
_STAY: Final = 2  # days for which a town or a summit holds
_LEAD: Final = 3
_FRAMING: Final = frozenset({"travel", "met", "held", "received", "attended"})  # verbs that set a scene
_ALSO_ROUND: Final = 20
_ROUND: Final = 4  # sentences within which one round of contacts goes on


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
        scene.memory.last_told = draft.people if draft.status is Status.HELD else ()
        if draft.adds:
            continue
        if (
            draft.status is Status.HELD
            and not draft.history
            and not draft.headline
            and _is_current(scene, draft)
            and not _had(scene, draft)
        ):
            place = None if draft.place_is_country else draft.place
            _remember(scene, draft.people, draft.when, place, draft.summit)
        scene.memory.together(draft.people)
        for figure in draft.people:
            figure.in_contact = True
            scene.memory.met[id(figure)] += 1
    return drafts


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
    draft.apart = any(item.text.casefold() in plain_words("apart_from_it") for item in items)
    draft.when = beside.when
    draft.stated = beside.time is not None
    draft.date_text = beside.time.text if beside.time else None
    draft.place = beside.place
    draft.place_is_country = beside.vague
    draft.summit = edition_of(beside.summit, draft, scene)
    draft.duration = beside.duration
    draft.future_time = bool(scene.day and beside.when.latest and beside.when.latest > scene.day)
    if draft.when.is_unknown and not draft.stated and draft.status is Status.HELD and not draft.history:
        _inherit_day(scene, draft, trigger)
    if draft.when.is_unknown and not draft.stated and scene.memory.story_day is not None:
        if draft.status is not Status.HELD and any(item.is_word("same_day") for item in items):
            draft.when = scene.memory.last_day or scene.memory.story_day
    same_day = _same_days(draft.when, scene.memory.last_day)
    on_the_way = draft.status is Status.HELD and not draft.history and _goes_on(scene, draft, trigger, undated=True)
    shared = bool(set(draft.people) & set(scene.memory.last_people))
    if (
        shared
        and draft.status is Status.HELD
        and (same_day or (on_the_way and not draft.stated))
        and not draft.headline
    ):
        _inherit_frame(scene, draft)
    draft.here = any(item.text.casefold() == "here" for item in items[slice(*span)])
    draft.again = any(
        item.text.casefold() in plain_words("once_more") for item in items[max(0, trigger - 3) : trigger + 2]
    )
    begin, end = draft.begin, draft.end
    if beside.first >= 0:
        begin = min(begin, items[beside.first].begin)
        end = max(end, items[beside.last].end)
    draft.evidence = [
        Evidence(
            begin=begin,
            end=end,
            quote=scene.text(begin, end),
            rule=draft.rule,
            date_text=draft.date_text,
            stated_date=draft.when.date if draft.when.precision is Precision.MONTH_DAY else None,
            antecedents=draft.antecedents,
        )
    ]
    if draft.place is None and draft.summit is None:
        draft.place = scene.memory.filed
    if draft.kind is ContactKind.PHONE or draft.kind is ContactKind.VIDEO:
        draft.place = None


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


def _same_days(when: When, last: When | None) -> bool:
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
