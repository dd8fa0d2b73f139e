"""Who an article speaks of: mentions joined to figures, figures known by the world or made from title, name and country."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.extract.item import Item, Mention, Symbol
from kg.extract.lexicon import Lexicon
from kg.lexicon.gazetteer import Kind
from kg.lexicon.world import Office, Person, Term
from kg.model.entity import Leader, fold

# Offices whose holders the press names by surname alone.
_PROMINENT: Final = frozenset({"head-of-state", "head-of-government", "monarch", "foreign-minister", "heir", "organisation-head", "deputy"})  # fmt: skip
_NATIONAL: Final = frozenset({"head-of-state", "head-of-government", "monarch", "foreign-minister", "minister", "deputy", "heir", "legislator", "spokesperson"})  # fmt: skip
_HEADS: Final = frozenset({"head-of-state", "head-of-government", "monarch"})
_VAGUE: Final = frozenset(
    {"minister", "secretary", "envoy", "leader", "chief", "president", "ambassador", "representative"}
)
_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv", "v", "vi", "xiv", "xvi", "jnr", "snr"})


def name_key(name: str) -> str:
    """What two spellings of one name share: no case, no diacritics, hyphens as blanks."""
    return " ".join(fold(name).replace("-", " ").replace("'", "").replace(".", " ").split())


@dataclass(slots=True, eq=False)
class Figure:
    """One person of one article while it is read; becomes a :class:`~kg.model.entity.Leader` at its end."""

    name: str
    written: str
    person: Person | None = None
    office: str | None = None
    office_kind: str | None = None
    country: str | None = None
    offices: set[str] = field(default_factory=set)  # folded labels by which "the president" may mean him
    former_only: bool = True
    sex: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)
    titled: bool = False
    in_contact: bool = False
    elect: bool = False
    at_home: bool = False  # named without a country, as the press of the own country does
    mentions: list[Mention] = field(default_factory=list)
    apart_from: list[Figure] = field(default_factory=list)  # counterparts: of another country

    @property
    def leader(self) -> Leader:
        """The value that facts carry."""
        return Leader(
            name=self.person.name if self.person else self.name,
            office=self.office,
            country=self.country,
            wikidata=self.person.wikidata if self.person else None,
            written=self.written,
        )

    @property
    def is_past(self) -> bool:
        """Whether the article gives him only offices that he no longer holds."""
        return self.office is not None and self.former_only

    @property
    def keys(self) -> set[str]:
        """The short names by which the article may call him again."""
        parts = name_key(self.name).split()
        while len(parts) > 1 and parts[-1] in _SUFFIXES:
            parts.pop()
        found = {parts[-1], " ".join(parts[-2:]), " ".join(parts[1:]), " ".join(parts)}
        if self.person is not None:
            found |= {name_key(short) for short in self.person.short}
            found |= {name_key(alias) for alias in self.person.aliases}
        return {key for key in found if key}


class Register:
    """The figures of one article."""

    __slots__ = ("_by_key", "_by_name", "_first", "countries", "day", "figures", "home", "lexicon")

    def __init__(self, lexicon: Lexicon, day: dt.date | None, home: str | None) -> None:
        """Begin empty; ``day`` is the publication date, ``home`` the country of the dateline."""
        self.lexicon = lexicon
        self.day = day
        self.home = home
        self.figures: list[Figure] = []
        self.countries: set[str] = set()
        self._by_key: dict[str, list[Figure]] = {}
        self._by_name: dict[str, Figure] = {}
        self._first: dict[str, list[Figure]] = {}

    # -- introduction: a first pass over all sentences

    def introduce(self, mention: Mention) -> Figure | None:
        """The figure of a mention that names somebody in full or by title; ``None`` where it does neither."""
        if mention.name is None:
            return None
        person = self.known(mention)
        figure: Figure | None = self._find(mention, person)
        if figure is None:
            if not (mention.titled or mention.full or person is not None):
                return None
            if person is None and not mention.titled:
                return None
            figure = Figure(name=mention.name, written=mention.name)
            self.figures.append(figure)
        self._learn(figure, mention, person)
        return figure

    def _find(self, mention: Mention, person: Person | None) -> Figure | None:
        key = name_key(mention.name or "")
        if person is not None:
            for known in self.figures:
                if known.person is person:
                    return known
        figure = self._by_name.get(key)
        if figure is not None and (person is None or figure.person is None):
            return figure
        if mention.full and person is not None:
            return None
        return self._by_short(key, mention)

    def _by_short(self, key: str, mention: Mention) -> Figure | None:
        """The figure called again by a shorter name; a contradicting country or office says no."""
        candidates = [f for f in self._by_key.get(key, ()) if _compatible(f, mention)]
        if not candidates and " " not in key:
            candidates = [f for f in self._first.get(key, ()) if _compatible(f, mention)]
        if len(candidates) > 1 and mention.office:
            exact = [f for f in candidates if fold(mention.office) in f.offices]
            candidates = exact or candidates
        return candidates[-1] if candidates else None

    def _learn(self, figure: Figure, mention: Mention, person: Person | None) -> None:
        """What the mention adds to the figure."""
        name = mention.name or ""
        if person is not None and figure.person is None:
            figure.person = person
            figure.sex = person.sex
        if (mention.full or person) and len(name_key(name).split()) > len(name_key(figure.written).split()):
            figure.written = name
            if figure.person is None:
                figure.name = name
        if mention.country:
            if figure.country is None:
                figure.country = mention.country
            self.countries.add(mention.country)
        if mention.name and mention not in figure.mentions:
            figure.mentions.append(mention)
        figure.elect = figure.elect or mention.elect
        if mention.office:
            figure.offices.add(fold(mention.office))
            figure.offices.update(fold(label) for label in mention.also)
            current = not (mention.former or mention.then)
            if figure.office is None or (current and figure.former_only):
                figure.office, figure.office_kind = mention.office, mention.office_kind
            figure.former_only = figure.former_only and not current
        figure.titled = figure.titled or mention.titled
        if _is_woman(name, mention):
            figure.sex = "f"
        self._index(figure)

    def _index(self, figure: Figure) -> None:
        self._by_name[name_key(figure.name)] = figure
        for key in figure.keys:
            listed = self._by_key.setdefault(key, [])
            if figure not in listed:
                listed.append(figure)
        for part in name_key(figure.name).split():
            listed = self._first.setdefault(part, [])
            if figure not in listed:
                listed.append(figure)

    # -- the world

    def term(self, person: Person) -> Term | None:
        """The term that the article most likely means."""
        return person.term_on(self.day)

    def known(self, mention: Mention) -> Person | None:
        """The known leader whom the mention names, if exactly one fits its country, office and the day."""
        people = [self.lexicon.world.people[name] for name in mention.known]
        if mention.full:
            fitting = [p for p in people if self._may_be(p, mention)]
            return fitting[0] if fitting else None
        scored = sorted(((self._score(p, mention), p.name) for p in people), reverse=True)
        if not scored or scored[0][0] < 4:
            return None
        if len(scored) > 1 and scored[1][0] == scored[0][0]:
            return None
        return self.lexicon.world.people[scored[0][1]]

    def _may_be(self, person: Person, mention: Mention) -> bool:
        """A full name is enough unless the text gives another country."""
        if mention.country is None or mention.office is None:
            return True
        countries = {term.country for term in person.terms}
        organisations = {c for c in countries if c not in self.lexicon.world.countries}
        return (
            mention.country in countries or bool(organisations) or mention.country not in self.lexicon.world.countries
        )

    def _score(self, person: Person, mention: Mention) -> int:
        """How well a known leader fits a surname: country and office count, and being in office on the day."""
        best = 0
        for term in person.terms:
            office = self.lexicon.world.offices.get(term.office)
            in_office = self.day is None or term.covers(self.day)
            score = 0
            if mention.country is not None:
                if term.country != mention.country:
                    continue
                score += 3
            elif term.country in self.countries:
                score += 1
            if mention.office is not None:
                if office is None or not self.same_office(office.label, mention.office):
                    continue
                score += 3
            if in_office:
                score += 2
            elif not (mention.former or mention.then):
                score -= 1
            if office is not None and office.kind in _PROMINENT:
                score += 1
            best = max(best, score)
        return best

    def same_office(self, label: str, other: str) -> bool:
        """Whether two titles name one office: "premier" and "prime minister" do, and a leader is any of them."""
        if fold(label) == fold(other) or fold(other) == "leader":
            return True
        mine, theirs = self.lexicon.titles.get(fold(label), ()), self.lexicon.titles.get(fold(other), ())
        return any(office in theirs for office in mine)

    def holder(self, office: str | None, country: str) -> Person | None:
        """Who held that office in that country on the day, if the world knows exactly one; a leader is its head."""
        if self.day is None:
            return None
        found: list[Person] = []
        for person, term in self.lexicon.terms.get(country, ()):
            if term.start is None or not term.covers(self.day):
                continue
            listed = self.lexicon.world.offices.get(term.office)
            if listed is None or office is None or not self.same_office(listed.label, office):
                continue
            if fold(office) != "leader" or listed.kind in _HEADS:
                found.append(person)
        return found[0] if len({p.name for p in found}) == 1 else None

    def holds(self, office: Office, country: str, *, worldwide: bool = True) -> Figure | None:
        """The figure who holds an office of this kind in the country: of the article, else the one the world knows."""
        kinds = _HEADS if office.id == "leader" else {office.kind}
        mine = [f for f in self.figures if f.country == country and f.office_kind in kinds and not f.is_past]
        if not mine and office.id == "leader":
            mine = [f for f in self.figures if f.country == country and f.office is None and f.person is None]
        if mine:
            return mine[0] if len(mine) == 1 else None
        person = self.holder(office.label, country) if worldwide else None
        return self.of_person(person) if person is not None else None

    # -- reference: the second pass

    def name(self, item: Item) -> Figure | None:
        """The figure that an untitled name means: one introduced elsewhere, or a leader everybody knows."""
        mention = item.mention or Mention(item.text, item.begin, item.end, known=item.keys.get(Kind.SHORT, ()))
        key = name_key(mention.name or "")
        figure = self._by_name.get(key) or self._by_short(key, mention)
        if figure is not None or item.initial and " " not in key and not mention.known:
            return figure
        person = self.known(mention)
        if person is None or item.symbol == Symbol.WORD:
            return None
        figure = Figure(name=person.name, written=person.name)
        self.figures.append(figure)
        self._learn(figure, mention, person)
        return figure

    def of_person(self, person: Person) -> Figure:
        """The figure of a known leader whom the text means without naming him."""
        for figure in self.figures:
            if figure.person is person:
                return figure
        figure = Figure(name=person.name, written=person.name, person=person, sex=person.sex)
        self.figures.append(figure)
        self._index(figure)
        return figure

    def settle(self) -> None:
        """Country and referable offices of every figure, from text first, then world, then the dateline."""
        for figure in self.figures:
            term = self.term(figure.person) if figure.person else None
            if figure.country is None and term is not None:
                figure.country = term.country
            if term is not None:
                office = self.lexicon.world.offices.get(term.office)
                if office is not None:
                    figure.offices.add(fold(office.label))
                    figure.office_kind = figure.office_kind or office.kind
            if figure.country:
                self.countries.add(figure.country)

    def settle_home(self, headline: Sequence[str]) -> None:
        """The country of those whom the text names without one, as the press of their own country does.

        ``headline`` are the countries of headline and lead in their order. A country whose holder of the same office is
        named already is somebody else's; the dateline's country comes first, then those of the headline.
        """
        for figure in self.figures:
            if figure.country is not None or not figure.titled or figure.person is not None:
                continue
            if figure.office is None or figure.office_kind not in _NATIONAL:
                continue
            taken = {f.country for f in self.figures if f.country and not f.at_home}
            taken |= {f.country for f in figure.apart_from if f.country}
            taken.discard(self.home)
            taken |= {f.country for f in self.figures if f.country and f.office == figure.office and not f.at_home}
            for code in (self.home, *headline):
                if code is not None and code not in taken and code in self.lexicon.world.countries:
                    figure.country, figure.at_home = code, True
                    break


def _compatible(figure: Figure, mention: Mention) -> bool:
    if mention.country and figure.country and mention.country != figure.country:
        return False
    if mention.full and name_key(mention.name or "") not in {name_key(figure.name), *figure.keys}:
        return False
    if mention.title in _VAGUE and any(mention.title in office for office in figure.offices):
        return True
    if mention.office and figure.offices and fold(mention.office) not in figure.offices:
        # "President Lee" after "Prime Minister Lee Hsien Loong" is somebody else, unless one title is a mere "leader".
        return "leader" in {fold(mention.office), *figure.offices} or mention.former or mention.then
    return True


def _is_woman(name: str, mention: Mention) -> bool:
    return bool(mention.office) and fold(mention.office or "") in {"queen", "princess", "queen consort"}


def leaders_of(figures: Iterable[Figure]) -> tuple[Leader, ...]:
    """The figures as values, by name."""
    return tuple(sorted((figure.leader for figure in figures), key=lambda leader: leader.slug))


__all__: Sequence[str] = ("Figure", "Register", "leaders_of", "name_key")
