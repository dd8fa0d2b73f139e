"""Answers and expected results as values, read without the engine's own readers of results."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import rdflib

from tests.w3c.manifests import RDF, Dataset, address

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_SRX: Final = "{http://www.w3.org/2005/sparql-results#}"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# The numbers that a cell of TSV may hold without quotation marks (TSV, 4).
_NUMBERS: Final = (
    (re.compile(r"[+-]?[0-9]+"), "integer"),
    (re.compile(r"[+-]?[0-9]*\.[0-9]+"), "decimal"),
    (re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"), "double"),
)


class Term(NamedTuple):
    """An RDF term; ``kind`` is ``uri``, ``bnode`` or ``literal``. A plain literal is an ``xsd:string`` (RDF 1.1)."""

    kind: str
    value: str
    datatype: str = ""
    language: str = ""


Row = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Table:
    """The solutions of a SELECT; ``has_order`` says that their order is a part of what is written."""

    columns: frozenset[str]
    rows: tuple[Row, ...]
    has_order: bool = True


Answer = Table | bool | rdflib.Graph
Cells = tuple[list[str], list[list[str]]]


def literal(value: str, datatype: str | None = None, language: str | None = None) -> Term:
    """The literal; language tags are compared in lower case (RDF 1.1 Concepts, 3.3)."""
    if language:
        return Term("literal", value, f"{RDF}langString", language.lower())
    return Term("literal", value, datatype or f"{XSD}string")


def read(written: bytes, media: str) -> Answer:
    """The answer in this media type."""
    match media:
        case "application/sparql-results+json":
            return _read_json(written)
        case "application/sparql-results+xml":
            return _read_xml(written)
        case "text/tab-separated-values":
            return _read_tsv(written)
        case _:
            return _as_written(rdflib.Graph().parse, data=written, format=media)


def read_expected(file: Path) -> Answer:
    """The answer that a file of the suites expects."""
    match file.suffix:
        case ".srx":
            return _read_xml(file.read_bytes())
        case ".srj":
            return _read_json(file.read_bytes())
        case ".tsv":
            return _read_tsv(file.read_bytes())
    store = ox.Store()
    store.load(path=file, format=ox.RdfFormat.from_extension(file.suffix[1:]), base_iri=address(file))
    sets = [quad.subject for quad in store.quads_for_pattern(None, None, ox.NamedNode(f"{_RS}ResultSet"))]
    if sets:
        return _read_result_set(store, sets[0])
    return _as_written(rdflib.Graph().parse, source=file, publicID=address(file))


def read_csv(written: bytes) -> Cells:
    """The columns and the cells; CSV does not tell the kinds of terms apart."""
    columns, *rows = csv.reader(io.StringIO(written.decode(), newline=""))
    return columns, rows


def terms(dataset: Dataset) -> frozenset[Term]:
    """The terms of the data, in the forms that stand there."""
    found = (term for quad in dataset.quads() for term in quad.triple)
    return frozenset(_from_engine(term) for term in found if not isinstance(term, ox.Triple))


def from_quads(quads: Iterable[ox.Quad]) -> Table:
    """The quads as the rows of a table: ``g`` where they are not of the default graph, ``s``, ``p`` and ``o``."""
    rows = []
    for quad in quads:
        row = {"s": quad.subject, "p": quad.predicate, "o": quad.object}
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            row["g"] = quad.graph_name
        rows.append({name: _from_engine(term) for name, term in row.items()})
    return Table(frozenset("gspo"), tuple(rows))


def _read_json(written: bytes) -> Table | bool:
    answer = json.loads(written)
    if "boolean" in answer:
        return bool(answer["boolean"])
    rows = tuple({name: _from_json(term) for name, term in row.items()} for row in answer["results"]["bindings"])
    return Table(frozenset(answer["head"].get("vars", ())), rows)


def _from_json(term: Mapping[str, str]) -> Term:
    if term["type"] in {"uri", "bnode"}:
        return Term(term["type"], term["value"])
    return literal(term["value"], term.get("datatype"), term.get("xml:lang"))


def _read_xml(written: bytes) -> Table | bool:
    root = ET.fromstring(written)
    boolean = root.find(f"{_SRX}boolean")
    if boolean is not None:
        return (boolean.text or "").strip() == "true"
    columns = frozenset(variable.get("name", "") for variable in root.iterfind(f"{_SRX}head/{_SRX}variable"))
    rows = (
        {binding.get("name", ""): _from_xml(binding[0]) for binding in result.iterfind(f"{_SRX}binding")}
        for result in root.iterfind(f"{_SRX}results/{_SRX}result")
    )
    return Table(columns, tuple(rows))


def _from_xml(element: ET.Element) -> Term:
    kind, value = element.tag.removeprefix(_SRX), element.text or ""
    if kind == "literal":
        return literal(value, element.get("datatype"), element.get(_XML_LANG))
    return Term(kind, value)


def _read_tsv(written: bytes) -> Table:
    head, *lines = written.decode().removesuffix("\n").split("\n")
    columns = [name.removeprefix("?") for name in head.split("\t")] if head else []
    if not columns:
        return Table(frozenset(), ({},) * len(lines))
    rows = (zip(columns, line.split("\t"), strict=True) for line in lines)
    return Table(frozenset(columns), tuple({name: _from_tsv(cell) for name, cell in row if cell} for row in rows))


def _from_tsv(cell: str) -> Term:
    for pattern, name in _NUMBERS:
        if pattern.fullmatch(cell):
            return literal(cell, XSD + name)
    if cell in {"true", "false"}:
        return literal(cell, f"{XSD}boolean")
    (quad,) = ox.parse(f"<x:s> <x:p> {cell} .", format=ox.RdfFormat.TURTLE)
    return _from_engine(quad.object)


def _read_result_set(graph: ox.Store, root: ox.NamedNode | ox.BlankNode) -> Table | bool:
    """A result written in the vocabulary of the SPARQL 1.0 suite."""

    def values(subject: ox.NamedNode | ox.BlankNode, name: str) -> Iterator[ox.NamedNode | ox.BlankNode | ox.Literal]:
        return (quad.object for quad in graph.quads_for_pattern(subject, ox.NamedNode(_RS + name), None))

    for truth in values(root, "boolean"):
        return truth.value == "true"
    found = []
    for solution in values(root, "solution"):
        pairs = ((next(values(one, "variable")), next(values(one, "value"))) for one in values(solution, "binding"))
        row = {name.value: _from_engine(value) for name, value in pairs}
        found.append((next((int(index.value) for index in values(solution, "index")), 0), row))
    found.sort(key=lambda pair: pair[0])
    columns = frozenset(column.value for column in values(root, "resultVariable"))
    return Table(columns, tuple(row for _, row in found), has_order=all(index for index, _ in found))


def _from_engine(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Term:
    if isinstance(term, ox.Literal):
        return literal(term.value, term.datatype.value, term.language)
    return Term("bnode" if isinstance(term, ox.BlankNode) else "uri", term.value)


def _as_written(parse, **told) -> rdflib.Graph:
    """What rdflib reads, every number in the form that it is written in."""
    rdflib.NORMALIZE_LITERALS = False
    try:
        return parse(**told)
    finally:
        rdflib.NORMALIZE_LITERALS = True
