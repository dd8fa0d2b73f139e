"""Parameters become terms of their types, by label, slug or IRI, and never text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QuerySyntaxError
from kg.query.bind import bind
from kg.query.names import Name, Names
from kg.query.saved import parse_query
from kg.query.tokens import Kind, tokenize
from kg.query.types import ParameterType, to_term

BASE = "https://example.org/id/"
TODAY = dt.date(2026, 11, 22)
NAMES = Names(
    [
        Name(iri=f"{BASE}leader/anna-novak", label="Anna Novák", kind="Leader", others=("A. Novak",)),
        Name(iri=f"{BASE}leader/emil-brandt", label="Emil Brandt", kind="Leader"),
        Name(iri=f"{BASE}country/ARV", label="Arvania", kind="Country", others=("ARV",)),
        Name(iri=f"{BASE}summit/lf-2025", label="Lake Forum, Seeburg, June 2025", kind="Summit", date="2025-06"),
        Name(iri=f"{BASE}summit/lf-2023", label="Lake Forum 2023", kind="Summit", date="2023"),
        Name(iri=f"{BASE}place/arvania", label="Arvania", kind="Place"),
    ]
)


def question(kind: str, body: str = "SELECT * { ?s ?p ?_x }", extra: str = "") -> str:
    return (
        "#+ summary: A\n#+ description: B\n#+ tags:\n#+   - c\n#+ view: table\n#+ params:\n"
        f"#+   - name: x\n#+     type: {kind}\n#+     label: X\n{extra}{body}\n"
    )


def bound(kind: str, value: str, body: str = "SELECT * { ?s ?p ?_x }", extra: str = "") -> str:
    written = bind(parse_query("q", question(kind, body, extra)), {"x": value}, NAMES, TODAY)
    return written.split("X\n", 1)[1].strip()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("leader", "Anna Novák"),
        ("leader", "anna novak"),
        ("leader", "  ANNA NOVAK "),
        ("leader", "A. Novak"),
        ("leader", "anna-novak"),
        ("leader", "Novak"),
        ("leader", f"{BASE}leader/anna-novak"),
    ],
)
def test_a_leader_is_found_by_label_slug_or_iri(kind: str, value: str) -> None:
    assert bound(kind, value) == f"SELECT * {{ ?s ?p <{BASE}leader/anna-novak> }}"


def test_a_slug_may_be_written_with_spaces() -> None:
    assert "summit/lf-2025>" in bound("summit", "LF 2025")


def test_only_things_of_the_type_are_found() -> None:
    assert "country/ARV>" in bound("country", "Arvania")
    assert "place/arvania>" in bound("place", "Arvania")
    with pytest.raises(QuerySyntaxError, match="no leader is called 'Arvania'"):
        bound("leader", "Arvania")


def test_a_name_of_several_things_lists_them() -> None:
    with pytest.raises(QuerySyntaxError, match="may be any of 2") as caught:
        bound("summit", "Lake Forum")
    assert "lf-2025" in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("string", "a", '"a"'),
        ("integer", "007", '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("integer", "-3", '"-3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("date", "2025-06-17", '"2025-06-17"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("date", "today", '"2026-11-22"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("year", "2025", '"2025"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("iri", "https://example.org/a", "<https://example.org/a>"),
        ("iri", "<urn:x:y>", "<urn:x:y>"),
    ],
)
def test_a_value_becomes_a_term_of_its_type(kind: str, value: str, term: str) -> None:
    assert bound(kind, value) == f"SELECT * {{ ?s ?p {term} }}"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "1.5"),
        ("integer", "٣"),
        ("integer", "1e9"),
        ("integer", "9" * 30),
        ("date", "2025-02-30"),
        ("date", "2025-06"),
        ("date", "17.6.2025"),
        ("year", "25"),
        ("year", "0000"),
        ("iri", "relative"),
        ("iri", "https://example.org/a b"),
        ("iri", "https://example.org/> } DROP ALL #"),
        ("string", "bell \x07"),
        ("string", "x" * 1001),
    ],
)
def test_a_value_that_is_not_of_its_type_is_refused_with_the_name_of_the_parameter(kind: str, value: str) -> None:
    with pytest.raises(QuerySyntaxError, match=r"^x: ") as told:
        bound(kind, value)
    assert told.value.hint


@given(st.text(max_size=80))
def test_no_text_ends_its_literal(text: str) -> None:
    try:
        term = to_term(ParameterType.STRING, text, NAMES, TODAY)
    except QuerySyntaxError:
        return
    tokens = [token for token in tokenize(str(term)) if token.kind is not Kind.SPACE]
    assert [token.kind for token in tokens] == [Kind.STRING]
    (row,) = ox.Store().query(f"SELECT ({term} AS ?x) {{}}")  # type: ignore[misc]
    assert row["x"].value == text.strip()


def test_a_variable_in_a_string_or_comment_is_left_alone() -> None:
    body = "SELECT * { ?s ?p '?_x', ?_x, <http://x/?_x>, ?_xy } # ?_x"
    header = question("string", body).replace("?_xy", "?y")
    written = bind(parse_query("q", header), {"x": "v"}, NAMES, TODAY)
    assert written.endswith("SELECT * { ?s ?p '?_x', \"v\", <http://x/?_x>, ?y } # ?_x\n")


def test_an_optional_parameter_that_is_not_given_stays_a_variable() -> None:
    assert bound("leader", "") == "SELECT * { ?s ?p ?_x }"


def test_a_required_parameter_must_be_given() -> None:
    with pytest.raises(QuerySyntaxError, match="'x' is missing"):
        bound("leader", " ", extra="#+     required: true\n")


def test_a_default_stands_in() -> None:
    assert '"2026-11-22"' in bound("date", "", extra="#+     default: today\n")


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(QuerySyntaxError, match="no parameter 'y'"):
        bind(parse_query("q", question("leader")), {"y": "1"}, NAMES, TODAY)


def labels(names: Iterable[Name]) -> list[str]:
    return [name.label for name in names]


def test_search_finds_beginnings_of_words_without_diacritics() -> None:
    assert labels(NAMES.search("nova")) == ["Anna Novák"]
    assert labels(NAMES.search("forum lake")) == ["Lake Forum 2023", "Lake Forum, Seeburg, June 2025"]
    assert NAMES.search("   ") == []
    assert NAMES.search("ovak") == []


def test_a_pick_list_of_dated_things_begins_with_the_newest() -> None:
    assert [name.slug for name in NAMES.of_kinds(frozenset({"Summit"}))] == ["lf-2025", "lf-2023"]
