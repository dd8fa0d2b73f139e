"""The pool: true answers, and queries that hang or crash without disturbing anybody."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Limits
from kg.engine.answer import AnswerTooLarge, Question, ResultFormat
from kg.engine.pool import Pool
from kg.engine.reader import Reader
from kg.errors import QueryNotReadOnly, QuerySyntaxError, QueryTooLong, StoreError
from kg.store.generation import current, publish

QUICK = Limits(seconds=1.0, workers=2, rows=50, bytes=200_000)
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def quick(sample_store: Path) -> Iterator[Pool]:
    with Pool(sample_store, QUICK) as pool:
        pool.ready()
        yield pool


def alive(pool: Pool) -> bool:
    return json.loads(pool.run(Question(text="ASK { ?s ?p ?o }")).read())["boolean"] is True


def test_the_workers_have_no_network(pool: Pool) -> None:
    assert pool.ready()


@pytest.mark.parametrize("written", [ResultFormat.JSON, ResultFormat.XML, ResultFormat.CSV, ResultFormat.TSV])
def test_a_table_comes_in_every_format(pool: Pool, written: ResultFormat) -> None:
    answer = pool.run(Question(text="SELECT ('Nov\u00e1k' AS ?x) {}", format=written))
    size, content = answer.size, answer.read()
    assert "Novák".encode() in content
    assert size == len(content)
    assert not answer.is_cut


@pytest.mark.parametrize("written", [written for written in ResultFormat if written.is_graph])
def test_a_graph_comes_in_every_format(pool: Pool, written: ResultFormat) -> None:
    text = "PREFIX dip: <https://w3id.org/diplomacy-kg/ns#> CONSTRUCT WHERE { ?s a dip:Leader }"
    assert b"anna-novak" in pool.run(Question(text=text, format=written)).read()


def test_turtle_uses_the_prefixes_of_the_query(pool: Pool) -> None:
    text = "PREFIX d: <https://w3id.org/diplomacy-kg/ns#> CONSTRUCT WHERE { ?s a d:Leader }"
    assert b" a d:Leader" in pool.run(Question(text=text)).read()


def test_a_graph_is_not_written_as_a_table(pool: Pool) -> None:
    with pytest.raises(QuerySyntaxError):
        pool.run(Question(text="ASK {}", format=ResultFormat.TURTLE))


@pytest.mark.parametrize("written", [ResultFormat.JSON, ResultFormat.XML, ResultFormat.CSV, ResultFormat.TSV])
def test_a_cut_table_says_so(quick: Pool, written: ResultFormat) -> None:
    answer = quick.run(Question(text="SELECT ?s ?p ?o { ?s ?p ?o }", format=written))
    assert answer.is_cut
    assert answer.rows == QUICK.rows
    answer.read()
    whole = quick.run(Question(text="SELECT ?s { ?s ?p ?o } LIMIT 50", format=written))
    assert not whole.is_cut
    whole.read()


def test_a_cut_table_holds_as_many_rows_as_it_says(quick: Pool) -> None:
    assert len(Reader(quick).table("SELECT ?s { ?s ?p ?o }").rows) == QUICK.rows
    assert len(Reader(quick).table("SELECT ?s { ?s ?p ?o }", 7).rows) == 7
    assert Reader(quick).table("SELECT * { }", 7).rows == ({},)


def test_an_answer_too_large_is_refused_and_not_broken(quick: Pool) -> None:
    with pytest.raises(AnswerTooLarge, match="larger than"):
        quick.run(Question(text="CONSTRUCT { ?s ?q ?x } { ?s ?p ?o . ?t ?q ?r BIND (CONCAT(STR(?o), STR(?r)) AS ?x) }"))
    assert alive(quick)


def test_a_query_that_hangs_is_stopped_at_its_deadline(quick: Pool) -> None:
    began = time.monotonic()
    with pytest.raises(QueryTooLong, match="stopped after 1 second"):
        quick.run(Question(text=CROSS))
    assert time.monotonic() - began < 2.40
    assert alive(quick)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * " + "{" * 2_600 + "}" * 2_600,
        "SELECT (" + "+".join("1" * 7_000) + " AS ?x) {}",
        "SELECT (" + "(" * 3_000 + "1" + ")" * 3_000 + " AS ?x) {}",
        "SELECT * { ?s ?p " + "(" * 3_000 + ")" * 3_000 + " }",
        "ASK { ?s " + "/".join(["<a:a>"] * 5_000) + " ?o }",
        "SELECT * { ?s ?p (" + "1 " * 200 + ") }",
        "ASK { FILTER(" + "!" * 30_000 + "true) }",
        "ASK {" + "".join(f"?a{n} ?b{n} ?c{n} ." for n in range(3_000)) + "}",
        "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?c), STR(?e))) AS ?x) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }",
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g",
    ],
    ids=["braces", "plus", "brackets", "lists", "path", "list", "not", "triples", "concat", "order"],
)
def test_a_bomb_gets_an_answer_or_a_refusal_and_the_next_query_runs(quick: Pool, text: str) -> None:
    with contextlib.suppress(QueryTooLong, QuerySyntaxError):
        quick.run(Question(text=text)).read()
    assert alive(quick)


def test_a_worker_that_is_killed_from_outside_is_replaced(sample_store: Path) -> None:
    with Pool(sample_store, Limits(seconds=5, workers=4)) as pool:
        for _ in range(4):
            pool.ready()
        assert alive(pool)
        for worker in list(pool._lanes.all):
            os.kill(worker.process, signal.SIGKILL)
            gone = select.poll()
            gone.register(worker.line, 0)
            assert gone.poll(20_000)
        assert alive(pool)


def test_others_are_answered_while_a_bomb_runs(sample_store: Path) -> None:
    with Pool(sample_store, Limits(seconds=2.5, workers=2)) as pool:
        pool.ready()
        assert alive(pool)
        refused: list[Exception] = []

        def bomb() -> None:
            try:
                pool.run(Question(text=CROSS))
            except QueryTooLong as error:
                refused.append(error)

        thread = threading.Thread(target=bomb)
        thread.start()
        time.sleep(0.2)
        began = time.monotonic()
        assert all(alive(pool) for _ in range(50))
        assert time.monotonic() - began < 2.4
        thread.join()
        assert refused


def test_service_never_reaches_a_worker(pool: Pool) -> None:
    with pytest.raises(QueryNotReadOnly):
        pool.run(Question(text="ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"))


def test_a_mistake_is_told_with_line_column_and_hint(pool: Pool) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        pool.run(Question(text="SELECT * {\n  ?s dip:date ?o\n}"))
    assert (caught.value.line, caught.value.column) == (2, 6)
    assert "PREFIX dip: <https://w3id.org/diplomacy-kg/ns#>" in (caught.value.hint or "")


def test_the_graphs_of_the_protocol_beat_the_others(tmp_path: Path) -> None:
    graph, node = ox.NamedNode("http://example.org/g"), ox.NamedNode("http://example.org/a")
    publish(tmp_path, [ox.Quad(node, node, ox.Literal("in default")), ox.Quad(node, node, ox.Literal("in g"), graph)])
    with Pool(tmp_path, Limits(workers=1)) as pool:
        text = "SELECT ?o { ?s ?p ?o }"
        assert b"in default" in pool.run(Question(text=text)).read()
        asked = pool.run(Question(text=text, default_graphs=("http://example.org/g",))).read()
        assert b"in g" in asked
        assert b"in default" not in asked


def test_a_new_generation_goes_live_without_a_restart(tmp_path: Path) -> None:
    node = ox.NamedNode("http://example.org/a")
    publish(tmp_path, [])
    with Pool(tmp_path, Limits(workers=1)) as pool:
        assert not alive_now(pool)
        publish(tmp_path, [ox.Quad(node, node, node)])
        assert alive_now(pool)
        (tmp_path / "current").write_text("99\n")
        assert alive_now(pool)  # what is open goes on being served


def alive_now(pool: Pool) -> bool:
    return bool(json.loads(pool.run(Question(text="ASK { ?s ?p ?o }")).read())["boolean"])


def test_a_store_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store"):
        Pool(tmp_path, Limits())


def test_a_store_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    publish(tmp_path, [])
    (current(tmp_path).graph_path / "CURRENT").write_text("nonsense-nonsens")
    with Pool(tmp_path, Limits(workers=1)) as pool, pytest.raises(StoreError, match="cannot be opened"):
        pool.ready()
