"""A store that is asked from Python: rows, values, names, evidence, and what is refused."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Graph

from kg import Rows, Store, open_store
from kg.errors import ConfigError, QueryError, QueryNotReadOnly, QuerySyntaxError, QueryTooLong, StoreError

DIP = "PREFIX dip: <https://w3id.org/diplomacy-kg/ns#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "


def test_a_saved_question_gives_rows_with_all_columns(store: Store) -> None:
    rows = store.answer("meetings-of-leader", leader="Mark Carney", from_=dt.date(2025, 6, 17), until=None)
    assert rows
    assert all(tuple(row) == rows.columns for row in rows)
    assert {"when", "event", "with"} <= set(rows.columns)
    assert all(str(row["when"]) >= "2025-06-17" for row in rows)
    everything = store.answer("meetings-of-leader", leader="Mark Carney")
    assert len(everything) > len(rows)


def test_every_saved_question_is_listed_with_what_it_takes(store: Store) -> None:
    assert [p.name for p in store.questions["meetings-of-leader"].parameters] == ["leader", "from", "until"]


def test_values_are_python_s_own_and_what_has_none_is_text(store: Store) -> None:
    [row] = store.select(
        DIP + "SELECT (1 AS ?whole) (2.5 AS ?part) (1e0 AS ?double) (true AS ?truth) ('2025-01-02'^^xsd:date AS ?day) "
        "('2025-01-02T03:04:05Z'^^xsd:dateTime AS ?moment) ('2025-01-02Z'^^xsd:date AS ?zoned) "
        "('2025'^^xsd:gYear AS ?year) ('x'@en AS ?text) (dip:met AS ?iri) ?nothing {}"
    )
    assert row == {
        "whole": 1, "part": 2.5, "double": 1.0, "truth": True, "day": dt.date(2025, 1, 2),
        "moment": dt.datetime(2025, 1, 2, 3, 4, 5, tzinfo=dt.UTC), "zoned": "2025-01-02Z", "year": "2025",
        "text": "x", "iri": "https://w3id.org/diplomacy-kg/ns#met", "nothing": None,
    }  # fmt: skip
    assert isinstance(row["truth"], bool)


def test_a_data_frame_has_the_columns_also_of_no_rows(store: Store) -> None:
    table = store.select(DIP + "SELECT ?one ?other { ?one dip:met ?other }")
    assert table.to_pandas().to_dict("records") == list(table)
    empty = store.select("SELECT ?one ?other { ?one <urn:none> ?other }")
    assert (list(empty), list(empty.to_pandas().columns)) == ([], ["one", "other"])


def test_a_data_frame_without_pandas_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ConfigError, match=r"diplomacy-kg\[pandas\]"):
        Rows(["a"], [{"a": 1}]).to_pandas()


def test_asking_and_graphs(store: Store) -> None:
    assert store.ask(DIP + "ASK { ?one dip:met ?other }") is True
    assert store.ask("ASK { ?one <urn:none> ?other }") is False
    graph = store.construct(DIP + "CONSTRUCT { ?one dip:met ?other } WHERE { ?one dip:met ?other }")
    assert isinstance(graph, Graph)
    assert len(graph) == len(store.select(DIP + "SELECT DISTINCT ?one ?other { ?one dip:met ?other }"))


def test_the_words_behind_a_fact_stand_in_its_article(store: Store, root: Path) -> None:
    event = str(store.answer("meetings-of-leader", leader="Mark Carney")[0]["event"])
    words = store.why(event)
    assert words
    for told in words:
        assert told.file is not None
        text = (root / "seeds" / "articles" / told.file.rpartition("/")[2]).read_text(encoding="utf-8")
        assert text[told.begin : told.end] == told.quote
        assert told.rule
    assert store.why(event.partition("/id/")[2]) == words
    assert store.why("meeting/never") == []


def test_things_are_found_by_name(store: Store) -> None:
    assert store.search("carney")[0].label == "Mark Carney"
    assert store.search("nobody of this name") == []


def test_a_table_that_is_cut_says_so(built: Path) -> None:
    with open_store(built, rows=2) as small, pytest.warns(UserWarning, match="only the first 2 rows"):
        rows = small.select("SELECT ?s { ?s ?p ?o }")
    assert (len(rows), rows.is_cut) == (2, True)


def test_what_cannot_be_answered_is_refused_with_a_hint(store: Store) -> None:
    for refused, hint in (
        (lambda: store.answer("meetings-of-leeder"), "meetings-of-leader"),
        (lambda: store.answer("zzz"), "meetings-of-leader"),
        (lambda: store.answer("meetings-of-leader"), "of the type leader"),
        (lambda: store.answer("meetings-of-leader", leader="Mark Carney", country="Canada"), "Its parameters"),
        (lambda: store.select("SELECT * {"), "}"),
        (lambda: store.select("ASK {}"), "ask()"),
        (lambda: store.ask("SELECT * {}"), "select()"),
        (lambda: store.select("DESCRIBE <urn:a>"), "construct()"),
    ):
        with pytest.raises(QueryError) as told:
            refused()
        assert hint in (told.value.hint or "")


def test_updates_are_no_queries(store: Store) -> None:
    with pytest.raises((QueryNotReadOnly, QuerySyntaxError)):
        store.select("INSERT DATA { <urn:a> <urn:b> <urn:c> }")


def test_a_query_without_end_is_stopped(built: Path) -> None:
    with open_store(built, seconds=0.5) as brief, pytest.raises(QueryTooLong):
        brief.select("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")


def test_a_folder_without_a_store_and_limits_that_are_none_are_refused(built: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        open_store(tmp_path)
    for seconds in (0, -1, float("nan"), float("inf")):
        with pytest.raises(ConfigError, match="seconds"):
            open_store(built, seconds=seconds)
    with pytest.raises(ConfigError, match="rows"):
        open_store(built, rows=0)


def test_a_program_that_forgets_to_close_ends(built: Path) -> None:
    script = "import sys, kg; s = kg.open_store(sys.argv[1]); print(s.ask('ASK {}'))"
    done = subprocess.run(
        [sys.executable, "-c", script, built], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout == "True\n"


def test_all_public_names_are_listed_before_they_are_loaded() -> None:
    script = (
        "import sys, kg; print(*(n for n in kg.__all__ if n not in dir(kg)), "
        "*(m for m in ('rdflib', 'pyoxigraph', 'click', 'pandas', 'kg.api') if m in sys.modules)); "
        "[getattr(kg, n) for n in kg.__all__]; print(*(m for m in ('click', 'flask', 'pandas') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.split() == []
