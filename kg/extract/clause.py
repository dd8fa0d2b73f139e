"""The walk through a sentence: whose verb it is, where its clause begins and ends, what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.among import has_kind, has_word
from kg.extract.item import Item
from kg.extract.lexicon import plain_words

PEOPLE: Final = "PQGR"
PARTIES: Final = "PQGRCDO"
_PREPOSITIONS: Final = (
    "with", "of", "by", "between", "from", "for", "to", "at", "on", "in", "during", "after", "before", "via", "as",
    "including", "led_by", "according",
)  # fmt: skip
_SKIPPED: Final = (
    "aux", "also", "not", "modal_future", "hypothetical", "brief", "separately", "together", "possessive",
    "cancelled", "postponed", "planned", "thwarted", "will_take_place",
)  # fmt: skip
_OPENING: Final = (
    "after", "before", "during", "while", "in", "at", "on", "with", "for", "by", "according", "as", "where", "from",
    "planned", "via", "of",
)  # fmt: skip
_FAR: Final = 45


def follows_preposition(items: Sequence[Item], at: int) -> bool:
    """Whether a preposition stands before the item (a determiner between them aside)."""
    before = at - 1
    while before >= 0 and items[before].is_word("the", "an", "his", "their", "visiting", "leading", "honorific"):
        before -= 1
    return before >= 0 and items[before].is_word(*_PREPOSITIONS) and not items[before].is_word("and", "who")


def _is_conjunction(items: Sequence[Item], at: int) -> bool:
    """Whether what stands before the party opens a clause ("after X met Y"), not a phrase ("after X")."""
    before = at - 1
    while before >= 0 and items[before].is_word("the", "an"):
        before -= 1
    return (
        before >= 0
        and items[before].is_word("after", "before", "while", "since_word", "that")
        and not items[before].is_word("at", "in", "on", "by", "from")
    )


def _opened_by(items: Sequence[Item], comma: int, least: int) -> int | None:
    """The index of the comma that opens the parenthesis closed by this one."""
    for at in range(comma - 1, max(least, comma - _FAR) - 1, -1):
        if items[at].symbol == ",":
            return at
        if items[at].symbol in ";:":
            return None
    return None


def subject_of(items: Sequence[Item], at: int, kinds: str = PEOPLE) -> int | None:
    """The index of the subject of the verb at ``at``: the nearest party before it that can be one.

    Passes over adverbs, auxiliaries, times, prepositional phrases and parentheses; a verb joined by "and", a relative
    clause and an opening subordinate clause lead to the subject of the clause they hang on.
    """
    left = at - 1
    if left > 0 and _opens_phrase(items, at):
        return _clause_subject(items, left, kinds)
    while left >= 0:
        left = _before_companion(items, left)
        item = items[left]
        is_party = item.symbol in kinds and not _is_governed(items, left, at)
        if is_party and not _is_owner(items, left):
            return left
        if is_party or item.symbol in "TU" or item.is_word(*_SKIPPED):
            left -= 1
        elif item.is_word("who", "which"):
            return _antecedent(items, left, kinds)
        elif item.symbol in "LCSO" and follows_preposition(items, left):
            left = _before_phrase(items, left)
        elif _is_somebody_else(items, left):
            return None
        else:
            break
    named = _before_comma(items, left, kinds) if left >= 0 and items[left].symbol == "," else None
    return named if named is not None else _clause_subject(items, at, kinds)


def _is_owner(items: Sequence[Item], at: int) -> bool:
    return at + 1 < len(items) and items[at + 1].is_word("possessive")


def _opens_phrase(items: Sequence[Item], at: int) -> bool:
    """Whether the verb is a participle behind "after", "before" or "while": "left after meeting X"."""
    return items[at - 1].is_word("before", "after", "while") and items[at].is_word("holding", "meeting_ing", "having")


def _before_comma(items: Sequence[Item], comma: int, kinds: str) -> int | None:
    """The list that ends before the comma ("X and Y, the two ministers"), or the party before the parenthesis."""
    if comma > 0 and items[comma - 1].symbol == "Q" and not follows_preposition(items, comma - 1):
        return comma - 1
    if _is_apposed(items, comma - 1):
        return comma - 1
    return _before_parenthesis(items, comma, kinds)


def _is_apposed(items: Sequence[Item], at: int) -> bool:
    """Whether a title and a name between commas are the subject: "his foreign minister, X, met Y"."""
    if at < 1 or items[at].symbol != "P" or ", " not in items[at].text or follows_preposition(items, at):
        return False
    return items[at - 1].is_word("his") or items[at - 1].symbol == "T"


def _is_somebody_else(items: Sequence[Item], at: int) -> bool:
    """Whether the words before a verb name a subject that is no party: "said that Smith met", "officials met"."""
    item = items[at]
    if item.symbol == "N":
        return not follows_preposition(items, at)
    if item.is_word("of_states") and item.is_word("plural") and at and items[at - 1].is_word("their"):
        return True  # "the ministers met, a week after their presidents shook hands"
    return item.is_word("people_noun", "delegation") or (
        item.symbol == "w" and item.text.endswith("s") and item.text.islower() and not _follows_party(items, at)
    )


def _follows_party(items: Sequence[Item], at: int) -> bool:
    """Whether a party stands before the word, which is its verb then: "X continues to Paris for talks"."""
    return at > 0 and items[at - 1].symbol in PEOPLE


def _is_governed(items: Sequence[Item], left: int, at: int) -> bool:
    """Whether a preposition governs the party, so that it is no subject; "after X met" is a clause, not a phrase."""
    if not follows_preposition(items, left) or _acts_absolutely(items, left):
        return False
    acts = all(item.is_word("aux", "also", "thwarted", "modal_future") for item in items[left + 1 : at])
    return not (acts and _is_conjunction(items, left))


def _acts_absolutely(items: Sequence[Item], left: int) -> bool:
    """Whether the party behind "with" does something itself: "no date was set, with X planning to see Y"."""
    if left < 2 or not items[left - 1].is_word("with") or items[left - 2].symbol not in {",", '"'}:
        return False
    act = next((item for item in items[left + 1 : left + 4] if not item.is_word("also", "not")), None)
    return act is not None and (act.is_word("modal_future", "thwarted") or act.text.split()[0].endswith("ing"))


def _before_companion(items: Sequence[Item], at: int) -> int:
    """The index before the words about somebody's family that end here ("X and his wife Anna met Y"), else this one."""
    kin = at - 1 if items[at].symbol in "NP" else at
    if kin < 3 or items[kin].text.casefold() not in plain_words("family") or not items[kin - 1].is_word("his"):
        return at
    return kin - 3 if items[kin - 2].is_word("and", "with") else at


