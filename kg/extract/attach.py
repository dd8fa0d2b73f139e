"""What stands beside an event: its time, place, summit and duration, each in the words that belong to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.among import has_word, says
from kg.extract.beside import in_parenthesis, is_deed, preceded
from kg.extract.gathering import Gathering
from kg.extract.item import Item, Symbol
from kg.extract.lexicon import Lexicon, plain_words
from kg.extract.placing import is_house, place_of, town_of
from kg.extract.time import TimeExpression, TimeKind, resolve, step
from kg.extract.timing import duration_of, first_time, time_after, time_before, times_of
from kg.model.date import UNKNOWN, Precision, When
from kg.model.entity import Place

_TOPIC: Final = 5  # items before a gathering in which the words stand that make it a topic


@dataclass(frozen=True, slots=True)
class Attached:
    """Time, place, summit and duration of one event; ``first`` and ``last`` cover the words that give them."""

    when: When = UNKNOWN
    time: TimeExpression | None = None
    place: Place | None = None
    summit: Gathering | None = None
    duration: str | None = None
    vague: bool = False  # the place is a country, or a house whose town stands elsewhere
    first: int = -1
    last: int = -1


def attach(  # noqa: PLR0913 - each is a question of its own
    items: Sequence[Item],
    trigger: int,
    span: tuple[int, int],
    *,
    lexicon: Lexicon,
    day: dt.date | None,
    future: bool,
    number: int = 0,
    stopped: bool = False,
    told: When = UNKNOWN,
) -> Attached:
    """What the words between these indexes say of the event triggered at ``trigger``.

    ``future`` resolves "Friday" forwards, as for planned talks; ``number`` asks for the nth of several times;
    ``stopped`` passes over the day on which a contact was called off; "the next day" counts from ``told``.
    """
    timed = first_time(items, times_of(items, trigger, span, stopped=stopped), number)
    placed = place_of(items, trigger, span, lexicon)
    met_at = _summit(items, trigger, span)
    if met_at is not None and placed is not None and _is_elsewhere(items, met_at, placed, lexicon):
        met_at = None
    used = [found[0] for found in (timed, placed, met_at) if found is not None]
    return Attached(
        when=_when(items, timed, day, told, future=future, stopped=stopped) if timed else UNKNOWN,
        time=timed[1] if timed else None,
        place=placed[1] if placed else None,
        summit=met_at[1] if met_at else None,
        duration=duration_of(items, trigger, *span),
        vague=placed is not None and _is_vague(placed[1], items[placed[0]]),
        first=min(used, default=-1),
        last=max(used, default=-1),
    )


def _when(  # noqa: PLR0913 - each is a question of its own
    items: Sequence[Item],
    timed: tuple[int, TimeExpression],
    day: dt.date | None,
    told: When,
    *,
    future: bool,
    stopped: bool,
) -> When:
    """When the event was or was to be; of talks called off, the nearer of the two days that a weekday may mean."""
    at, time = timed
    if time.kind is TimeKind.STEP:
        later = time_after(items, at, day) if time.relation == "before" else None
        return step(time, time_before(items, at, day) or later or told)
    if not stopped or _is_set_for(items, at):
        return resolve(time, day, future=future)
    return when_stopped(time, day)


def when_stopped(time: TimeExpression, day: dt.date | None) -> When:
    """When talks that were called off were to be: the nearer of the two days that a weekday, or a month, may mean."""
    when, passed = resolve(time, day, future=True), resolve(time, day, future=False)
    if day is None or when.earliest is None or passed.latest is None or passed.precision is not when.precision:
        return when
    if when.precision not in {Precision.DAY, Precision.MONTH}:
        return when
    return passed if day - passed.latest < when.earliest - day else when


def _is_set_for(items: Sequence[Item], at: int) -> bool:
    """Whether talks are set for the time still: "postpones talks with X, set for Monday", no "had been set for"."""
    if not has_word(items[:at], "cancelled", "postponed"):
        return False  # "talks set for Monday were called off": on the day before, or after
    before = items[max(0, at - 5) : at]
    set_for = has_word(before[-2:], "planned", "will_take_place") and says(before[-2:], "set_for")
    return set_for and not any(item.text.casefold() in {"was", "were", "had", "been"} for item in before)


def _ahead_of(items: Sequence[Item], at: int) -> bool:
    """Whether the gathering is only what the event came before: "on the eve of the summit"."""
    before = items[max(0, at - _TOPIC - 2) : at]
    words = " ".join(item.text.casefold() for item in before)
    return says(before[-3:], "ahead_of") or any(phrase in words for phrase in plain_words("before_the_opening"))


def _is_vague(place: Place, item: Item) -> bool:
    return item.symbol == Symbol.COUNTRY or is_house(place, item)


def _summit(items: Sequence[Item], trigger: int, span: tuple[int, int]) -> tuple[int, Gathering] | None:
    """The first gathering that is not told of in a clause of its own."""
    for at in range(*span):
        if items[at].symbol != Symbol.SUMMIT:
            continue
        value = items[at].value
        if not isinstance(value, Gathering):
            continue
        if at < trigger and _is_attended(items, at):
            apart = False
        elif value.beside:
            apart = _of_another_clause(items, at, trigger)
        else:
            apart = in_parenthesis(items, at, trigger) or _is_topic(items, at) or _is_over(items, at)
            apart = apart or _on_the_way(items, at) or _of_another(items, at, trigger)
        if not apart and not _ahead_of(items, at):
            return at, value
    return None


def _is_elsewhere(
    items: Sequence[Item], met_at: tuple[int, Gathering], placed: tuple[int, Place], lexicon: Lexicon
) -> bool:
    """Whether the words put the gathering into another town than the event: "met in X to prepare the summit in Y"."""
    at, gathering = met_at
    seat = at + 2
    if gathering.beside or seat >= len(items) or not items[at + 1].is_word("in") or items[seat].symbol != Symbol.TOWN:
        return False
    town = town_of(items[seat], lexicon)
    return town is not None and town.name != placed[1].name and items[placed[0]].symbol == Symbol.TOWN


def _of_another_clause(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether a gathering beside which somebody was is that of another clause than the event's.

    Not so in "on the margins of the summit, which opened on Monday, X met Y", where it tells of the gathering itself.
    """
    if at < trigger and at + 2 < trigger and items[at + 1].symbol == "," and items[at + 2].is_word("which"):
        return False
    if at > trigger + 1 and is_deed(items[at - 1]):
        return True
    low, high = sorted((at, trigger))
    opened = next((index for index in range(low + 1, high) if items[index].is_word("who", "which")), None)
    return opened is not None or (at < trigger and items[_clause_of(items, at)].is_word("who"))


