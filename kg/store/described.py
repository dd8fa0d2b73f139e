"""What a description of the data set tells in any form: whose, of which day, under which licence, in which files.

All of it stands in the graph, but for the licence and the version of the program: the same graph is described by the
same bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Final, NamedTuple, cast

import pyoxigraph as ox

from kg import __version__
from kg.errors import StoreError
from kg.store.manifest import read_manifest
from kg.store.paths import DEFAULT
from kg.store.prefixes import DIP, PREFIXES
from kg.store.tables import TABLES

TITLE: Final = "Diplomacy KG"
ABOUT: Final = (
    "News reports on diplomacy as a graph: who met whom, where, when and beside which summit, with the sentences."
)
KEYWORDS: Final = ("diplomacy", "international relations", "news", "knowledge graph", "RDF", "information extraction")
WHOLE: Final = "diplomacy.nq"
_MARK: Final = 16
_URI_SPACE: Final = ox.NamedNode(PREFIXES["void"] + "uriSpace")
_ENDED: Final = ox.NamedNode(PREFIXES["prov"] + "endedAtTime")
_PUBLISHED: Final = ox.NamedNode(DIP + "published")


class Kept(NamedTuple):
    """The bytes of a file and their SHA-256."""

    size: int
    checksum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the data set: its name, by which format :mod:`kg.store.export` writes it, and what it is."""

    name: str
    form: str
    media: str
    about: str


FILES: Final = (
    File(name="diplomacy.ttl", form="turtle", media="text/turtle", about="the assembled knowledge as Turtle"),
    File(
        name=WHOLE,
        form="nquads",
        media="application/n-quads",
        about="every named graph, with what each article alone supports, as N-Quads",
    ),
    *(
        File(name=f"{name}.csv", form=f"{name}.csv", media="text/csv", about=table.about)
        for name, table in TABLES.items()
    ),
)


@dataclass(frozen=True, kw_only=True)
class DataSet:
    """The data set in one state; ``measured`` says of each file how large it is, and its checksum."""

    store: ox.Store
    licence: str
    measured: Callable[[File], Kept]

    @cached_property
    def base(self) -> str:
        """Where the IRIs of the graph begin, as the build wrote it."""
        return min(_bases(self.store), default=DIP.removesuffix("ns#"))

    @property
    def iri(self) -> str:
        """The IRI of the data set."""
        return f"{self.base}dataset"

    @cached_property
    def reported(self) -> tuple[dt.date, dt.date] | None:
        """The days of the oldest and of the newest report; ``None`` without reports."""
        days = iter(_days(self.store, _PUBLISHED, DEFAULT))
        first = last = next(days, None)
        if first is None or last is None:
            return None
        for day in days:
            first, last = min(first, day), max(last, day)
        return first, last

    @cached_property
    def day(self) -> dt.date | None:
        """The day of the build where it was told one, else of the newest report."""
        run = ox.NamedNode(f"{self.base}run")
        built = max(_days(self.store, _ENDED, ox.NamedNode(f"{self.base}graph/meta"), run), default=None)
        return built or (self.reported[1] if self.reported else None)

    @cached_property
    def files(self) -> Mapping[str, tuple[File, Kept]]:
        """The files by name."""
        return {file.name: (file, self.measured(file)) for file in FILES}

    @property
    def mark(self) -> str:
        """What tells this state from every other: the SHA-256 of its N-Quads begins so."""
        return self.files[WHOLE][1].checksum[:_MARK]

    @property
    def version(self) -> str:
        """The version of the program and the mark of the data, as Semantic Versioning joins them."""
        return f"{__version__}+{self.mark}"

    @property
    def citation(self) -> str:
        """An entry of BibTeX."""
        when = f"  year = {{{self.day.year}}},\n  month = {{{self.day.month}}},\n" if self.day else ""
        return (
            f"@misc{{diplomacy-kg-{self.mark},\n  title = {{{{{TITLE}}}}},\n  version = {{{self.version}}},\n"
            f"{when}  url = {{{self.iri}}}\n}}"
        )


def measured_by(write: Callable[[File, IO[bytes]], None], known: Mapping[str, Kept]) -> Callable[[File], Kept]:
    """What measures a file: as it was published, or as it would be written, which is written nowhere."""

    def measured(file: File) -> Kept:
        if file.name in known:
            return known[file.name]
        sum_ = _Sum()
        write(file, cast("IO[bytes]", sum_))
        return sum_.kept

    return measured


def published_files(generation: Path) -> dict[str, Kept]:
    """The files that were published in this folder of a generation, by name; none where its manifest names none."""
    try:
        sums = read_manifest(generation, int(generation.name)).get("exports", {})
        return {name: Kept((generation / "exports" / name).stat().st_size, str(sums[name])) for name in sums}
    except (OSError, StoreError, ValueError):
        return {}


class _Sum:
    """A file whose bytes are counted and summed up, and gone."""

    def __init__(self) -> None:
        """Begin with no byte."""
        self._total = hashlib.sha256()
        self._size = 0

    @property
    def kept(self) -> Kept:
        """What was written so far."""
        return Kept(self._size, self._total.hexdigest())

    def write(self, chunk: bytes) -> int:
        """The number of bytes taken: all of them."""
        self._total.update(chunk)
        self._size += len(chunk)
        return len(chunk)

    def writelines(self, lines: Iterator[bytes]) -> None:
        """Nothing; all of them are written."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing; a file has it."""


def _bases(store: ox.Store) -> Iterator[str]:
    """Where IRIs begin, as a build said it: in its graph ``meta``, of its data set."""
    for quad in store.quads_for_pattern(None, _URI_SPACE, None, None):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.endswith("dataset"):
            base = quad.subject.value.removesuffix("dataset")
            if quad.graph_name == ox.NamedNode(f"{base}graph/meta") and quad.object == ox.Literal(f"{base}id/"):
                yield base


def _days(
    store: ox.Store, name: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph, subject: ox.NamedNode | None = None
) -> Iterator[dt.date]:
    """The days that are told so; people may write anything into a graph of theirs."""
    for quad in store.quads_for_pattern(subject, name, None, graph):
        if isinstance(quad.object, ox.Literal):
            with suppress(ValueError):
                yield dt.date.fromisoformat(quad.object.value[:10])
