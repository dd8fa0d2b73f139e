"""Counting the rows of a written table: whatever its cells hold, and however long they are."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Limits
from kg.engine.answer import Question, ResultFormat
from kg.engine.cut import count_rows, most_rows
from kg.engine.pool import Pool

FORMATS = {
    ResultFormat.JSON: ox.QueryResultsFormat.JSON,
    ResultFormat.XML: ox.QueryResultsFormat.XML,
    ResultFormat.CSV: ox.QueryResultsFormat.CSV,
    ResultFormat.TSV: ox.QueryResultsFormat.TSV,
}
CELLS = ("a\n,{[{<result>", "c\\", 'say "', '\t\r\n"', "", "[{", ",{", '\\"')
LITERALS = " ".join(str(ox.Literal(cell)) for cell in CELLS)


@pytest.mark.parametrize("written", FORMATS)
@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT * {}", 1),
        ("SELECT ?x { VALUES ?x {} }", 0),
        ("SELECT ?x { VALUES ?x { UNDEF UNDEF <a:b> 1 'a'@en } }", 5),
        (
            f"SELECT * {{ VALUES ?x {{ {LITERALS} }} VALUES ?y {{ 1 UNDEF }} }}",
            16,
        ),
        ("SELECT ?x { BIND (<<( <a:a> <a:b> <a:c> )>> AS ?x) }", 1),
    ],
)
def test_rows_are_counted_whatever_their_cells_hold(written: ResultFormat, text: str, rows: int) -> None:
    result = ox.Store().query(text)
    assert isinstance(result, ox.QuerySolutions)
    table = result.serialize(format=FORMATS[written])
    assert table is not None
    assert count_rows(table, written) == rows
    assert most_rows(table, written) >= rows


@pytest.mark.parametrize("written", FORMATS)
def test_a_cell_of_many_megabytes_is_answered(sample_store: Path, written: ResultFormat) -> None:
    grown = "a" * 60
    text = f'SELECT (REPLACE(REPLACE(REPLACE("{grown}", "a", "{grown}"), "a", "{grown}"), "a", "{grown}") AS ?x) {{}}'
    with Pool(sample_store, Limits(workers=1)) as pool:
        assert len(pool.run(Question(text=text, format=written)).read()) > 60**4
