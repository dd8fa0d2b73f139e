"""What extraction knows before it reads: world, words, the trie of both, and the alphabet of patterns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.config import shipped
from kg.extract.pattern import Alphabet, class_sets
from kg.extract.plain import plain_words
from kg.extract.spelling import Spellings
from kg.lexicon.gazetteer import Gazetteer, Kind, all_found, build_gazetteer
from kg.lexicon.vocabulary import Vocabulary, load_vocabulary
from kg.lexicon.world import Office, Person, Term, World, load_world
from kg.model.entity import fold


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """World and words, ready to be found in text; each is itself alone."""

    world: World
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    alphabet: Alphabet
    spellings: Spellings
    titles: Mapping[str, tuple[Office, ...]]  # folded title -> the offices it may name, the closest label first
    terms: Mapping[str, tuple[tuple[Person, Term], ...]]  # country -> who held what there
    seats: Mapping[str, str]  # office -> the one country or organisation that has it ("Taoiseach", "NATO chief")

    def office(self, title: str) -> Office | None:
        """The office that a title names; several share "Premier": the one labelled so comes first."""
        offices = self.titles.get(fold(title))
        return offices[0] if offices else None


def build_lexicon(world: World, vocabulary: Vocabulary) -> Lexicon:
    """The lexicon of one world and one set of word lists."""
    gazetteer = build_gazetteer(world, vocabulary)
    alphabet = Alphabet.of(class_sets(found.keys for found in all_found(gazetteer)))
    for found in all_found(gazetteer):
        found.letter = alphabet.letters[found.classes] if found.keys.keys() == {Kind.WORD} else ""
    titles: dict[str, list[Office]] = {}
    for office in world.offices.values():
        for title in (office.label, *office.titles):
            listed = titles.setdefault(fold(title), [])
            if office not in listed:
                listed.append(office)
    return Lexicon(
        world=world,
        vocabulary=vocabulary,
        gazetteer=gazetteer,
        alphabet=alphabet,
        spellings=Spellings(gazetteer, alphabet),
        titles={
            title: tuple(sorted(listed, key=lambda o: (fold(o.label) != title, o.id)))
            for title, listed in titles.items()
        },
        terms=_terms(world),
        seats=_seats(world),
    )


def _terms(world: World) -> dict[str, tuple[tuple[Person, Term], ...]]:
    terms: dict[str, list[tuple[Person, Term]]] = {}
    for person in world.people.values():
        for term in person.terms:
            terms.setdefault(term.country, []).append((person, term))
    return {country: tuple(held) for country, held in terms.items()}


def _seats(world: World) -> dict[str, str]:
    """The offices that only one country or organisation has."""
    holders: dict[str, set[str]] = {}
    for person in world.people.values():
        for term in person.terms:
            holders.setdefault(term.office, set()).add(term.country)
    seats = {
        office: next(iter(codes))
        for office, codes in holders.items()
        if len(codes) == 1
        and not codes & world.countries.keys()
        and office in world.offices
        and world.offices[office].kind == "organisation-head"
    }
    return seats | {office.id: office.country for office in world.offices.values() if office.country}


@lru_cache(maxsize=4)
def load_lexicon(*more: Path) -> Lexicon:
    """The lexicon of the shipped seeds and of the user's own world folders."""
    seeds = shipped("seeds")
    world = load_world(seeds / "world", *more)
    return build_lexicon(world, load_vocabulary(seeds / "words", *(folder / "words" for folder in more)))


__all__ = ["Kind", "Lexicon", "build_lexicon", "load_lexicon", "plain_words"]
