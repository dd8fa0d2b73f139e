"""Counting the rows of a SELECT, whatever it says itself of limits, values and data sets."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.config import Limits
from kg.engine.count import COUNTED, counting
from kg.engine.guard import check

GRAPH = ox.NamedNode("urn:g")
STORE = ox.Store()
STORE.extend(ox.Quad(ox.NamedNode(f"urn:{n}"), ox.NamedNode("urn:p"), ox.Literal(n)) for n in range(9))
STORE.extend(ox.Quad(ox.NamedNode(f"urn:{n}"), ox.NamedNode("urn:p"), ox.Literal(n), GRAPH) for n in range(4))


def counted(text: str, most: int = 100) -> int:
    result = STORE.query(counting(check(text, Limits()), most), base_iri="urn:base")
    assert isinstance(result, ox.QuerySolutions)
    return int(next(iter(result))[COUNTED].value)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT * { ?s ?p ?o }", 9),
        ("SELECT * { ?s ?p ?o } # LIMIT 2", 9),
        ("SELECT * { ?s ?p ?o } LIMIT 5 # the first", 5),
        ("SELECT * { ?s ?p ?o } LIMIT 5000 OFFSET 7", 2),
        ("SELECT DISTINCT ?p { ?s ?p ?o }", 1),
        ("SELECT ?total (COUNT(*) AS ?n) { ?total ?p ?o } GROUP BY ?total ORDER BY ?n", 9),
        ("SELECT * { ?s ?p ?o } VALUES ?o { 1 2 3 }", 3),
        ("SELECT * { { SELECT ?s { ?s ?p ?o } LIMIT 3 } }", 3),
        ("PREFIX x: <urn:> SELECT * FROM x:g FROM <urn:none> { ?s ?p ?o }", 4),
        ("SELECT * FROM NAMED <urn:g> WHERE { GRAPH ?g { ?s ?p ?o } }", 4),
        ("PREFIX from: <urn:> select ?s { ?s from:p ?o }", 9),
        ("SELECT ?x { FILTER (false) }", 0),
    ],
)
def test_all_rows_of_a_select_are_counted(text: str, rows: int) -> None:
    assert counted(text) == rows


def test_counting_ends_one_row_above_the_limit() -> None:
    assert counted("SELECT * { ?s ?p ?o }", 6) == 7
    assert counted("SELECT * { ?s ?p ?o } LIMIT 100000", 6) == 7
    assert counted("SELECT * { ?s ?p ?o }", 9) == 9
