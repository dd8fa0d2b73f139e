"""Whose event an anniversary commemorates: named in its phrase, by the sentence, by the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, zip_longest
from typing import Final

from kg.extract.clause import PARTIES, subject_of
from kg.extract.figure import Figure
from kg.extract.item import Item
from kg.extract.lexicon import plain_words
from kg.extract.people import country_of
from kg.extract.scene import Scene
from kg.model.entity import fold

OWN: Final = frozenset({"its", "his", "her", "my", "our", "your", "whose"})
_PAIR: Final = 2
_RELATIVE: Final = 8  # items of a relative clause
_STATE: Final = 3  # letters of a country's code


def is_shared(scene: Scene, phrase: Sequence[Item], at: int) -> bool:
    """Whether it is a friendship of two countries that the sentence has for its subject."""
    goods = fold(phrase[0].text.split()[-1]) in plain_words("shared_goods")
    return goods and subject_of(scene.items, at, "D") is not None


def codes_in(items: Sequence[Item]) -> tuple[str, ...]:
    """The countries and organisations that these items name."""
    found: list[str] = []
    for item, behind in zip_longest(items, items[1:]):
        if item.symbol == "O" and behind is not None and behind.text.istitle() and behind.is_word("agreement_noun"):
            continue  # "the Schengen Agreement"
        if item.symbol == "D" and isinstance(item.value, tuple):
            found += [c for c in item.value if isinstance(c, str)]
        elif item.symbol in "CAO":
            code = country_of(item)
            found += [code] if code else []
    return tuple(dict.fromkeys(found))


def parties_of(scene: Scene, phrase: Sequence[Item], at: int) -> tuple[str, ...]:
    """Whose event it is: named in the phrase, or the pair that the sentence or the article is about."""
    codes = _named(phrase)
    if len(codes) < _PAIR:
        codes = _known_otherwise(scene, phrase, at, codes)
    return tuple(sorted(codes))


def _named(phrase: Sequence[Item]) -> tuple[str, ...]:
    """Whom the phrase itself names, but not what a state joined or from whom it was freed."""
    bare = [item for item in phrase if not item.is_word("the")]
    joined = [other for item, other in pairwise(bare) if item.text.startswith(("accession", "admission"))]
    own = phrase[: next((at for at in range(len(phrase)) if _frees(phrase, at)), len(phrase))]
    return codes_in([item for item in own if item not in joined or item.symbol != "O"])


def _known_otherwise(scene: Scene, phrase: Sequence[Item], at: int, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The sides of an event of which the phrase names one or none."""
    if not codes and any(item.symbol == "G" for item in phrase):  # "the treaty between the two countries"
        return _of_article(scene, codes)
    owner = owner_of(scene, phrase, at) if not codes else None
    if owner is not None:
        return (owner,)
    owned = phrase[0].is_word("their") or fold(phrase[0].text) in OWN
    ties = any(item.is_word("relations") for item in phrase) or (not codes and is_shared(scene, phrase, at))
    if ties or owned or any(item.is_word("agreement_noun") for item in phrase):
        return _of_ties(scene, phrase, at, codes)
    pair = subject_of(scene.items, at, "D") if not codes and phrase[-1].symbol == "N" else None
    return codes if pair is None else codes_in([scene.items[pair]])


