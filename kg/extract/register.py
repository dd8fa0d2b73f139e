"""Who an article speaks of: mentions joined to figures, known by the world or made from title, name and country."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Final

from kg.extract.country import country_of
from kg.extract.figure import Figure, leaders_of, name_key, own_parts
from kg.extract.item import Item, Mention, Symbol
from kg.extract.known import HEADS, KnownLeaders
from kg.extract.lexicon import Lexicon, plain_words
from kg.extract.origin import Origin
from kg.lexicon.gazetteer import Kind
from kg.lexicon.tokens import folded
from kg.lexicon.world import Office, Person

# What a counterpart may be called before the one is known whose counterpart he is: "General X".
_UNTOLD: Final = frozenset({None, "military"})

_FAR: Final = 150  # figures; no title alone means somebody so far away, and no text may cost more than it is long


class Register:
    """The figures of one article."""

    __slots__ = (
        "_by_key",
        "_by_name",
        "_by_part",
        "_by_person",
        "bodies",
        "countries",
        "envoys",
        "figures",
        "first_home",
        "headed",
        "heard",
        "known",
        "lexicon",
        "of_items",
        "origin",
        "ours",
        "places",
        "posts",
        "seats",
        "strangers",
        "towns",
    )

    def __init__(self, lexicon: Lexicon, day: dt.date | None, origin: Origin) -> None:
        """Begin empty; ``day`` is the publication date."""
        self.lexicon = lexicon
        self.origin = origin
        self.ours: str | None = None  # the country of the leader whom the text names first
        self.first_home: str | None = None  # of the first leader whose country the text does not say
        self.of_items = False
        self.headed: dict[str, str] = {}  # kinds of office that the headline names by country alone: "S. Korean FM"
        self.figures: list[Figure] = []
        self.countries: set[str] = set()
        self.envoys: set[str] = set()  # the countries whose unnamed ambassadors are received
        self.heard: Counter[str] = Counter()  # how often a country is named beside no person
        self.places: dict[str, list[tuple[int, int]]] = {}  # where each country or organisation is named
        self.seats: dict[str, list[tuple[int, int]]] = {}  # where its capital or government is
        self.towns: Counter[str] = Counter()  # the countries of the towns named
        self.bodies: Counter[str] = Counter()  # the organisations named
        self.posts: Counter[str] = Counter()  # where the ambassadors named are sent
        self.known = KnownLeaders(lexicon, day, self.countries)
        self.strangers: set[str] = set()  # last names of people in no list, whom the text names in full
        self._by_key: dict[str, list[Figure]] = {}
        self._by_name: dict[str, Figure] = {}
        self._by_part: dict[str, list[Figure]] = {}
        self._by_person: dict[int, Figure] = {}  # the world keeps its people: no other gets the same number

    def place(self, item: Item) -> None:
        """Note where a country or an organisation is named, by its own name or its people's, or by its seat."""
        code = country_of(item)
        if code is not None:
            named = self.seats if item.keys.by_seat else self.places
            named.setdefault(code, []).append((item.begin, item.end))

    @property
    def home(self) -> str | None:
        """The country in which the dateline lies."""
        return self.origin.home

    # -- introduction: a first pass over all sentences

    def introduce(self, mention: Mention) -> Figure | None:
        """The figure of a mention that names somebody in full or by title; ``None`` where it does neither."""
        if mention.name is None:
            return None
        person = self._known(mention)
        figure = self._find(mention, person)
        if figure is not None and figure.person is None and person is not None and not _is_called(person, figure):
            person = None  # "PM Novak" after "PM Anna Novak" is she, whoever else of that name the world knows
        if figure is None:
            if person is None and not mention.titled:
                return None
            figure = self._add(Figure(name=mention.name, written=mention.name))
        self._learn(figure, mention, person)
        return figure

    def _known(self, mention: Mention) -> Person | None:
        """The known leader whom the mention names; not by a surname that the text gives to a stranger."""
        if not mention.full and not mention.titled and name_key(mention.name or "") in self.strangers:
            return None
        return self.known.named(mention) or (self.known.fuller(mention) if mention.full else None)

    def _add(self, figure: Figure) -> Figure:
        figure.number = len(self.figures)
        self.figures.append(figure)
        return figure

    def around(self, figure: Figure | None) -> Sequence[Figure]:
        """The figures named first shortly before or after this one did: all, but in a text of hundreds of people."""
        at = figure.number if figure is not None else 0
        return self.figures[max(0, at - _FAR) : at + _FAR]

    def _bears(self, person: Person) -> Figure | None:
        """The figure that is this known leader."""
        return self._by_person.get(id(person))

    def _find(self, mention: Mention, person: Person | None) -> Figure | None:
        key = name_key(mention.name or "")
        known = self._bears(person) if person is not None else None
        if known is not None:
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
            candidates = [f for f in self._by_part.get(key, ()) if _compatible(f, mention)]
        if len(candidates) > 1 and mention.office:
            exact = [f for f in candidates if folded(mention.office) in f.offices]
            candidates = exact or candidates
        if not mention.office:  # the surname alone is the leader's, not that of his wife
            candidates = [f for f in candidates if f.office_kind != "spouse"] or candidates
        current = [f for f in candidates if not f.is_past] or candidates
        if len(current) > 1 and not mention.office and not mention.full:  # "Bush": the one in office, not his father
            current = [f for f in current if self._is_in_office(f)] or current
        return current[-1] if current else None

    def _is_in_office(self, figure: Figure) -> bool:
        """Whether the world knows that somebody holds an office on the day."""
        person, day = figure.person, self.known.day
        return person is not None and day is not None and any(term.covers(day) for term in person.terms)

    def _learn(self, figure: Figure, mention: Mention, person: Person | None) -> None:
        """Add to the figure what the mention says."""
        name = mention.name or ""
        if person is not None and figure.person is None:
            figure.person, figure.sex = person, person.sex
            self._by_person.setdefault(id(person), figure)
        if (mention.full or person) and len(name_key(name).split()) > len(name_key(figure.written).split()):
            figure.written = name
            figure.name = name if figure.person is None else figure.name
        if mention.country:
            own = mention.country if figure.person is None else self.known.own(figure.person, mention.country)
            figure.country = figure.country or own
            figure.placed = True
            self.countries.add(own)
        figure.begin = min(figure.begin, mention.begin) if figure.mentions else mention.begin
        figure.mentions.setdefault(mention)
        self._note_company(figure, mention)
        figure.elect = figure.elect or mention.elect
        figure.titled = figure.titled or mention.titled
        figure.leads = figure.leads or (
            mention.title.endswith("leader") and not mention.office and mention.full and mention.country is not None
        )
        if mention.office:
            _appoint(figure, mention, mention.office)
        self._index(figure)

    def _note_company(self, figure: Figure, mention: Mention) -> None:
        """Note with whom the mention names him, and what else may tell of which country he is."""
        figure.note_surroundings(mention)
        if mention.posted is not None:
            self.posts[mention.posted] += 1
        if mention.company is not None and figure.company is None:
            figure.company = self._find(mention.company, None) if mention.company.name else None
        if mention.beside is not None and mention.beside.name and figure.beside is None:
            figure.beside = self._find(mention.beside, None)

    def _index(self, figure: Figure) -> None:
        key = name_key(figure.name)
        self._by_name[key] = figure
        if figure.indexed == (key, figure.person is None):
            return
        figure.indexed = key, figure.person is None
        for keys, index in ((figure.keys, self._by_key), (own_parts(key), self._by_part)):
            for short in keys:
                listed = index.setdefault(short, [])
                if figure not in listed:
                    listed.append(figure)

    # -- reference: the second pass

    def name(self, item: Item) -> Figure | None:
        """The figure that an untitled name means: one introduced elsewhere, or a leader everybody knows."""
        mention = item.mention or Mention(item.text, item.begin, item.end, known=item.keys.get(Kind.SHORT, ()))
        key = name_key(mention.name or "")
        figure = self._by_name.get(key) or self._by_short(key, mention) or self._by_style(key, mention)
        if figure is not None or (item.initial and " " not in key and not mention.known):
            return figure
        person = self._known(mention)
        if person is None or item.symbol == Symbol.WORD:
            return None
        figure = self._add(Figure(name=person.name, written=person.name))
        self._learn(figure, mention, person)
        return figure

    def _by_style(self, key: str, mention: Mention) -> Figure | None:
        """Whom a style and a given name mean, of whom the text gave the whole name: "Sheikh Omar", "Prince Hassan"."""
        style, _, given = key.partition(" ")
        if not given or " " in given or style not in plain_words("styles"):
            return None
        named = {
            id(f): f for f in self.figures if name_key(f.written).split()[:1] == [given] and _compatible(f, mention)
        }
        return next(iter(named.values())) if len(named) == 1 else None

    def is_stranger(self, item: Item) -> bool:
        """Whether an item is the name of somebody in no list: a full one, or the last part of one in the text."""
        return item.symbol == Symbol.NAME and (" " in item.text or name_key(item.text) in self.strangers)

    def of_person(self, person: Person) -> Figure:
        """The figure of a known leader whom the text means without naming him."""
        figure = self._bears(person)
        if figure is None:
            figure = self._add(Figure(name=person.name, written=person.name, person=person, sex=person.sex))
            self._by_person[id(person)] = figure
            self._index(figure)
        return figure

    def holds(self, office: Office, country: str, *, worldwide: bool = True) -> Figure | None:
        """The figure who holds an office of this kind in the country: of the article, else the one the world knows."""
        there = [f for f in self.figures if f.country == country]
        kinds = HEADS if office.id == "leader" else {office.kind}
        mine = [f for f in there if (f.office_kind in kinds or folded(office.label) in f.offices) and not f.is_past]
        if not mine and office.id == "leader":
            mine = [f for f in there if f.office is None and f.person is None]
        mine = mine or [f for f in there if f.office_kind in _UNTOLD and any(m.counterpart for m in f.mentions)]
        if mine:
            return mine[0] if len(mine) == 1 else None
        person = self.known.holder(office.label, country) if worldwide else None
        return self.of_person(person) if person is not None else None

    # -- what stands beside no name

    def settle(self) -> None:
        """Give every figure its country and referable offices: from text first, then from the world."""
        for figure in self.figures:
            term = self.known.term_of(figure.person, figure.offices) if figure.person else None
            if term is not None:
                figure.country = term.country if figure.country is None else figure.country
                office = self.known.office_of(term)
                if office is not None:
                    if _is_bare(figure, office):
                        figure.office = office.label
                    figure.offices.add(folded(office.label))
                    figure.office_kind = figure.office_kind or office.kind
            if figure.country:
                self.countries.add(figure.country)


