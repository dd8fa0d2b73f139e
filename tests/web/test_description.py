"""What the site says of itself: its endpoint, its graphs, its counts; true also after something was written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.config import Limits, Settings
from kg.engine.pool import Pool
from kg.engine.writer import Writer
from kg.store.generation import publish
from kg.store.prefixes import PREFIXES
from kg.web import create_app
from kg.web.access import Door

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
TOKEN = "a-token-that-nobody-guesses"
LIMITS = Limits(seconds=20, workers=1)
UPDATE = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
FORMATS = ("text/turtle", "application/n-triples", "application/n-quads", "application/trig", "application/rdf+xml")
# What the vocabulary of the standard says: the class of the values of each property.
RANGES = {
    "supportedLanguage": {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"},
    "defaultDataset": "Dataset",
    "defaultGraph": "Graph",
    "namedGraph": "NamedGraph",
    "graph": "Graph",
}


def read(client: FlaskClient, path: str, media: str = "text/turtle") -> ox.Store:
    answer = client.get(path, headers={"Accept": media})
    assert answer.mimetype == media
    store = ox.Store()
    store.extend(ox.Quad(*quad.triple) for quad in ox.parse(answer.data, format=ox.RdfFormat.from_media_type(media)))
    return store


def values(store: ox.Store, predicate: str, subject: str | None = None) -> set[str]:
    node = ox.NamedNode(subject) if subject else None
    return {quad.object.value for quad in store.quads_for_pattern(node, ox.NamedNode(predicate), None)}  # type: ignore[union-attr]


@pytest.mark.parametrize("media", FORMATS)
def test_the_description_keeps_to_its_vocabulary(client: FlaskClient, media: str) -> None:
    store = read(client, "/sparql", media)
    assert values(store, SD + "endpoint") == {"http://localhost/sparql"}
    for name, expected in RANGES.items():
        for value in values(store, SD + name):
            if isinstance(expected, set):
                assert value.removeprefix(SD) in expected
            else:
                kinds = values(store, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", value)
                assert SD + expected in kinds, name
    assert len(values(store, SD + "resultFormat")) == 10
    assert SD + "SPARQL11Update" not in values(store, SD + "supportedLanguage")
    assert not values(store, SD + "inputFormat")


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
def test_a_description_has_the_same_bytes_each_time(client: FlaskClient, path: str) -> None:
    for media in (*FORMATS, "application/ld+json"):
        assert len({client.get(path, headers={"Accept": media}).data for _ in range(5)}) == 1


def test_the_counts_are_those_that_queries_give(client: FlaskClient) -> None:
    told = read(client, "/.well-known/void")
    rows = told.query(f"SELECT ?class ?n {{ ?part <{VOID}class> ?class ; <{VOID}entities> ?n }} ORDER BY ?class")
    counted = {row["class"].value: row["n"].value for row in rows}  # type: ignore[union-attr]
    asked = client.get(
        "/sparql?format=csv&query=SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c".replace(" ", "+")
    )
    assert counted == dict(line.split(",") for line in asked.text.splitlines()[1:])
    assert len(counted) > 15
    assert values(told, VOID + "dataDump") == {
        f"http://localhost/exports/diplomacy.{end}" for end in "ttl nt nq trig jsonld rdf".split()
    }


def test_tables_and_the_network_are_downloads_and_no_dumps_of_triples(client: FlaskClient) -> None:
    offered = client.get("/exports/").text
    told = values(read(client, "/.well-known/void"), f"{PREFIXES['dcat']}downloadURL")
    for name, begins in {"meetings.csv": b"meeting,kind,", "diplomacy.graphml": b"<?xml"}.items():
        assert f'href="/exports/{name}"' in offered
        assert f"http://localhost/exports/{name}" in told
        with client.get(f"/exports/{name}") as export:
            assert export.data.startswith(begins)


@pytest.fixture
def written(tmp_path: Path) -> Iterator[FlaskClient]:
    publish(tmp_path, [])
    with Pool(tmp_path, LIMITS) as pool, Writer(tmp_path, LIMITS) as writer:
        settings = Settings(store=tmp_path, limits=LIMITS)
        app = create_app(settings, pool, today=lambda: pytest.fail("nobody asked"), door=Door.locked(writer, TOKEN))
        yield app.test_client()


def test_the_counts_are_true_after_an_update(written: FlaskClient) -> None:
    assert values(read(written, "/.well-known/void"), VOID + "triples") == {"0"}
    text = """INSERT DATA { <http://e/a> a <http://e/C> ; <http://e/p> 1, 2 . <http://e/b> a <http://e/C>
      GRAPH <http://e/g> { <http://e/a> <http://e/p> 3 } } ; CREATE GRAPH <http://e/empty>"""
    assert written.post("/update", data=text, headers=UPDATE).status_code == 204
    told = read(written, "/.well-known/void")
    base = "https://w3id.org/diplomacy-kg/dataset"
    assert values(told, VOID + "triples", base) == {"4"}
    assert values(told, VOID + "entities", f"{base}/class/http%3A%2F%2Fe%2FC") == {"2"}
    part = f"{base}/property/http%3A%2F%2Fe%2Fp"
    assert values(told, VOID + "triples", part) == {"2"}
    assert values(told, VOID + "distinctSubjects", part) == {"1"}
    described = read(written, "/sparql")
    assert values(described, SD + "name") == {"http://e/g", "http://e/empty"}
    assert values(described, VOID + "triples", "http://e/g") == {"1"}
    assert SD + "SPARQL11Update" in values(described, SD + "supportedLanguage")
    assert len(values(described, SD + "inputFormat")) == 4
    assert written.post("/update", data="DROP ALL", headers=UPDATE).status_code == 204
    assert values(read(written, "/.well-known/void"), VOID + "triples") == {"0"}
    assert values(read(written, "/sparql"), SD + "name") == set()


def test_a_tag_of_a_graph_holds_until_something_is_written(written: FlaskClient) -> None:
    put = {**UPDATE, "Content-Type": "text/turtle"}
    path = "/store?graph=http://e/g"
    assert written.put(path, data="<a:a> <a:b> 1 .", headers=put).status_code == 201
    tag = written.get(path).headers["ETag"]
    assert written.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert written.put(path, data="<a:a> <a:b> 2 .", headers={**put, "If-Match": tag}).status_code == 204
    assert written.put(path, data="<a:a> <a:b> 3 .", headers={**put, "If-Match": tag}).status_code == 412
    fresh = written.get(path, headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert b"2" in fresh.data
