"""Whole graphs as files, written piece by piece: the same quads give the same bytes, whatever order they are kept in.

What memory does not hold is sorted on the disk.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import IO, Final, cast

import pyoxigraph as ox
from rdflib import Graph
from rdflib.term import BNode as Blank

from kg.store.croissant import croissant
from kg.store.csv_table import write_csv
from kg.store.datacite import datacite
from kg.store.described import DataSet, File, Kept, measured_by, published_files
from kg.store.generation import canonical_lines
from kg.store.network import graphml
from kg.store.parquet import write_parquet
from kg.store.prefixes import PREFIXES
from kg.store.sorting import SortedLines
from kg.store.streams import LegalXml, Lines
from kg.store.tables import TABLES
from kg.store.terse import blocks, terse


class ExportFormat(StrEnum):
    """What an export can be: N-Quads and TriG hold every graph, the other formats of RDF the default graph.

    GraphML is who met whom, and each table what there is of some classes, as CSV or as Parquet. Croissant and DataCite
    describe the data set and its files.
    """

    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    NQUADS = "nquads"
    TRIG = "trig"
    JSONLD = "jsonld"
    RDFXML = "rdfxml"
    GRAPHML = "graphml"
    LEADERS = "leaders.csv"
    MEETINGS = "meetings.csv"
    PLANNED = "planned.csv"
    SUMMITS = "summits.csv"
    AGREEMENTS = "agreements.csv"
    ANNIVERSARIES = "anniversaries.csv"
    LEADERS_PARQUET = "leaders.parquet"
    MEETINGS_PARQUET = "meetings.parquet"
    PLANNED_PARQUET = "planned.parquet"
    SUMMITS_PARQUET = "summits.parquet"
    AGREEMENTS_PARQUET = "agreements.parquet"
    ANNIVERSARIES_PARQUET = "anniversaries.parquet"
    CROISSANT = "croissant"
    DATACITE = "datacite"


_Name = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
_DEFAULT: Final = ox.DefaultGraph()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What descriptions of the data set tell beside the graph: its licence, and files that were published with it."""

    licence: str = ""
    files: Mapping[str, Kept] = field(default_factory=dict)


def write_file(source: str, format: str, target: str, licence: str = "") -> None:  # noqa: A002  # the word of the field
    """Nothing; the store in the folder ``source`` of a generation is in the file ``target``, in this format."""
    known = Known(licence=licence, files=published_files(Path(source).parent))
    with Path(target).open("wb") as sink:
        stream_graph(ox.Store.read_only(source), ExportFormat(format), sink, Path(target).parent, known)


def write_graph(store: ox.Store, format: ExportFormat) -> bytes:  # noqa: A002  # the word of the field
    """The graph in this format, in an order that depends on its quads alone."""
    sink = io.BytesIO()
    stream_graph(store, format, sink)
    return sink.getvalue()


def stream_graph(
    store: ox.Store,
    format: ExportFormat,  # noqa: A002  # the word of the field
    sink: IO[bytes],
    folder: Path | None = None,
    known: Known | None = None,
) -> None:
    """Nothing; the graph is in the sink, in this format; ``folder`` is for what memory does not hold.

    ``known`` is for descriptions of the data set: what is not known of its files is measured, which takes as long as
    they do to write.

    Raises:
        ConfigError: Parquet is asked for, and PyArrow is not installed.
    """
    table, _, suffix = format.rpartition(".")
    if suffix == "parquet":
        write_parquet(store, TABLES[table], sink)
    elif suffix == "csv":
        write_csv(store, TABLES[table], sink)
    elif format is ExportFormat.GRAPHML:
        sink.write(graphml(store))
    elif format in _DESCRIPTIONS:

        def write(file: File, into: IO[bytes]) -> None:
            stream_graph(store, ExportFormat(file.form), into, folder)

        known = known or Known()
        dataset = DataSet(store=store, licence=known.licence, measured=measured_by(write, known.files))
        sink.write(_DESCRIPTIONS[format](dataset))
    else:
        with tempfile.TemporaryDirectory(prefix="kg-export.", dir=folder) as place:
            _WRITERS[format](store, sink, Path(place))


def turtle(quads: Iterable[ox.Quad]) -> bytes:
    """The quads' triples as Turtle with our prefixes, subjects and predicates sorted.

    The graph names are left out: hand in the quads of one graph.
    """
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)
    triples = [ox.Quad(*quad.triple) for quad in quads]
    # Blank nodes keep the labels they are stored under: those that rdflib would choose change the order each time.
    labels = {node.value for quad in triples for node in (quad.subject, quad.object) if isinstance(node, ox.BlankNode)}
    known = {label: Blank(label) for label in labels}
    graph.parse(data=b"".join(canonical_lines(triples)), format="nt11", bnode_context=known)
    return graph.serialize(format="turtle", encoding="utf-8")


def _lines(store: ox.Store, name: _Name, place: Path) -> Iterator[bytes]:
    """The lines of canonical N-Triples of one graph, sorted."""
    lines = SortedLines(place)
    store.dump(lines.sink, format=ox.RdfFormat.N_TRIPLES, from_graph=name)
    return lines.lines()


def _nquads(store: ox.Store, sink: IO[bytes], place: Path) -> None:
    lines = SortedLines(place)
    store.dump(lines.sink, format=ox.RdfFormat.N_QUADS)
    sink.writelines(lines.lines())


def _trig(store: ox.Store, sink: IO[bytes], place: Path) -> None:
    """Nothing; every graph is a block of Turtle, the default graph first, the others by name."""
    sink.writelines(terse(_lines(store, _DEFAULT, place)))
    for name in sorted(store.named_graphs(), key=str):
        sink.write(f"\n{name} {{".encode())
        sink.writelines(blocks(_lines(store, name, place)))
        sink.write(b"}\n")


def _serialized(store: ox.Store, sink: IO[bytes], place: Path, syntax: ox.RdfFormat) -> None:
    """Nothing; Oxigraph has written it, without prefixes: those it writes in an order of chance."""
    lines = io.BufferedReader(Lines(_lines(store, _DEFAULT, place)))
    quads = ox.parse(cast("IO[bytes]", lines), format=ox.RdfFormat.N_TRIPLES)
    ox.serialize((quad.triple for quad in quads), sink, format=syntax)


def _rdf_xml(store: ox.Store, sink: IO[bytes], place: Path) -> None:
    legal = LegalXml(sink)
    _serialized(store, cast("IO[bytes]", legal), place, ox.RdfFormat.RDF_XML)
    legal.finish()


_DESCRIPTIONS: Final[Mapping[ExportFormat, Callable[[DataSet], bytes]]] = MappingProxyType(
    {ExportFormat.CROISSANT: croissant, ExportFormat.DATACITE: datacite}
)
_WRITERS: Final[Mapping[ExportFormat, Callable[[ox.Store, IO[bytes], Path], None]]] = MappingProxyType(
    {
        ExportFormat.NQUADS: _nquads,
        ExportFormat.NTRIPLES: lambda store, sink, place: sink.writelines(_lines(store, _DEFAULT, place)),
        ExportFormat.TRIG: _trig,
        ExportFormat.TURTLE: lambda store, sink, place: sink.writelines(terse(_lines(store, _DEFAULT, place))),
        ExportFormat.JSONLD: lambda store, sink, place: _serialized(store, sink, place, ox.RdfFormat.JSON_LD),
        ExportFormat.RDFXML: _rdf_xml,
    }
)
