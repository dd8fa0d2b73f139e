"""Names and words found in tokens: a trie over folded tokens, longest match first.

One dictionary look-up a token where nothing begins, so that text without names costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from kg.lexicon.tokens import Token, words_of
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


@dataclass(slots=True)
class Found:
    """Everything that one phrase may be: keys by kind (several leaders may share a short name)."""

    keys: dict[Kind, tuple[str, ...]] = field(default_factory=dict)
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


_END: Final = ""
_NAMES: Final = frozenset(
    {Kind.COUNTRY, Kind.ORGANISATION, Kind.SUMMIT, Kind.TOWN, Kind.METONYM}
)  # listed without "the"


def _is_acronym(phrase: str) -> bool:
    letters = phrase.replace(".", "").replace("-", "")
    return letters.isupper() and len(letters) <= 5


class Gazetteer:
    """The trie; built once, read by every article."""

    __slots__ = ("alone", "root")

    def __init__(self) -> None:
        """Begin empty."""
        self.root: dict[str, Any] = {}
        self.alone: dict[str, Found] = {}  # the words with which no longer phrase begins, listed in any case

    def close(self) -> None:
        """Note what can be found by one look-up."""
        for word, node in self.root.items():
            found = node.get(_END)
            if found is not None and len(node) == 1 and not (found.exact or found.proper):
                self.alone[word] = found

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

    def longest(self, tokens: Sequence[Token], folded: Sequence[str], start: int) -> tuple[int, Found] | None:
        """How many tokens from ``start`` the longest listed phrase takes, and what it may be."""
        alone = self.alone.get(folded[start])
        if alone is not None:
            return 1, alone
        node = self.root.get(folded[start])
        if node is None:
            return None
        best: tuple[int, Found] | None = None
        at = start + 1
        stop = len(folded)
        while True:
            found = node.get(_END)
            if found is not None and _fits(found, tokens, start, at):
                best = (at - start, found)
            if at == stop:
                return best
            node = node.get(folded[at])
            if node is None:
                return best
            at += 1


def _fits(found: Found, tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Whether the case of the tokens allows the phrase: a proper name begins with a capital, an acronym is one."""
    if found.exact:
        return all(not t.text.isalpha() or t.text.isupper() for t in tokens[start:stop])
    first = tokens[start].text[0]
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


def build_gazetteer(world: World, vocabulary: Vocabulary) -> Gazetteer:
    """The trie of all names of the world and all word classes."""
    gazetteer = Gazetteer()
    listed: Iterable[Iterator[tuple[str, Kind, str]]] = (
        _country_names(world),
        _place_names(world),
        _summit_names(world),
        _people_names(world),
        _titles(world),
        _words(vocabulary),
    )
    for names in listed:
        for phrase, kind, key in names:
            gazetteer.add(phrase, kind, key)
    gazetteer.close()
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
