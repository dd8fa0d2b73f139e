"""Whom a record names: the country's code, the traveller by office, country and day, the President of that day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from kg.extract.lexicon import Lexicon
from kg.extract.register import name_key
from kg.lexicon.world import Person, Term
from kg.model.entity import Leader, fold

HOME: Final = "USA"
PRESIDENT: Final = "president"
_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv", "v", "vi", "3rd"})
_ALIKE: Final = 0.75
_SOON: Final = dt.timedelta(days=120)  # from an election to the office
_GENERATION: Final = dt.timedelta(days=15 * 365)
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_AND = re.compile(r"(?:,\s+|\s+and\s+)(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """One traveller: the leader, whom the world knows or not, and his title as the record writes it."""

    leader: Leader
    title: str
    person: Person | None = None

    @property
    def called(self) -> str:
        """The name in the account: the world's, else the record's."""
        return self.person.name if self.person else self.leader.written or self.leader.name


class Acquaintance:
    """Who is known, by country, and every name of a country."""

    __slots__ = ("_codes", "_terms", "lexicon")

    def __init__(self, lexicon: Lexicon) -> None:
        """Index the world once."""
        self.lexicon = lexicon
        self._codes: dict[str, str] = {}
        for country in lexicon.world.countries.values():
            for name in (country.name, country.official.partition(" (")[0], *country.aliases):
                self._codes.setdefault(fold(name), country.id)
        self._terms: dict[str, list[tuple[Person, Term]]] = {}
        for person in lexicon.world.people.values():
            for term in person.terms:
                self._terms.setdefault(term.country, []).append((person, term))

    # -- countries

    def country(self, written: str, key: str) -> str | None:
        """The code of the country that a record names; its key helps where the name is old or turned about."""
        return next((code for name in _country_names(written, key) if (code := self._codes.get(fold(name)))), None)

    def country_name(self, code: str | None, written: str) -> str:
        """The name by which the account calls it."""
        return self.lexicon.world.countries[code].name if code is not None else written

    def codes_in(self, words: str) -> list[str]:
        """The countries that the words name, in their order; a longer name hides the shorter ones in it."""
        found: dict[int, tuple[int, str]] = {}
        folded = fold(words)
        for name, code in self._codes.items():
            if name in folded:
                for match in re.finditer(rf"\b{re.escape(name)}(?!\w)", folded):
                    found[match.start()] = max(found.get(match.start(), (0, "")), (match.end(), code))
        result, reached = [], 0
        for begin, (end, code) in sorted(found.items()):
            if begin >= reached:
                result.append(code)
                reached = end
        return list(dict.fromkeys(result))

    # -- people

    def in_office(self, office: str, country: str, begin: dt.date, end: dt.date) -> Person | None:
        """Who held that office through all these days, if exactly one is known to."""
        found = {
            person.name: person
            for person, term in self._terms.get(country, ())
            if term.office == office and term.start is not None and term.covers(begin) and term.covers(end)
            and not (term.end is not None and term.end.latest == end)
        }  # fmt: skip
        return next(iter(found.values())) if len(found) == 1 else None

    def head(self, country: str, seat: str | None, day: dt.date) -> Person | None:
        """Who held the named office that day, or, where none is named, headed the government."""
        offices = self.lexicon.world.offices
        found = {
            person.name: person
            for person, term in self._terms.get(country, ())
            if (office := offices.get(term.office)) is not None and term.start is not None and term.covers(day)
            and (office.id == seat if seat else office.kind == "head-of-government")
        }  # fmt: skip
        return next(iter(found.values())) if len(found) == 1 else None

    def identify(self, name: str, office: str | None, country: str | None, day: dt.date) -> Person | None:
        """The one known leader of that country whom the name, perhaps misspelt, means on that day."""
        key = name_key(name)
        parts = [part for part in key.split() if part not in _SUFFIXES]
        terms = self._terms.get(country or "", ())
        full = {p.name: p for p, _ in terms if key in {name_key(n) for n in (p.name, *p.aliases)}}
        if len(full) == 1 and len(parts) > 1:
            return next(iter(full.values()))
        serving = [(p, t) for p, t in terms if t.start and t.covers(day) and self._is_office(t, office)]
        coming = [(p, t) for p, t in terms if t.start and t.covers(day + _SOON) and self._is_office(t, office)]
        for group in (serving, coming):
            found = {p.name: p for p, _ in group if _is_called(p, parts)}
            if len(found) == 1:
                return next(iter(found.values()))
        return None

    def on_that_day(self, leader: Leader, day: dt.date) -> Leader:
        """The leader with the country of the office he is given; under his bare name where he was not yet in it."""
        person = self.lexicon.world.people[leader.name]
        terms = [term for term in person.terms if leader.office and self._is_office(term, leader.office)]
        if terms and " " not in (leader.written or " ") and not any(_is_near(term, day) for term in terms):
            other = replace(leader, name=leader.written or leader.name, wikidata=None)
            return replace(other, name=self.unmistakable(other))
        serving = {term.country for term in terms if term.covers(day)}
        return replace(leader, country=serving.pop()) if serving and leader.country not in serving else leader

    def _is_office(self, term: Term, title: str | None) -> bool:
        """Whether the title, "-elect" or "acting" left out, may name the term's office."""
        if title is None:
            return True
        plain = re.sub(r"-elect$|^(?:acting|interim|provisional)\s+", "", fold(title))
        return any(office.id == term.office for office in self.lexicon.titles.get(plain, ())) or any(
            fold(office.label) == plain for office in (self.lexicon.world.offices.get(term.office),) if office
        )

    def travellers(self, written: str, country: str | None, day: dt.date) -> Iterator[Traveller]:
        """Everybody in the record's field, each with title and name."""
        parts = _AND.split(_IN_BRACKETS.sub("", written))
        for part in [p for p in parts if p] or [written]:
            title, name = self._titled(part)
            if title or len(parts) == 1:
                yield self.traveller(name or part, title, country, day)

    def traveller(self, name: str, title: str, country: str | None, day: dt.date) -> Traveller:
        """One person with his office, under the world's name for him where he is known."""
        office = self.lexicon.office(title) if title else None
        label = office.label if office else title or None
        person = self.identify(name, label, country, day)
        leader = Leader(
            name=person.name if person else name,
            office=label,
            country=country,
            wikidata=person.wikidata if person else None,
            written=name,
        )
        return Traveller(leader=replace(leader, name=self.unmistakable(leader)), title=title, person=person)

    def unmistakable(self, leader: Leader) -> str:
        """A name that nobody of another country shares: a surname alone says "of" which country."""
        known = self.lexicon.world.people.get(leader.name)
        if known is not None or " " in leader.name.strip() or leader.country is None:
            return leader.name
        country = self.lexicon.world.countries.get(leader.country)
        return f"{leader.name} of {country.name if country else leader.country}"

    def _titled(self, words: str) -> tuple[str, str]:
        """The longest title with which the words begin, and the rest."""
        parts = words.split()
        for count in range(len(parts) - 1, 0, -1):
            if fold(" ".join(parts[:count])) in self.lexicon.titles:
                return " ".join(parts[:count]), " ".join(parts[count:])
        return "", words


