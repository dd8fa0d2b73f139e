"""A part of a large answer is read as the whole would be, whatever its names and strings hold."""

from __future__ import annotations

import json
from itertools import product

import pyoxigraph as ox
import pytest

from kg.engine.reader import _read_part, _read_table

HOSTILE = 'x"results":{"bindings":[{},] \\ ü\n😀'
QUERIES = (
    "SELECT ?bindings ?results { ?bindings <a:p> ?results } ORDER BY ?bindings",
    "SELECT ?x { ?x <a:none> ?y }",
    "SELECT * {}",
    "SELECT ?x { VALUES ?z { 1 2 3 } OPTIONAL { ?x <a:q> 1 } }",
)


@pytest.mark.parametrize("query", QUERIES)
def test_a_part_of_an_answer_is_that_part_of_the_whole(query: str) -> None:
    store = ox.Store()
    store.extend(
        ox.Quad(ox.NamedNode(f"a:{number}"), ox.NamedNode("a:p"), ox.Literal(f"{HOSTILE}{number}"))
        for number in range(9)
    )
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    written = found.serialize(format=ox.QueryResultsFormat.JSON)
    assert written is not None
    whole = _read_table(written, is_cut=False)
    spaced = json.dumps(json.loads(written), indent=1)
    for text, (begin, end) in product((written.decode(), spaced), ((0, 2), (3, 7), (8, 99), (50, 60))):
        assert _read_part(text, begin, end) == (whole.columns, whole.rows[begin:end], len(whole.rows))
