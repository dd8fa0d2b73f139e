"""The world of ``seeds/world``: countries, places, organisations, summit series, offices, leaders with tenures.

Data only. How names are found in text is :mod:`kg.lexicon.gazetteer`'s business.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from kg.errors import SeedError
from kg.model.date import PartialDate
from kg.model.entity import fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A state (``id`` is its ISO 3166-1 alpha-3 code)."""

    id: str
    iso2: str
    name: str
    official: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    people: tuple[str, ...]
    capital: str
    metonyms: tuple[str, ...]
    zone: str
    wikidata: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A place where diplomacy happens; ``country`` is an ISO 3166-1 alpha-3 code, degrees are WGS 84."""

    name: str
    aliases: tuple[str, ...]
    country: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation (``id`` is its usual abbreviation)."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    wikidata: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A series of summits (``id`` as people write it: "G7")."""

    id: str
    name: str
    organiser: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One gathering of a series."""

    series: str
    year: int
    place: str
    country: str
    start: PartialDate | None
    end: PartialDate | None
    name: str

    def goes_on(self, day: dt.date) -> bool:
        """Whether it is known to have been held on that day."""
        begins = self.start.earliest if self.start else None
        ends = self.end.latest if self.end else None
        return begins is not None and ends is not None and begins <= day <= ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office: its label, every title that names it before a name, and its country where only one has it."""

    id: str
    label: str
    titles: tuple[str, ...]
    kind: str
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One tenure of a known leader."""

    country: str
    office: str
    start: PartialDate | None
    end: PartialDate | None

    def covers(self, day: dt.date) -> bool:
        """Whether the office may have been held on that day; an unknown bound excludes nothing."""
        begins = self.start.earliest if self.start else None
        ends = self.end.latest if self.end else None
        return (begins is None or begins <= day) and (ends is None or day <= ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A known leader: names, sex ("m", "f" or ""), terms in the order of their start."""

    name: str
    short: tuple[str, ...]
    aliases: tuple[str, ...]
    sex: str
    wikidata: str | None
    terms: tuple[Term, ...]

    def term_on(self, day: dt.date | None) -> Term | None:
        """The first-listed office held on the day; without a day, or with none held then, the latest one."""
        if day is not None:
            for term in self.terms:
                if term.covers(day):
                    return term
            before = [t for t in self.terms if t.start and t.start.earliest and t.start.earliest <= day]
            if before:
                return before[-1]
        return self.terms[-1] if self.terms else None


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that can be listed."""

    countries: Mapping[str, Country]
    towns: Mapping[str, Town]
    organisations: Mapping[str, Organisation]
    series: Mapping[str, Series]
    editions: tuple[Edition, ...]
    offices: Mapping[str, Office]
    people: Mapping[str, Person]
    regions: Mapping[str, str] = field(default_factory=dict)  # folded names of provinces and the like -> their country
    outlets: Mapping[str, str] = field(default_factory=dict)  # folded names of papers and agencies -> their country
    problems: tuple[str, ...] = field(default=())

    def editions_of(self, series: str) -> tuple[Edition, ...]:
        """The known gatherings of one series, oldest first."""
        return tuple(e for e in self.editions if e.series == series)


_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "countries.csv": (
        "iso3", "iso2", "name", "official", "aliases", "demonyms", "people", "capital", "metonyms", "zone", "wikidata",
    ),
    "places.csv": ("name", "aliases", "country", "lat", "lon"),
    "regions.csv": ("name", "aliases", "country"),
    "outlets.csv": ("name", "aliases", "country"),
    "organisations.csv": ("id", "name", "aliases", "kind", "wikidata"),
    "summits.csv": ("series", "name", "organiser", "aliases"),
    "editions.csv": ("series", "year", "place", "country", "start", "end", "name"),
    "offices.csv": ("id", "label", "titles", "kind", "country"),
    "leaders": ("name", "short", "aliases", "sex", "wikidata", "country", "office", "start", "end"),
}  # fmt: skip

_BESIDE: Final = frozenset({"co-prince"})  # offices that come with another one and name nobody by themselves

Row = dict[str, str]


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    """The lines of one file with their numbers.

    Raises:
        SeedError: the header is not the expected one, or a line has too many or too few cells.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        header = tuple(next(reader, ()))
        if header != columns:
            raise SeedError(str(path), 1, f"the columns must be {','.join(columns)}, not {','.join(header)}")
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(columns):
                raise SeedError(str(path), reader.line_num, f"{len(cells)} cells where {len(columns)} are expected")
            yield reader.line_num, dict(zip(columns, cells, strict=True))


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part for part in (p.strip() for p in cell.split(";")) if part) if cell else ()


@cache
def _date(cell: str) -> PartialDate | None:
    return PartialDate.parse(cell) if cell else None


