"""The guard: what may run, and what only looks as if it might not."""

from __future__ import annotations

import time

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.config import Limits
from kg.engine.answer import QueryTooLarge
from kg.engine.cut import limited
from kg.engine.guard import Form, check
from kg.errors import QueryNotReadOnly, QuerySyntaxError
from kg.query.tokens import tokenize

LIMITS = Limits()
INNER = "{ ?x ?y ?z }"


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ SERVICE <http://127.0.0.1:1/> {INNER} }}",
        f"SELECT * {{ service <http://127.0.0.1:1/> {INNER} }}",
        f"SELECT * {{ SeRvIcE SILENT <http://127.0.0.1:1/> {INNER} }}",
        f"SELECT * {{ SERVICE ?s {INNER} }}",
        f"SELECT * {{ SERVICE#comment\n<http://127.0.0.1:1/> {INNER} }}",
        f"SELECT * {{ {{ SELECT * {{ SERVICE<http://127.0.0.1:1/>{INNER} }} }} }}",
        f"ASK {{ FILTER EXISTS {{ SERVICE <http://127.0.0.1:1/> {INNER} }} }}",
        f"SELECT * {{ ?s ?p 'a\\'b' SERVICE ?s {INNER} }}",
        f'SELECT * {{ ?s ?p """a""" . SERVICE ?s {INNER} }}',
        # A comparison that looks like the beginning of an IRI, with the keyword inside of it.
        f"SELECT * {{ FILTER(?a<?b)SERVICE?s#>\n{INNER} }}",
        f"SELECT * {{ FILTER(?a<?b)#>'''\nSERVICE ?s {INNER}\n#'''\n}}",
        f"SELECT * {{ FILTER(?a<?b)#>'''\n?s<http://x#y>?o. SERVICE ?z {INNER}\n#'''\n}}",
        f"SELECT (?a<?b AS ?c) {{ }} HAVING(?a<?b)#>'''\nSERVICE ?s {INNER}\n#'''\n",
        f"SELECT * {{ BIND(IF(?a<?b,1,2)AS?c)#>'''\nSERVICE ?s {INNER}\n#'''\n}}",
        f"SELECT * {{ FILTER<f:f>(?a<?b)#>'''\nSERVICE ?s {INNER}\n#'''\n}}",
        f"SELECT (<<(?s<http://p#x>?o)>> AS ?t) {{ SERVICE ?s {INNER} }}",
        # Behind what only the engine takes for an operand, or for the bracket of an expression.
        f"SELECT * {{ FILTER(EXISTS{INNER}<?z)SERVICE#>)\n?s{INNER} }}",
        f"SELECT * {{ FILTER(?x<<b:b>&&?x<?z)SERVICE#>)\n?s{INNER} }}",
        f"SELECT (EXISTS{{}}AS?x)(?a<5#>'''\n AS?y) {{ SERVICE ?s {INNER} }}#'''){{}}",
        f"SELECT (COUNT(DISTINCTtrue<5#>'''\n)AS?y) {{ SERVICE ?s {INNER} }}#''')AS?y){{}}",
        f"SELECT (COUNT(DISTINCT1<5#>'''\n)AS?y) {{ SERVICE ?s {INNER} }}#''')AS?y){{}}",
        f"SELECT * {{ {{ SELECTDISTINCT(1AS?x)(?a<5#>'''\n AS?y) {{ SERVICE ?s {INNER} }} }} }}#'''){{}} }} }}",
        f"SELECT * {{ ?s ?p true FILTERSHA1(?a<5#>'''\n) SERVICE ?s {INNER} }}#''') }}",
        f"SELECT * {{ ?s ?p trueFILTER<f:f>(?a<5#>'''\n) SERVICE ?s {INNER} }}#''') }}",
        f"SELECT * {{}} ORDERBY(1)(?a<5#>'''\n)(EXISTS {{ SERVICE ?s {INNER} }})#''')",
        f"SELECT * {{}} GROUP BY ?a HAVING(EXISTS{{}})(?a<5#>'''\n)(EXISTS {{ SERVICE ?s {INNER} }})#''')",
    ],
)
def test_service_is_found_wherever_it_hides(text: str) -> None:
    with pytest.raises(QueryNotReadOnly, match="SERVICE"):
        check(text, LIMITS)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ('SERVICE <http://x> {}' AS ?x) {}",
        'SELECT ("""LOAD "" DROP\n""" AS ?x) {}',
        "SELECT * { ?s <http://example.org/SERVICE> ?o }",
        "SELECT * { ?s<http://example.org/service#name>?o }",
        "SELECT * { ?SERVICE ?LOAD $DROP }",
        "PREFIX service: <http://x/> SELECT * { ?s service:load service:CLEAR }",
        "PREFIX s: <http://x/> SELECT * { ?s s:SERVICE ?o } # SERVICE <http://x> {}",
        "SELECT * { ?s ?p 'it\\'s SERVICE' }",
        "SELECT * { FILTER(?a < ?b) ?s <http://x/LOAD> ?o }",
        "SELECT * { ?s ?p (<http://x/SERVICE> 'INSERT') }",
        "SELECT * { _:SERVICE ?p 'x'@en }",
    ],
)
def test_a_word_in_a_string_comment_iri_variable_or_name_is_nobodys_business(text: str) -> None:
    check(text, LIMITS)
    ox.Store().query(text)  # the engine reads it the same way


