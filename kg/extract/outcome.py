"""Whether talks that a noun names took place: by their own predicate, else by what governs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.among import has_kind, has_word, says
from kg.extract.governing import directly_stopped, of_governing
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.modality import is_supposed, stopped_by
from kg.model.fact import Status

_OPENING: Final = 5  # items of a clause like "If it takes place,"
_REACH: Final = 14  # how far to the left a word can govern a noun
_NEAR: Final = 12  # how far to the right "is not" still belongs to the noun
_PREDICATE: Final = 26  # how far to the right a noun's own predicate can stand


def of_noun(items: Sequence[Item], begin: int, trigger: int, end: int) -> Status | None:
    """The status of talks named by a noun: by its own predicate on the right, else by what governs it on the left."""
    if _is_no_encounter(items, trigger) or _in_denied_report(items, trigger) or _if_only(items, trigger):
        return None
    stopped = directly_stopped(items, trigger)
    if stopped is not None:
        return stopped
    end = _end_of_opening(items, begin, trigger, end)
    told = next(_of_predicate(items, begin, trigger, end), None)
    return told.status if told is not None else _of_governed_noun(items, begin, trigger)


def _is_no_encounter(items: Sequence[Item], trigger: int) -> bool:
    """Whether the noun names no talks of people who are together: "indirect talks", "a trilateral format"."""
    return says(items[max(0, trigger - 1) : trigger], "indirect_talks") or says(
        items[trigger + 1 : trigger + 2], "formats"
    )


def _if_only(items: Sequence[Item], trigger: int) -> bool:
    """Whether the sentence opens by saying that the talks are not certain: "If realised, a meeting with X would be"."""
    comma = next((at for at, item in enumerate(items[:_OPENING]) if item.symbol == ","), None)
    return comma is not None and comma < trigger and items[0].text.casefold() == "if"


def _end_of_opening(items: Sequence[Item], begin: int, trigger: int, end: int) -> int:
    """Where the words about the talks end: at the comma of "After holding talks with X, Y said that prices will …"."""
    if not items[begin].is_word("after") or not items[begin + 1].is_word("holding", "meeting_ing", "having"):
        return end
    comma = next((at for at in range(trigger, end) if items[at].symbol == ","), end)
    return comma if has_word(items[comma + 1 : comma + 4], "said") else end


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What a predicate says: a status, or ``None`` for talks that a graph may not hold."""

    status: Status | None


def _of_predicate(items: Sequence[Item], begin: int, trigger: int, end: int) -> Iterator[_Verdict]:
    """What each word behind a noun says of it, as far as its predicate goes."""
    told_after = _is_adverbial(items, trigger)
    predicate = items[trigger + 1 : min(end, trigger + _PREDICATE)]
    for distance, item in enumerate(predicate):
        if item.is_word("but"):
            otherwise = _came_otherwise(predicate[distance + 1 : distance + 9])
            if otherwise is not None:
                yield _Verdict(otherwise)
        if _ends_predicate(item, distance, told_after=told_after):
            return
        before = items[max(begin, trigger - _REACH) : trigger]
        if _is_lined_up(item, predicate[distance + 1 : distance + 4]):
            yield _Verdict(None if any(i.is_word("no") for i in before[-3:]) else Status.PLANNED)
        yield from _said_by(predicate, distance, before)
        if item.is_word("took_place") and not any(
            i.is_word("thwarted", "modal_future") for i in predicate[max(0, distance - 2) : distance]
        ):
            if (
                item.text.casefold() in plain_words("over_now")
                and distance
                and predicate[distance - 1].is_word("which")
            ):
                yield _Verdict(Status.HELD)
            return


def _ends_predicate(item: Item, distance: int, *, told_after: bool) -> bool:
    """Whether the noun's predicate is over: "said after talks with X that trade would grow"."""
    if item.symbol == ";" or item.is_word("but") or (item.symbol == "," and distance > 16):
        return True
    return told_after and item.is_word("modal_future") and not item.is_word("will_take_place")


def _said_by(predicate: Sequence[Item], distance: int, before: Sequence[Item]) -> Iterator[_Verdict]:
    """What one word of the predicate says; ``before`` are the words that govern the noun."""
    item, following = predicate[distance], predicate[distance + 1 : distance + 4]
    if item.is_word("will_take_place", "modal_future") and not item.is_word("to"):
        stopped = _unless_stopped(predicate[distance:], Status.PLANNED)
        if stopped is Status.PLANNED and _was_moved(predicate, distance):
            stopped = Status.POSTPONED
        # "cancelled a meeting with X that had been planned for Friday": what stopped it stands before.
        governing = of_governing(before) if stopped is Status.PLANNED else None
        if governing is None and has_word(before[-3:], "no"):
            stopped = None  # "neither a meeting nor a phone call is planned"
        yield _Verdict(governing if governing in {Status.CANCELLED, Status.POSTPONED} else stopped)
    elif (stopped := stopped_by(item)) is not None:
        of_another = following and following[0].text.casefold() == "of"  # "after the cancellation of a meeting"
        if not (of_another or has_word(predicate[max(0, distance - 3) : distance], "not")):
            yield _Verdict(stopped)  # not for "has not been cancelled, only postponed"
    elif item.is_word("not") and _negates_predicate(predicate, distance):
        planned = (*predicate[:distance], *before[-4:])
        arranged = has_word(planned, "planned", "thwarted", "will_take_place")
        yield _Verdict(Status.CANCELLED if arranged else None)
    elif (
        _is_open(item, following)
        or _is_left_open(item, before)
        or (item.text.casefold() in plain_words("might_have") and has_word(following, "planned", "held", "took_place"))
        or _is_a_topic(predicate, distance)
        or (item.text.casefold() in plain_words("stalled") and has_word(before, "planned"))
    ):
        yield _Verdict(None)


