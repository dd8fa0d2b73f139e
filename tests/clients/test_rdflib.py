"""rdflib's SPARQLStore: the endpoint as a graph of rdflib."""

from __future__ import annotations

from urllib.error import HTTPError

import pytest
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from tests.clients.world import DIP, IDS, IRIS, LEADERS, MEETING, NAMES, NO, NOTES, PAIR, TOKEN, WHO_MET, YES

pytestmark = pytest.mark.server

NOVAK = URIRef(f"{IDS}leader/anna-novak")


@pytest.fixture(params=["GET", "POST", "POST_FORM"])
def graph(site: str, request: pytest.FixtureRequest) -> Graph:
    return Graph(SPARQLStore(f"{site}sparql", method=request.param))


@pytest.mark.parametrize("written", ["xml", "json", "csv", "tsv"])
def test_a_query_is_answered(site: str, written: str) -> None:
    rows = SPARQLStore(f"{site}sparql", returnFormat=written).query(LEADERS)
    assert [str(row[0]) for row in rows] == NAMES


def test_a_query_is_answered_by_every_method(graph: Graph) -> None:
    assert [(str(name), str(leader)) for name, leader in graph.query(LEADERS)] == list(zip(NAMES, IRIS, strict=True))
    assert graph.query(YES).askAnswer is True
    assert graph.query(NO).askAnswer is False
    assert {str(leader) for _, _, leader in graph.query(WHO_MET)} == PAIR


def test_the_endpoint_is_a_graph(graph: Graph) -> None:
    assert (NOVAK, RDF.type, URIRef(f"{DIP}Leader")) in graph
    assert (NOVAK, RDF.type, URIRef(f"{DIP}Meeting")) not in graph
    assert graph.value(NOVAK, RDFS.label) == Literal("Anna Novák", lang="en")
    assert {str(leader) for leader in graph.objects(URIRef(MEETING), URIRef(f"{DIP}participant"))} == PAIR
    assert len(graph) > 200


def test_graphs_are_written_and_read_again(writable: str) -> None:
    store = SPARQLUpdateStore(
        f"{writable}sparql",
        f"{writable}update",
        method="POST_FORM",
        returnFormat="json",
        headers={"Authorization": f"Bearer {TOKEN}"},
    )
    notes = Graph(store, identifier=URIRef(NOTES))
    notes.add((NOVAK, RDFS.comment, Literal("An archivist says: née Horák", lang="en")))
    notes.add((NOVAK, RDFS.seeAlso, URIRef("http://example.org/novak")))
    assert set(notes.objects(NOVAK)) == {
        Literal("An archivist says: née Horák", lang="en"),
        URIRef("http://example.org/novak"),
    }
    notes.remove((NOVAK, RDFS.seeAlso, None))
    assert len(notes) == 1
    notes.update("DELETE WHERE { ?s rdfs:comment ?o }", initNs={"rdfs": RDFS})
    assert len(notes) == 0


def test_without_the_token_nothing_is_written(writable: str) -> None:
    store = SPARQLUpdateStore(f"{writable}sparql", f"{writable}update")
    with pytest.raises(HTTPError, match="401"):
        Graph(store, identifier=URIRef(NOTES)).add((NOVAK, RDF.type, RDFS.Resource))
