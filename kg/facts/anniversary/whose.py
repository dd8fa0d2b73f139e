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
    joined = [other for item, other in pairwise(phrase) if item.text.startswith("accession")]  # not NATO's own
    own = phrase[: next((at for at, item in enumerate(phrase) if _frees(phrase, at)), len(phrase))]
    codes = codes_in([item for item in own if item not in joined or item.symbol != "O"])
    if len(codes) >= _PAIR:
        return tuple(sorted(codes))
    if not codes and any(item.symbol == "G" for item in phrase):  # "the treaty between the two countries"
        return tuple(sorted(_of_article(scene, codes)))
    owner = owner_of(scene, phrase, at) if not codes else None
    if owner is not None:
        return (owner,)
    owned = phrase[0].is_word("their") or fold(phrase[0].text) in OWN
    ties = any(item.is_word("relations") for item in phrase) or (not codes and is_shared(scene, phrase, at))
    if not (ties or owned or any(item.is_word("agreement_noun") for item in phrase)):
        pair = subject_of(scene.items, at, "D") if not codes and phrase[-1].symbol == "N" else None
        return tuple(sorted(codes if pair is None else codes_in([scene.items[pair]])))
    both = _of_sentence(scene, codes, at)
    if len(both) == _PAIR or (owned and both and not ties):
        return tuple(sorted(both))
    named = any(item.symbol in "NL" for item in phrase)
    return tuple(sorted(codes if named and not ties else _of_article(scene, codes)))


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
        return own or (filed.country if filed is not None else scene.register.home)
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
        own += [f.country for f in scene.people(subject) if f.country]
        own += codes_in([scene.items[subject]])
    return tuple(dict.fromkeys(own))


def _of_article(scene: Scene, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The pair that the article is about, where it fits the country that the phrase names."""
    group = tuple(dict.fromkeys(f.country for f in scene.memory.group_of(2) if f.country))
    for pair in (group, scene.memory.sides, _heard(scene)):
        if len(pair) == _PAIR and set(codes) <= set(pair):
            return pair
    return codes


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
