"""Whether what a trigger names took place: held, planned, cancelled, postponed, or nothing that a graph may hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.item import Item
from kg.model.fact import Status

_REACH: Final = 14  # how far to the left a word can govern a noun
_PREDICATE: Final = 26  # how far to the right a noun's own predicate can stand
_REPORTS: Final = frozenset({"report", "reports", "claim", "claims", "story", "stories", "rumour", "rumours"})


def of_verb(items: Sequence[Item], subject: int | None, trigger: int) -> Status | None:
    """The status of what a verb says; ``None`` where it is denied, wished or supposed.

    What governs a verb stands between its subject and itself, or before the subject ("denied that", "if").
    """
    begin = subject + 1 if subject is not None and subject < trigger else max(0, trigger - 6)
    between = items[begin:trigger]
    if subject is not None and _doubted(items, subject, trigger):
        return None
    if any(item.is_word("thwarted") for item in between):
        return Status.CANCELLED if _thwarted(items, trigger) else Status.PLANNED
    return _governed(between[::-1], infinitive=items[trigger].is_word("meet", "speaking", "receive", "holding"))


def _governed(nearest_first: Sequence[Item], *, infinitive: bool) -> Status | None:
    """The status that the words before a verb give it."""
    planned = False
    for distance, item in enumerate(nearest_first):
        if item.is_word("not", "no", "report_no"):
            if distance < 6:
                return None
        elif item.is_word("cancelled"):
            return Status.CANCELLED
        elif item.is_word("postponed"):
            return Status.POSTPONED
        elif item.is_word("modal_future", "will_take_place"):
            planned = planned or not item.is_word("to") or (distance < 3 and infinitive)
        elif item.is_word("hypothetical"):
            if distance < 8:
                return None
        elif item.is_word("verb", "said", "met", "held") and distance > 1 and not infinitive:
            break
    return Status.PLANNED if planned else Status.HELD


def _thwarted(items: Sequence[Item], trigger: int) -> bool:
    """Whether the sentence goes on to say that it came otherwise ("was due to meet X but …")."""
    return any(item.is_word("but") or item.text.casefold() in {"without", "instead"} for item in items[trigger + 1 :])


def _doubted(items: Sequence[Item], subject: int, trigger: int) -> bool:
    """Whether the words around deny or doubt the clause: "denied that X met Y", "the report that X met Y is false"."""
    return (
        _doubted_before(items, subject)
        or _called_false(items, subject, trigger)
        or _conditional(items, subject, trigger)
    )


def _doubted_before(items: Sequence[Item], subject: int) -> bool:
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
    if not any(item.text.casefold() in _REPORTS for item in items[:subject]):
        return False
    after = items[trigger + 1 :]
    return any(
        item.is_word("be")
        and any(i.is_word("denial") and not i.is_word("modal_future") for i in after[at + 1 : at + 3])
        for at, item in enumerate(after)
    )


def _conditional(items: Sequence[Item], subject: int, trigger: int) -> bool:
    if not any(item.text.casefold() in {"would", "could"} for item in items[subject:trigger]):
        return False
    return any(item.text.casefold() in {"if", "unless", "provided"} for item in items[trigger + 1 :])


def of_noun(items: Sequence[Item], begin: int, trigger: int, end: int) -> Status | None:
    """The status of talks named by a noun: by its own predicate on the right, else by what governs it on the left."""
    predicate = items[trigger + 1 : min(end, trigger + _PREDICATE)]
    for distance, item in enumerate(predicate):
        if item.symbol == ";" or item.is_word("but") or (item.symbol == "," and distance > 16):
            break
        if item.is_word("will_take_place", "modal_future") and not item.is_word("to"):
            return _unless_stopped(predicate[distance:], Status.PLANNED)
        if item.is_word("cancelled"):
            return Status.CANCELLED
        if item.is_word("postponed"):
            return Status.POSTPONED
        if item.is_word("not") and distance < 12 and _negates_predicate(predicate, distance):
            planned = (*predicate[:distance], *items[max(begin, trigger - 4) : trigger])
            arranged = any(i.is_word("planned", "thwarted", "will_take_place") for i in planned)
            return Status.CANCELLED if arranged else None
        if item.is_word("be") and any(
            i.is_word("hypothetical") and not i.is_word("modal_future") for i in predicate[distance + 1 : distance + 4]
        ):
            return None
        if item.is_word("took_place"):
            break
    return _of_governed_noun(items, begin, trigger)


def _negates_predicate(predicate: Sequence[Item], at: int) -> bool:
    follows_be = at > 0 and predicate[at - 1].is_word("be")
    return follows_be or any(i.is_word("took_place") for i in predicate[at : at + 4])


def _of_governed_noun(items: Sequence[Item], begin: int, trigger: int) -> Status | None:
    governing: list[Item] = []
    for at in range(trigger - 1, max(begin, trigger - _REACH) - 1, -1):
        if items[at].symbol == ";" or (items[at].is_word("but") and at < trigger - 1):
            break
        governing.append(items[at])
    for distance, item in enumerate(governing):
        if item.is_word("cancelled"):
            return Status.CANCELLED
        if item.is_word("postponed"):
            return Status.POSTPONED
        if item.is_word("not", "no", "report_no") and distance < 6:
            return None
        if item.is_word("after", "during") and not item.is_word("planned", "before"):
            return _stopped_further(governing[distance + 1 : distance + 5])
        if item.is_word("before", "planned", "modal_future") and not item.is_word("to") and distance < 8:
            if item.text.casefold() == "for" and distance > 3:
                continue
            return _unless_doubted(governing[distance:])
        if item.is_word("hypothetical", "denial") and distance < 8 and not item.is_word("modal_future"):
            return None
        if item.is_word("to") and distance < 4:
            return _unless_doubted(governing[distance:])
        if item.is_word("verb", "said", "held") and not item.is_word("aux") and distance > 0:
            break
    return Status.HELD


def _stopped_further(governing: Sequence[Item]) -> Status | None:
    """The status of "in talks with": held, unless what leads to it is stopped ("cancels participation in a summit with")."""
    for item in governing:
        if item.is_word("cancelled"):
            return Status.CANCELLED
        if item.is_word("postponed"):
            return Status.POSTPONED
        if item.is_word("not", "report_no", "denial"):
            return None
        if item.is_word("verb", "said", "held"):
            break
    return Status.HELD


def _unless_doubted(governing: Sequence[Item]) -> Status | None:
    for item in governing[1:5]:
        if item.is_word("hypothetical") and not item.is_word("modal_future"):
            return None
        if item.is_word("not", "no"):
            return None
    return Status.PLANNED


def _unless_stopped(predicate: Sequence[Item], status: Status) -> Status | None:
    for item in predicate[:14]:
        if item.is_word("cancelled"):
            return Status.CANCELLED
        if item.is_word("postponed"):
            return Status.POSTPONED
    if any(item.is_word("not") for item in predicate[:3]):
        return None
    return status