def _before_phrase(items: Sequence[Item], left: int) -> int:
    """The index before the preposition of a phrase that ends here: "in the United States"."""
    left -= 1
    while left >= 0 and items[left].is_word("the", "an"):
        left -= 1
    return left - 1


def _before_parenthesis(items: Sequence[Item], comma: int, kinds: str) -> int | None:
    """The party before the parenthesis that this comma closes: "X, president of Y since June, met"."""
    opening = _opened_by(items, comma, 0)
    if not opening or items[opening - 1].symbol not in kinds or follows_preposition(items, opening - 1):
        return None
    return opening - 1


def _antecedent(items: Sequence[Item], who: int, kinds: str) -> int | None:
    for at in range(who - 1, max(-1, who - 4), -1):
        if items[at].symbol in kinds:
            return at
    for at in range(who - 1, max(-1, who - 15), -1):
        if items[at].symbol in kinds and not follows_preposition(items, at):
            return at
    return None


def _reports(items: Sequence[Item], said: int) -> bool:
    """Whether what somebody does is told behind the word without "that": "X said Y would travel to meet Z"."""
    if not items[said].is_word("said") or said + 2 >= len(items) or not said:
        return False
    teller, doer, act = items[said - 1], items[said + 1], items[said + 2]
    return teller.symbol in "PRNQG" and doer.symbol in PEOPLE and act.is_word("modal_future", "aux", "hypothetical")


def clause_begin(items: Sequence[Item], at: int) -> int:
    """The index at which the clause of this item begins: after a semicolon, "but", a reporting "that", "said"."""
    for left in range(at - 1, -1, -1):
        item = items[left]
        if item.symbol == ";" or _reports(items, left):
            return left + 1
        if not item.is_word("but", "that"):
            continue
        if item.is_word("but") and left:
            return left + 1
        if item.is_word("that") and has_word(items[max(0, left - 3) : left], "said"):
            return left + 1
    return 0


def _clause_subject(items: Sequence[Item], at: int, kinds: str) -> int | None:
    """The first party of the clause that no preposition governs; behind the comma of an opening phrase."""
    begin = clause_begin(items, at)
    if _is_of_owned(items, at):
        return None
    who = open_relative(items, begin, at)
    joined = _came_to(items, at, kinds) if who is None else _antecedent(items, who, kinds)
    if joined is not None or who is not None:
        return joined
    if begin < len(items) and items[begin].is_word(*_OPENING):
        begin = _behind_opening(items, begin, at, kinds)
    for left in range(begin, at):
        if left > begin and items[left].is_word("held", "met", "received") and _is_unknown(items[left - 1]):
            return None
        if items[left].symbol in kinds and not follows_preposition(items, left):
            following = items[left + 1]
            if not following.is_word("possessive"):
                return left
    return _before_but(items, begin, at, kinds)


