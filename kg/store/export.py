"""Whole graphs as files: the same quads give the same bytes, whatever order the store keeps them in."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox
from rdflib import Graph
from rdflib.term import BNode as Blank

from kg.store import tables
from kg.store.generation import canonical_lines
from kg.store.network import graphml
from kg.store.prefixes import PREFIXES
from kg.store.tables import Table, write_table
from kg.store.terse import DECLARED, terse
from kg.store.xml import legal_xml


class ExportFormat(StrEnum):
    """What an export can be: N-Quads and TriG hold every graph, the other formats of RDF the default graph.

    GraphML is who met whom, and each table what there is of some classes.
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


_TABLES: Final[Mapping[ExportFormat, Table]] = MappingProxyType(
    {
        ExportFormat.LEADERS: tables.LEADERS,
        ExportFormat.MEETINGS: tables.MEETINGS,
        ExportFormat.PLANNED: tables.PLANNED,
        ExportFormat.SUMMITS: tables.SUMMITS,
        ExportFormat.AGREEMENTS: tables.AGREEMENTS,
        ExportFormat.ANNIVERSARIES: tables.ANNIVERSARIES,
    }
)


def write_file(source: str, format: str, target: str) -> None:  # noqa: A002  # the word of the field
    """Nothing; the store in the folder ``source`` is in the file ``target``, in this format."""
    Path(target).write_bytes(write_graph(ox.Store.read_only(source), ExportFormat(format)))


def write_graph(store: ox.Store, format: ExportFormat) -> bytes:  # noqa: A002  # the word of the field
    """The graph in this format, in an order that depends on its quads alone."""
    if format in _TABLES:
        return write_table(store, _TABLES[format])
    return _WRITERS[format](store)


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


def _trig(store: ox.Store) -> bytes:
    """Every graph as a block of Turtle, the default graph first, the others by name."""
    blocks = [DECLARED, "".join(_block(_default_graph(store)))]
    for name in sorted(map(str, store.named_graphs())):
        prefixes, block = _block(store.quads_for_pattern(None, None, None, ox.NamedNode(name[1:-1])))
        blocks.append(f"{prefixes}{name} {{\n{block}}}\n")
    return "\n".join(blocks).encode()


def _block(quads: Iterable[ox.Quad]) -> tuple[str, str]:
    """The prefixes that are not ours, made up for this graph alone, and its triples."""
    lines = turtle(quads).decode().splitlines(keepends=True)
    head = list(itertools.takewhile(lambda line: line.startswith("@prefix ") or not line.strip(), lines))
    made_up = (line for line in head if line.strip() and line.split()[1].removesuffix(":") not in PREFIXES)
    return "".join(made_up), "".join(lines[len(head) :])


def _triples(store: ox.Store) -> list[ox.Triple]:
    """The default graph, sorted."""
    quads = _default_graph(store)
    return sorted((quad.triple for quad in quads), key=lambda triple: tuple(map(str, triple)))


def _written(triples: list[ox.Triple], format: ox.RdfFormat) -> bytes:  # noqa: A002  # the word of the field
    written = ox.serialize(triples, format=format)
    assert written is not None  # without an output it returns the bytes
    return written


def _default_graph(store: ox.Store) -> Iterable[ox.Quad]:
    return store.quads_for_pattern(None, None, None, ox.DefaultGraph())


_WRITERS: Final[Mapping[ExportFormat, Callable[[ox.Store], bytes]]] = MappingProxyType(
    {
        ExportFormat.NQUADS: lambda store: b"".join(canonical_lines(store)),
        ExportFormat.NTRIPLES: lambda store: b"".join(canonical_lines(_default_graph(store))),
        ExportFormat.TRIG: _trig,
        ExportFormat.TURTLE: lambda store: b"".join(terse(canonical_lines(_default_graph(store)))),
        # Without prefixes: Oxigraph writes those in an order of chance.
        ExportFormat.JSONLD: lambda store: _written(_triples(store), ox.RdfFormat.JSON_LD),
        ExportFormat.RDFXML: lambda store: legal_xml(_written(_triples(store), ox.RdfFormat.RDF_XML)),
        ExportFormat.GRAPHML: graphml,
    }
)
