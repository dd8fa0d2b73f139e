"""Whether what a trigger names took place: held, planned, cancelled, postponed, or nothing that a graph may hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.item import Item
from kg.model.fact import Status

_REACH: Final = 14
_STOPS: Final = ";"


def _left(items: Sequence[Item], begin: int, trigger: int) -> list[Item]:
    """The items before the trigger that can govern it, the nearest first."""
    governed: list[Item] = []
    for at in range(trigger - 1, max(begin, trigger - _REACH) - 1, -1):
        item = items[at]
        if item.symbol in _STOPS or (item.is_word("but") and at < trigger - 1):
            break
        governed.append(item)
    return governed


def _right(items: Sequence[Item], trigger: int, end: int) -> list[Item]:
    return list(items[trigger + 1 : min(end, trigger + _REACH + 12)])


def of_verb(items: Sequence[Item], subject: int | None, trigger: int) -> Status | None:
    """The status of what a verb says; ``None`` where it is denied, wished or supposed.

    What governs a verb stands between its subject and itself, or just before the subject ("if", "whether").
    """
    begin = subject + 1 if subject is not None and subject < trigger else max(0, trigger - 6)
    between = list(items[begin:trigger])
    if subject is not None and subject > 0:
        lead = items[max(0, subject - 2) : subject]
        if any(item.is_word("hypothetical") and not item.is_word("modal_future") for item in lead):
            return None
    status = _governed(
        list(reversed(between)), infinitive=items[trigger].is_word("meet", "speaking", "receive", "holding")
    )
    return status


def _governed(nearest_first: Sequence[Item], *, infinitive: bool) -> Status | None:
    planned = False
    for distance, item in enumerate(nearest_first):
        if item.is_word("not", "no") or item.is_word("report_no"):
            if distance < 6:
                return None
        elif item.is_word("cancelled"):
            return Status.CANCELLED
        elif item.is_word("postponed"):
            return Status.POSTPONED
        elif item.is_word("modal_future", "will_take_place"):
            if not item.is_word("to"):
                planned = True
            elif distance < 3 and infinitive:
                planned = True
        elif item.is_word("hypothetical"):
            if distance < 8:
                return None
        elif item.is_word("verb", "said", "met", "held") and distance > 1 and not infinitive:
            break
    return Status.PLANNED if planned else Status.HELD


def of_noun(items: Sequence[Item], begin: int, trigger: int, end: int) -> Status | None:
    """The status of talks named by a noun: by what governs it on the left, then by its own predicate on the right."""
    after = _right(items, trigger, end)
    for distance, item in enumerate(after):
        if item.symbol in ";" or item.is_word("but"):
            break
        if item.symbol == "," and distance > 16:
            break
        if item.is_word("will_take_place", "modal_future") and not item.is_word("to"):
            return _unless_cancelled(after[distance:], Status.PLANNED)
        if item.is_word("cancelled"):
            return Status.CANCELLED
        if item.is_word("postponed"):
            return Status.POSTPONED
        if (
            item.is_word("not")
            and distance < 10
            and any(i.is_word("took_place") for i in after[distance : distance + 4])
        ):
            planned = any(
                i.is_word("planned", "thwarted", "will_take_place")
                for i in (*after[:distance], *items[max(begin, trigger - 4) : trigger])
            )
            return Status.CANCELLED if planned else None
        if item.is_word("took_place"):
            break
    governing = _left(items, begin, trigger)
    for distance, item in enumerate(governing):
        if item.is_word("cancelled"):
            return Status.CANCELLED
        if item.is_word("postponed"):
            return Status.POSTPONED
        if item.is_word("not", "no", "report_no") and distance < 6:
            return None
        if item.is_word("after", "during") and not item.is_word("planned", "before"):
            return Status.HELD
        if item.is_word("before", "planned", "modal_future") and not item.is_word("to") and distance < 8:
            if item.text.casefold() == "for" and distance > 3:
                continue
            return _hypothetical_before(governing[distance:], Status.PLANNED)
        if item.is_word("hypothetical") and distance < 8:
            return None
        if item.is_word("to") and distance < 4:
            return _hypothetical_before(governing[distance:], Status.PLANNED)
        if item.is_word("verb", "said", "held") and distance > 0:
            break
    return Status.HELD


def _hypothetical_before(governing: Sequence[Item], status: Status) -> Status | None:
    for item in governing[1:5]:
        if item.is_word("hypothetical") and not item.is_word("modal_future"):
            return None
        if item.is_word("not", "no"):
            return None
    return status


def _unless_cancelled(after: Sequence[Item], status: Status) -> Status | None:
    for item in after[:6]:
        if item.is_word("cancelled"):
            return Status.CANCELLED
        if item.is_word("postponed"):
            return Status.POSTPONED
        if item.is_word("not"):
            return None
    return status