def _of_ties(scene: Scene, phrase: Sequence[Item], at: int, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The two sides of ties or of a treaty: told behind it, in the sentence, else those that the article is about."""
    owned = phrase[0].is_word("their") or fold(phrase[0].text) in OWN
    ties = any(item.is_word("relations") for item in phrase) or (not codes and is_shared(scene, phrase, at))
    foes = _of_relative(scene, phrase) if not codes and not owned else ()
    both = foes or _of_sentence(scene, codes, at)
    if len(both) == _PAIR or (owned and both and not ties):
        return both
    named = any(item.symbol in "NL" for item in phrase)
    return codes if named and not ties else _of_article(scene, codes)


def _frees(phrase: Sequence[Item], at: int) -> bool:
    """Whether the words say from whom a state was freed: "its independence from Portugal"."""
    return phrase[at].is_word("from") and at > 0 and fold(phrase[at - 1].text) in plain_words("of_one_state")


def owner_of(scene: Scene, phrase: Sequence[Item], at: int) -> str | None:
    """The one country whose own event it is: "on the anniversary of its independence", "of her country's"."""
    words = [fold(word) for item in phrase[:6] for word in item.text.split()]
    if plain_words("of_one_state").isdisjoint(words) and not is_of_country(words):
        return None
    mine = at > 0 and fold(scene.items[at - 1].text) in OWN | {"their"}
    owned = mine or owner_before(scene.items, at) is not None  # "its 50th anniversary of independence"
    if (
        len(phrase) == 1 and not owned
    ):  # "the anniversary of independence": of the subject, else of the country it is reported from
        index = subject_of(scene.items, at, PARTIES)
        own = country_of(scene.items[index]) if index is not None and scene.items[index].symbol == "C" else None
        filed = scene.memory.filed
        register = scene.register
        here = filed.country if filed is not None else register.home or register.origin.issuer or register.origin.outlet
        return own or here
    theirs = owned or phrase[0].is_word("their", "the") or fold(phrase[0].text) in OWN | plain_words("of_one_state")
    owner = owner_before(scene.items, at)
    if owner is not None:
        return owner
    named = [code for item in scene.items[:at] if (code := _country_at(item)) is not None]
    return named[-1] if theirs and named else None


def owner_before(items: Sequence[Item], at: int) -> str | None:
    """The country or organisation of "Fiji's golden jubilee"."""
    while at > 1 and items[at - 1].symbol in "wA" and not items[at - 1].is_word("possessive"):
        at -= 1
    named = at > 1 and items[at - 1].is_word("possessive") and items[at - 2].symbol in "COL"
    return country_of(items[at - 2]) if named else None


def is_of_country(words: Sequence[str]) -> bool:
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
        own += [f.country for f in scene.people(subject) if f.country and _has_ties(scene, f.country)]
        own += codes_in([scene.items[subject]])
    return tuple(dict.fromkeys(own))


def _of_relative(scene: Scene, phrase: Sequence[Item]) -> tuple[str, ...]:
    """The states of "the Algiers Agreement, which ended the war between A and B"."""
    items = scene.items
    stop = items.index(phrase[-1]) + 1
    if [item.text.casefold() for item in items[stop : stop + 2]] != [",", "which"]:
        return ()
    for item, behind in pairwise(items[stop + 2 : stop + 2 + _RELATIVE]):
        if item.symbol in ",;":
            return ()
        if item.is_word("between") and behind.symbol == "D":
            return tuple(sorted(codes_in([behind])))
    return ()


def _of_article(scene: Scene, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The pair that the article is about, where it fits the country that the phrase names."""
    group = tuple(dict.fromkeys(f.country for f in scene.memory.group_of(2) if f.country))
    for pair in (group, scene.memory.sides, _heard(scene)):
        if len(pair) == _PAIR and set(codes) <= set(pair) and all(_has_ties(scene, code) for code in pair):
            return pair
    return codes


def _has_ties(scene: Scene, code: str) -> bool:
    """Whether it is a state or a union of states, which others have relations with: no fund, no court."""
    organisation = scene.lexicon.world.organisations.get(code)
    return organisation is None or organisation.kind == "union"


def _heard(scene: Scene) -> tuple[str, ...]:
    """The only two countries that the article names, or the two that it names most often by far."""
    register = scene.register
    heard = Counter(figure.country for figure in register.figures if figure.country)
    for named in (register.places, register.seats):
        heard.update({code: len(places) for code, places in named.items() if len(code) == _STATE})
    first = heard.most_common(_PAIR + 1)
    if len(first) > _PAIR and first[_PAIR][1] * 2 >= first[_PAIR - 1][1]:
        return ()
    return tuple(code for code, _ in first[:_PAIR])
