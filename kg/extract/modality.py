"""Whether what a trigger names took place: held, planned, cancelled, postponed, or nothing that a graph may hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kg.extract.among import has_kind, has_word, says
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.model.fact import Status

_GOVERNING: Final = (
    ("denied", ("not", "no", "report_no")),
    ("cancelled", ("cancelled",)),
    ("postponed", ("postponed",)),
    ("ahead", ("modal_future", "will_take_place")),
    ("supposed", ("hypothetical",)),
    ("verb", ("verb", "said", "met", "held")),
)
_GOVERNORS: Final = tuple(name for _, classes in _GOVERNING for name in classes)
_STOPPED: Final = {"cancelled": Status.CANCELLED, "postponed": Status.POSTPONED}


def of_verb(items: Sequence[Item], subject: int | None, trigger: int) -> Status | None:
    """The status of what a verb says; ``None`` where it is denied, wished or supposed.

    What governs a verb stands between its subject and itself, or before the subject ("denied that", "if").
    """
    begin = _behind_parenthesis(items, subject, trigger)
    between = items[begin:trigger]
    if subject is not None and _doubted(items, subject, trigger):
        return None
    if has_word(between, "thwarted"):
        return _of_thwarted(items, subject, trigger)
    if _only_then(items[trigger + 1 :]) or _is_offer(items[trigger + 1 :]):
        return None
    if _merely_would(items, begin, trigger) or says(items[trigger + 1 : trigger + 3], "indirect_talks"):
        return None
    status = _governed(
        between[::-1], infinitive=items[trigger].is_word("meet", "speaking", "receive", "holding", "join", "call")
    )
    if status is Status.HELD and _goes_on(items, subject, trigger):
        status = _of_what_precedes(items[:subject])
    elif status is Status.HELD and (opened := _opens_infinitives(between, items[trigger])) is not None:
        status = _governed(between[: opened + 1][::-1], infinitive=True)
    if status is Status.PLANNED and (_depends(items[trigger + 1 :]) or _is_asked(items, subject)):
        return None
    return status


def _goes_on(items: Sequence[Item], subject: int | None, trigger: int) -> bool:
    """Whether a present tells what follows something else: "will be welcomed at noon before he meets X"."""
    if not subject or subject > trigger or not items[trigger].text.casefold().split()[0].endswith("s"):
        return False
    return items[subject - 1].text.casefold() in plain_words("then_in_turn")


def _of_what_precedes(before: Sequence[Item]) -> Status | None:
    """The status that something else gives to what follows it; ``None`` in "a truce must hold before X meets Y"."""
    if any(map(is_supposed, before)):
        return None
    ahead = any(
        item.is_word("will_take_place") or (item.is_word("modal_future") and item.text.casefold() != "to")
        for item in before
    )
    return Status.PLANNED if ahead else Status.HELD


def _opens_infinitives(between: Sequence[Item], verb: Item) -> int | None:
    """Where "to" stands of which a verb behind "and" is the second: "expects to attend the session and hold talks"."""
    if verb.text.casefold().split()[0] not in plain_words("bare_verbs"):
        return None
    end = len(between)
    while end and between[end - 1].is_word("also", "then", "separately"):
        end -= 1
    if not end or not between[end - 1].is_word("and"):
        return None
    for at in range(end - 3, -1, -1):
        if between[at].symbol in ";:" or between[at].is_word("that", "who", "which"):
            return None
        opens = between[at].text.casefold().split()[-1] == "to"
        if opens and between[at + 1].text.islower() and not between[at + 1].is_word("the", "an", "his", "their"):
            return at
    return None


def _behind_parenthesis(items: Sequence[Item], subject: int | None, trigger: int) -> int:
    """Where the words that govern a verb begin: behind its subject and a clause about it ("X, who will go, met Y")."""
    if subject is None or subject >= trigger:
        return max(0, trigger - 6)
    begin = subject + 1
    opening = items[begin + 1 : begin + 3]  # "who", "of whom", "through whose mediation"
    if trigger - begin > 2 and items[begin].symbol == "," and has_word(opening, "who", "whose", "whom"):
        return next((at + 1 for at in range(trigger - 1, begin + 1, -1) if items[at].symbol == ","), begin)
    return begin


def _merely_would(items: Sequence[Item], begin: int, trigger: int) -> bool:
    """Whether "would" tells of what might be: nobody says so of what is to come, and no time is given for it."""
    if not any(item.text.casefold() == "would" for item in items[begin:trigger]):
        return False
    end = next((at for at in range(trigger, len(items)) if items[at].symbol in ",;"), len(items))
    dated = has_kind(items[:end], "T")
    return not dated and not has_word(items, "said", "planned", "will_take_place")


def _only_then(behind: Sequence[Item]) -> bool:
    """Whether the words behind a verb make it wait for something: "will meet X only once the sailors are free"."""
    for item, after in pairwise(behind):
        if item.text[:4].casefold() == "only":
            words = f"{item.text} {after.text}".casefold().split()
            if words[0] == "only" and words[1] in plain_words("only_then"):
                return True
    return False


def _depends(behind: Sequence[Item]) -> bool:
    """Whether a plan has a condition: "will meet X on Friday if the schedule allows", no "X, to ask if prices fall"."""
    for item, after in zip(behind, (*behind[1:], None), strict=True):
        if item.text.casefold() in plain_words("conditions"):
            return True
        goes = item.is_word("to") and after is not None and (after.symbol in "LCN" or after.is_word("the"))
        goes = goes or item.text == "again"
        if item.symbol not in "PQRGLCT," and not goes and not item.is_word("in", "on", "at", "the", "his", "with"):
            return False
    return False


def _is_asked(items: Sequence[Item], subject: int | None) -> bool:
    """Whether somebody only asks about a plan: "was asked when he would meet X"."""
    return (
        subject is not None
        and subject > 1
        and items[subject - 1].is_word("where")
        and items[subject - 2].is_word("telling")
        and items[subject - 2].text.casefold() == "asked"
    )


def _is_offer(behind: Sequence[Item]) -> bool:
    """Whether the words behind a verb leave open when or where it is done: "is prepared to meet X at any time"."""
    end = next((at for at, item in enumerate(behind) if item.symbol in ";,"), len(behind))
    clause = behind[:end]
    if says(clause, "whenever"):
        return True
    return says(clause, "of_offers") and any(
        item.text.casefold() == "any" and after.text.casefold() in plain_words("of_offers")
        for item, after in pairwise(clause)
    )


def _of_thwarted(items: Sequence[Item], subject: int | None, trigger: int) -> Status | None:
    """The status of what was to be: what stopped it stands behind it or, before a relative clause, before it.

    ``None`` for what was hoped for, unless the words say that it was stopped.
    """
    words = list(items[trigger + 1 :])
    before = items[max(0, subject - 10) : subject] if subject is not None else ()
    if has_word(before[-2:], "who", "which", "where") or _is_trip_before(before):
        words += before  # "cancelled his trip to Lima, where he was to meet X"
    stopped = next(filter(None, map(stopped_by, words)), None)
    if stopped is not None or any(is_supposed(item) for item in items[max(0, trigger - 4) : trigger]):
        return stopped
    return Status.CANCELLED if _thwarted(items, trigger) else Status.PLANNED


def _is_trip_before(words: Sequence[Item]) -> bool:
    """Whether the words tell of a trip and what it came before: "scrapped her trip hours before she was to meet X"."""
    ends = bool(words) and words[-1].text.casefold().split()[-1] == "before"
    return ends and has_word(words, "trip", "travel", "visited", "talks")


def _governed(nearest_first: Sequence[Item], *, infinitive: bool) -> Status | None:
    """The status that the words before a verb give it."""
    planned = False
    for distance, item in enumerate(nearest_first):
        if planned and item.symbol == ",":
            break  # "X, who came at Y's invitation, is to meet Z"
        kind = _kind_of(item)
        if (kind == "denied" and distance < 6) or (kind == "supposed" and distance < 8):
            return None
        if kind in _STOPPED:
            return _STOPPED[kind]
        if infinitive and not distance and item.is_word("visited") and item.text.casefold().endswith(" to"):
            planned = True  # "the occasion of a visit to meet X"
        if kind == "ahead":
            planned = planned or not item.is_word("to") or (distance < 3 and infinitive)
        elif kind == "verb" and distance > 1 and not infinitive:
            break
    return Status.PLANNED if planned else Status.HELD


def _kind_of(item: Item) -> str:
    """What a word before a verb does to it; the first of the kinds of which it is."""
    if not item.is_word(*_GOVERNORS):
        return ""
    return next((kind for kind, classes in _GOVERNING if item.is_word(*classes)), "")


def is_supposed(item: Item) -> bool:
    """Whether the word says that something is wished or supposed, not that it is planned."""
    return item.is_word("hypothetical") and not item.is_word("modal_future")


def stopped_by(item: Item) -> Status | None:
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
    if subject > 1 and items[subject - 1].is_word("aux", "modal_future") and _is_negative(items[: subject - 1]):
        return True  # "at no point did X meet Y", "nor has X met Y"
    if says(items[max(0, subject - 2) : subject], "claiming"):
        return True
    if _is_called_on(items, subject) or (subject and items[subject - 1].text.casefold() in plain_words("every")):
        return True
    return _of_nobody(items, subject) or _in_supposed_clause(items, subject) or _denied_before(items, subject)


def _of_nobody(items: Sequence[Item], subject: int) -> bool:
    """Whether nobody says or knows so: "nobody believes that X met Y", "no one recalls when X met Y"."""
    opening = " ".join(item.text for item in items[: 2 if items[0].is_word("no") else 1]).casefold()
    return subject > 1 and opening in plain_words("nobody")


def _is_called_on(items: Sequence[Item], subject: int) -> bool:
    """Whether the subject is asked to do something: "called on both sides to meet", "wants X to meet Y"."""
    following = items[subject + 1] if subject + 1 < len(items) else None
    if not subject or following is None or not following.is_word("to"):
        return False
    asking = items[subject - 1]
    return asking.is_word("called_on") or asking.text.casefold() in plain_words("asking_others")


def _is_negative(opening: Sequence[Item]) -> bool:
    """Whether the words before an auxiliary that stands before its subject deny: "at no point", "never", "not once".

    "Not until Monday" and "not once but twice" do not.
    """
    clause = next((at + 1 for at in range(len(opening) - 1, -1, -1) if opening[at].symbol == ";"), 0)
    words = opening[clause:][:6]
    return has_word(words, "not", "no") and not says(words, "at_last")


def _in_supposed_clause(items: Sequence[Item], subject: int) -> bool:
    """Whether the subject opens what somebody hopes or supposes: "voiced hope that X would meet Y"."""
    joined = items[subject].text.casefold().startswith("that ")  # the article of a title is part of it
    if not subject or not (joined or items[subject - 1].is_word("that")):
        return False
    end = subject if joined else subject - 1
    before = items[max(0, end - 4) : end]
    if end and items[end - 1].text.casefold() == "time" and says(items[max(0, end - 6) : end], "only_would"):
        return True  # "it would be the first time that X met Y"
    if before and before[-1].text.casefold() in plain_words("reports"):  # "described as false a report that X met Y"
        return not any(item.text.casefold().startswith("confirm") for item in items[:end])
    return any(is_supposed(item) or item.text.casefold() in plain_words("proposing") for item in before)


def _denied_before(items: Sequence[Item], subject: int) -> bool:
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
    opens = items[subject].text.startswith("That ") or (subject and items[subject - 1].text == "That")
    if not opens and not says(items[:subject], "reports"):
        return False
    after = items[trigger + 1 :]
    return any(
        item.is_word("be")
        and any(i.is_word("denial") and not i.is_word("modal_future") for i in after[at + 1 : at + 3])
        for at, item in enumerate(after)
    )


def _conditional(items: Sequence[Item], subject: int, trigger: int) -> bool:
    if not says(items[subject:trigger], "conditional"):
        return False
    return says(items[trigger + 1 :], "conditions")


__all__ = ["is_supposed", "of_verb", "stopped_by"]
