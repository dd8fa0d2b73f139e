"""Whether what a trigger names took place: held, planned, cancelled, postponed, or nothing that a graph may hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.model.fact import Status

_REACH: Final = 14  # how far to the left a word can govern a noun
_PREDICATE: Final = 26  # how far to the right a noun's own predicate can stand
_GOVERNING: Final = (
    ("denied", ("not", "no", "report_no")),
    ("cancelled", ("cancelled",)),
    ("postponed", ("postponed",)),
    ("ahead", ("modal_future", "will_take_place")),
    ("supposed", ("hypothetical",)),
    ("verb", ("verb", "said", "met", "held")),
)
_STOPPED: Final = {"cancelled": Status.CANCELLED, "postponed": Status.POSTPONED}


def of_verb(items: Sequence[Item], subject: int | None, trigger: int) -> Status | None:
    """The status of what a verb says; ``None`` where it is denied, wished or supposed.

    What governs a verb stands between its subject and itself, or before the subject ("denied that", "if").
    """
    begin = subject + 1 if subject is not None and subject < trigger else max(0, trigger - 6)
    between = items[begin:trigger]
    if subject is not None and _doubted(items, subject, trigger):
        return None
    if any(item.is_word("thwarted") for item in between):
        stopped = next(filter(None, map(_stopped, items[trigger + 1 :])), None)
        if stopped is not None:
            return stopped
        if subject is not None and any(i.is_word("who", "which", "where") for i in items[max(0, subject - 2) : subject]):
            stopped = next(filter(None, map(_stopped, items[max(0, subject - 10) : subject])), None)
            if stopped is not None:
                return stopped  # "cancelled his trip to Lima, where he was to meet X"
        return Status.CANCELLED if _thwarted(items, trigger) else Status.PLANNED
    return _governed(
        between[::-1], infinitive=items[trigger].is_word("meet", "speaking", "receive", "holding", "join", "call")
    )


def _governed(nearest_first: Sequence[Item], *, infinitive: bool) -> Status | None:
    """The status that the words before a verb give it."""
    planned = False
    for distance, item in enumerate(nearest_first):
        kind = _kind_of(item)
        if (kind == "denied" and distance < 6) or (kind == "supposed" and distance < 8):
            return None
        if kind in _STOPPED:
            return _STOPPED[kind]
        if kind == "ahead":
            planned = planned or not item.is_word("to") or (distance < 3 and infinitive)
        elif kind == "verb" and distance > 1 and not infinitive:
            break
    return Status.PLANNED if planned else Status.HELD


def _kind_of(item: Item) -> str:
    """What a word before a verb does to it; the first of the kinds of which it is."""
    if not item.classes:
        return ""
    return next((kind for kind, classes in _GOVERNING if item.is_word(*classes)), "")


def _stopped(item: Item) -> Status | None:
    """Cancelled or postponed, where the word says so."""
    if item.is_word("cancelled"):
        return Status.CANCELLED
    return Status.POSTPONED if item.is_word("postponed") else None


def _thwarted(items: Sequence[Item], trigger: int) -> bool:
    """Whether the sentence goes on to say that it came otherwise ("was due to meet X but …")."""
    return any(item.is_word("but") or item.text.casefold() in plain_words("otherwise") for item in items[trigger + 1 :])


def _doubted(items: Sequence[Item], subject: int, trigger: int) -> bool:
    """Whether the words around deny or doubt the clause: "denied that X met Y", "the report that X met Y is false"."""
    return (
        _doubted_before(items, subject)
        or _called_false(items, subject, trigger)
        or _conditional(items, subject, trigger)
    )


def _doubted_before(items: Sequence[Item], subject: int) -> bool:
    if subject and items[subject - 1].text in {"Had", "Should", "Were"}:
        return True  # "Had X met Y, …"
    if any(item.text.casefold() in plain_words("claiming") for item in items[max(0, subject - 2) : subject]):
        return True
    if (
        subject
        and items[subject - 1].is_word("that")
        and any(
            item.is_word("hypothetical") and not item.is_word("modal_future")
            for item in items[max(0, subject - 5) : subject - 1]
        )
    ):
        return True
    for at in range(subject - 1, max(-1, subject - 9), -1):
        item = items[at]
        near = at >= subject - 2
        if item.symbol == ";" or (item.symbol == "," and not near) or item.is_word("but"):
            return False
        if item.is_word("denial") and not item.is_word("modal_future"):
            return True
        if near and item.is_word("not", "no", "hypothetical") and not item.is_word("modal_future"):
            return True
    return False


def _called_false(items: Sequence[Item], subject: int, trigger: int) -> bool:
    if not any(item.text.casefold() in plain_words("reports") for item in items[:subject]):
        return False
    after = items[trigger + 1 :]
    return any(
        item.is_word("be")
        and any(i.is_word("denial") and not i.is_word("modal_future") for i in after[at + 1 : at + 3])
        for at, item in enumerate(after)
    )


def _conditional(items: Sequence[Item], subject: int, trigger: int) -> bool:
    if not any(item.text.casefold() in plain_words("conditional") for item in items[subject:trigger]):
        return False
    return any(item.text.casefold() in plain_words("conditions") for item in items[trigger + 1 :])


def of_noun(items: Sequence[Item], begin: int, trigger: int, end: int) -> Status | None:
    """The status of talks named by a noun: by its own predicate on the right, else by what governs it on the left."""
    if _in_denied_report(items, trigger):
        return None
    told_after = _is_adverbial(items, trigger)
    predicate = items[trigger + 1 : min(end, trigger + _PREDICATE)]
    for distance, item in enumerate(predicate):
        if item.is_word("but"):
            otherwise = _came_otherwise(predicate[distance + 1 : distance + 9])
            if otherwise is not None:
                return otherwise
        if item.symbol == ";" or item.is_word("but") or (item.symbol == "," and distance > 16):
            break
        if item.is_word("modal_future") and told_after and not item.is_word("will_take_place"):
            break  # "said after talks with X that trade would grow"
        if item.is_word("will_take_place", "modal_future") and not item.is_word("to"):
            stopped = _unless_stopped(predicate[distance:], Status.PLANNED)
            # "cancelled a meeting with X that had been planned for Friday": what stopped it stands before.
            governing = _of_governed_noun(items, begin, trigger) if stopped is Status.PLANNED else None
            return governing if governing in {Status.CANCELLED, Status.POSTPONED} else stopped
        stopped = _stopped(item)
        if stopped is not None:
            return stopped
        if item.is_word("not") and distance < 12 and _negates_predicate(predicate, distance):
            planned = (*predicate[:distance], *items[max(begin, trigger - 4) : trigger])
            arranged = any(i.is_word("planned", "thwarted", "will_take_place") for i in planned)
            return Status.CANCELLED if arranged else None
        if item.is_word("be") and not any(map(_stopped, predicate[distance + 1 : distance + 3])) and any(
            i.is_word("hypothetical") and not i.is_word("modal_future") for i in predicate[distance + 1 : distance + 4]
        ):
            return None
        if item.is_word("took_place") and not any(
            i.is_word("thwarted", "modal_future") for i in predicate[max(0, distance - 2) : distance]
        ):
            break
    return _of_governed_noun(items, begin, trigger)


def _is_adverbial(items: Sequence[Item], trigger: int) -> bool:
    """Whether "after" or "following" stands before the noun, so that what follows is not its predicate."""
    at = trigger - 1
    while at >= 0 and (
        items[at].is_word("the", "an", "his", "their", "adjective", "brief", "first_meeting")
        or items[at].symbol in "UwA0-"
    ):
        at -= 1
    return at >= 0 and items[at].is_word("after", "during") and not items[at].is_word("since_word", "planned")


def _in_denied_report(items: Sequence[Item], trigger: int) -> bool:
    """Whether the noun stands in what somebody denies: "denied reports that X had been given a meeting"."""
    for that in range(trigger - 1, -1, -1):
        if items[that].symbol == ";":
            return False
        if items[that].text.casefold().startswith("that") and items[that].symbol != "t":
            before = items[max(0, that - 8) : that]
            return any(i.is_word("denial") and not i.is_word("modal_future") for i in before)
    return False


def _came_otherwise(words: Sequence[Item]) -> Status | None:
    """Cancelled or postponed, where the words behind "but" say that the talks did not come about."""
    for at, item in enumerate(words):
        stopped = _stopped(item)
        if stopped is not None:
            return stopped
        if item.is_word("not") and any(i.is_word("took_place") for i in words[at : at + 4]):
            return Status.CANCELLED
        if item.symbol in "PQ":
            break
    return None


def _negates_predicate(predicate: Sequence[Item], at: int) -> bool:
    follows_be = at > 0 and predicate[at - 1].is_word("be")
    return follows_be or any(i.is_word("took_place") for i in predicate[at : at + 4])


def _of_governed_noun(items: Sequence[Item], begin: int, trigger: int) -> Status | None:
    """The status that the words before a noun give it, the nearest first."""
    governing: list[Item] = []
    for at in range(trigger - 1, max(begin, trigger - _REACH) - 1, -1):
        if items[at].symbol == ";" or (items[at].is_word("but") and at < trigger - 1):
            break
        governing.append(items[at])
    return next(_verdicts(governing), Status.HELD)


def _verdicts(governing: Sequence[Item]) -> Iterator[Status | None]:
    """What each word before a noun says of it, as far as the verb that governs it."""
    for distance, item in enumerate(governing[: _verb_in(governing)]):
        stopped = _stopped(item)
        if stopped is not None:
            yield stopped
        elif item.is_word("not", "no", "report_no") and distance < 9:
            yield None
        elif item.is_word("after", "during") and not item.is_word("planned", "before"):
            yield _stopped_further(governing[distance + 1 : distance + 5])
        elif item.text.casefold() == "for" and _was_there(governing[distance + 1 :]):
            yield Status.HELD
        elif _is_ahead(item, distance):
            yield _unless_doubted(governing[distance:])
        elif item.is_word("hypothetical", "denial") and distance < 8 and not item.is_word("modal_future"):
            yield None
        elif item.is_word("to") and distance < 4:
            yield _unless_doubted(governing[distance:])


def _verb_in(governing: Sequence[Item]) -> int:
    """The index behind the first verb of its own before a noun."""
    for at, item in enumerate(governing):
        if at and item.is_word("verb", "said", "held") and not item.is_word("aux"):
            return at + 3 if item.is_word("holding", "meet", "receive") else at + 1
    return len(governing)


def _was_there(governing: Sequence[Item]) -> bool:
    """Whether "for" follows a stay that is over: "was in Lima on Thursday for talks with"."""
    for at, item in enumerate(governing[:9]):
        if item.symbol in ";P":
            return False
        if item.text.casefold() == "found":  # "found time on Monday for talks with"
            return True
        if item.text.casefold() in {"was", "were"} and at:
            return governing[at - 1].is_word("in", "at")
    return False


def _is_ahead(item: Item, distance: int) -> bool:
    """Whether the word says that the talks are still to come."""
    if item.is_word("to") or not item.is_word("before", "planned", "modal_future"):
        return False
    if distance >= (12 if item.is_word("modal_future") else 8):
        return False
    return distance <= 3 or item.text.casefold() != "for"


def _stopped_further(governing: Sequence[Item]) -> Status | None:
    """The status of "in talks with": held, unless what leads to it is stopped ("cancels participation in a summit")."""
    for item in governing:
        stopped = _stopped(item)
        if stopped is not None:
            return stopped
        if item.is_word("not", "report_no", "denial"):
            return None
        if item.is_word("modal_future") and item.text.casefold() not in {"to", "would", "in order to"}:
            return Status.PLANNED
        if item.is_word("verb", "said", "held"):
            break
    return Status.HELD


def _unless_doubted(governing: Sequence[Item]) -> Status | None:
    if governing[0].text.casefold() == "for":  # "has delayed his trip to Doha for talks with X"
        stopped = next(filter(None, map(_stopped, governing[1:10])), None)
        if stopped is not None:
            return stopped
    for item in governing[1:5]:
        if item.is_word("hypothetical") and not item.is_word("modal_future"):
            return None
        if item.is_word("not", "no"):
            return None
    return Status.PLANNED


def _unless_stopped(predicate: Sequence[Item], status: Status) -> Status | None:
    stopped = next(filter(None, map(_stopped, predicate[:14])), None)
    if stopped is not None:
        return stopped
    return None if any(item.is_word("not") for item in predicate[:3]) else status
