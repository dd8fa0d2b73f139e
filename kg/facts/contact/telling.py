"""An article's drafts put together: the same contact told twice is one, another one of the same pair stays another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kg.extract.figure import Figure
from kg.facts.contact.diplomacy import is_diplomatic
from kg.facts.contact.draft import Draft
from kg.facts.contact.record import ContactFormat, ContactKind
from kg.facts.contact.staging import stage
from kg.lexicon.world import World
from kg.model.date import Precision, When
from kg.model.fact import Status

_RECENT_DAYS: Final = 45
_RANK: Final = {
    Precision.DAY: 5,
    Precision.MONTH_DAY: 4,
    Precision.WEEK: 3,
    Precision.INTERVAL: 2,
    Precision.MONTH: 2,
    Precision.YEAR: 1,
}
_STOPPED: Final = frozenset({Status.CANCELLED, Status.POSTPONED})
_OF_WHAT_WAS_TOLD: Final = frozenset({"contact.it-stopped", "contact.stopped-it", "contact.called-it-off"})
_NAMED: Final = frozenset({"contact.nominal-with", "contact.of-with", "contact.joined-noun"})  # by a noun alone
_NOT_HELD: Final = _STOPPED | {Status.PLANNED}


def _same_kind(one: Draft, other: Draft) -> bool:
    return one.kind is None or other.kind is None or one.kind is other.kind


def compatible_times(one: When, other: When) -> bool:
    """Whether both may be the same time: bounds overlap, or a day without year agrees with the other's."""
    if one.is_unknown or other.is_unknown:
        return True
    if one.earliest and one.latest and other.earliest and other.latest:
        return one.earliest <= other.latest and other.earliest <= one.latest
    first, second = one.date, other.date
    if first is None or second is None:
        return True
    return (first.month, first.day) == (second.month, second.day) or first.month is None or second.month is None


def more_precise(one: When, other: When) -> When:
    """The narrower of two compatible times."""
    return other if _rank(other) > _rank(one) else one


def _rank(when: When) -> int:
    return 0 if when.is_unknown else _RANK.get(when.precision or Precision.YEAR, 0)


def _is_past(draft: Draft, day: dt.date | None) -> bool:
    """Whether the draft's time lies well before the article."""
    if draft.history:
        return True
    return bool(day and draft.when.latest and (day - draft.when.latest).days > _RECENT_DAYS)


def _merges(told: Draft, draft: Draft, day: dt.date | None) -> bool:
    """Whether two tellings of the same people are of one contact."""
    if not _same_kind(told, draft) or not _same_status(told, draft):
        return False
    if not compatible_times(told.when, draft.when) and not _is_explained(told, draft):
        return False
    if _is_past(told, day) != _is_past(draft, day) and (draft.stated or told.stated):
        return False
    if _other_country(told, draft):
        return draft.headline or told.headline
    return not _other_summit(told, draft) and not draft.again


def _is_explained(told: Draft, draft: Draft) -> bool:
    """Whether the next sentence says how two discussed something: "This came during a phone call this evening"."""
    one, other = told.when.latest, draft.when.latest
    near = one is not None and other is not None and abs((other - one).days) <= 1
    return told.kind is None and (near or not told.stated) and draft.sentence - told.sentence == 1


def _same_status(told: Draft, draft: Draft) -> bool:
    """Whether both may be one contact that was planned and then stopped."""
    if told.status is not draft.status and not {told.status, draft.status} <= _NOT_HELD:
        return False
    # "was cancelled; the two will meet on Friday instead"
    return not (draft.status is Status.PLANNED and told.status in _STOPPED and draft.stated)


def _other_country(told: Draft, draft: Draft) -> bool:
    mine = told.place.country if told.place else None
    theirs = draft.place.country if draft.place else None
    return mine is not None and theirs is not None and mine != theirs


def _other_summit(told: Draft, draft: Draft) -> bool:
    return bool(told.summit and draft.summit and told.summit.series != draft.summit.series)


def _absorb(told: Draft, draft: Draft) -> None:
    """What the second telling adds to the first."""
    if draft.status is not told.status:
        told.status = draft.status if draft.status in _STOPPED else told.status
    better = more_precise(told.when, draft.when)
    if better is not told.when:
        told.when, told.date_text = better, draft.date_text
    told.stated = told.stated or draft.stated
    told.kind = told.kind or draft.kind
    if told.place is None or (draft.place is not None and draft.place.name != told.place.name and _finer(draft, told)):
        told.place = draft.place or told.place
    if told.summit is None or (draft.summit is not None and told.summit.year is None):
        told.summit = draft.summit or told.summit
    told.duration = told.duration or draft.duration
    told.first = told.first or draft.first
    if draft.format is ContactFormat.ENCOUNTER:
        told.format = draft.format if told.headline else told.format
    told.headline = told.headline and draft.headline
    told.evidence += draft.evidence
    told.sentences += draft.sentences


