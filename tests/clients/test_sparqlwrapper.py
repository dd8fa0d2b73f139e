"""SPARQLWrapper, the client that most Python programs ask with."""

from __future__ import annotations

import csv
import io
from xml.dom.minidom import Document

import pytest
import rdflib
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDF,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
    SPARQLWrapper2,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, Unauthorized

from tests.clients.world import IDS, LEADERS, NAMES, NO, NOTE, NOTES, PAIR, PREFIXES, SLIP, TOKEN, WHO_MET, YES

pytestmark = [pytest.mark.server, pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")]

each_way = pytest.mark.parametrize(
    ("method", "request_method"),
    [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)],
    ids=["get", "form", "direct"],
)


def asking(site: str, query: str, written: str, *way: str) -> SPARQLWrapper:
    client = SPARQLWrapper(f"{site}sparql", returnFormat=written)
    client.setQuery(query)
    if way:
        client.setMethod(way[0])
        client.setRequestMethod(way[1])
    return client


@each_way
@pytest.mark.parametrize("written", [JSON, XML, CSV, TSV])
def test_a_table_comes_in_every_format(site: str, method: str, request_method: str, written: str) -> None:
    answer = asking(site, LEADERS, written, method, request_method).queryAndConvert()
    if written == JSON:
        assert [row["name"]["value"] for row in answer["results"]["bindings"]] == NAMES
    elif written == XML:
        assert isinstance(answer, Document)
        assert [node.firstChild.data for node in answer.getElementsByTagName("literal")] == NAMES
    else:
        delimiter = "," if written == CSV else "\t"
        rows = list(csv.reader(io.StringIO(answer.decode(), newline=""), delimiter=delimiter, quoting=csv.QUOTE_NONE))
        shown = NAMES if written == CSV else [f'"{name}"@en' for name in NAMES]
        assert [row[0] for row in rows[1:]] == shown


@each_way
@pytest.mark.parametrize("written", [XML, RDFXML, RDF, TURTLE, N3, JSONLD])
@pytest.mark.filterwarnings("ignore:Sending Accept header")
def test_a_graph_comes_in_every_format(site: str, method: str, request_method: str, written: str) -> None:
    answer = asking(site, WHO_MET, written, method, request_method).queryAndConvert()
    graph = answer if isinstance(answer, rdflib.Graph) else rdflib.Graph().parse(data=answer, format="turtle")
    assert {str(leader) for leader in graph.objects()} == PAIR


@each_way
def test_a_question_is_answered_with_yes_or_no(site: str, method: str, request_method: str) -> None:
    for query, expected in ((YES, True), (NO, False)):
        assert asking(site, query, JSON, method, request_method).queryAndConvert()["boolean"] is expected
        answer = asking(site, query, XML, method, request_method).queryAndConvert()
        assert answer.getElementsByTagName("boolean")[0].firstChild.data == str(expected).lower()


@each_way
def test_the_graphs_to_ask_over_are_named(site: str, method: str, request_method: str) -> None:
    client = asking(site, "ASK { ?s ?p ?o }", JSON, method, request_method)
    client.addParameter("default-graph-uri", f"{IDS}no-such-graph")
    assert client.queryAndConvert()["boolean"] is False


def test_a_slip_is_told_with_its_place(site: str) -> None:
    with pytest.raises(QueryBadFormed, match=r"is not declared.*Add at the top: PREFIX dip:"):
        asking(site, SLIP, JSON).query()


def test_bindings_are_read_as_values(site: str) -> None:
    client = SPARQLWrapper2(f"{site}sparql")
    client.setQuery(LEADERS)
    assert [binding["name"].value for binding in client.query().bindings] == NAMES


@pytest.mark.parametrize("request_method", [URLENCODED, POSTDIRECTLY], ids=["form", "direct"])
def test_an_update_is_done_for_whoever_has_the_token(writable: str, request_method: str) -> None:
    client = SPARQLWrapper(f"{writable}sparql", f"{writable}update", returnFormat=JSON)
    client.setQuery(PREFIXES + NOTE)
    client.setMethod(POST)
    client.setRequestMethod(request_method)
    with pytest.raises(Unauthorized):
        client.query()
    client.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
    client.query()
    asked = f"ASK {{ GRAPH <{NOTES}> {{ ?s ?p 'An archivist says: née Horák' }} }}"
    assert asking(writable, asked, JSON).queryAndConvert()["boolean"] is True
