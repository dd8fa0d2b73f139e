"""What a sentence leaves for those after it: whom it told of, and when, where and at which gathering they were."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.among import has_word, says
from kg.extract.attach import attach, town_of
from kg.extract.clause import PEOPLE, follows_preposition, subject_of
from kg.extract.country import country_of
from kg.extract.edition import year_of_number
from kg.extract.gathering import Gathering
from kg.extract.item import Symbol
from kg.extract.modality import of_verb
from kg.extract.placing import last_town
from kg.extract.register import Figure
from kg.extract.scene import Scene
from kg.extract.timing import is_to_come, time_before
from kg.facts.contact.draft import Draft
from kg.facts.contact.numbered import note_arrival, note_first_day
from kg.facts.contact.record import ContactKind
from kg.lexicon.gazetteer import Kind
from kg.model.date import UNKNOWN, Precision, When
from kg.model.entity import Place, SummitEdition
from kg.model.fact import Status

_REACH: Final = 14  # how far behind a verb those stand who were met
_HOSTING: Final = frozenset({"met", "held", "received", "sat"})
_SEVERAL: Final = ("plural", "counterpart", "people_noun")
_RECENT: Final = 10
_LEAD: Final = 3
_STATES: Final = (Kind.COUNTRY, Kind.DEMONYM)
_FRESH: Final = 3  # days that the event of a lead lies back at most
_FRAMING: Final = frozenset({"travel", "met", "held", "received", "attended"})  # verbs that set a scene


def leave(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Keep in the article's memory what the sentence told."""
    if not drafts and not scene.is_headline:
        _note_frame(scene)
        _note_host(scene)
        _note_discussion(scene)
    for draft in drafts:
        _note(scene, draft)
    if scene.is_headline and not drafts:
        _note_states(scene)
    scene.memory.begun = scene.memory.begun or bool(drafts and not scene.is_headline)
    if Symbol.TIME in scene.present:
        note_first_day(scene)
        note_arrival(scene)
        _note_time(scene, drafts)
        if scene.memory.story_day is None and scene.sentence.number <= _LEAD and not scene.is_headline:
            _note_story(scene)
    if Symbol.TOWN in scene.present:
        scene.memory.there = last_town(scene.items, scene.lexicon) or scene.memory.there
        if not drafts:
            _note_trip(scene)


def _note_states(scene: Scene) -> None:
    """ "Chilean, Peruvian presidents hold talks": what the report then tells of the two was on its own day."""
    items = scene.items
    at = next((at for at, item in enumerate(items) if item.is_word("of_states") and item.is_word("plural")), None)
    if at is None or at + 1 >= len(items) or not items[at + 1].is_word("present"):
        return
    if items[at + 1].is_word("meet") or has_word(items[at + 2 : at + 4], "talks"):
        states = (country_of(item) for item in items[:at] if item.symbol in "ACD")
        scene.memory.headed = frozenset(code for code in states if code is not None)


def _note_trip(scene: Scene) -> None:
    """ "X will arrive in Lima on Friday": the talks that he is to have, told next, will be there."""
    town = last_town(scene.items, scene.lexicon) if is_to_come(scene.items) else None
    index = next((at for at, i in enumerate(scene.items) if i.symbol in "PR" and scene.people(at)), None)
    if town is not None and index is not None:
        scene.memory.trip = (scene.people(index), town, scene.sentence.number)


def _note_story(scene: Scene) -> None:
    """The day of a lead that names states only holds for what the words join to it ("later met", "shortly before")."""
    when = time_before(scene.items, len(scene.items), scene.day)
    recent = when is not None and when.earliest is not None and scene.day is not None
    if not recent or when is None or when.precision is not Precision.DAY or not _is_new(scene, when):
        return
    scene.memory.story_day = when
    for item in scene.items:
        if item.symbol == Symbol.COUNTRIES and isinstance(item.value, tuple):
            scene.memory.story_countries.update(code for code in item.value if isinstance(code, str))
        scene.memory.story_countries.update(item.keys[kind][0] for kind in _STATES if kind in item.keys)


def _is_new(scene: Scene, when: When) -> bool:
    return scene.day is not None and when.latest is not None and 0 <= (scene.day - when.latest).days <= _FRESH


