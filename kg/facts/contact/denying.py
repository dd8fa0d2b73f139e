"""Sentences that deny a contact which the article tells elsewhere, as somebody's claim or as its own error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.clause import subject_of
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.register import Figure
from kg.extract.scene import Scene
from kg.facts.contact.draft import Draft
from kg.model.fact import Status

_MEETING: Final = ("met", "meet", "sat", "spoke", "speaking", "phoned")
_ENDS: Final = frozenset('.,;"”')  # what may stand behind a denial that nothing limits
_FAR: Final = 8  # sentences between a claim and its denial
_REACH: Final = 5  # items between a verb and whom it is done with


@dataclass(frozen=True, slots=True)
class Denial:
    """Whom a sentence says not to have met each other."""

    sentence: int
    people: frozenset[Figure]
    hearsay: bool = False  # only of what others are said to report


def denies_before(scene: Scene) -> bool:
    """Whether the sentence says that what was told just before did not happen ("No such meeting took place")."""
    if scene.present.isdisjoint(scene.lexicon.alphabet.by_class["no_such"]):
        return False
    items = scene.items
    return any(
        item.is_word("no_such") and not (at + 1 < len(items) and items[at + 1].is_word("with", "between"))
        for at, item in enumerate(items)
    )


def denials_in(scene: Scene) -> list[Denial]:
    """The people of whom the sentence says that they did not meet or speak: no sentence that dates or limits this.

    "X did not meet Y" is one; "X has not met Y since March", "X had never met Y", "X did not meet Y alone" and "X will
    not meet Y" are none.
    """
    if scene.present.isdisjoint(scene.lexicon.alphabet.by_class["not"]):
        return []
    items = scene.items
    if any(item.symbol == "T" or item.is_word("since_word", "but") for item in items):
        return []
    found = []
    for at, item in enumerate(items):
        if item.is_word(*_MEETING) and _is_denied(items[max(0, at - 3) : at]):
            people = _people(scene, at)
            if len(people) > 1:
                found.append(Denial(scene.sentence.number, people))
    return found


def _is_denied(before: Sequence[Item]) -> bool:
    if any(item.text.casefold() in plain_words("pluperfect") or item.is_word("modal_future") for item in before):
        return False
    return any(item.is_word("not") and item.text.casefold() in plain_words("plainly_not") for item in before)


def _people(scene: Scene, at: int) -> frozenset[Figure]:
    """Who did not meet: the subject, and whoever stands behind the verb; nobody where that is limited."""
    items = scene.items
    index = subject_of(items, at)
    behind = items[at + 1 : at + 1 + _REACH]
    other = next((at + 1 + step for step, item in enumerate(behind) if item.symbol in "PRQ"), None)
    after = items[(other or at) + 1 : (other or at) + 2]
    if index is None or (after and after[0].symbol not in _ENDS):
        return frozenset()
    return frozenset((*scene.people(index), *(scene.people(other) if other is not None else ())))


def without_denied(drafts: Iterable[Draft], denials: Sequence[Denial]) -> list[Draft]:
    """The drafts without those held ones of which the article says nearby that they did not happen."""
    return [draft for draft in drafts if not any(_is_of(draft, denial) for denial in denials)]


def _is_of(draft: Draft, denial: Denial) -> bool:
    if denial.hearsay and not (draft.hearsay and denial.people <= set(draft.people)):
        return False
    near = abs(draft.sentence - denial.sentence) <= _FAR
    same = denial.hearsay or set(draft.people) == denial.people
    return near and same and draft.status is Status.HELD and not draft.history


__all__ = ["Denial", "denials_in", "denies_before", "without_denied"]
