"""Names and words found in tokens: a trie over folded tokens, longest match first.

One dictionary look-up a token where nothing begins, so that text without names costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from kg.lexicon.tokens import folded, words_of
from kg.lexicon.vocabulary import Vocabulary
from kg.lexicon.world import World
from kg.model.entity import fold


class Kind(StrEnum):
    """What a listed name or word is."""

    LEADER = "leader"
    SHORT = "short"
    COUNTRY = "country"
    CAPITAL = "capital"
    METONYM = "metonym"
    DEMONYM = "demonym"
    PEOPLE = "people"
    TOWN = "town"
    ORGANISATION = "organisation"
    SUMMIT = "summit"
    TITLE = "title"
    WORD = "word"


_STATES: Final = (Kind.COUNTRY, Kind.DEMONYM, Kind.CAPITAL, Kind.METONYM)
_BY_NAME: Final = frozenset({Kind.COUNTRY, Kind.DEMONYM, Kind.ORGANISATION})
_BY_SEAT: Final = frozenset({Kind.CAPITAL, Kind.METONYM})
_BODIES: Final = (Kind.COUNTRY, Kind.DEMONYM, Kind.ORGANISATION, Kind.CAPITAL, Kind.METONYM, Kind.SUMMIT)


class Keys(dict[Kind, tuple[str, ...]]):
    """What a phrase may name, by kind; the countries among them are asked for often, and worked out once a phrase."""

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The countries that it may name: as a country first, then as its people, its capital, its government."""
        return tuple(self[kind][0] for kind in _STATES if kind in self)

    @cached_property
    def by_seat(self) -> bool:
        """Whether it names a state by its capital or its government alone, not by its own name or its people's."""
        return not _BY_SEAT.isdisjoint(self) and _BY_NAME.isdisjoint(self)

    @cached_property
    def body(self) -> str | None:
        """The country or organisation that it names, as a state would be named: "Seoul" is South Korea here."""
        return next((self[kind][0] for kind in _BODIES if kind in self), None)


@dataclass(slots=True)
class Found:
    """Everything that one phrase may be: keys by kind (several leaders may share a short name)."""

    keys: Keys = field(default_factory=Keys)
    exact: bool = True  # every listed form is written in capitals: "us" is not the US
    proper: bool = True  # every listed form begins with a capital
    classes: frozenset[str] = frozenset()  # the word classes, where it is a listed word
    letter: str = ""  # the letter of its classes, where it is nothing but a listed word

    def add(self, kind: Kind, key: str) -> None:
        """Remember one more thing that the phrase may be."""
        known = self.keys.get(kind, ())
        if key not in known:
            self.keys[kind] = (*known, key)
            if kind is Kind.WORD:
                self.classes = frozenset(self.keys[kind])


_END: Final = " "  # no word is folded to a blank
_NOTHING: Final[dict[str, Any]] = {}
_NAMES: Final = frozenset(
    {Kind.COUNTRY, Kind.ORGANISATION, Kind.SUMMIT, Kind.TOWN, Kind.METONYM}
)  # listed without "the"


def _is_acronym(phrase: str) -> bool:
    letters = phrase.replace(".", "").replace("-", "")
    return letters.isupper() and len(letters) <= 5


class Gazetteer:
    """The trie; built once, read by every article."""

    __slots__ = ("root",)

    def __init__(self) -> None:
        """Begin empty."""
        self.root: dict[str, Any] = {}

    def add(self, phrase: str, kind: Kind, key: str) -> None:
        """List one phrase as the name of one thing."""
        node = self.root
        words = words_of(phrase.removeprefix("the ") if kind in _NAMES else phrase)
        if not words:
            return
        for word in words:
            node = node.setdefault(fold(word), {})
        found: Found = node.setdefault(_END, Found())
        found.add(kind, key)
        found.exact = found.exact and _is_acronym(phrase.removeprefix("the "))
        found.proper = found.proper and phrase[:1].isupper() and kind is not Kind.TITLE

    def alone(self, word: str) -> Found | None:
        """What the word is by itself, if it is listed and written as listed words of its kind are."""
        found: Found | None = self.root.get(folded(word), _NOTHING).get(_END)
        return found if found is not None and _fits(found, (word,)) else None

    def longer(self, word: str) -> Mapping[str, object]:
        """The folded words that may come second in a listed phrase which begins with this one; empty for none."""
        node: dict[str, Any] = self.root.get(folded(word), _NOTHING)
        return _NOTHING if node.keys() == {_END} else node

    def longest(self, words: Sequence[str], start: int) -> tuple[int, Found] | None:
        """How many words from ``start`` the longest listed phrase takes, and what it may be."""
        best: tuple[int, Found] | None = None
        node = self.root
        for at in range(start, len(words)):
            below = node.get(folded(words[at]))
            if below is None:
                break
            node = below
            found = node.get(_END)
            if found is not None and _fits(found, words[start : at + 1]):
                best = (at + 1 - start, found)
        return best