def _is_near(term: Term, day: dt.date) -> bool:
    """Whether the office was held by that day or soon after, and not a generation before."""
    begins = term.start.earliest if term.start else None
    ends = term.end.latest if term.end else None
    return (begins is None or begins <= day + _SOON) and (ends is None or day <= ends + _GENERATION)


def _is_called(person: Person, parts: list[str]) -> bool:
    """Whether the last part of a name, or one of a known person's short names in it, is his, misspelt or not."""
    if not parts:
        return False
    mine = [p for p in name_key(person.name).split() if p not in _SUFFIXES]
    shorts = {name_key(short) for short in person.short} | {mine[-1]}
    if shorts & {*parts, " ".join(parts), parts[-1]}:
        return True
    return any(SequenceMatcher(None, parts[-1], short).ratio() >= _ALIKE for short in shorts)


def _country_names(written: str, key: str) -> Iterable[str]:
    """The name, turned about its comma, without and within brackets, then the record's key read as a name."""
    yield written
    before, comma, after = written.partition(", ")
    if comma:
        yield f"{after} {before}"
    words = key.split("-")
    if "korea" not in words or len(words) > 1:
        yield " ".join(words)
        yield " ".join(reversed(words))
    yield from (part.strip(" )") for part in written.split("("))
    yield before
