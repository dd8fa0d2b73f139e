"""The assembled knowledge as tables, for those who work with spreadsheets, R or pandas: a row for each thing.

CSV as RFC 4180 has it, in UTF-8, with a head. What is several is separated by semicolons; a date is as precise as it is
known, and stands beside the first and the last day that it can be. What was planned only has a table of its own.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.store.prefixes import DIP, RDF, RDFS, SKOS

_DEFAULT: Final = ox.DefaultGraph()
_TYPE: Final = ox.NamedNode(f"{RDF}type")
_MEETING: Final = ox.NamedNode(f"{DIP}Meeting")
_WIKIDATA: Final = "http://www.wikidata.org/entity/"
_PREFIXES: Final = {"": DIP, "rdf": RDF, "rdfs": RDFS, "skos": SKOS, "owl": "http://www.w3.org/2002/07/owl#"}

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where its values stand, by properties from the thing on (``^`` against one), and how they show."""

    name: str
    path: str = ""
    show: Callable[[ox.Store, Sequence[_Term]], str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """What is in a table: the things of these classes."""

    classes: tuple[str, ...]
    columns: tuple[Column, ...]


def write_table(store: ox.Store, table: Table) -> bytes:
    """The table as CSV, by class and IRI: the same graph gives the same bytes."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow([column.name for column in table.columns])
    for thing in things(store, table.classes):
        rows.writerow([(column.show or _labels)(store, follow(store, thing, column.path)) for column in table.columns])
    return written.getvalue().encode()


def things(store: ox.Store, classes: Iterable[str]) -> Iterator[ox.NamedNode]:
    """The things of these classes, each class in the order of their IRIs."""
    for name in classes:
        found = store.quads_for_pattern(None, _TYPE, ox.NamedNode(f"{DIP}{name}"), _DEFAULT)
        yield from sorted(
            (quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode)), key=lambda thing: thing.value
        )


def follow(store: ox.Store, thing: ox.NamedNode, path: str) -> list[_Term]:
    """The ends of a path of properties, each once, in order; the thing itself where there is no path."""
    ends: list[_Term] = [thing]
    for step in path.split():
        ends = sorted({one for end in ends for one in _next(store, end, step)}, key=str)
    return ends


def label(store: ox.Store, term: _Term) -> str:
    """What a thing is called, in English where it is called so; of a value, its text."""
    if isinstance(term, ox.Literal):
        return str(term.value)
    called = (*_next(store, term, "rdfs:label"), *_next(store, term, "skos:prefLabel"))
    found = [one for one in called if isinstance(one, ox.Literal)]
    if not found:
        return code(term)
    return str(min(found, key=lambda one: (one.language != "en", one.value)).value)


def _next(store: ox.Store, end: _Term, step: str) -> Iterator[_Term]:
    if isinstance(end, ox.Literal | ox.Triple):
        return
    name = _property(step.removeprefix("^"))
    if step.startswith("^"):
        yield from (quad.subject for quad in store.quads_for_pattern(None, name, end, _DEFAULT))
    else:
        yield from (quad.object for quad in store.quads_for_pattern(end, name, None, _DEFAULT))


def _property(step: str) -> ox.NamedNode:
    prefix, _, name = step.rpartition(":")
    return ox.NamedNode(_PREFIXES[prefix] + name)


def _labels(store: ox.Store, terms: Sequence[_Term]) -> str:
    return "; ".join(sorted({label(store, term) for term in terms}))


def _iris(_: ox.Store, terms: Sequence[_Term]) -> str:
    return "; ".join(term.value for term in terms if isinstance(term, ox.NamedNode))


def _codes(_: ox.Store, terms: Sequence[_Term]) -> str:
    return "; ".join(sorted(code(term) for term in terms))


def code(term: _Term) -> str:
    """The last part of an IRI: of a country its code, of a class or an act its name."""
    return term.value.rstrip("/").replace("#", "/").rpartition("/")[2] if isinstance(term, ox.NamedNode) else str(term)


def _parties(_: ox.Store, terms: Sequence[_Term]) -> str:
    """ISO 3166-1 alpha-3 of each country, the abbreviation of each organisation."""
    return "; ".join(sorted(code(term).upper() for term in terms))


def _count(_: ox.Store, terms: Sequence[_Term]) -> str:
    return str(len(terms))


def _witnesses(store: ox.Store, terms: Sequence[_Term]) -> str:
    """How many articles there are, copies of one counted once."""
    originals = ((follow(store, one, "copyOf") or [one])[0] for one in terms if isinstance(one, ox.NamedNode))
    return str(len(set(originals)))


def _meetings(store: ox.Store, terms: Sequence[_Term]) -> str:
    held = (ox.Quad(one, _TYPE, _MEETING, _DEFAULT) in store for one in terms if isinstance(one, ox.NamedNode))
    return str(sum(held))


def _wikidata(_: ox.Store, terms: Sequence[_Term]) -> str:
    return "; ".join(code(term) for term in terms if isinstance(term, ox.NamedNode) and _WIKIDATA in term.value)


_WHEN: Final = (Column("date", "date"), Column("earliest", "earliest"), Column("latest", "latest"))
_SOURCES: Final = (Column("sources", "reportedIn", _witnesses), Column("articles", "reportedIn", _iris))
_WHERE: Final = (
    Column("place", "place"),
    Column("country", "place country"),
    Column("country_code", "place country", _parties),
)
_WHAT: Final = (
    Column("kind", "rdf:type", _codes),
    Column("status", "status", _codes),
    Column("format", "format", _codes),
    *_WHEN,
    *_WHERE,
    Column("on_margins_of", "onMarginsOf"),
)

LEADERS: Final = Table(
    ("Leader",),
    (
        Column("leader", show=_iris),
        Column("name"),
        Column("also", "skos:altLabel"),
        Column("country", "represents"),
        Column("country_code", "represents", _parties),
        Column("offices", "^holder office"),
        Column("meetings", "^participant", _meetings),
        Column("met", "met", _count),
        Column("wikidata", "owl:sameAs", _wikidata),
    ),
)


def _of_contacts(classes: tuple[str, ...], name: str, role: str, *more: Column) -> Table:
    """Contacts with those who have this role in them; ``name`` heads the first column."""
    who = (Column(f"{_snake(role)}s", role), Column(f"{_snake(role)}_iris", role, _iris))
    return Table(classes, (Column(name, show=_iris), *_WHAT, *more, *who, *_SOURCES))


def _snake(name: str) -> str:
    return re.sub("(?=[A-Z])", "_", name).lower()


MEETINGS: Final = _of_contacts(
    ("Meeting", "PhoneCall", "VideoCall"), "meeting", "participant", Column("duration", "duration")
)
PLANNED: Final = _of_contacts(("PlannedContact",), "planned", "plannedParticipant")
SUMMITS: Final = Table(
    ("Summit",),
    (
        Column("summit", show=_iris),
        Column("name"),
        *_WHEN,
        *_WHERE,
        Column("organized_by", "organizedBy"),
        Column("participants", "participant"),
        *_SOURCES,
    ),
)
AGREEMENTS: Final = Table(
    ("Agreement",),
    (
        Column("agreement", show=_iris),
        Column("act", "act", _codes),
        Column("topic", "topic"),
        *(Column(one.name, f"concludedAt {one.path}", one.show) for one in _WHEN),
        Column("parties", "party"),
        Column("party_codes", "party", _parties),
        Column("agreed_by", "agreedBy"),
        Column("concerns", "concerns"),
        Column("concluded_at", "concludedAt", _iris),
        *_SOURCES,
    ),
)
ANNIVERSARIES: Final = Table(
    ("Anniversary",),
    (
        Column("anniversary", show=_iris),
        Column("name"),
        Column("ordinal", "ordinal"),
        *_WHEN,
        Column("commemorates", "commemorates"),
        Column("base_date", "commemorates date"),
        Column("parties", "party"),
        Column("party_codes", "party", _parties),
        *_SOURCES,
    ),
)