def _is_attended(items: Sequence[Item], at: int) -> bool:
    """Whether a clause tells why somebody is there: "X, who is in Lima for the summit, met Y"."""
    begin = _clause_of(items, at)
    clause = items[begin:at]
    if clause and clause[0].is_word("both"):
        return _comes_for(clause)  # "X and Y, both in Lima for the forum, met"
    if len(clause) < 2 or not clause[0].is_word("who") or not clause[1].is_word("be", "travel"):
        return False
    if _comes_for(clause):
        return True
    return any(item.is_word("attended") or item.text.casefold() in plain_words("taking_part_in") for item in clause)


def _comes_for(clause: Sequence[Item]) -> bool:
    """Whether a clause before a gathering says that somebody is there for it: "who is here for the"."""
    words = [item for item in clause if not item.is_word("the")]
    if len(words) < 2 or words[-1].text.casefold() != "for":
        return False
    return words[-2].symbol in "LC" or words[-2].text.casefold() in plain_words("here")


def _clause_of(items: Sequence[Item], at: int) -> int:
    """The index at which the clause of an item begins: behind a comma or a person."""
    return next((index for index in range(at - 1, -1, -1) if items[index].symbol in ",PQR"), -1) + 1


def _is_over(items: Sequence[Item], at: int) -> bool:
    """Whether it is one of an earlier time: "after the summit", "for the first time since last year's forum"."""
    if preceded(items, at, "after", "since_word"):
        return True
    owned = at > 2 and items[at - 1].is_word("possessive") and items[at - 2].symbol == Symbol.TIME
    return owned and preceded(items, at - 2, "after", "since_word")


def _on_the_way(items: Sequence[Item], at: int) -> bool:
    """Whether somebody was only on the way to the gathering."""
    before = [item for item in items[max(0, at - 4) : at] if not item.is_word("the", "an")]
    return len(before) > 1 and before[-1].text == "to" and before[-2].text.casefold() in plain_words("under_way")


def _of_another(items: Sequence[Item], at: int, trigger: int) -> bool:
    """Whether somebody else is told to attend the gathering: "after the talks, X looks forward to Y attending it"."""
    near = range(at - 1, max(trigger, at - 4), -1)
    attends = next((i for i in near if items[i].is_word("attended") or items[i].text == "attending"), None)
    if attends is None or items[attends - 1].symbol not in "PN":
        return False
    return any(item.symbol == "," for item in items[trigger + 1 : attends - 1])


def _is_topic(items: Sequence[Item], at: int) -> bool:
    """Whether the gathering is only what they talked of or prepared: "discussed the outcome of the summit"."""
    before = [word for item in items[max(0, at - _TOPIC) : at] for word in item.text.casefold().split()]
    return not plain_words("talked_of").isdisjoint(before)


__all__ = ["Attached", "attach", "town_of", "when_stopped"]
