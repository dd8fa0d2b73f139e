"""Whether what a sentence tells is invented: the plot of a film or a novel, a forged picture, a prank."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from kg.extract.lexicon import plain_words
from kg.extract.scene import Scene
from kg.facts.contact.draft import Draft
from kg.facts.contact.inheriting import is_present

_OPENING: Final = 7  # items with which "In this bleak 1960s novel by X, the president" opens


def without_fiction(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """The contacts that are not invented; a report on a film goes on to tell its plot in the present."""
    if drafts and scene.says("make_believe"):
        return []
    if is_of_a_plot(scene):
        scene.memory.plot = True
        return []
    if not scene.memory.plot:
        return list(drafts)
    return [draft for draft in drafts if draft.stated or not is_present(scene.items, draft.trigger)]


def is_of_a_plot(scene: Scene) -> bool:
    """Whether a sentence tells what happens in a work of fiction, or who plays whom."""
    items = scene.items
    opening = items[: _OPENING + 1]
    if len(opening) > 1 and opening[0].is_word("during", "the", "an", "in") and scene.says("works_of_fiction"):
        for item, following in pairwise(opening):
            if item.text.casefold() in plain_words("works_of_fiction"):
                return following.text.casefold() not in plain_words("of_the_trade")
    if any(item.text == "plays" and role.symbol == "P" for item, role in pairwise(items)):
        return True  # "Smith plays British prime minister X"
    if scene.words.isdisjoint(_acting_words()):
        return False
    words = [item.text.casefold() for item in items]
    return any(f"{one} {other}" in plain_words("acting") for one, other in pairwise(words))


@cache
def _acting_words() -> frozenset[str]:
    """The words with which what says that somebody plays somebody begins, and as much of it as may be one item."""
    return frozenset(phrase.rsplit(" ", number)[0] for phrase in plain_words("acting") for number in range(1, 4))