def _is_lined_up(item: Item, following: Sequence[Item]) -> bool:
    """Whether "is" and the words behind it say that the talks are still to come: "is also planned"."""
    if item.text.casefold() not in {"is", "are"}:
        return False
    said = next((each for each in following if not each.is_word("also")), None)
    return said is not None and said.text.casefold() in plain_words("lined_up")


def _was_moved(predicate: Sequence[Item], distance: int) -> bool:
    """Whether another day is told before the one that is meant now: "originally set for Monday, will now be in May"."""
    before = [item.text.casefold() for item in predicate[:distance]]
    return any(word.startswith(("originally", "initially", "first set")) for word in before) and any(
        "now" in item.text.casefold().split() for item in predicate[distance : distance + 8]
    )


def _is_open(item: Item, following: Sequence[Item]) -> bool:
    """Whether it is left open whether the talks come about: "is possible", "might take place"."""
    if item.is_word("be") and following and following[0].text.casefold() == "what":
        return True  # "an audience is what she wants"
    if item.text.casefold() in plain_words("may_be") and following:
        return following[0].text.casefold() in plain_words("to_happen") or following[0].is_word("took_place")
    return item.is_word("be") and any(map(is_supposed, following)) and not any(map(stopped_by, following[:2]))


def _is_left_open(item: Item, before: Sequence[Item]) -> bool:
    """Whether talks are still to be wished for: "remained a wish", "made a meeting with X dependent on a truce"."""
    words = item.text.casefold()
    depends = words in plain_words("made_to_depend") and any(i.text in {"made", "makes", "make"} for i in before)
    return depends or words in plain_words("left_open")


def _is_a_topic(predicate: Sequence[Item], distance: int) -> bool:
    """Whether talks of no day are only spoken of: "talks between X and Y were among the topics"."""
    among = distance and predicate[distance - 1].is_word("be") and predicate[distance].text.casefold() == "among"
    return bool(among) and says(predicate[distance:][1:3], "topics") and not has_kind(predicate[:distance], "T")


def _is_adverbial(items: Sequence[Item], trigger: int) -> bool:
    """Whether "after" or "following" stands before the noun, so that what follows is not its predicate."""
    at = trigger - 1
    while at >= 0 and (
        items[at].is_word("the", "an", "his", "their", "adjective", "brief", "first_meeting", "holding")
        or items[at].symbol in "UwA0-"
    ):
        at -= 1
    return at >= 0 and items[at].is_word("after", "during") and not items[at].is_word("since_word", "planned")


def _in_denied_report(items: Sequence[Item], trigger: int) -> bool:
    """Whether the noun stands in what somebody denies: "denied reports that X had been given a meeting"."""
    near = True  # whether only names stand between: "denies X-Y meeting was cancelled"
    for that in range(trigger - 1, -1, -1):
        if items[that].symbol == ";":
            return False
        if near and items[that].is_word("denial") and not items[that].is_word("modal_future"):
            return True
        named = items[that].symbol in "PQRGAC'-" or items[that].is_word("the", "an", "adjective", "possessive")
        near = near and named
        if items[that].text.casefold().startswith("that") and items[that].symbol != "t":
            before = items[max(0, that - 8) : that]
            return any(i.is_word("denial") and not i.is_word("modal_future") for i in before)
    return False


def _came_otherwise(words: Sequence[Item]) -> Status | None:
    """Cancelled or postponed, where the words behind "but" say that the talks did not come about."""
    for at, item in enumerate(words):
        stopped = stopped_by(item)
        if stopped is not None:
            return stopped
        if item.is_word("not") and has_word(words[at : at + 4], "took_place"):
            return Status.CANCELLED
        if item.symbol in "PQ":
            break
    return None


def _negates_predicate(predicate: Sequence[Item], at: int) -> bool:
    """Whether "not" says that the talks did not come about: "is not planned", "could not, in the end, happen"."""
    if _did_not_happen(predicate, at):
        return True
    return at < _NEAR and at > 0 and predicate[at - 1].is_word("be")


def _did_not_happen(predicate: Sequence[Item], at: int) -> bool:
    behind = predicate[at : at + 4]
    return has_word(behind, "took_place") or says(behind, "come_about")


def _of_governed_noun(items: Sequence[Item], begin: int, trigger: int) -> Status | None:
    """The status that the words before a noun give it, the nearest first."""
    return of_governing(items[max(begin, trigger - _REACH) : trigger])


def _unless_stopped(predicate: Sequence[Item], status: Status) -> Status | None:
    stopped = next(filter(None, map(stopped_by, predicate[:14])), None)
    if stopped is not None:
        return stopped
    if has_word(predicate[:3], "not"):
        return None
    fell_through = any(item.is_word("not") and _did_not_happen(predicate, at) for at, item in enumerate(predicate))
    return Status.CANCELLED if fell_through else status


__all__ = ["of_noun"]
