"""A SELECT can be asked page by page, and how many rows it has."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.query.paging import pageable

TEXT = """PREFIX : <http://example.org/select#>
# SELECT nothing here
SELECT DISTINCT ?n WHERE { { SELECT ?n { VALUES ?n { 5 3 9 7 } } LIMIT 4 } FILTER (?n > 3) } ORDER BY ?n # the end"""


def numbers(text: str, name: str = "n") -> list[int]:
    rows = ox.Store().query(text)
    assert isinstance(rows, ox.QuerySolutions)
    return [int(row[name].value) for row in rows if row[name] is not None]


def test_a_question_is_asked_for_some_of_its_rows_and_for_how_many() -> None:
    parts = pageable(TEXT)
    assert parts is not None
    assert numbers(parts.rows(0, 2)) == [5, 7]
    assert numbers(parts.rows(2, 2)) == [9]
    assert numbers(parts.total, "total") == [3]


def test_a_question_with_a_limit_of_its_own_is_asked_as_it_is() -> None:
    parts = pageable(f"{TEXT}\nLIMIT 2")
    assert parts is not None
    assert parts.is_limited
    assert numbers(parts.rows(1, 1)) == [5, 7]
    assert numbers(parts.total, "total") == [2]


@pytest.mark.parametrize("text", ["ASK {}", "CONSTRUCT WHERE { ?s ?p ?o }", "SELECT * FROM <a:b> { ?s ?p ?o }", ""])
def test_other_queries_have_no_pages(text: str) -> None:
    assert pageable(text) is None


def test_of_a_saved_question_an_ordered_part_is_cut_into_pages() -> None:
    parts = pageable(
        "SELECT ?n { { SELECT ?n { VALUES ?n { 5 3 9 7 } } ORDER BY ?n # by size\n} } ORDER BY ?n", is_saved=True
    )
    assert parts is not None
    assert parts.inner is not None
    assert numbers(parts.rows(1, 2)) == [5, 7]
    assert numbers(parts.total, "total") == [4]


def test_an_ordered_part_with_a_limit_of_its_own_is_left_as_it_is() -> None:
    parts = pageable("SELECT ?n { { SELECT ?n { VALUES ?n { 5 3 9 } } ORDER BY ?n LIMIT 2 } }", is_saved=True)
    assert parts is not None
    assert parts.inner is None


def test_the_order_within_a_stranger_s_query_means_nothing() -> None:
    parts = pageable("SELECT ?n { { SELECT ?n { VALUES ?n { 5 3 9 } } ORDER BY ?n } }")
    assert parts is not None
    assert parts.inner is None
