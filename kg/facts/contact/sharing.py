"""What the contacts of one sentence share: "met A today and, separately, B in Lima" is today and in Lima for both."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.facts.contact.draft import Draft
from kg.model.date import Precision
from kg.model.entity import SummitEdition
from kg.model.fact import Status


def share(drafts: Sequence[Draft]) -> None:
    """Give each contact of a sentence what was told of the one before it, where the words join the two."""
    for one, other in pairwise(drafts):
        if other.rule == "contact.and-another":
            _share(one, other)


def share_day(items: Sequence[Item], before: Sequence[Draft], draft: Draft) -> None:
    """Give a contact without a day that of the one told before it in the sentence, where the words join the two."""
    one = before[-1] if before else None
    if one is None:
        return
    if _tells_it_again(items, one, draft):
        draft.history, draft.stated = one.history, one.stated
        draft.when, draft.date_text = one.when, one.date_text
        if draft.summit is not None and one.when.earliest is not None:
            draft.summit = SummitEdition(series=draft.summit.series, year=one.when.earliest.year)
    elif _shares_day(items, one, draft):
        draft.when, draft.date_text = one.when, one.date_text


def _tells_it_again(items: Sequence[Item], one: Draft, other: Draft) -> bool:
    """Whether "last saw each other in May, when they conferred in Lima" tells one meeting by two verbs."""
    if set(one.people) != set(other.people) or one.status is not other.status or not other.when.is_unknown:
        return False
    between = items[one.trigger + 1 : other.trigger]
    return any(a.text.casefold() in {"when", "as"} and b.symbol in "GR" for a, b in pairwise(between))


def _share(one: Draft, other: Draft) -> None:
    """Let "A met B today and, separately, with C in D" be today and in D for both."""
    if other.when.is_unknown:
        other.when, other.date_text, other.stated = one.when, one.date_text, one.stated
    if one.when.is_unknown and not one.stated:
        one.when, one.date_text, one.stated = other.when, other.date_text, other.stated
    one.place, other.place = one.place or other.place, other.place or one.place
    summit = one.summit if one.summit is not None and one.summit.year else other.summit or one.summit
    one.summit = other.summit = _dated(summit, one)


def _dated(summit: SummitEdition | None, draft: Draft) -> SummitEdition | None:
    """A gathering with the year of the contact beside it, where the words give it none."""
    if summit is None or summit.year is not None or draft.when.earliest is None:
        return summit
    return SummitEdition(series=summit.series, year=draft.when.earliest.year)


def _shares_day(items: Sequence[Item], one: Draft, other: Draft) -> bool:
    """Whether the second of two verbs of one subject has the day of the first: "was received today, and later met"."""
    alike = one.status is other.status in {Status.HELD, Status.PLANNED} and one.history is other.history
    if not alike or not other.when.is_unknown or other.stated or one.when.precision is not Precision.DAY:
        return False
    between = items[one.trigger + 1 : other.trigger]
    if any(a.is_word("who") and b.text.casefold() in plain_words("then_again") for a, b in pairwise(between)):
        return True  # "received X, who subsequently met Y"
    joined = any(item.is_word("and") for item in between)
    return joined and not any(item.is_word("after", "before", "while", "who", "which", "that") for item in between)