@pytest.mark.parametrize("text", ["INSERT DATA { <a:a> <a:b> 1 }", "DROP ALL", "LOAD <http://127.0.0.1/>", "clear all"])
def test_an_update_is_no_query(text: str) -> None:
    with pytest.raises(QueryNotReadOnly):
        check(text, LIMITS)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("SELECT * {\n ?s ?p 'open }", 2, 8),
        ("SELECT * {\n ?s ?p ?o", 1, 10),
        ("SELECT * { ?s ?p ?o } }", 1, 23),
        ("SELECT * { ?s ?p ( ?o ] }", 1, 23),
        ("SELECT * { ?s ?p '''open }", 1, 18),
        ("SELECT \\u0053 {}", 1, 8),
        ("FOO BAR", 1, 1),
        ("", 1, 1),
        ("   # nothing", 1, 1),
    ],
)
def test_what_cannot_be_a_query_is_refused_with_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        check(text, LIMITS)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.hint


def test_text_and_nesting_have_limits() -> None:
    with pytest.raises(QueryTooLarge):
        check("#" * (LIMITS.query_characters + 1), LIMITS)
    deep = "SELECT * " + "{" * (LIMITS.nesting + 1) + "}" * (LIMITS.nesting + 1)
    with pytest.raises(QuerySyntaxError, match="nested"):
        check(deep, LIMITS)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("select * {}", Form.SELECT),
        ("BASE <http://x/> PREFIX a: <b> ASK {}", Form.ASK),
        ("# SELECT\nDESCRIBE <a:a>", Form.DESCRIBE),
        ("PREFIX ask: <http://x/> CONSTRUCT WHERE { ?s ask:x ?o }", Form.CONSTRUCT),
    ],
)
def test_the_form_is_the_first_word_after_the_prologue(text: str, form: Form) -> None:
    assert check(text, LIMITS).form is form


@pytest.mark.parametrize(
    "hostile",
    [
        "'''\\" * 25_000,
        "<" * 90_000,
        "a." * 45_000,
        "a.:" * 30_000,
        "?" * 90_000,
        '"' * 90_000,
        "\\" * 90_000,
        ":a." * 30_000,
    ],
)
def test_hostile_text_is_read_in_a_moment(hostile: str) -> None:
    began = time.process_time()
    with pytest.raises((QuerySyntaxError, QueryNotReadOnly, QueryTooLarge)):
        check(hostile, LIMITS)
    assert (
        time.process_time() - began < 5
    )  # well over, so that a busy machine is no failure; a bad pattern takes minutes


@given(st.text(alphabet="<>{}()'\"\\#?a:. \n^@1_S", max_size=60))
def test_tokens_are_the_text_whole_and_in_order(text: str) -> None:
    assert "".join(token.text for token in tokenize(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x { VALUES ?x { 1 2 3 } }",
        "SELECT ?x { VALUES ?x { 1 2 3 } } LIMIT 50",
        "SELECT ?x { VALUES ?x { 1 2 3 } } ORDER BY ?x OFFSET 1 # LIMIT 1",
        "SELECT ?x {} VALUES ?x { 1 2 3 }",
        "SELECT ?x { { SELECT ?x { VALUES ?x { 1 2 3 } } LIMIT 3 } } LIMIT 3 OFFSET 0",
    ],
)
def test_a_table_is_cut_by_its_outermost_limit(text: str) -> None:
    rows = list(ox.Store().query(limited(check(text, LIMITS), 2)))  # type: ignore[arg-type]
    assert len(rows) == 2


def test_a_smaller_limit_of_the_query_itself_stands() -> None:
    text = "SELECT ?x { VALUES ?x { 1 2 3 } } LIMIT 1"
    assert limited(check(text, LIMITS), 2) == text
