"""A question asks what the build counted where that answers it, and only of a graph of which it is true."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SeedError
from kg.query.saved import load_queries

LONG = """#+ summary: Numbers
#+ description: Some numbers.
#+ tags:
#+   - numbers
#+ params:
#+   - name: year
#+     type: year
#+     label: Year
#+   - name: leader
#+     type: leader
#+     label: Leader
#+ view: table
SELECT * { ?s ?_year ?_leader }"""


def folder(root: Path, **counted: str) -> Path:
    (root / "counted").mkdir()
    (root / "numbers.rq").write_text(LONG, encoding="utf-8")
    for name, text in counted.items():
        (root / "counted" / f"{name.replace('_', '.')}.rq").write_text(text, encoding="utf-8")
    return root


def test_without_counts_the_question_asks_the_facts(tmp_path: Path) -> None:
    query = load_queries(folder(tmp_path, numbers="SELECT * {}"))["numbers"]
    assert query.asked([], is_counted=False) == LONG


def test_of_the_counted_texts_that_fit_the_most_special_is_taken(tmp_path: Path) -> None:
    every, of_year = "SELECT * { ?s ?p ?o }", "SELECT * { ?s ?p ?_year }"
    query = load_queries(folder(tmp_path, numbers=every, numbers_year=of_year))["numbers"]
    assert query.asked([], is_counted=True) == every
    assert query.asked(["year"], is_counted=True) == of_year


def test_a_counted_text_that_lacks_a_parameter_is_not_asked_where_that_is_given(tmp_path: Path) -> None:
    query = load_queries(folder(tmp_path, numbers="SELECT * { ?s ?p ?o }"))["numbers"]
    assert query.asked(["leader"], is_counted=True) == LONG


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("others", "SELECT * {}", "no question of this name"),
        ("numbers", "SELECT * { ?s ?p ?_month }", "no parameter month"),
        ("numbers_year", "SELECT * {}", "does not use: year"),
    ],
)
def test_a_counted_text_that_fits_no_question_is_refused(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(SeedError, match=told):
        load_queries(folder(tmp_path, **{name: text}))
