"""The names of the things in a graph: for pick-lists, for search, and for parameters given by label, slug or IRI."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.mappers.time import in_words
from kg.model.date import PartialDate, When
from kg.model.entity import fold, slug
from kg.query.kinds import CLASSES
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
}"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A thing by its name; ``others`` are further names, ``date`` an ISO date, empty where it has none."""

    iri: str
    label: str
    kind: str
    others: tuple[str, ...] = ()
    date: str = ""

    @property
    def slug(self) -> str:
        """The last part of the IRI."""
        return self.iri.rstrip("/").rsplit("/", 1)[-1]


class Names:
    """All names of one generation."""

    def __init__(self, names: Iterable[Name]) -> None:
        """Index them."""
        ordered = sorted(names, key=lambda name: (name.kind, fold(name.label), name.iri))
        self._by_iri = {name.iri: name for name in ordered}
        self._lists: dict[frozenset[str], tuple[Name, ...]] = {}
        self._folded: dict[str, list[Name]] = defaultdict(list)
        for name in self._by_iri.values():
            for spelling in dict.fromkeys((fold(name.label), fold(name.slug), *map(fold, name.others))):
                self._folded[spelling].append(name)

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

    def find(self, text: str, kinds: frozenset[str] = frozenset()) -> list[Name]:
        """The things of this name: an IRI or its end, a label, a further name, a slug; else all that it begins."""
        known = self._by_iri.get(text) or self._by_path(text)
        if known is not None:
            return [known] if not kinds or known.kind in kinds else []
        for spelling in (fold(text.strip()), slug(text)):
            exact = [name for name in self._folded.get(spelling, ()) if not kinds or name.kind in kinds]
            if exact:
                return exact
        return [name for name in self.search(text) if not kinds or name.kind in kinds]

    def _by_path(self, text: str) -> Name | None:
        """The thing whose IRI ends like this ("meeting/2025-06-17-a-b"), as ``kg why`` names it."""
        if "/" not in text:
            return None
        return next((name for iri, name in self._by_iri.items() if iri.endswith(f"/id/{text.strip()}")), None)

    def search(self, text: str, most: int = 1_000_000) -> list[Name]:
        """The things whose names hold every word of the text as a beginning of a word, best first."""
        words = fold(text).split()
        if not words:
            return []
        found: dict[str, tuple[bool, str, Name]] = {}
        for spelling, names in self._folded.items():
            padded = " " + spelling.replace("-", " ")
            if all(f" {word}" in padded or f"-{word}" in spelling for word in words):
                begins = not spelling.startswith(words[0])
                for name in names:
                    best = (begins, fold(name.label), name)
                    found[name.iri] = min(found.get(name.iri, best), best, key=lambda entry: entry[:2])
        ordered = sorted(found.values(), key=lambda entry: (entry[0], entry[1], entry[2].iri))
        return [name for _, _, name in ordered[:most]]


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
    return Name(iri=iri, label=label, kind=kind, others=(*labels[1:], *sorted(says.get("other", ()))), date=date)


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
