"""Exports are read back as what was written, whatever words people use in their graphs."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.store.export import ExportFormat, write_graph
from kg.store.generation import canonical_lines

THEIRS = """
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix e: <http://example.org/v#> .
@prefix dip: <https://w3id.org/diplomacy-kg/ns#> .
e:a foaf:name "@prefix ns1: <a:b> ." ; dip:date 1 .
<a:g> { e:a foaf:name "y" ; e:p e:q , foaf:x }
<a:h> { e:z e:p '''
@prefix ns1: <a:b> .
''' }
<a:i> { <urn:x:y> <urn:x:z> <http://www.w3.org/1999/02/22-rdf-syntax-ns#_1> }
"""


@pytest.mark.parametrize("form", [ExportFormat.TRIG, ExportFormat.NQUADS])
def test_every_graph_is_read_back_as_it_was(form: ExportFormat) -> None:
    store, again = ox.Store(), ox.Store()
    store.load(THEIRS, format=ox.RdfFormat.TRIG)
    again.load(
        write_graph(store, form), format=ox.RdfFormat.TRIG if form is ExportFormat.TRIG else ox.RdfFormat.N_QUADS
    )
    assert canonical_lines(again) == canonical_lines(store)


@pytest.mark.parametrize(
    ("form", "syntax"),
    [
        (ExportFormat.TURTLE, ox.RdfFormat.TURTLE),
        (ExportFormat.NTRIPLES, ox.RdfFormat.N_TRIPLES),
        (ExportFormat.JSONLD, ox.RdfFormat.JSON_LD),
        (ExportFormat.RDFXML, ox.RdfFormat.RDF_XML),
    ],
)
def test_the_default_graph_is_read_back_as_it_was(form: ExportFormat, syntax: ox.RdfFormat) -> None:
    store = ox.Store()
    store.load(THEIRS, format=ox.RdfFormat.TRIG)
    assert set(ox.parse(write_graph(store, form), format=syntax)) == set(
        store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    )


def test_graphs_under_blank_names_are_in_trig() -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.NamedNode("a:o"), ox.BlankNode("g")))
    assert list(ox.parse(write_graph(store, ExportFormat.TRIG), format=ox.RdfFormat.TRIG)) == list(store)