def _country(row: Row) -> Country:
    return Country(
        id=row["iso3"], iso2=row["iso2"], name=row["name"], official=row["official"], aliases=_listed(row["aliases"]),
        demonyms=_listed(row["demonyms"]), people=_listed(row["people"]), capital=row["capital"],
        metonyms=_listed(row["metonyms"]), zone=row["zone"], wikidata=row["wikidata"] or None,
    )  # fmt: skip


def _town(row: Row) -> Town:
    lat, lon = row["lat"], row["lon"]
    return Town(
        name=row["name"], aliases=_listed(row["aliases"]), country=row["country"],
        lat=_degrees(lat, 90) if lat else None, lon=_degrees(lon, 180) if lon else None,
    )  # fmt: skip


def _degrees(cell: str, most: int) -> float:
    degrees = float(cell)
    if not -most <= degrees <= most:
        raise ValueError(f"{cell} is not between -{most} and {most} degrees")
    return degrees


def _of_country(row: Row) -> tuple[tuple[str, ...], str]:
    return (row["name"], *_listed(row["aliases"])), row["country"]


def _organisation(row: Row) -> Organisation:
    return Organisation(
        id=row["id"], name=row["name"], aliases=_listed(row["aliases"]), kind=row["kind"],
        wikidata=row["wikidata"] or None,
    )  # fmt: skip


def _series(row: Row) -> Series:
    return Series(id=row["series"], name=row["name"], organiser=row["organiser"], aliases=_listed(row["aliases"]))


def _edition(row: Row) -> Edition:
    return Edition(
        series=row["series"], year=int(row["year"]), place=row["place"], country=row["country"],
        start=_date(row["start"]), end=_date(row["end"]), name=row["name"],
    )  # fmt: skip


def _office(row: Row) -> Office:
    return Office(
        id=row["id"],
        label=row["label"],
        titles=_listed(row["titles"]),
        kind=row["kind"],
        country=row["country"] or None,
    )


def _read(folders: Iterable[Path], name: str, build: Callable[[Row], T]) -> Iterator[T]:
    """The values of one file of every world folder, in order.

    Raises:
        SeedError: a cell that is not of its kind.
    """
    for folder in folders:
        path = folder / name
        if not path.is_file():
            continue
        for line, row in _rows(path, _COLUMNS[name]):
            try:
                yield build(row)
            except ValueError as error:
                raise SeedError(str(path), line, str(error)) from error


def _people(folders: Iterable[Path]) -> dict[str, Person]:
    """The known leaders by name; one line is one tenure.

    Raises:
        SeedError: a date that is none.
    """
    seen: dict[str, dict[str, list[str]]] = {}
    terms: dict[str, list[Term]] = {}
    for folder in folders:
        files = sorted((folder / "leaders").glob("*.csv")) + [p for p in (folder / "leaders.csv",) if p.is_file()]
        for path in files:
            for line, row in _rows(path, _COLUMNS["leaders"]):
                try:
                    term = Term(
                        country=row["country"], office=row["office"], start=_date(row["start"]), end=_date(row["end"])
                    )
                except ValueError as error:
                    raise SeedError(str(path), line, str(error)) from error
                told = seen.setdefault(row["name"], {"short": [], "aliases": [], "sex": [], "wikidata": []})
                for column, cells in told.items():
                    cells += [cell for cell in _listed(row[column]) if cell not in cells]
                terms.setdefault(row["name"], []).append(term)
    return {
        name: Person(
            name=name,
            short=tuple(told["short"]),
            aliases=tuple(a for a in told["aliases"] if a != name),
            sex=told["sex"][0] if told["sex"] else "",
            wikidata=told["wikidata"][0] if told["wikidata"] else None,
            terms=tuple(sorted(terms[name], key=lambda t: (str(t.start or ""), t.office in _BESIDE))),
        )
        for name, told in seen.items()
    }


def _by_name(folders: Iterable[Path], name: str) -> dict[str, str]:
    """Folded names to countries."""
    return {fold(word): code for words, code in _read(folders, name, _of_country) for word in words}


def load_world(*folders: Path) -> World:
    """The world of these folders; a later folder's line replaces an earlier one's with the same key.

    Raises:
        SeedError: a line that is not of its form, with file and line.
    """
    return World(
        countries={c.id: c for c in _read(folders, "countries.csv", _country)},
        towns={fold(t.name): t for t in _read(folders, "places.csv", _town)},
        organisations={o.id: o for o in _read(folders, "organisations.csv", _organisation)},
        series={s.id: s for s in _read(folders, "summits.csv", _series)},
        editions=tuple(_read(folders, "editions.csv", _edition)),
        offices={o.id: o for o in _read(folders, "offices.csv", _office)},
        people=_people(folders),
        regions=_by_name(folders, "regions.csv"),
        outlets=_by_name(folders, "outlets.csv"),
    )