def _fits(found: Found, words: Sequence[str]) -> bool:
    """Whether the case of the words allows the phrase: a proper name begins with a capital, an acronym is one."""
    if found.exact:
        return all(not word.isalpha() or word.isupper() for word in words)
    first = words[0][0]
    return not found.proper or not first.isalpha() or first.isupper()


def _country_names(world: World) -> Iterator[tuple[str, Kind, str]]:
    for country in world.countries.values():
        for name in (country.name, country.official, *country.aliases):
            yield name, Kind.COUNTRY, country.id
        for name in country.demonyms:
            yield name, Kind.DEMONYM, country.id
        for name in country.people:
            yield name, Kind.PEOPLE, country.id
        if country.capital:
            yield country.capital, Kind.CAPITAL, country.id
        for name in country.metonyms:
            yield name, Kind.METONYM, country.id


def _place_names(world: World) -> Iterator[tuple[str, Kind, str]]:
    for town in world.towns.values():
        for name in (town.name, *town.aliases):
            yield name, Kind.TOWN, fold(town.name)
    for organisation in world.organisations.values():
        for name in (organisation.id, organisation.name, *organisation.aliases):
            yield name, Kind.ORGANISATION, organisation.id


def _summit_names(world: World) -> Iterator[tuple[str, Kind, str]]:
    for series in world.series.values():
        for name in (series.id, series.name, *series.aliases):
            yield name, Kind.SUMMIT, series.id
    for edition in world.editions:
        if edition.name:
            yield edition.name, Kind.SUMMIT, edition.series


def _people_names(world: World) -> Iterator[tuple[str, Kind, str]]:
    for person in world.people.values():
        for name in (person.name, *person.aliases):
            yield name, Kind.LEADER if " " in name or "-" in name else Kind.SHORT, person.name
        for name in person.short:
            yield name, Kind.SHORT, person.name


def _titles(world: World) -> Iterator[tuple[str, Kind, str]]:
    for office in world.offices.values():
        for title in (office.label, *office.titles):
            yield title, Kind.TITLE, office.id


def _words(vocabulary: Vocabulary) -> Iterator[tuple[str, Kind, str]]:
    for name, phrases in vocabulary.phrases.items():
        for phrase in phrases:
            yield phrase, Kind.WORD, name


def listed_phrases(world: World, vocabulary: Vocabulary) -> Iterator[tuple[str, Kind, str]]:
    """All names of the world and all word classes, each phrase with its kind and what it names."""
    yield from _country_names(world)
    yield from _place_names(world)
    yield from _summit_names(world)
    yield from _people_names(world)
    yield from _titles(world)
    yield from _words(vocabulary)


def build_gazetteer(world: World, vocabulary: Vocabulary) -> Gazetteer:
    """The trie of all names of the world and all word classes."""
    gazetteer = Gazetteer()
    for phrase, kind, key in listed_phrases(world, vocabulary):
        gazetteer.add(phrase, kind, key)
    return gazetteer


def all_found(gazetteer: Gazetteer) -> Iterator[Found]:
    """Everything that is listed, in no particular order."""
    stack: list[dict[str, Any]] = [gazetteer.root]
    while stack:
        for word, node in stack.pop().items():
            if word == _END:
                yield node
            else:
                stack.append(node)