def _finer(one: Draft, other: Draft) -> bool:
    """Whether one place is a town where the other is only a country."""
    if one.place is None or other.place is None:
        return False
    return other.place.country == one.place.country and bool(other.place.name) and other.place_is_country


def tell(drafts: Iterable[Draft], day: dt.date | None, world: World) -> list[Draft]:
    """The contacts of one article, headline last, in the order of their first telling."""
    abroad = [draft for draft in drafts if is_diplomatic(draft.people, face_to_face=draft.kind is ContactKind.MEETING)]
    ordered = sorted(abroad, key=lambda d: (d.headline, d.sentence, d.trigger))
    told: list[Draft] = []
    of_people: dict[frozenset[Figure], list[Draft]] = {}
    for draft in ordered:
        if not draft.people:
            _restate(told, draft)
            continue
        of_these = of_people.setdefault(frozenset(draft.people), [])
        match = next((t for t in reversed(of_these) if _merges(t, draft, day)), None)
        if match is not None:
            _absorb(match, draft)
        elif draft.adds or (draft.spoken_of and of_these and not draft.stated):
            continue
        elif draft.headline and _told_pair(told, draft):
            _place_beside(of_these, draft)
        elif not _says_nothing(draft, ordered):
            told.append(draft)
            of_these.append(draft)
    kept = _realised(told, of_people, day)
    stage(kept, world)
    return kept


def _says_nothing(draft: Draft, others: Sequence[Draft]) -> bool:
    """Whether it looks back on a contact of which neither day nor place is told, of people of whom more is told."""
    if not _is_vague(draft):
        return False
    return any(set(other.people) == set(draft.people) for other in others if not (other.adds or _is_vague(other)))


def _is_vague(draft: Draft) -> bool:
    """Whether it looks back on a contact and tells neither its day nor its place."""
    told = draft.place is not None or draft.summit is not None or not draft.when.is_unknown
    return draft.history and not told


def _told_pair(told: Sequence[Draft], draft: Draft) -> bool:
    """Whether the body told of this pair already, so that the headline adds nothing."""
    return any(set(draft.people) <= set(t.people) for t in told)


def _place_beside(told: Sequence[Draft], headline: Draft) -> None:
    """Give the first contact told of a pair the gathering that the headline names."""
    news = next((draft for draft in told if draft.is_news), None)
    if news is not None and news.summit is None and not news.apart and _same_kind(news, headline):
        news.summit = headline.summit


def _restate(told: Sequence[Draft], draft: Draft) -> None:
    """ "The talks were cancelled": the last contact told shortly before changes its status."""
    if draft.status is Status.PLANNED:
        _put_off(told, draft)
        return
    reach = 1 if draft.rule in _OF_WHAT_WAS_TOLD else 2
    for last in reversed(told):
        if draft.sentence - last.sentence > reach or (draft.owners and set(draft.owners).isdisjoint(last.people)):
            return
        if last.status in {Status.PLANNED, Status.POSTPONED} or draft.sentence == last.sentence:
            if last.status is not Status.HELD:
                stopped = last.status is Status.PLANNED and not last.when_stopped.is_unknown
                last.status, last.when = draft.status, last.when_stopped if stopped else last.when
                last.evidence += draft.evidence
            return
        if last.status is draft.status:
            last.evidence += draft.evidence
            return


def _put_off(told: Sequence[Draft], draft: Draft) -> None:
    """ "The meeting is to take place in C": what the sentence before merely names is a plan."""
    last = told[-1] if told else None
    if last is None or last.headline or draft.sentence - last.sentence != 1 or len(last.evidence) > 1:
        return
    if last.status is Status.HELD and last.rule in _NAMED:
        last.status = Status.PLANNED
        last.evidence += draft.evidence


def _realised(
    told: Sequence[Draft], of_people: Mapping[frozenset[Figure], Sequence[Draft]], day: dt.date | None
) -> list[Draft]:
    """Without plans that the same article reports as held."""
    kept: list[Draft] = []
    for draft in told:
        if draft.status is Status.PLANNED and any(
            other.status is Status.HELD
            and _same_kind(other, draft)
            and not _is_past(other, day)
            and not draft.future_time
            and compatible_times(other.when, draft.when)
            and not (draft.when.is_unknown and draft.again)
            for other in of_people[frozenset(draft.people)]
        ):
            continue
        kept.append(draft)
    return kept


__all__ = ["ContactKind", "compatible_times", "more_precise", "tell"]