def _is_bare(figure: Figure, office: Office) -> bool:
    """Whether all that the text calls a known leader is "Secretary X", which is short for an office that he holds."""
    titles = {mention.title for mention in figure.mentions if mention.title}
    return titles == {"secretary"} and "secretary" in folded(office.label).split()


def _appoint(figure: Figure, mention: Mention, office: str) -> None:
    """Add the mention's office to the figure's; one that is held comes before one that was."""
    current = not (mention.former or mention.then)
    figure.offices.add(folded(office))
    figure.offices.update(folded(label) for label in mention.also)
    if mention.office_kind == "foreign-minister" and "deputy" not in folded(office):
        figure.offices.add("foreign minister")
    vague = folded(figure.office or "") in plain_words("any_minister")  # "Minister Novak", "Foreign Minister Novak"
    closer = vague and current and (mention.office_kind or "").endswith("minister")
    rank = folded(figure.office or "") in plain_words("no_offices") and folded(office) not in plain_words("no_offices")
    if figure.office is None or closer or rank or (current and figure.former_only):
        figure.office, figure.office_kind = office, mention.office_kind
    figure.former_only = figure.former_only and not current
    if folded(office) in plain_words("of_women"):
        figure.sex = "f"


def _compatible(figure: Figure, mention: Mention) -> bool:
    """Whether a mention by a shorter name may mean the figure."""
    if mention.country and figure.country and mention.country != figure.country:
        return False
    if mention.full and not _same_name(figure, name_key(mention.name or "")):
        return False
    if mention.title in plain_words("vague_titles") and any(mention.title in office for office in figure.offices):
        return True
    office = folded(mention.office) if mention.office else ""
    if office and figure.offices and office not in figure.offices:
        # "President Lee" after "Prime Minister Lee Hsien Loong" is somebody else, unless one title is a mere "leader".
        if any(held.startswith(f"{office} ") or office.startswith(f"{held} ") for held in figure.offices):
            return True  # "Deputy Secretary Novak" after "Deputy Secretary of State Anna Novak"
        return office == "leader" or "leader" in figure.offices or mention.former or mention.then
    return True


def _is_called(person: Person, figure: Figure) -> bool:
    """Whether the figure's name may be the known leader's: one of his own, or a part of one."""
    mine = name_key(figure.name)
    names = [name_key(name) for name in (person.name, *person.aliases, *person.short)]
    return any(mine == name or set(mine.split()) <= set(name.split()) for name in names)


def _same_name(figure: Figure, key: str) -> bool:
    return key == name_key(figure.name) or key in figure.keys


__all__ = ["Figure", "Register", "leaders_of", "name_key"]
