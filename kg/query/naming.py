"""The rows of :data:`NAMES_QUERY` as names: what a thing is called, or what is made of what is said of it."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Final

from kg.mappers.time import in_words
from kg.model.date import PartialDate, When
from kg.query.kinds import CLASSES
from kg.query.names import Name, Names
from kg.store.prefixes import DIP, PREFIXES

_LONGEST: Final = 1 << 30
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


def read_names(rows: Iterable[Mapping[str, str]]) -> Names:
    """The names from the rows of :data:`NAMES_QUERY`, in whatever order they come."""
    return Names(each_name((row["thing"], row["says"], row["value"]) for row in rows))


def read_rows(table: IO[bytes]) -> Iterator[tuple[str, str, str]]:
    """The rows of the table in CSV that :data:`NAMES_QUERY` is answered with."""
    csv.field_size_limit(_LONGEST)
    rows = csv.reader(io.TextIOWrapper(table, "utf-8", newline=""))
    next(rows)
    return ((thing, says, value) for thing, says, value in rows)


def each_name(rows: Iterable[tuple[str, str, str]]) -> Iterator[Name]:
    """The same of rows of a thing, in what way it is spoken of, and what is said."""
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for thing, says, value in rows:
        said[thing][says].add(value)
    return (name for iri, found in sorted(said.items()) if (name := _name(iri, found)) is not None)


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
