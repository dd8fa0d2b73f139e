"""Whom of the world's known leaders an article means: by name, country, office and the day it was printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from kg.extract.item import Mention
from kg.extract.lexicon import Lexicon, plain_words
from kg.lexicon.gazetteer import Kind
from kg.lexicon.tokens import folded
from kg.lexicon.world import Office, Person, Term

HEADS: Final = frozenset({"head-of-state", "head-of-government", "monarch"})
# Offices whose holders the press names by surname alone.
_PROMINENT: Final = HEADS | {"foreign-minister", "heir", "organisation-head", "deputy"}
_BARE: Final = frozenset({"minister", "secretary"})
_MINISTERS: Final = frozenset({"minister", "foreign-minister"})
_PAIRS_KEPT: Final = 1 << 14
_PARTS: Final = 3  # of a name that is longer than a known one
_LISTED: Final = 3  # words of a known name that is followed by whose son he is
_ENOUGH: Final = 4  # what a surname must score to name a known leader


@dataclass(frozen=True, slots=True)
class KnownLeaders:
    """The known leaders, seen from one article; ``countries`` are those that it names."""

    lexicon: Lexicon
    day: dt.date | None
    countries: set[str] = field(default_factory=set)

    def term_of(self, person: Person, offices: Collection[str] = ()) -> Term | None:
        """The term that the article most likely means: the one of an office that it gives, else the one of the day."""
        on_day = person.term_on(self.day)
        if not offices or (on_day is not None and self._is_of(on_day, offices)):
            return on_day
        named = [term for term in person.terms if self._is_of(term, offices)]
        return named[-1] if named else on_day

    def _is_of(self, term: Term, offices: Collection[str]) -> bool:
        """Whether the term's office is one of these."""
        office = self.office_of(term)
        return office is not None and folded(office.label) in offices

    def office_of(self, term: Term) -> Office | None:
        """The office of a term."""
        return self.lexicon.world.offices.get(term.office)

    def named(self, mention: Mention) -> Person | None:
        """The known leader whom the mention names, if exactly one fits its country, office and the day."""
        if not mention.known:
            return None
        people = [self.lexicon.world.people[name] for name in mention.known]
        if mention.full:
            fitting = [person for person in people if self._may_be(person, mention)]
            if len(fitting) == 1:
                return fitting[0]
            return max(fitting, key=lambda person: self._score(person, mention), default=None)
        scored = sorted(((self._score(person, mention), person.name) for person in people), reverse=True)
        if scored[0][0] < _ENOUGH or (len(scored) > 1 and scored[1][0] == scored[0][0]):
            return None
        return self.lexicon.world.people[scored[0][1]]

    def fuller(self, mention: Mention) -> Person | None:
        """The known leader whose name the mention gives with a further part: "William Samoei Ruto".

        First and last part, country and office must all be his.
        """
        words = folded(mention.name or "").split()
        if mention.known or mention.country is None or mention.office is None or len(words) < _PARTS:
            return None
        found = self.lexicon.gazetteer.alone((mention.name or "").split()[-1])
        lineage = self._with_lineage((mention.name or "").split())
        if lineage is not None and self._score(lineage, mention) > 0:
            return lineage
        people = [self.lexicon.world.people[name] for name in (found.keys.get(Kind.SHORT, ()) if found else ())]
        fitting = [person for person in people if _is_within(person.name, words) and self._score(person, mention) > 0]
        return fitting[0] if len(fitting) == 1 else None

    def _with_lineage(self, words: list[str]) -> Person | None:
        """The known leader whose name goes on with whose son he is: "Salem bin Nasser bin Saif Al Novak"."""
        begins = self.lexicon.gazetteer.longest(words, 0)
        if begins is None or begins[0] < _LISTED or begins[0] == len(words):
            return None
        names = begins[1].keys.get(Kind.LEADER, ())
        particle = folded(words[begins[0]]) in plain_words("arabic_particles")
        return self.lexicon.world.people[names[0]] if particle and len(names) == 1 else None

    def _may_be(self, person: Person, mention: Mention) -> bool:
        """Whether a full name is his: it is enough unless the text gives another country."""
        states = self.lexicon.world.countries
        if mention.country is None or mention.office is None or mention.country not in states:
            return True
        countries = {term.country for term in person.terms}
        return self.own(person, mention.country) in countries or any(country not in states for country in countries)

    def own(self, person: Person, country: str) -> str:
        """The country of a demonym that two have, as the person's tenures decide: "Congolese"."""
        states = self.lexicon.world.countries
        countries = [term.country for term in person.terms]
        if country in countries or country not in states:
            return country
        shared = set(states[country].demonyms)
        return next((code for code in countries if code in states and shared & set(states[code].demonyms)), country)

    def _score(self, person: Person, mention: Mention) -> int:
        """How well a known leader fits a surname: country and office count, and being in office on the day."""
        return max([0, *(self._fit(term, mention) for term in person.terms)])

    def _fit(self, term: Term, mention: Mention) -> int:
        """How well one term fits; 0 where it contradicts."""
        office = self.office_of(term)
        if mention.country is not None and term.country != mention.country:
            return 0
        if mention.office is not None and (office is None or not self._is_office_of(mention, term, office)):
            return 0
        score = 3 if mention.country is not None else int(term.country in self.countries)
        score += 3 if mention.office is not None else 0
        if self.day is None or term.covers(self.day):
            score += 2
        elif not (mention.former or mention.then):
            score -= 1
        return score + (1 if office is not None and office.kind in _PROMINENT else 0)

    def _is_office_of(self, mention: Mention, term: Term, office: Office) -> bool:
        """Whether the mention's title may be that of the term."""
        assert mention.office is not None
        return self.same_office(office.label, mention.office) or self._is_short_for(mention, term, office)

    def _is_short_for(self, mention: Mention, term: Term, office: Office) -> bool:
        """Whether a bare title is short for the office held on the day: "Secretary X" for the Secretary of State.

        "Minister X" is so only of a country that the article names.
        """
        title = mention.title or ""
        if title not in _BARE or office.kind not in _MINISTERS or title not in folded(office.label).split():
            return False
        near = title == "secretary" or mention.country is not None or term.country in self.countries
        return near and self.day is not None and term.covers(self.day)

    def same_office(self, label: str, other: str) -> bool:
        """Whether two titles name one office: "premier" and "prime minister" do, and a leader is any of them."""
        return _same_office(self.lexicon, label, other)

    def holder(self, office: str | None, country: str) -> Person | None:
        """Who held that office in that country on the day, if the world knows exactly one; a leader is its head."""
        if self.day is None or office is None:
            return None
        heads_only = folded(office) == "leader"
        found: dict[str, Person] = {}
        for person, term in self.lexicon.terms.get(country, ()):
            if term.start is None or not term.covers(self.day):
                continue
            listed = self.office_of(term)
            if listed is None or not self.same_office(listed.label, office):
                continue
            if not heads_only or listed.kind in HEADS:
                found.setdefault(person.name, person)
        return next(iter(found.values())) if len(found) == 1 else None


def _is_within(name: str, words: list[str]) -> bool:
    """Whether a name has the same first and last part as these words, and no part that they lack."""
    parts = folded(name).split()
    return len(parts) > 1 and parts[0] == words[0] and parts[-1] == words[-1] and set(parts) < set(words)


@lru_cache(maxsize=_PAIRS_KEPT)
def _same_office(lexicon: Lexicon, label: str, other: str) -> bool:
    mine, theirs = folded(label), folded(other)
    if theirs in {mine, "leader"}:
        return True
    named = lexicon.titles.get(theirs, ())
    return any(office in named for office in lexicon.titles.get(mine, ()))
