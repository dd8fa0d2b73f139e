"""The assembled knowledge as tables, for those who work with spreadsheets, R, pandas or DuckDB: a row for each thing.

How they are written is the neighbours' work (:mod:`kg.store.csv_table`, :mod:`kg.store.parquet`). A date is as precise
as it is known, and stands beside the first and the last day that it can be. What was planned only has a table of its
own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from kg.store.paths import DEFAULT, TYPE, Term, code, follow, label, things
from kg.store.prefixes import DIP

_MEETING: Final = ox.NamedNode(f"{DIP}Meeting")
_WIKIDATA: Final = "http://www.wikidata.org/entity/"
# Between the values of a column that has several, where a format has no lists.
SEPARATOR: Final = "; "


class Kind(StrEnum):
    """What the values of a column are: one text, several, a number, a day."""

    TEXT = "text"
    LIST = "list"
    COUNT = "count"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where its values stand, by properties from the thing on (``^`` against one), and how they show."""

    name: str
    path: str = ""
    show: Callable[[ox.Store, Sequence[Term]], Sequence[str]] | None = None
    kind: Kind = Kind.TEXT

    @property
    def about(self) -> str:
        """What the column tells, in a few words."""
        return _ABOUT[self.name]

    @property
    def holds_iris(self) -> bool:
        """Whether each value is an IRI."""
        return self.show is _iris


@dataclass(frozen=True, slots=True)
class Table:
    """What is in a table: the things of these classes."""

    classes: tuple[str, ...]
    columns: tuple[Column, ...]
    about: str


def rows(store: ox.Store, table: Table) -> Iterator[list[Sequence[str]]]:
    """The values of each column, for one thing after the other, by class and IRI."""
    for thing in things(store, table.classes):
        yield [(column.show or _labels)(store, follow(store, thing, column.path)) for column in table.columns]


def _labels(store: ox.Store, terms: Sequence[Term]) -> list[str]:
    return sorted({label(store, term) for term in terms})


def _iris(_: ox.Store, terms: Sequence[Term]) -> list[str]:
    return [term.value for term in terms if isinstance(term, ox.NamedNode)]


def _codes(_: ox.Store, terms: Sequence[Term]) -> list[str]:
    return sorted(code(term) for term in terms)


def _parties(_: ox.Store, terms: Sequence[Term]) -> list[str]:
    """ISO 3166-1 alpha-3 of each country, the abbreviation of each organisation."""
    return sorted(code(term).upper() for term in terms)


def _count(_: ox.Store, terms: Sequence[Term]) -> list[str]:
    return [str(len(terms))]


def _witnesses(store: ox.Store, terms: Sequence[Term]) -> list[str]:
    """How many articles there are, copies of one counted once."""
    originals = ((follow(store, one, "copyOf") or [one])[0] for one in terms if isinstance(one, ox.NamedNode))
    return [str(len(set(originals)))]


def _meetings(store: ox.Store, terms: Sequence[Term]) -> list[str]:
    held = (ox.Quad(one, TYPE, _MEETING, DEFAULT) in store for one in terms if isinstance(one, ox.NamedNode))
    return [str(sum(held))]


def _wikidata(_: ox.Store, terms: Sequence[Term]) -> list[str]:
    return [code(term) for term in terms if isinstance(term, ox.NamedNode) and _WIKIDATA in term.value]


_WHEN: Final = (
    Column("date", "date"),
    Column("earliest", "earliest", kind=Kind.DAY),
    Column("latest", "latest", kind=Kind.DAY),
)
_SOURCES: Final = (
    Column("sources", "reportedIn", _witnesses, Kind.COUNT),
    Column("articles", "reportedIn", _iris, Kind.LIST),
)
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
        Column("also", "skos:altLabel", kind=Kind.LIST),
        Column("country", "represents"),
        Column("country_code", "represents", _parties),
        Column("offices", "^holder office", kind=Kind.LIST),
        Column("meetings", "^participant", _meetings, Kind.COUNT),
        Column("met", "met", _count, Kind.COUNT),
        Column("wikidata", "owl:sameAs", _wikidata),
    ),
    "every leader with country, offices and number of meetings",
)


def _of_contacts(about: str, classes: tuple[str, ...], role: str, *more: Column) -> Table:
    """Contacts with those who have this role in them."""
    name = "planned" if role == "plannedParticipant" else "meeting"
    who = (
        Column(f"{_snake(role)}s", role, kind=Kind.LIST),
        Column(f"{_snake(role)}_iris", role, _iris, Kind.LIST),
    )
    return Table(classes, (Column(name, show=_iris), *_WHAT, *more, *who, *_SOURCES), about)


