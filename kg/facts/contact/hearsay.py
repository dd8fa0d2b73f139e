"""Hearsay that the article itself says is denied: "media reported that X met Y; the ministry denied the reports"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kg.extract.among import has_kind, says
from kg.extract.figure import Figure
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.scene import Scene
from kg.facts.contact.denying import Denial
from kg.facts.contact.draft import Draft

_BACK: Final = 4  # sentences between hearsay and its denial
_NEAR: Final = 5  # items between a report and the word that denies it
_FAR: Final = 24  # items behind a denial in which it names whom it is of


def told_as_hearsay(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """The contacts, those of a sentence that says only what others report marked; none that it says is denied."""
    hearsay = bool(drafts) and scene.says("hearsay")
    kept = [draft for draft in drafts if not _is_denied_behind(scene.items, draft.trigger)]
    for draft in kept:
        draft.hearsay = hearsay
    return kept


def _is_denied_behind(items: Sequence[Item], trigger: int) -> bool:
    """Whether the sentence goes on to say that this is denied: "…, but the claim was swiftly denied"."""
    for at in range(trigger + 1, len(items)):
        if _denies(items[at]) and at + 1 < len(items) and items[at + 1].text.casefold() in {"it", "this"}:
            return True
        if items[at].text.casefold() in plain_words("reports"):
            behind = items[at + 1 : at + 1 + _NEAR]
            return any(map(_denies, behind)) and any(item.is_word("be") for item in behind)
    return False


def without_hearsay(scene: Scene, told: Iterable[Draft]) -> list[Draft]:
    """The contacts told so far without the hearsay that this sentence says is denied, which the headline repeats."""
    drafts = list(told)
    if not any(draft.hearsay for draft in drafts) or not _denies_reports(scene.items):
        return drafts
    first = scene.sentence.number - _BACK
    return [draft for draft in drafts if not (draft.headline or (draft.hearsay and draft.sentence >= first))]


def _denies_reports(items: Sequence[Item]) -> bool:
    """Whether the sentence denies "the reports", or that "the meeting took place", whosever they are."""
    for at, item in enumerate(items):
        if _denies(item) and says(items[at + 1 : at + 2], "denied_thing"):
            return True  # "both offices denied it on Tuesday"
        if not _denies(item) or has_kind(items[at + 1 : at + _NEAR], "PQRG"):
            continue
        behind = items[at + 1 : at + 1 + _NEAR]
        for here, following in zip(behind, items[at + 2 :], strict=False):
            if here.text.casefold() in plain_words("reports") and following.symbol in ".;,T":
                return True
            if here.is_word("talks", "meeting", "call") and _happens(following):
                return True
    return False


def disputed_in(scene: Scene) -> list[Denial]:
    """Whom the sentence denies to have met: "denied reports of talks between X and Y", "that a meeting took place"."""
    found = []
    for at, item in enumerate(scene.items):
        if not _denies(item):
            continue
        behind = scene.items[at + 1 : at + _FAR]
        people = _named(scene, at)
        if len(people) > 1 and _is_of_a_meeting(behind):
            found.append(Denial(scene.sentence.number, people, hearsay=True))
    return found


def _is_of_a_meeting(behind: Sequence[Item]) -> bool:
    """Whether it is denied that there was a meeting, not how it was: no "denied that their talks had been tense"."""
    for at, item in enumerate(behind[:-1]):
        if item.is_word("talks", "meeting", "call"):
            return _happens(behind[at + 1]) or (says(behind[:at], "reports") and behind[at + 1].is_word("between"))
        if item.symbol in "PQRG":
            return False
    return False


def _named(scene: Scene, at: int) -> frozenset[Figure]:
    """Whom the words behind a denial name, as far as "during", which tells of something else."""
    found: list[Figure] = []
    for here in range(at + 1, min(len(scene.items), at + _FAR)):
        if len(found) > 1 and scene.items[here].is_word("during", "after", "while", "before"):
            break
        found += scene.people(here) if scene.items[here].symbol in "PQR" else ()
    return frozenset(found)


def _happens(item: Item) -> bool:
    return item.is_word("took_place") or item.text.casefold() in plain_words("to_happen")


def _denies(item: Item) -> bool:
    return item.is_word("denial") and item.text.casefold() in plain_words("denying")


__all__ = ["disputed_in", "told_as_hearsay", "without_hearsay"]