def open_relative(items: Sequence[Item], begin: int, at: int) -> int | None:
    """The "who" of the relative clause in which an item stands: "X met Y, who left for Lima after talks with Z"."""
    for left in range(at - 1, begin, -1):
        if items[left].symbol in ',;:"':
            return None
        if items[left].is_word("who"):
            return left
    return None


def _came_to(items: Sequence[Item], at: int, kinds: str) -> int | None:
    """The party of a clause behind "after" that went to do what the verb says: "after X flew in to meet Y"."""
    if not at or not items[at - 1].is_word("to"):
        return None
    left = next(
        (left for left in range(at - 1, -1, -1) if items[left].symbol in kinds or items[left].symbol in ",;"), 0
    )
    went = items[left + 1].is_word("verb", "travel")
    return left if items[left].symbol in kinds and went and _is_conjunction(items, left) else None


def _behind_opening(items: Sequence[Item], begin: int, at: int, kinds: str) -> int:
    """Where the clause goes on behind the comma of its opening phrase; where it begins, if no party follows one."""
    for comma in range(begin, at):
        if items[comma].symbol == "," and any(
            items[k].symbol in kinds and not follows_preposition(items, k) for k in range(comma + 1, at)
        ):
            return comma + 1
    return begin


def _is_unknown(item: Item) -> bool:
    """Whether the subject of a verb is none that the text tells more of: "NA Chairman Hue met X and held talks"."""
    return item.symbol in "NLCOt"


def _before_but(items: Sequence[Item], begin: int, at: int, kinds: str) -> int | None:
    """The subject that a clause behind "but" shares with the one before: "X cancelled the trip but met Y"."""
    if not begin or not items[begin - 1].is_word("but") or items[begin - 1].symbol == ";":
        return None
    if any(item.symbol in "NCO" or item.is_word("people_noun", "delegation", "sides") for item in items[begin:at]):
        return None
    return _clause_subject(items, begin - 1, kinds)


def _is_of_owned(items: Sequence[Item], at: int) -> bool:
    """Whether the verb is what somebody's own did: "X, whose predecessor met Y", not "whose talks with Y"."""
    if items[at].is_word("talks", "meeting", "call", "video"):
        return False
    for left in range(at - 1, -1, -1):
        if items[left].symbol in ",;":
            return False
        if items[left].is_word("whose"):
            return True
    return False


def subject_after(items: Sequence[Item], at: int, kinds: str = PEOPLE) -> int | None:
    """The subject of the main clause that follows an opening phrase ("After meeting X in Y, Z said")."""
    for comma in range(at, len(items)):
        if items[comma].symbol == ",":
            for right in range(comma + 1, min(len(items), comma + 6)):
                if items[right].symbol in kinds:
                    return right
                if not items[right].is_word("the", "also", "an"):
                    break
    return None


def neighbourhood(items: Sequence[Item], triggers: Sequence[int], number: int) -> tuple[int, int]:
    """The indexes between which the time, place and summit of one of several events of a sentence stand.

    Each event owns the words from the end of the one before it; the first also those before it, the last those after.
    """
    trigger = triggers[number]
    begin, end = 0, len(items)
    if number:
        begin = _border(items, triggers[number - 1], trigger)
    if number + 1 < len(triggers):
        end = _border(items, trigger, triggers[number + 1])
    return begin, end


def _border(items: Sequence[Item], left: int, right: int) -> int:
    """Where one event's words end and the next one's begin: the last conjunction or mark between the two triggers."""
    if items[right - 1].is_word("with"):  # "and on Saturday, by phone, with X"
        joint = next((at for at in range(right - 1, left, -1) if items[at].is_word("and")), None)
        if joint is not None and not has_kind(items[joint:right], PEOPLE):
            return joint
    for mark in (";", "but", ",", "and", "after"):
        for at in range(right - 1, left, -1):
            if not (items[at].symbol == mark or items[at].is_word(mark)) or _closes_with_time(items, at, right):
                continue
            if not items[at + 1].is_word("where"):  # "and on Friday she was in X, where she met Y"
                return at
    return right


def _closes_with_time(items: Sequence[Item], comma: int, right: int) -> bool:
    """Whether a time behind the comma still belongs to what stands before it: "met A, B's premier, on Monday and C"."""
    if items[comma].symbol != ",":
        return False
    at = comma + 1 + items[comma + 1].is_word("on")
    return at + 1 < right and items[at].symbol == "T" and items[at + 1].is_word("and")


__all__ = [
    "PARTIES",
    "PEOPLE",
    "clause_begin",
    "follows_preposition",
    "neighbourhood",
    "open_relative",
    "subject_after",
    "subject_of",
]
