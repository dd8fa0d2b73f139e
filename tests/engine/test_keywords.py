"""The guard against the engine's own parser: whatever is let through holds no SERVICE, and nothing else is refused.

The oracle: a query in which every such word is spelt otherwise. Where the engine reads the one and not the other, a
word was the keyword; where it reads both alike, none was.
"""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.config import Limits
from kg.engine.guard import check
from kg.engine.prologue import directives, prefixes
from kg.errors import QueryNotReadOnly, QuerySyntaxError

LIMITS = Limits()
EMPTY = ox.Store()
PREFIXES = "PREFIX : <http://e/> PREFIX a: <http://e/> PREFIX §: <http://e/s> PREFIX x§: <http://e/x> "
# `§` stands for the word, in each of its spellings. Nothing listens at this address, and the store is empty: a
# service would be called all the same, and fail.
PIECES = st.sampled_from(
    [
        # Calls, as they are and glued to what stands before them.
        *("§ <http://[::1]:9/> {}", "§<http://[::1]:9/>{}", "§ SILENT ?s {}", "§?s{}", "§:a{}", "§:a{}", "true§:a{}"),
        *("1§ ?s {}", "1.§?s{}", "1e1§?s{}", "'x'§?s{}", "?o§?s{}", "a:.§?s{}", "a:b.§?s{}", "_:b§?s{}", "x§:a{}"),
        *("§", "true§", "false §", "UNION§", "§SILENT", "a§", "1.§", ".§", "_§", "§_", "§1", "GRAPH§:a"),
        # The word where it is none.
        *("§:", "§:a", ":§", "a:§", "§:§", "_:§", "?§", "$§ ", "@§", "'§'", '"§"', "'''§'''", '"""§"""', "#§\n"),
        *("'\\\\'§", "'\\u0027§", "'@en§", "'^^<§>", "# \\u000a§\n", "<§>", "<http://e/§>", "\\u0053ERVICE"),
        # Comparisons that look like IRIs, and IRIs that look like comparisons.
        *("(?a<?b)#>'''\n", "FILTER(?a<?b)#>", "?a<?b", "?s<http://x#y>?o", "#'''\n", "<", ">", "<<", ">>", "<<("),
        # The rest of the language.
        *("{}", "{ ?s ?p ?o }", "{", "}", "(", ")", "[", "]", "?s", "?p ", " ?o", " a ", "<p>", "1", "'x'", "true"),
        *(" ?s ?p ?o ", " ?s a <p> ", "?s a:b true", "BIND(1 AS ?x)", "FILTER(true)", "OPTIONAL{}", "{}UNION{}"),
        *(".", " . ", ";", ",", " ", "\n", "=", "SILENT", "GRAPH", "OPTIONAL", "UNION", "MINUS", "FILTER", "EXISTS"),
        *("NOT", "BIND", "AS", "VALUES", "SELECT *", "&&", "||", "!", "+", "-", "*", "/", "|", "^", "IF(", "IN"),
        *("COUNT(*)", "\\u003c", "\ufeff", "\u00a0"),
    ]
)  # fmt: skip
SPELLINGS = st.sampled_from(["SERVICE", "service", "SeRvIcE"])
FRAMES = st.sampled_from(
    [
        "ASK {%s}",
        "SELECT * {%s}",
        "SELECT * WHERE { ?s ?p ?o %s }",
        "SELECT * { ?s ?p true%s{ ?s ?p ?o } }",
        "SELECT * { FILTER(%s) }",
        "SELECT (%s AS ?x) {}",
        "CONSTRUCT { ?s ?p ?o } {%s}",
        "SELECT * { { SELECT * {%s} } }",
        "ASK { FILTER NOT EXISTS {%s} }",
        "SELECT * { ?s ?p ?o } ORDER BY %s",
        "DESCRIBE %s",
        "SELECT ?s {} GROUP BY ?s HAVING(%s)",
    ]
)


def engine_reads(text: str) -> bool:
    """Whether the engine's parser takes it; what fails later is read."""
    try:
        EMPTY.query(text)
    except SyntaxError:
        return False
    except (OSError, ValueError, RuntimeError):
        return True
    return True


def is_let_through(text: str) -> bool:
    try:
        check(text, LIMITS)
    except (QueryNotReadOnly, QuerySyntaxError):
        return False
    return True


def judge(query: str, spelling: str) -> None:
    text = query.replace("§", spelling)
    other = query.replace("§", "SERVIXE")
    if not engine_reads(text):
        return
    if engine_reads(other):
        # It read both alike: no keyword, unless one that both have.
        return
    if is_let_through(text):
        assert not engine_reads(check(text, LIMITS).text), f"a service slips through: {text}"


@settings(max_examples=600, deadline=None)
@given(FRAMES, st.lists(PIECES, min_size=1, max_size=8), SPELLINGS)
def test_no_query_that_is_let_through_calls_a_service(frame: str, pieces: list[str], spelling: str) -> None:
    judge(PREFIXES + frame % "".join(pieces), spelling)


@settings(max_examples=300, deadline=None)
@given(FRAMES, st.lists(PIECES, min_size=1, max_size=5), SPELLINGS)
def test_nothing_that_calls_no_service_is_refused_for_one(frame: str, pieces: list[str], spelling: str) -> None:
    query = PREFIXES + frame % " ".join(pieces)
    text = query.replace("§", spelling)
    if not (engine_reads(text) and engine_reads(query.replace("§", "SERVIXE"))):
        return
    try:
        read = check(text, LIMITS).text
    except QuerySyntaxError:
        return
    assert engine_reads(read)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s ?p true%s<http://[::1]:9/>{} }",
        "ASK { %sSILENT<http://[::1]:9/>{} }",
        "PREFIX : <http://e/> ASK { %s:a{} }",
        "PREFIX : <http://e/> PREFIX %s: <http://e/> ASK { %s:a{} }",
        "PREFIX : <http://e/> ASK { ?s ?p true%s:a{} }",
        "ASK { {}UNION{}%s<http://[::1]:9/>{} }",
        "ASK { FILTER NOT EXISTS{%s<http://[::1]:9/>{}} }",
    ],
)
@pytest.mark.parametrize("spelling", ["SERVICE", "service", "Service"])
def test_a_keyword_that_sticks_to_others_is_none_the_less_one(text: str, spelling: str) -> None:
    text = text.replace("%s", spelling)
    assert engine_reads(text)
    assert not is_let_through(text) or not engine_reads(check(text, LIMITS).text)


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX service: <http://e/> SELECT * { ?s service:a service:b { ?s a service:SERVICE } GRAPH service:g {} }",
        "PREFIX service: <http://e/> PREFIX qqqqqqq: <http://f/> ASK { ?s service:a qqqqqqq:a }",
        "PREFIX my.service: <http://e/> DESCRIBE my.service:a {}",
    ],
)
def test_a_prefix_of_that_name_is_a_prefix(text: str) -> None:
    read = check(text, LIMITS).text
    assert len(read) == len(text)
    assert engine_reads(read)
    assert "http://e/" in prefixes(directives(check(text, LIMITS).tokens), None).values()
