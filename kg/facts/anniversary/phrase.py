"""What is commemorated: the words behind "anniversary of", their head noun, whether it is of public history."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kg.extract.clause import PARTIES, subject_of
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.refer import Those
from kg.extract.scene import Scene
from kg.extract.time import TimeExpression, TimeKind
from kg.facts.anniversary.whose import OWN, codes_in, is_of_country, is_shared, owner_of
from kg.lexicon.gazetteer import Kind
from kg.model.entity import fold

_LONGEST: Final = 24
_CLAUSE: Final = 8
_DATED: Final = frozenset({TimeKind.YEAR, TimeKind.DATE, TimeKind.MONTH})
_SPELLING: Final = {"normalisation": "normalization", "establishing": "establishment", "establish": "establishment"}
_PRIVATE: Final = frozenset(
    "birth death wedding marriage company club airline firm newspaper school university election reign "
    "coronation inauguration brand store factory album band film museum hospital bank shop restaurant label magazine "
    "theatre theater orchestra festival studio career debut title".split()
)
_PUBLIC: Final = ("relations", "base_event", "agreement_noun")


def is_dated(item: Item) -> bool:
    """Whether the item is a time that can hold a year of its own."""
    return isinstance(item.value, TimeExpression) and item.value.kind in _DATED


def phrase_end(items: Sequence[Item], start: int) -> int:
    """The index behind the last item of what is commemorated."""
    end = min(len(items), start + _LONGEST)
    act = act_of(items, start) if items[start - 1].is_word("after", "since_word") else None
    for at in range(start, end):
        if at == act:
            continue
        if _ends(items, at, start) and not (act and at < act and items[at].is_word("aux", "that", "this")):
            return at - 1 if at > start and items[at - 1].is_word("on", "in") else at
    return end


def act_of(items: Sequence[Item], start: int) -> int | None:
    """The verb of a clause that tells the event: "since Chile and Peru signed", "after the treaty was signed"."""
    for at in range(start, min(len(items), start + _CLAUSE)):
        if items[at].is_word("signed", "upgraded") and not items[at].text.endswith("ing"):
            return at
        if items[at].symbol in ',.;:"–' or items[at].is_word("said", "who", "which"):
            return None
    return None


def _ends(items: Sequence[Item], at: int, start: int) -> bool:
    item = items[at]
    if item.symbol == ",":
        return not _list_goes_on(items, at)
    if item.symbol == "T":
        return not (is_dated(item) and _belongs(items, at, start))
    if item.is_word("and") and any(i.is_word("anniversary") for i in items[at + 1 : at + _CLAUSE]):
        return True  # "its independence and Laos the 50th anniversary of"
    if item.symbol in '.;:"–' or item.is_word("said", "who", "which", "but", "met", "falls"):
        return True
    return at > start and _ends_clause(items, at)


def _ends_clause(items: Sequence[Item], at: int) -> bool:
    """Whether a word tells of the feast, no longer of what is remembered."""
    item = items[at]
    if item.is_word("with"):
        return not any(i.symbol in "CDO" for i in items[at + 1 : at + 3])
    if _is_participle(items, at) or item.is_word("in", "to", "on") or _determines(items, at):
        return False
    return item.is_word(
        "during", "this", "that", "topic_end", "agreed", "verb", "modal_future", "hypothetical", "held", "aux"
    )


def _belongs(items: Sequence[Item], at: int, start: int) -> bool:
    """Whether a year tells which event it is ("the 1965 treaty", "signed in 1998"), not when it is remembered."""
    told = items[at].value
    if isinstance(told, TimeExpression) and told.relation:
        return False  # "next March"
    before = at - 1
    if before < start or not items[before].is_word("in", "on"):
        return True
    return before > start and _is_participle(items, before - 1)


def _is_participle(items: Sequence[Item], at: int) -> bool:
    """Whether the word tells of the event itself: "signed in", "established between"."""
    if not items[at].text.endswith("ed") or at + 1 >= len(items) or items[at - 1].is_word("aux", "be"):
        return False
    return items[at + 1].is_word("in", "on", "by", "between", "at")


def _determines(items: Sequence[Item], at: int) -> bool:
    """Whether "the" stands here; "that" and "this" only before the thing itself, not before a time ("that month")."""
    return items[at].is_word("the") and fold(items[at].text) == "the"


def _list_goes_on(items: Sequence[Item], comma: int) -> bool:
    after = items[comma + 1 : comma + 4]
    return bool(after) and after[0].symbol in "CDN" and any(i.is_word("and") for i in after)


def head_of(items: Sequence[Item]) -> str:
    """The head noun of the event in one spelling."""
    for item in items:
        if item.is_word("base_event"):
            word = fold(item.text)
            return _SPELLING.get(word, word)
    if any(item.is_word("relations") for item in items):
        return "establishment"
    words = [i for i in items if i.text[0].isalpha() and not i.is_word("the", "an", "their", "of")]
    return fold(words[0].text) if words else "event"


def is_public(scene: Scene, phrase: Sequence[Item], at: int) -> bool:
    """Whether the event is of states or of public history: no wedding, no company, no club."""
    if any(fold(word) in _PRIVATE for item in phrase[:8] for word in item.text.split()):
        return False
    if any("accession" in item.text for item in phrase[:8]) and not any(item.symbol == "O" for item in phrase):
        return False  # to the throne
    if (
        _is_of_towns(phrase)
        or phrase[0].symbol == "P"
        or (len(phrase) > 1 and phrase[0].symbol == "N" and phrase[1].is_word("possessive"))
    ):
        return False
    codes = codes_in(phrase)
    if not codes and (any(item.is_word("common_nouns") for item in phrase[:4]) or _is_things(phrase)):
        return False
    if phrase[0].is_word("their") or fold(phrase[0].text) in OWN or is_of_country([fold(i.text) for i in phrase[:2]]):
        return _is_states(scene, phrase, at) or owner_of(scene, phrase, at) is not None
    named = any(item.is_word(*_PUBLIC) or is_treaty(item) for item in phrase) or is_shared(scene, phrase, at)
    named = named or (phrase[-1].symbol == "N" and subject_of(scene.items, at, "D") is not None)  # "the Green March"
    return bool(codes) or named or fold(phrase[0].text) in plain_words("of_one_state")


def _is_of_towns(phrase: Sequence[Item]) -> bool:
    """Whether two towns are tied that stand for no state: "the ties between Bergamo and Tver"."""
    pairs = pairwise(item for item in phrase if not item.is_word("the"))
    return any(
        item.is_word("between") and other.symbol in "LN" and Kind.CAPITAL not in other.keys for item, other in pairs
    )


def _is_things(phrase: Sequence[Item]) -> bool:
    """Whether it is the event of some thing: "the building's opening"; not of "the country"."""
    owners = (item for item, mark in pairwise(phrase[:5]) if mark.is_word("possessive") and item.text.islower())
    return any(fold(item.text) not in plain_words("one_state") for item in owners)


def is_treaty(item: Item) -> bool:
    """Whether a name is a treaty's: "the Helsinki Final Act"."""
    return item.text[0].isupper() and fold(item.text.split()[-1]) in plain_words("treaties")


def _is_states(scene: Scene, phrase: Sequence[Item], at: int) -> bool:
    """Whether the owner of "its founding", "their treaty" is a state or several."""
    if fold(phrase[0].text) == "our" and any(item.is_word("relations") for item in phrase):
        return True
    owner = subject_of(scene.items, at, PARTIES)
    if owner is None:
        return phrase[0].is_word("their") and any(item.is_word("relations") for item in phrase)
    item = scene.items[owner]
    if item.symbol in "CDO" or (item.symbol == "G" and isinstance(item.value, Those)):
        return True
    return phrase[0].is_word("their") and any(item.is_word("relations", "agreement_noun") for item in phrase)
