"""Exports of any size: sorted on the disk, the same bytes as in memory, the same triples in Turtle."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import StoreDamaged
from kg.store.export import ExportFormat, write_graph
from kg.store.generation import canonical_lines, digest
from kg.store.prefixes import XSD
from kg.store.sorting import SortedLines
from kg.store.terse import terse
from kg.store.written import changed, is_in_default_graph, load_lines, sorted_into, write_exports

SAMPLE = Path(__file__).parents[1] / "queries" / "sample.ttl"
NASTY = 'a """ quote\\ > . <x> } )>> <script>\u202e\x07\n'
FORMS = {f"diplomacy.{form}": ExportFormat(form) for form in ("nquads", "ntriples", "turtle", "jsonld")}


def nasty_store() -> ox.Store:
    """A store with all kinds of terms, in the default graph and in others."""
    store = ox.Store()
    store.load(path=SAMPLE, format=ox.RdfFormat.TURTLE)
    node, blank = ox.NamedNode("https://w3id.org/diplomacy-kg/ns#x"), ox.BlankNode("b1")
    terms = [
        ox.Literal(NASTY), ox.Literal(NASTY, language="en"), ox.Literal("7", datatype=ox.NamedNode(f"{XSD}integer")),
        ox.Literal("x7", datatype=ox.NamedNode(f"{XSD}integer")),
        ox.Literal("true", datatype=ox.NamedNode(f"{XSD}boolean")),
        ox.Literal("2025-06", datatype=ox.NamedNode(f"{XSD}gYearMonth")), ox.Literal('"^^<a:b>'),
        blank, node,
        ox.NamedNode("https://w3id.org/diplomacy-kg/ns#a.b"), ox.NamedNode("https://w3id.org/diplomacy-kg/ns#"),
    ]  # fmt: skip
    predicates = (node, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"))
    for graph in (ox.DefaultGraph(), ox.NamedNode("urn:graph"), ox.BlankNode("g")):
        for subject in (node, blank):
            store.extend(ox.Quad(subject, predicate, term, graph) for predicate in predicates for term in terms)
    return store


def test_exports_written_to_files_are_those_of_memory(tmp_path: Path) -> None:
    store = nasty_store()
    assert write_exports(store, canonical_lines(store), tmp_path, FORMS).digest == digest(store)
    for name, form in FORMS.items():
        assert (tmp_path / name).read_bytes() == write_graph(store, form), name
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(FORMS)
    assert (tmp_path / "diplomacy.nquads").read_bytes() == b"".join(canonical_lines(store))


def test_turtle_says_what_the_graph_says() -> None:
    store = nasty_store()
    told = write_graph(store, ExportFormat.TURTLE)
    again = {str(quad.triple) for quad in ox.parse(told, format=ox.RdfFormat.TURTLE) if "_:" not in str(quad)}
    default = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    assert again == {str(quad.triple) for quad in default if "_:" not in str(quad)}
    assert b"dip:x a " in told
    assert b" 7" in told
    assert b"dip:a.b" not in told


def test_what_is_said_of_a_triple_is_found_in_its_graph() -> None:
    said = '<urn:a> <urn:says> <<( <urn:b> <urn:p> "x" )>>'
    assert is_in_default_graph(f"{said} .\n".encode())
    assert not is_in_default_graph(f"{said} <urn:graph> .\n".encode())


@given(st.lists(st.text("ab \"'", max_size=6), max_size=60), st.integers(1, 40), st.integers(1, 9))
def test_lines_come_out_sorted_and_once_however_they_were_cut(tmp_path_factory, lines, room, cut) -> None:
    folder = tmp_path_factory.mktemp("runs")
    written = "".join(f"{line}\n" for line in lines).encode()
    sorting = SortedLines(folder, room=room)
    for at in range(0, len(written), cut):
        assert sorting.write(written[at : at + cut]) == len(written[at : at + cut])
    assert list(sorting.lines()) == sorted({f"{line}\n".encode() for line in lines})
    assert not list(folder.iterdir())


def test_turtle_does_not_depend_on_the_order_of_the_quads() -> None:
    quads = list(nasty_store())
    random.Random(3).shuffle(quads)
    assert write_graph(_stored(quads), ExportFormat.TURTLE) == b"".join(
        terse(canonical_lines(q.triple for q in quads if q.graph_name == ox.DefaultGraph()))
    )


def _stored(quads: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(quads)
    return store


def test_a_store_filled_with_lines_has_each_once_and_the_file_has_them_sorted(tmp_path: Path) -> None:
    lines = [line for line in canonical_lines(nasty_store()) if b"_:" not in line]  # those are named anew
    pieces = [b"".join(lines[40:]), b"".join(lines[:60])]
    store = ox.Store()
    load_lines(store, sorted_into(tmp_path / "lines", pieces))
    assert (tmp_path / "lines").read_bytes() == b"".join(lines)
    assert canonical_lines(store) == lines


def test_lines_that_came_and_went_since_are_in_the_exports_and_are_not(tmp_path: Path) -> None:
    file = tmp_path / "lines"
    file.write_bytes(b"b\nd\nf\n")
    assert list(changed(file, [b"a\n", b"b\n", b"e\n"], {b"d\n"})) == [b"a\n", b"b\n", b"e\n", b"f\n"]


def test_a_store_without_what_was_written_is_told(tmp_path: Path) -> None:
    store = nasty_store()
    content = write_exports(store, canonical_lines(store), tmp_path, {})
    content.check(store)
    gone = next(iter(ox.parse(content.sample[0], format=ox.RdfFormat.N_QUADS)))
    store.remove(gone)
    with pytest.raises(StoreDamaged, match="quads were stored instead of"):
        content.check(store)
    store.add(ox.Quad(*gone.triple, ox.NamedNode("urn:elsewhere")))
    with pytest.raises(StoreDamaged, match="a quad was not stored"):
        content.check(store)
