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
    seats: Mapping[str, str]  # office -> the one country or organisation that has it ("Taoiseach")
    seats_by_title: Mapping[str, str]  # folded title -> the organisation that it names ("NATO chief")

    def office(self, title: str) -> Office | None:
        """The office that a title names; several share "Premier": the one labelled so comes first."""
        offices = self.titles.get(fold(title))
        return offices[0] if offices else None

    def seat(self, office: Office, title: str) -> str | None:
        """The one country or organisation that has the office, or that its title names."""
        return self.seats.get(office.id) or self.seats_by_title.get(title)


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
            title: tuple(sorted(listed, key=lambda office: _rank(office, title))) for title, listed in titles.items()
        },
        terms=_terms(world),
        seats=_seats(world),
        seats_by_title=_seats_by_title(world),
    )


def _rank(office: Office, title: str) -> tuple[bool, bool, bool, str]:
    """Which of several offices a title names: the one of that name, of two of one name the one that lists it."""
    named = fold(office.label) == title
    listed = title in map(fold, office.titles)
    return not named, not listed, office.country is None, office.id


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


def _seats_by_title(world: World) -> dict[str, str]:
    """The organisations and governments named in titles: "IAEA Director General", "Kremlin spokesman"."""
    bodies = {fold(name): o.id for o in world.organisations.values() for name in (o.id, o.name, *o.aliases)}
    governments = {fold(name): country.id for country in world.countries.values() for name in country.metonyms}
    seats: dict[str, str] = {}
    for office in world.offices.values():
        if office.kind not in {"organisation-head", "spokesperson"}:
            continue
        named = bodies if office.kind == "organisation-head" else governments
        for title in map(fold, office.titles):
            words = title.split()
            heads = [" ".join(words[:end]) for end in range(len(words) - 1, 0, -1)]
            tails = [title.partition(of)[2] for of in (" of the ", " of ")]
            found = next((named[part] for part in (*heads, *tails) if part in named), None)
            if found is not None:
                seats[title] = found
    return seats


@lru_cache(maxsize=4)
def load_lexicon(*more: Path) -> Lexicon:
    """The lexicon of the shipped seeds and of the user's own world folders."""
    seeds = shipped("seeds")
    world = load_world(seeds / "world", *more)
    return build_lexicon(world, load_vocabulary(seeds / "words", *(folder / "words" for folder in more)))


__all__ = ["Kind", "Lexicon", "build_lexicon", "load_lexicon", "plain_words"]