def _snake(name: str) -> str:
    return re.sub("(?=[A-Z])", "_", name).lower()


MEETINGS: Final = _of_contacts(
    "every meeting and call that was held, with day, place, summit, people and sources",
    ("Meeting", "PhoneCall", "VideoCall"),
    "participant",
    Column("duration", "duration"),
)
PLANNED: Final = _of_contacts(
    "what was planned, postponed or cancelled; none of it counts as a meeting",
    ("PlannedContact",),
    "plannedParticipant",
)
SUMMITS: Final = Table(
    ("Summit",),
    (
        Column("summit", show=_iris),
        Column("name"),
        *_WHEN,
        *_WHERE,
        Column("organized_by", "organizedBy"),
        Column("participants", "participant", kind=Kind.LIST),
        *_SOURCES,
    ),
    "every summit, with who took part",
)
AGREEMENTS: Final = Table(
    ("Agreement",),
    (
        Column("agreement", show=_iris),
        Column("act", "act", _codes),
        Column("topic", "topic"),
        *(Column(one.name, f"concludedAt {one.path}", one.show, one.kind) for one in _WHEN),
        Column("parties", "party", kind=Kind.LIST),
        Column("party_codes", "party", _parties, Kind.LIST),
        Column("agreed_by", "agreedBy", kind=Kind.LIST),
        Column("concerns", "concerns", kind=Kind.LIST),
        Column("concluded_at", "concludedAt", _iris),
        *_SOURCES,
    ),
    "every agreement, with act, topic, parties and who agreed",
)
ANNIVERSARIES: Final = Table(
    ("Anniversary",),
    (
        Column("anniversary", show=_iris),
        Column("name"),
        Column("ordinal", "ordinal", kind=Kind.COUNT),
        *_WHEN,
        Column("commemorates", "commemorates"),
        Column("base_date", "commemorates date"),
        Column("parties", "party", kind=Kind.LIST),
        Column("party_codes", "party", _parties, Kind.LIST),
        *_SOURCES,
    ),
    "every anniversary, with its ordinal and what it commemorates",
)

TABLES: Final[Mapping[str, Table]] = MappingProxyType(
    {
        "leaders": LEADERS,
        "meetings": MEETINGS,
        "planned": PLANNED,
        "summits": SUMMITS,
        "agreements": AGREEMENTS,
        "anniversaries": ANNIVERSARIES,
    }
)
_ABOUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "act": "what kind of act it is: agreed, pledged, affirmed, reaffirmed, signed or announced",
        "agreed_by": "the names of the leaders who agreed",
        "agreement": "the IRI of the agreement",
        "also": "other spellings of the name",
        "anniversary": "the IRI of the anniversary",
        "articles": "the IRIs of the articles that report it",
        "base_date": "when what is commemorated happened",
        "commemorates": "what is commemorated",
        "concerns": "countries that are named but are no party",
        "concluded_at": "the IRI of the meeting, call or summit at which it was concluded",
        "country": "the name of the country",
        "country_code": "ISO 3166-1 alpha-3 of the country, the abbreviation of an organisation",
        "date": "the date as the text gives it: a day, a month, a year, or a day without a year",
        "duration": "how long it took, as xsd:duration",
        "earliest": "the first day that the date can be",
        "format": "bilateral, trilateral, multilateral or encounter",
        "kind": "the class: Meeting, PhoneCall, VideoCall or PlannedContact",
        "latest": "the last day that the date can be",
        "leader": "the IRI of the leader",
        "meeting": "the IRI of the meeting or call",
        "meetings": "how many meetings the leader took part in",
        "met": "how many leaders the leader met",
        "name": "the name, in English where it has one",
        "offices": "the offices that the leader holds or held",
        "on_margins_of": "the summit beside which it took place",
        "ordinal": "which anniversary it is: 60 for the sixtieth",
        "organized_by": "the organisation that holds the summit",
        "participant_iris": "the IRIs of those who took part, in the order of the IRIs",
        "participants": "the names of those who took part, in alphabetical order",
        "parties": "the countries between which it is",
        "party_codes": "ISO 3166-1 alpha-3 of each party, the abbreviation of an organisation",
        "place": "the town or building",
        "planned": "the IRI of what was planned",
        "planned_participant_iris": "the IRIs of those who were to take part",
        "planned_participants": "the names of those who were to take part",
        "sources": "how many articles report it, copies of one counted once",
        "status": "held, planned, postponed or cancelled",
        "summit": "the IRI of the summit",
        "topic": "what the agreement is about",
        "wikidata": "the item of the leader in Wikidata",
    }
)
