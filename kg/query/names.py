"""The names of the things in a graph: for pick-lists, for search, and for parameters given by label, slug or IRI."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.mappers.time import in_words
from kg.model.date import PartialDate, When
from kg.model.entity import fold, slug
from kg.query.kinds import CLASSES
from kg.query.search import Index, asked_words, initials
from kg.store.prefixes import DIP, PREFIXES

PREFIX_LINES: Final = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("dip", "rdfs", "skos", "xsd"))

# Every thing that a page or a parameter may name, a row for each thing said of it. Contacts, agreements, tenures and
# statements need no label of their own: they are named by who took part, what was agreed, which office it is, and when.
NAMES_QUERY: Final = (
    PREFIX_LINES
    + """
SELECT ?thing ?says ?value WHERE {
  { ?thing a ?value . FILTER (?value NOT IN (dip:Evidence, dip:Claim)) BIND ("kind" AS ?says) }
  UNION { ?thing rdfs:label|skos:prefLabel|dip:headline ?value BIND ("label" AS ?says) }
  UNION { ?thing skos:altLabel|skos:notation ?value BIND ("other" AS ?says) }
  UNION {
    GRAPH ?world { ?thing skos:altLabel ?value }
    FILTER (STRENDS(STR(?world), "/graph/reference") && EXISTS { ?thing a ?kind })
    BIND ("other" AS ?says)
  }
  UNION {
    ?thing dip:participant|dip:plannedParticipant|dip:holder|dip:speaker|dip:topic ?part .
    ?part rdfs:label|skos:prefLabel ?value
    BIND ("part" AS ?says)
  }
  UNION { ?thing dip:party|dip:about ?side . ?side rdfs:label ?value BIND ("side" AS ?says) }
  UNION { ?thing a dip:Tenure ; dip:office/rdfs:label ?value BIND ("office" AS ?says) }
  UNION { ?thing dip:act ?value BIND ("act" AS ?says) }
  UNION { ?thing dip:concludedAt/dip:date ?value BIND ("date" AS ?says) }
  UNION { ?thing dip:property ?value BIND ("part" AS ?says) }
  UNION { ?thing dip:date|dip:start|dip:published ?value BIND ("date" AS ?says) }
  UNION { ?thing dip:earliest ?value BIND ("earliest" AS ?says) }
  UNION {
    { SELECT ?thing (COUNT(*) AS ?value) WHERE {
        ?user dip:participant|dip:plannedParticipant|dip:onMarginsOf|dip:place|dip:party|dip:organizedBy ?thing
    } GROUP BY ?thing }
    BIND ("uses" AS ?says)
  }
  UNION {
    { SELECT ?thing (COUNT(*) AS ?value) WHERE { ?thing dip:reportedIn ?article } GROUP BY ?thing }
    BIND ("uses" AS ?says)
  }
}"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A thing by its name; ``others`` are further names, ``date`` an ISO date, empty where it has none.

    ``mentions`` counts what else names it: articles, contacts, agreements.
    """

    iri: str
    label: str
    kind: str
    others: tuple[str, ...] = ()
    date: str = ""
    mentions: int = 0

    @property
    def slug(self) -> str:
        """The last part of the IRI."""
        return self.iri.rstrip("/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Matches:
    """What a search found, best first, and how many of each kind; ``is_alike`` where it is only spelled alike."""

    names: Sequence[Name]
    total: int
    counts: Mapping[str, int]
    is_alike: bool = False


# Who and where come before what they did.
_FIRST_KINDS: Final = frozenset({"Leader", "Summit", "Country", "Organization", "Place"})
_NOBODY: Final = Matches((), 0, {})


class Names:
    """All names of one generation."""

    def __init__(self, names: Iterable[Name]) -> None:
        """Index them."""
        ordered = sorted(names, key=lambda name: (name.kind, fold(name.label), name.iri))
        self._by_iri = {name.iri: name for name in ordered}
        self._by_path = {name.iri.rpartition("/id/")[2]: name for name in ordered}
        self._lists: dict[frozenset[str], tuple[Name, ...]] = {}
        self._leading: dict[tuple[frozenset[str], int], tuple[Name, ...]] = {}
        self._folded: dict[str, list[Name]] = defaultdict(list)
        self.counts: Mapping[str, int] = Counter(name.kind for name in ordered)
        self._ranked = sorted(ordered, key=_weight)
        self._index = Index(map(self._spelled, self._ranked))
        self._kinds = [name.kind for name in self._ranked]
        self._counted = lru_cache(maxsize=256)(self._count)

    def _spelled(self, name: Name) -> list[str]:
        """The folded spellings of a name, which then leads to it."""
        spelled = list(dict.fromkeys((fold(name.label), fold(name.slug), *map(fold, name.others))))
        for spelling in spelled:
            self._folded[spelling].append(name)
        if name.kind in _FIRST_KINDS and (short := initials(name.label)):
            spelled.append(short)
        return spelled

    def __iter__(self) -> Iterator[Name]:
        """Every name, by kind and label."""
        return iter(self._by_iri.values())

    def __len__(self) -> int:
        """How many things have a name."""
        return len(self._by_iri)

    def get(self, iri: str) -> Name | None:
        """The name of this thing."""
        return self._by_iri.get(iri)

    def of_kinds(self, kinds: frozenset[str]) -> tuple[Name, ...]:
        """The pick-list of a kind: things of a date newest first, all others by label."""
        if kinds not in self._lists:
            chosen = [name for name in self if not kinds or name.kind in kinds]
            self._lists[kinds] = tuple(sorted(chosen, key=lambda name: name.date, reverse=True))
        return self._lists[kinds]

    def leading_of(self, kinds: frozenset[str], most: int) -> tuple[Name, ...]:
        """The most mentioned of these kinds, by label."""
        if (kinds, most) not in self._leading:
            chosen = heapq.nsmallest(most, self.of_kinds(kinds), key=_weight)
            self._leading[kinds, most] = tuple(sorted(chosen, key=lambda name: fold(name.label)))
        return self._leading[kinds, most]

    def leading(self, most: int) -> Sequence[Name]:
        """The most mentioned people, summits, countries, organisations and places."""
        return [name for name in self._ranked[:most] if name.kind in _FIRST_KINDS]

    def find(self, text: str, kinds: frozenset[str] = frozenset()) -> list[Name]:
        """The things of this name: an IRI or its end, a label, a further name, a slug; else all that it begins."""
        # "meeting/2025-06-17-a-b", as ``kg why`` names it.
        known = self._by_iri.get(text) or (self._by_path.get(text.strip()) if "/" in text else None)
        if known is not None:
            return [known] if not kinds or known.kind in kinds else []
        for spelling in (fold(text.strip()), slug(text)):
            exact = [name for name in self._folded.get(spelling, ()) if not kinds or name.kind in kinds]
            if exact:
                return exact
        found = self._index.find(asked_words(text))
        if found.is_alike:
            return []
        return [name for number in found.numbers if (name := self._ranked[number]).kind in kinds or not kinds]

    def search(self, text: str, most: int = 1_000_000) -> list[Name]:
        """The things whose names hold every word of the text as a beginning of a word, best first."""
        return list(self.matches(text, most=most).names)

    def matches(self, text: str, kind: str = "", *, begin: int = 0, most: int = 20) -> Matches:
        """So many of the things that a text may mean, from this one on.

        First what is exactly so called, then what has these very words, then what begins so, of each the most
        mentioned first; where there is none, what is spelled alike.
        """
        words = asked_words(text)
        found = self._index.find(words)
        if not found.numbers:
            return _NOBODY
        counts = self._counted(words)
        exact = self._folded.get(fold(text.strip()), ())
        # Where many things are called so, they come in their usual order.
        first = [name for name in exact if not kind or name.kind == kind] if len(exact) <= most else []
        total = counts.get(kind, 0) if kind else len(found.numbers)
        names = self._slice(found.numbers, kind, frozenset(name.iri for name in first), begin + most)
        return Matches([*first, *names][begin : begin + most], total, counts, found.is_alike)

    def _slice(self, numbers: Sequence[int], kind: str, without: frozenset[str], most: int) -> list[Name]:
        """The first names of these numbers, of this kind."""
        found: list[Name] = []
        for number in numbers:
            name = self._ranked[number]
            if (not kind or name.kind == kind) and name.iri not in without:
                found.append(name)
                if len(found) == most:
                    break
        return found

    def _count(self, words: tuple[str, ...]) -> Mapping[str, int]:
        return Counter(map(self._kinds.__getitem__, self._index.find(words).numbers))


def _weight(name: Name) -> tuple[bool, int, str, str]:
    """What comes first among names that fit alike: those of people and places, the most mentioned, by label."""
    return name.kind not in _FIRST_KINDS, -name.mentions, fold(name.label), name.iri


def read_names(rows: Iterable[Mapping[str, str]]) -> Names:
    """The names from the rows of :data:`NAMES_QUERY`, in whatever order they come."""
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        said[row["thing"]][row["says"]].add(row["value"])
    return Names(name for iri, says in sorted(said.items()) if (name := _name(iri, says)) is not None)


def _name(iri: str, says: Mapping[str, set[str]]) -> Name | None:
    kinds = {_CONCEPT.get(kind, kind.removeprefix(DIP)) for kind in says.get("kind", ())}
    kind = next((known for known in CLASSES if known in kinds), None)
    if kind is None:
        return None
    date = min(says.get("date") or says.get("earliest") or [""])
    labels = sorted(says.get("label", ()))
    label = labels[0] if labels else _composed(iri, kind, says, date)
    others = dict.fromkeys((*labels[1:], *sorted(says.get("other", ()))))
    others.pop(label, None)
    mentions = sum(map(int, says.get("uses", ())))
    return Name(iri=iri, label=label, kind=kind, others=tuple(others), date=date, mentions=mentions)


_CONCEPT: Final = {PREFIXES["skos"] + "Concept": "Topic"}


def _composed(iri: str, kind: str, says: Mapping[str, set[str]], date: str) -> str:
    """A name made of what is said of a thing: "Chile and Peru signed: fisheries treaty, 9 April 2024"."""
    parts, sides = sorted(says.get("part", ())), sorted(says.get("side", ()))
    if not parts:
        return iri.rstrip("/").rsplit("/", 1)[-1].replace("-", " ")
    who, when = _listed(parts), _spoken(date)
    match kind:
        case "Agreement" if sides:
            words = f"{_listed(sides)} {_act(says)}: {who}"
        case "Tenure" if says.get("office"):
            words = f"{who}, {_listed(sorted(says['office']))}"
            when = f"since {when}" if when else ""
        case "Statement" if sides:
            words = f"{who} on {_listed(sides)}"
        case _:
            words, when = f"{CLASSES[kind].one.capitalize()}: {who}", date
    return f"{words}, {when}" if when else words


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _act(says: Mapping[str, set[str]]) -> str:
    """What the sides did, from the act's IRI: "signed"."""
    return min(says.get("act", {"agreed"})).removeprefix(DIP)


def _spoken(date: str) -> str:
    """The date in words: "9 April 2024", "April 2024"; as it stands where it is of another form."""
    try:
        return in_words(When.on(PartialDate.parse(date))) or date
    except ValueError:
        return date