def _note_time(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Keep the last time told, so that "the next day" and "the same day" of the next sentence find it."""
    dated = [draft.when for draft in drafts if draft.stated and not draft.when.is_unknown]
    found = dated[-1] if dated else None if drafts else time_before(scene.items, len(scene.items), scene.day)
    if found is not None and not found.is_unknown:
        scene.memory.told = found


def _note(scene: Scene, draft: Draft) -> None:
    """Keep in the article's memory whom the draft is of, and when and where it was, for what is told next."""
    if draft.status is Status.HELD:
        scene.memory.on_line = draft.kind in {ContactKind.PHONE, ContactKind.VIDEO}
    scene.memory.last_told = draft.people if draft.status is Status.HELD else ()
    if draft.adds:
        return
    _note_round(scene, draft)
    if draft.is_news and _is_current(scene, draft) and not _had(scene, draft):
        place = None if draft.place_is_country else draft.place
        _remember(scene, draft.people, draft.when, place, draft.summit)
    scene.memory.together(draft.people)
    for figure in draft.people:
        figure.in_contact = True
        scene.memory.met[id(figure)] += 1


def _note_round(scene: Scene, draft: Draft) -> None:
    """Keep the groups of all contacts of the last sentence that told any: "both meetings" means them."""
    memory, number = scene.memory, scene.sentence.number
    if draft.status is not Status.HELD or scene.is_headline:
        return
    memory.last_round = (*memory.last_round, draft.people) if memory.round_sentence == number else (draft.people,)
    memory.round_sentence = number


def _had(scene: Scene, draft: Draft) -> bool:
    """Whether the contact is told in the pluperfect and without a day of its own, or a day back: it sets no frame."""
    last = scene.memory.last_day
    if draft.when.precision is Precision.DAY and not (last and last.earliest and _is_earlier(draft.when, last)):
        return False
    before = scene.items[max(0, draft.trigger - 3) : draft.trigger]
    other = draft.summit is not None and scene.memory.last_summit not in {None, draft.summit}
    return says(before, "pluperfect") or (other and any(item.text.casefold() == "earlier" for item in before))


def _is_earlier(when: When, last: When) -> bool:
    return when.earliest is not None and last.earliest is not None and when.earliest < last.earliest


def _is_current(scene: Scene, draft: Draft) -> bool:
    """Whether the contact is one that the article is about, not one it looks back on."""
    latest = draft.when.latest
    if latest is None or scene.day is None:
        return draft.when.precision is Precision.MONTH_DAY or draft.place is not None or draft.summit is not None
    return (scene.day - latest).days <= _RECENT


def _note_frame(scene: Scene) -> None:
    """ "X flew to Y on Monday": the day, town and summit hold for the talks of X told next; so does the lead's day."""
    if scene.present.isdisjoint(PEOPLE):
        return
    items = scene.items
    lead = scene.sentence.number <= _LEAD
    for at, item in enumerate(items):
        if not (item.classes and not _FRAMING.isdisjoint(item.classes)) and not (lead and item.symbol == "T"):
            continue
        index = _framed(scene, at)
        people = scene.people(index) if index is not None else ()
        if people and of_verb(items, index, at) is Status.HELD and _take_frame(scene, at, people):
            return
    if not scene.is_headline and Symbol.SUMMIT in scene.present:
        _note_gathering(scene, lead=lead)


def _framed(scene: Scene, at: int) -> int | None:
    """The index of the one for whom a verb, or a time of the lead, sets a scene."""
    index = subject_of(scene.items, at)
    if scene.items[at].symbol == "T" and index and scene.items[index - 1].is_word("and"):
        return _first_person(scene)  # "X conferred with the leaders of A and President Y on Monday"
    return index


def _take_frame(scene: Scene, at: int, people: tuple[Figure, ...]) -> bool:
    """Whether the words beside a verb, or around a time, give a day or a place, which are then kept."""
    items, item = scene.items, scene.items[at]
    verb = max(0, at - 1) if item.symbol == "T" else at  # the time itself is what is asked for
    beside = attach(
        items, verb, (0, len(items)), lexicon=scene.lexicon, day=scene.day, future=False, told=scene.memory.told
    )
    town = next((town_of(i, scene.lexicon) for i in items[at + 1 : at + 3] if i.symbol in "LC"), None)
    place = town if item.is_word("travel") and town is not None else None if beside.vague else beside.place
    ahead = scene.day is not None and beside.when.earliest is not None and beside.when.earliest > scene.day
    if ahead or (place is None and beside.when.precision is not Precision.DAY):
        return False
    _remember(scene, people, beside.when, place, None)
    series = beside.summit.series or _named_in(scene) if beside.summit is not None else None
    if series is not None:
        year = beside.summit.year if beside.summit is not None else None
        year = year or (beside.when.earliest.year if beside.when.earliest else _year_of(scene))
        scene.memory.last_summit = SummitEdition(series=series, year=year)
    return True


def _note_host(scene: Scene) -> None:
    """ "X held separate meetings with three presidents": those who are named next met X."""
    items, letters = scene.items, scene.lexicon.alphabet.by_class
    if "G" not in scene.present and all(map(scene.present.isdisjoint, map(letters.__getitem__, _SEVERAL))):
        return
    for at, item in enumerate(items):
        if _HOSTING.isdisjoint(item.classes):
            continue
        index = subject_of(items, at)
        people = scene.people(index) if index is not None and index < at else ()
        several = any(i.symbol == "G" or i.is_word(*_SEVERAL) for i in items[at + 1 : at + _REACH])
        if len(people) == 1 and several and of_verb(items, index, at) is Status.HELD:
            scene.memory.host, scene.memory.host_sentence = people[0], scene.sentence.number
            return


def _note_discussion(scene: Scene) -> None:
    """ "X and Y discussed the border": what they had is told next, if at all."""
    if scene.present.isdisjoint("QG") or scene.present.isdisjoint(scene.lexicon.alphabet.by_class["discussed"]):
        return
    for at, item in enumerate(scene.items):
        index = subject_of(scene.items, at) if item.is_word("discussed") else None
        people = scene.people(index) if index is not None and index < at else ()
        if len(people) == 2 and of_verb(scene.items, index, at) is Status.HELD:
            scene.memory.discussing, scene.memory.discussing_sentence = people, scene.sentence.number
            return


def _named_in(scene: Scene) -> str | None:
    """The series that the sentence names, else the one named last: what its "the session" means."""
    named = (i.value.series for i in scene.items if isinstance(i.value, Gathering))
    return next((series for series in named if series), scene.memory.series)


def _year_of(scene: Scene) -> int | None:
    return scene.day.year if scene.day else None


def _note_gathering(scene: Scene, *, lead: bool) -> None:
    """ "X used the margins of the G20 summit to press his idea": the gathering holds for the meetings told next.

    Below the lead only where the words put him there.
    """
    if Symbol.SUMMIT not in scene.present:
        return
    if any(item.is_word("modal_future") and item.text.casefold() != "to" for item in scene.items):
        return  # "will host the summit on Friday": what is told next was before it
    named = (i.value for i in scene.items if isinstance(i.value, Gathering) and i.value.series)
    found = next((gathering for gathering in named if lead or gathering.beside), None)
    index = _first_person(scene)
    if found is None or found.series is None or index is None:
        return
    year = found.year or year_of_number(scene.lexicon.world, found.series, found.number) or _year_of(scene)
    edition = SummitEdition(series=found.series, year=year)
    if scene.memory.last_day is None:
        _remember(scene, scene.people(index), UNKNOWN, _town_of_stay(scene), edition)
    elif set(scene.people(index)) & set(scene.memory.last_people):
        scene.memory.last_summit = scene.memory.last_summit or edition


def _town_of_stay(scene: Scene) -> Place | None:
    """The town of "X is in Lima"."""
    items = scene.items
    towns = (at for at in range(2, len(items)) if items[at].symbol == "L" and items[at - 1].is_word("in"))
    at = next((at for at in towns if items[at - 2].is_word("be")), None)
    return town_of(items[at], scene.lexicon) if at is not None else None


def _first_person(scene: Scene) -> int | None:
    """The index of whoever is named first, behind no preposition: mostly the subject of all that is told."""
    people = (at for at, item in enumerate(scene.items) if item.symbol in "PR")
    return next((at for at in people if not follows_preposition(scene.items, at)), None)


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
    if memory.last_day is not None:
        memory.story_countries |= {figure.country for figure in people if figure.country}
