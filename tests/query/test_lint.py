"""What is wrong with a query is told with its place and one sentence of help."""

from __future__ import annotations

import time

import pyoxigraph as ox
import pytest

from kg.query.lint import explain, explain_refusal, explain_update

ENGINE = "error at 1:1: expected something"


@pytest.mark.parametrize(
    ("text", "line", "column", "hint"),
    [
        ("SELECT * { ?s dip:date ?o }", 1, 15, "PREFIX dip: <https://w3id.org/diplomacy-kg/ns#>"),
        ("SELECT * { ?s foo:date ?o }", 1, 15, "PREFIX foo:"),
        ("SELECT * WHERE {\n ?s ?p\n}", 3, 1, "a subject, a predicate and an object"),
        ("SELECT * { ?s ?p ?o ?q ?r ?t }", 1, 21, "dot"),
        ("SELECT * { ?s ?p ?o FILTER ?x > 3 }", 1, 28, "FILTER ("),
        ("SELECT * WHERE ?s ?p ?o", 1, 16, "WHERE {"),
        ("SELECT * { ?s ?p ?o } ORDER ?s", 1, 29, "ORDER BY"),
        ("SELECT * { ?s ?p ?o } LIMIT ten", 1, 29, "LIMIT 100"),
        ("SELECT ?s COUNT(?o) { ?s ?p ?o } GROUP BY ?s", 1, 11, "(COUNT(…) AS ?name)"),
        ("SELECT (COUNT(?o) AS n) { ?s ?p ?o }", 1, 22, "AS ?name"),
        ("SELECT * { ?s <http://a b> ?o }", 1, 15, "no spaces"),
        ("SELECT * { OPTIONAL ?s ?p ?o }", 1, 21, "OPTIONAL {"),
        ("SELECT * { ?s ?p ?o FILTER(?o = ) }", 1, 21, "brackets"),
    ],
)
def test_a_mistake_has_its_place_and_its_hint(text: str, line: int, column: int, hint: str) -> None:
    finding = explain(text, ENGINE)
    assert (finding["line"], finding["column"]) == (line, column)
    assert hint in finding["hint"]


def test_what_only_the_engine_knows_is_put_in_words() -> None:
    says = "error at 1:41: expected one of The SELECT contains a variable that is unbound, [_]"
    finding = explain("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", says)
    assert "GROUP BY" in finding["hint"]
    assert explain("ASK {}", "something else")["message"] == "something else"


@pytest.mark.parametrize(
    ("text", "line", "column", "told"),
    [
        ("INSERT DATA {<a:b> <a:c> }", 1, 26, "unexpected '}'"),
        ("PREFIX a: <a:>\nINSERT DATA { a:b a:c 1 };\nINSERT {?s ?p ?o} WHEN {?s ?p ?o}", 3, 19, "'WHEN'"),
        ("INSERT DATA { <a:b> <a:c> 1 };\n\nDELETE {?s ?p ?o} WHERE {?s ?p ?o FILTR(?x)}", 3, 35, "'FILTR'"),
        ("INSERT DATA { <a:b> <a:c> 'x' } DELETE DATA {}", 1, 33, "'DELETE'"),
        ("CLEAR GRAF <a:b>", 1, 7, "'GRAF'"),
        ("COPY <a:b> <a:c>", 1, 12, "'<a:c>'"),
        ("INSERT DATA { <a:b> <a:c> ?x }", 1, None, "no variables"),
        ("INSERT DATA { x:b <a:c> 1 }", 1, 15, "'x:'"),
        ("DELETE ?s WHERE {}", 1, 8, "'?s'"),
    ],
)
def test_a_mistake_in_an_update_has_its_place(text: str, line: int, column: int | None, told: str) -> None:
    with pytest.raises(SyntaxError) as raised:
        ox.Store().update(text)
    finding = explain_update(text, str(raised.value.msg))
    assert finding["line"] == line
    assert column is None or finding["column"] == column
    assert told in f"{finding['message']} {finding['hint']}"


@pytest.mark.parametrize(
    "text", ['SELECT ("\\UFFFFFFFF" AS ?x) {}', "ASK { FILTER(" + "(" * 400 + " }", "ASK { a:b" + "." * 90_000 + " }"]
)
def test_a_text_that_its_parser_cannot_take_is_told_in_the_words_of_the_engine(text: str) -> None:
    began = time.process_time()
    assert explain(text, ENGINE)["message"]
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("text", "says", "column", "message"),
    [
        ("SELECT (<x:f>(1) AS ?n) {}", "The custom function <x:f> is not supported", 9, "there is no function <x:f>"),
        (
            "PREFIX f: <x:> SELECT (f:g(1) AS ?n) {}",
            "The custom function <x:g> is not supported",
            24,
            "there is no function <x:g>",
        ),
        ("DROP GRAPH <x:g>", "The graph <x:g> does not exist", 12, "the graph <x:g> does not exist"),
        ("CREATE GRAPH <g>", "The graph <x:y/g> already exists", 14, "the graph <x:y/g> already exists"),
        ("DROP GRAPH <g>", "The graph <x:other> does not exist", None, "the graph <x:other> does not exist"),
    ],
)
def test_what_the_engine_reads_and_will_not_do_has_its_place(
    text: str, says: str, column: int | None, message: str
) -> None:
    finding = explain_refusal(text, says)
    assert finding is not None
    assert (finding["message"], finding["column"]) == (message, column)
    assert finding["hint"]


def test_a_fault_of_the_store_is_none_of_the_text() -> None:
    assert explain_refusal("DROP ALL", "IO error: No space left on device") is None


def test_a_text_that_a_program_wrote_is_told_where_the_engine_stopped() -> None:
    text = "INSERT DATA { no:prefix <a:p> 1 .\n" + "<a:s> <a:p> 1 .\n" * 10_000 + "bad }"
    found = explain(text, "error at 10002:4: expected GRAPH")
    assert (found["line"], found["column"]) == (10_002, 4)
    assert explain_update(text, "error at 10002:4: expected GRAPH") == found
    refused = explain_refusal(text, "The graph <a:s> already exists")
    assert refused is not None
    assert refused["line"] is None


def test_where_the_engine_read_another_text_its_place_is_not_told() -> None:
    finding = explain_update("CLEAR ALL", "error at 7:99: expected WHERE", is_as_sent=False)
    assert (finding["line"], finding["column"]) == (None, None)
