"""What is commemorated, from the items behind "anniversary of": the phrase, its head, whose event it is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kg.extract.clause import PARTIES, subject_of
from kg.extract.figure import Figure
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.people import country_of
from kg.extract.refer import Those
from kg.extract.scene import Scene
from kg.extract.time import TimeExpression, TimeKind
from kg.lexicon.gazetteer import Kind
from kg.model.entity import fold

_LONGEST: Final = 24
_DATED: Final = frozenset({TimeKind.YEAR, TimeKind.DATE, TimeKind.MONTH})
_SPELLING: Final = {"normalisation": "normalization", "establishing": "establishment", "establish": "establishment"}
_PRIVATE: Final = frozenset(
    "birth death wedding marriage company club airline firm newspaper school university election reign "
    "coronation inauguration brand store factory album band film museum hospital bank shop restaurant label magazine "
    "theatre theater orchestra festival studio career debut title".split()
)
_OWN: Final = frozenset({"its", "his", "her", "my", "our", "your", "whose"})
_PUBLIC: Final = ("relations", "base_event", "agreement_noun")
_PAIR: Final = 2


def is_dated(item: Item) -> bool:
    """Whether the item is a time that can hold a year of its own."""
    return isinstance(item.value, TimeExpression) and item.value.kind in _DATED


def phrase_end(items: Sequence[Item], start: int) -> int:
    """The index behind the last item of what is commemorated."""
    end = min(len(items), start + _LONGEST)
    for at in range(start, end):
        if _ends(items, at, start):
            return at - 1 if at > start and items[at - 1].is_word("on", "in") else at
    return end


def _ends(items: Sequence[Item], at: int, start: int) -> bool:
    item = items[at]
    if item.symbol == ",":
        return not _list_goes_on(items, at)
    if item.symbol == "T":
        return not (is_dated(item) and _belongs(items, at, start))
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
    if phrase[0].is_word("their") or fold(phrase[0].text) in _OWN or _of_country([fold(i.text) for i in phrase[:2]]):
        return _is_states(scene, phrase, at) or _owner(scene, phrase, at) is not None
    named = any(item.is_word(*_PUBLIC) or _is_treaty(item) for item in phrase)
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


def _is_treaty(item: Item) -> bool:
    """Whether a name is a treaty's: "the Helsinki Final Act"."""
    return item.text[0].isupper() and fold(item.text.split()[-1]) in plain_words("treaties")


def _is_states(scene: Scene, phrase: Sequence[Item], at: int) -> bool:
    """Whether the owner of "its founding", "their treaty" is a state or several."""
    owner = subject_of(scene.items, at, PARTIES)
    if owner is None:
        return phrase[0].is_word("their") and any(item.is_word("relations") for item in phrase)
    item = scene.items[owner]
    if item.symbol in "CDO" or (item.symbol == "G" and isinstance(item.value, Those)):
        return True
    return phrase[0].is_word("their") and any(item.is_word("relations", "agreement_noun") for item in phrase)


def codes_in(items: Sequence[Item]) -> tuple[str, ...]:
    """The countries and organisations that these items name."""
    found: list[str] = []
    for item in items:
        if item.symbol == "D" and isinstance(item.value, tuple):
            found += [c for c in item.value if isinstance(c, str)]
        elif item.symbol in "CAO":
            code = country_of(item)
            found += [code] if code else []
    return tuple(dict.fromkeys(found))


def parties_of(scene: Scene, phrase: Sequence[Item], at: int) -> tuple[str, ...]:
    """Whose event it is: named in the phrase, or the pair that the sentence or the article is about."""
    joined = [other for item, other in pairwise(phrase) if item.text.startswith("accession")]  # not NATO's own
    codes = codes_in([item for item in phrase if item not in joined or item.symbol != "O"])
    if len(codes) >= _PAIR:
        return tuple(sorted(codes))
    if not codes and any(item.symbol == "G" for item in phrase):  # "the treaty between the two countries"
        return tuple(sorted(_of_article(scene, codes)))
    owner = _owner(scene, phrase, at) if not codes else None
    if owner is not None:
        return (owner,)
    owned = phrase[0].is_word("their") or fold(phrase[0].text) in _OWN
    ties = any(item.is_word("relations") for item in phrase)
    if not (ties or owned or any(item.is_word("agreement_noun") for item in phrase)):
        return tuple(sorted(codes))
    both = _of_sentence(scene, codes, at)
    if len(both) == _PAIR or (owned and both and not ties):
        return tuple(sorted(both))
    named = any(item.symbol in "NL" for item in phrase)
    return tuple(sorted(codes if named and not ties else _of_article(scene, codes)))


def _owner(scene: Scene, phrase: Sequence[Item], at: int) -> str | None:
    """The one country whose own event it is: "on the anniversary of its independence", "of her country's"."""
    words = [fold(word) for item in phrase[:6] for word in item.text.split()]
    if plain_words("of_one_state").isdisjoint(words) and not _of_country(words):
        return None
    owned = at > 0 and fold(scene.items[at - 1].text) in _OWN | {"their"}  # "its 50th anniversary of independence"
    if (
        len(phrase) == 1 and not owned
    ):  # "the anniversary of independence": of the subject, else of the country it is reported from
        index = subject_of(scene.items, at, PARTIES)
        own = country_of(scene.items[index]) if index is not None and scene.items[index].symbol == "C" else None
        filed = scene.memory.filed
        return own or (filed.country if filed is not None else scene.register.home)
    theirs = owned or phrase[0].is_word("their", "the") or fold(phrase[0].text) in _OWN | plain_words("of_one_state")
    named = [code for item in scene.items[:at] if (code := _country_at(item)) is not None]
    return named[-1] if theirs and named else None


def _of_country(words: Sequence[str]) -> bool:
    """Whether the words are "the country's founding", "her nation's founding"."""
    return any(word in plain_words("one_state") for word in words[:2])


def _country_at(item: Item) -> str | None:
    """The country that an item names or whose leader it is."""
    if isinstance(item.value, Figure):
        return item.value.country
    return country_of(item) if item.symbol in "CA" else None


def _of_sentence(scene: Scene, codes: tuple[str, ...], at: int) -> tuple[str, ...]:
    """The pair that the sentence names before the anniversary, or its subject and the one in the phrase."""
    for item in reversed(scene.items[:at]):
        if item.symbol == "D" and isinstance(item.value, tuple) and len(item.value) == _PAIR:
            return item.value
    subject = subject_of(scene.items, at, PARTIES)
    own = list(codes)
    if subject is not None:
        own += [f.country for f in scene.people(subject) if f.country]
        own += codes_in([scene.items[subject]])
    return tuple(dict.fromkeys(own))


def _of_article(scene: Scene, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The pair that the article is about, where it fits the country that the phrase names."""
    group = tuple(dict.fromkeys(f.country for f in scene.memory.group_of(2) if f.country))
    for pair in (group, scene.memory.sides):
        if len(pair) == _PAIR and set(codes) <= set(pair):
            return pair
    return codes
