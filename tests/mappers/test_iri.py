"""Whatever an article calls things, their IRIs are plain paths and their texts are plain texts."""

from __future__ import annotations

import re

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad, RdfFormat
from rdflib import Graph

from kg.assemble.key import leader_key, short
from kg.mappers import literal, terms
from kg.mappers.iri import article_graph, key_of, mint, segment
from kg.mappers.lines import in_whole
from kg.model.date import PartialDate
from kg.model.entity import Leader

BASE = "https://w3id.org/diplomacy-kg/"
HOSTILE = [
    '"""',
    "> . <x>",
    "}",
    "<script>alert(1)</script>",
    "a\x00b",
    "\u202eevil",
    "../../etc",
    "%2e%2e",
    "é",
    "李在明",
    " ",
]
ANY = st.text(st.characters(codec=None), max_size=300) | st.sampled_from(HOSTILE)


@given(ANY)
def test_a_name_becomes_one_plain_segment(name: str) -> None:
    for text in (segment(name), leader_key(Leader(name=name)).removeprefix("leader/")):
        assert re.fullmatch(r"[A-Za-z0-9-]{1,200}", text)


@given(ANY)
def test_the_same_name_gives_the_same_iri_under_every_base(name: str) -> None:
    key = leader_key(Leader(name=name))
    assert mint(BASE, key) == mint(BASE, key)
    assert key_of(BASE, mint(BASE, key).value) == key
    assert mint("https://example.org/", key).value == "https://example.org/id/" + key


@given(ANY)
def test_a_hostile_article_id_stays_in_its_graph_name(name: str) -> None:
    assert re.fullmatch(re.escape(BASE) + r"graph/article/[A-Za-z0-9-]+", article_graph(BASE, name).value)


@given(ANY)
def test_a_hostile_text_comes_back_from_turtle_as_it_is_in_the_graph(text: str) -> None:
    node = mint(BASE, "leader/x")
    quad = Quad(node, terms.RDFS_LABEL, literal.spoken(text))
    written = pyoxigraph.serialize([quad], format=RdfFormat.TURTLE)
    (back,) = pyoxigraph.parse(written, format=RdfFormat.TURTLE)
    assert back.triple == quad.triple
    assert len(Graph().parse(data=written, format="turtle")) == 1
    assert len(literal.clean(text)) == len(text)


@pytest.mark.parametrize("name", HOSTILE)
def test_two_names_that_differ_in_letters_have_two_keys(name: str) -> None:
    assert leader_key(Leader(name=name + "x")) != leader_key(Leader(name=name + "y"))


def test_names_in_other_scripts_do_not_collapse() -> None:
    assert leader_key(Leader(name="李在明")) != leader_key(Leader(name="尹錫悅"))


def test_a_long_key_is_cut_and_stays_its_own() -> None:
    one, two = short("a" * 300 + "b"), short("a" * 300 + "c")
    assert len(one) <= 120
    assert one != two


@pytest.mark.parametrize(
    ("text", "datatype"),
    [("2025-06-17", "date"), ("2025-06", "gYearMonth"), ("2025", "gYear"), ("--06-17", "gMonthDay")],
)
def test_a_date_is_as_precise_as_its_text(text: str, datatype: str) -> None:
    found = literal.date(PartialDate.parse(text))
    assert (found.value, found.datatype.value.rpartition("#")[2]) == (text, datatype)


@pytest.mark.parametrize(
    ("text", "datatype"),
    [("2025-06-18", "date"), ("2025-06-18T08:30:00", "dateTime"), ("2025-06-18T08:30:00+09:00", "dateTime"),
     ("last week", "string")],
)  # fmt: skip
def test_a_moment_is_what_its_source_says(text: str, datatype: str) -> None:
    found = literal.timestamp(text)
    assert (found.value, found.datatype.value.rpartition("#")[2]) == (text, datatype)


@pytest.mark.parametrize(
    "term",
    [
        literal.typed("PT90M", terms.XSD_DURATION),
        literal.timestamp("2025-06-18T10:00:00+00:00"),
        literal.timestamp("2025-06-18T10:00:00.500000"),
        literal.degrees(-0.00001),
        literal.degrees(12.5),
        literal.date(PartialDate(year=987, month=6)),
        literal.spoken('\t"quoted"\\ \r\n\u2028 \U0001f600'),
    ],
)
def test_a_value_is_written_as_a_store_gives_it_back(term: pyoxigraph.Literal) -> None:
    store = pyoxigraph.Store()
    quad = Quad(terms.date, terms.date, term)
    store.add(quad)
    assert in_whole([quad.triple]) == store.dump(format=RdfFormat.N_QUADS)
