"""Where an article's contacts were, as the ones told before them say: the same people, days and town go together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.edition import may_be_beside
from kg.facts.contact.draft import Draft
from kg.facts.contact.record import ContactKind
from kg.lexicon.world import World
from kg.model.date import Precision
from kg.model.fact import Status

_DAYS: Final = 1
_BEFORE: Final = 100  # meetings told before one that it may go with


def stage(told: Sequence[Draft], world: World) -> None:
    """Give a meeting without a place or a gathering those of the one told before it, where nothing contradicts.

    The two share a participant or a participant's country, and a day: the same one or the next; a meeting whose day
    nobody tells goes with the one before it. What is history, a call or not held takes nothing and gives nothing.
    """
    current = [draft for draft in told if _is_current(draft)]
    for number, draft in enumerate(current):
        if draft.place is not None and draft.summit is not None:
            continue
        earlier = current[max(0, number - _BEFORE) : number]
        before = next((one for one in reversed(earlier) if _go_together(one, draft)), None)
        if before is not None and draft.place is None and _holds_for(before, draft):
            draft.place = before.place
        if draft.summit is None and not draft.apart:
            one = next((one for one in reversed(earlier) if _is_beside(one, draft)), None)
            if one is not None and one.summit and may_be_beside(world, one.summit, draft.when, one.when):
                draft.summit = one.summit


def _is_current(draft: Draft) -> bool:
    meeting = draft.kind in {None, ContactKind.MEETING}
    return meeting and draft.status is Status.HELD and not draft.history and not draft.headline


def _holds_for(before: Draft, draft: Draft) -> bool:
    """Whether the place of a meeting told before may be this one's: a town, or a house on the same day."""
    if before.place is None or before.place_is_country:
        return False
    return before.place.country is not None or before.when == draft.when


def _is_beside(one: Draft, other: Draft) -> bool:
    """Whether a meeting was beside the gathering of one told before it: in its town, by one of the same people.

    Whoever is at home there meets many whom no gathering brings: he has been at it himself that day.
    """
    if one.summit is None or one.place is None or other.place is None or one.place.name != other.place.name:
        return False
    shared = set(one.people) & set(other.people)
    hosts = {figure for figure in other.people if figure.country == other.place.country}
    return bool(shared) and hosts <= shared and _go_together(one, other)


def _go_together(one: Draft, other: Draft) -> bool:
    """Whether two meetings are of one round."""
    if one.place is None and one.summit is None:
        return False
    shared = set(one.people) & set(other.people)
    countries = {figure.country for figure in one.people if figure.country} & {
        figure.country for figure in other.people if figure.country
    }
    if not shared and not countries:
        return False
    if one.when.precision is not Precision.DAY or one.when.earliest is None:
        return other.when.is_unknown and bool(shared)
    if other.when.is_unknown:
        return not other.stated and bool(shared)
    return other.when.earliest is not None and abs((one.when.earliest - other.when.earliest).days) <= _DAYS


__all__ = ["stage"]
