"""The Graph Store Protocol: graphs are put, added to, changed and deleted, and what was there decides the status."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.config import Limits, Settings
from kg.engine.pool import Pool
from kg.engine.writer import Writer
from kg.store.generation import publish
from kg.web import create_app
from kg.web.access import Door

TOKEN = "a-token-that-nobody-guesses"
KEY = {"Authorization": f"Bearer {TOKEN}"}
TURTLE = {**KEY, "Content-Type": "text/turtle"}
LIMITS = Limits(seconds=5, workers=1, update_seconds=20, upload_bytes=1_000_000, upload_quads=10_000)
NT = {"Accept": "application/n-triples"}
G = "/store?graph=http://example.org/g"
ONE = "<http://example.org/s> <http://example.org/p> 1 ."
DOCUMENTS = {
    "text/turtle": ONE,
    "application/n-triples": ONE.replace("1 .", '"1"^^<http://www.w3.org/2001/XMLSchema#integer> .'),
    "application/rdf+xml": (
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://example.org/">'
        '<r:Description r:about="http://example.org/s">'
        '<p r:datatype="http://www.w3.org/2001/XMLSchema#integer">1</p></r:Description></r:RDF>'
    ),
    "application/ld+json": '{"@id": "http://example.org/s", "http://example.org/p": 1}',
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    root = tmp_path_factory.mktemp("graphs")
    publish(root, [])
    with Pool(root, LIMITS) as pool, Writer(root, LIMITS) as writer:
        door = Door.locked(writer, TOKEN)
        settings = Settings(store=root, limits=LIMITS)
        yield create_app(settings, pool, today=lambda: None, door=door).test_client()  # type: ignore[arg-type,return-value]


@pytest.fixture(autouse=True)
def _empty(site: FlaskClient) -> None:
    site.post("/update", data="DROP ALL", headers={**KEY, "Content-Type": "application/sparql-update"})


def triples(site: FlaskClient, path: str) -> set[ox.Triple]:
    answer = site.get(path, headers=NT)
    assert answer.status_code == 200, answer.text
    return {quad.triple for quad in ox.parse(answer.data, format=ox.RdfFormat.N_TRIPLES)}


def triples_of(document: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(document.encode(), format=ox.RdfFormat.TURTLE)}


@pytest.mark.parametrize("media", DOCUMENTS)
@pytest.mark.parametrize("path", [G, "/store?default", "/store/people/one"])
def test_a_graph_put_is_the_graph_given(site: FlaskClient, path: str, media: str) -> None:
    answer = site.put(path, data=DOCUMENTS[media], headers={**KEY, "Content-Type": media})
    assert answer.status_code == (204 if "default" in path else 201)
    assert triples(site, path) == {quad.triple for quad in ox.parse(ONE, format=ox.RdfFormat.TURTLE)}
    assert site.put(path, data="<a:b> <a:c> <a:d> .", headers=TURTLE).status_code == 204
    assert {str(triple.subject) for triple in triples(site, path)} == {"<a:b>"}


def test_an_address_is_the_name_of_its_graph(site: FlaskClient) -> None:
    assert site.put("/store/people/one", data="<> <a:p> <two> .", headers=TURTLE).status_code == 201
    [triple] = triples(site, "/store?graph=http://localhost/store/people/one")
    assert str(triple) == "<http://localhost/store/people/one> <a:p> <http://localhost/store/people/two>"


def test_a_graph_posted_is_added_to_what_is_there(site: FlaskClient) -> None:
    assert site.post(G, data=ONE, headers=TURTLE).status_code == 201
    assert site.post(G, data="<a:s> <a:p> 2 .", headers=TURTLE).status_code == 204
    assert len(triples(site, G)) == 2


def test_what_is_posted_to_the_store_itself_becomes_a_new_graph(site: FlaskClient) -> None:
    places = []
    for _ in range(2):
        answer = site.post("/store", data=ONE, headers=TURTLE)
        assert answer.status_code == 201
        places.append(answer.headers["Location"])
        assert len(triples(site, places[-1])) == 1
    assert places[0] != places[1]


def test_the_files_of_a_form_are_added_together(site: FlaskClient) -> None:
    files = [(io.BytesIO(DOCUMENTS[media].encode()), f"one.{number}", media) for number, media in enumerate(DOCUMENTS)]
    others = [(io.BytesIO(b"_:x <a:p> _:x ."), "other.ttl", "text/turtle") for _ in range(2)]
    answer = site.post(G, data={"first": files, "second": others}, headers=KEY)
    assert answer.status_code == 201
    assert len(triples(site, G)) == 3


def test_a_file_of_a_form_that_has_no_type_is_read_by_its_name(site: FlaskClient) -> None:
    # This is what curl sends for -F 'file=@graph.ttl'.
    named = [(io.BytesIO(ONE.encode()), "graph.TTL", "application/octet-stream")]
    assert site.post(G, data={"file": named}, headers=KEY, content_type="multipart/form-data").status_code == 201
    assert len(triples(site, G)) == 1
    for name, media in (("graph.zip", "application/octet-stream"), ("graph.ttl", "application/zip")):
        wrong = [(io.BytesIO(ONE.encode()), name, media)]
        answer = site.post(G, data={"file": wrong}, headers=KEY, content_type="multipart/form-data")
        assert answer.status_code == 415


def test_what_has_no_content_has_no_type(site: FlaskClient) -> None:
    for status in (201, 204):
        answer = site.put(G, data=ONE, headers=TURTLE)
        assert (answer.status_code, answer.data, "Content-Type" in answer.headers) == (status, b"", False)


def test_an_address_says_what_it_takes(site: FlaskClient) -> None:
    told = site.options(G).headers
    assert told["Accept-Patch"] == "application/sparql-update"
    assert {*DOCUMENTS, "multipart/form-data"} == set(told["Accept-Post"].split(", "))
    assert "application/sparql-update" in site.options("/update").headers["Accept-Post"]


def test_of_two_graphs_none_is_chosen(site: FlaskClient) -> None:
    answer = site.get(f"{G}&default")
    assert (answer.status_code, answer.json["message"]) == (400, "more than one graph is named")  # type: ignore[index]


def test_blank_nodes_of_two_documents_are_never_the_same(site: FlaskClient) -> None:
    document = "_:x <a:p> _:x . [] <a:q> ( _:x ) ."
    site.put(G, data=document, headers=TURTLE)
    first = triples(site, G)
    site.post(G, data=document, headers=TURTLE)
    both = triples(site, G)
    assert len(both) == 2 * len(first)
    assert first < both


def test_a_deleted_graph_is_gone(site: FlaskClient) -> None:
    site.put(G, data=ONE, headers=TURTLE)
    assert site.delete(G, headers=KEY).status_code == 204
    assert site.get(G).status_code == 404
    again = site.delete(G, headers=KEY)
    assert again.status_code == 404
    assert "lists the graphs" in again.json["hint"]
    assert site.delete("/store?default", headers=KEY).status_code == 204


def test_an_empty_graph_is_there_all_the_same(site: FlaskClient) -> None:
    assert site.put(G, data="", headers=TURTLE).status_code == 201
    assert triples(site, G) == set()
    assert site.head(G).status_code == 200


PATCH = {**KEY, "Content-Type": "application/sparql-update"}


def test_a_patch_changes_its_graph_alone(site: FlaskClient) -> None:
    for path in (G, "/store?graph=a:other", "/store?default"):
        site.put(path, data=ONE, headers=TURTLE)
    change = "DELETE { ?s ?p ?o } INSERT { ?s ?p 2 } WHERE { ?s ?p ?o } ; INSERT DATA { <a:s> <a:p> 3 }"
    assert site.patch(G, data=change, headers=PATCH).status_code == 204
    assert {str(triple.object.value) for triple in triples(site, G)} == {"2", "3"}  # type: ignore[union-attr]
    for path in ("/store?graph=a:other", "/store?default"):
        assert {str(triple.object.value) for triple in triples(site, path)} == {"1"}  # type: ignore[union-attr]
    assert site.patch("/store?default", data="DELETE WHERE { ?s ?p ?o }", headers=PATCH).status_code == 204
    assert triples(site, "/store?default") == set()
    assert site.patch("/store?graph=a:new", data="INSERT DATA { <a:s> <a:p> 3 }", headers=PATCH).status_code == 201


@pytest.mark.parametrize(
    "change",
    [
        "INSERT DATA { GRAPH <a:other> { <a:s> <a:p> 1 } }",
        "DELETE { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "WITH <a:other> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } USING <a:other> WHERE { ?s ?p ?o }",
        "DROP ALL",
        "CLEAR DEFAULT",
        "COPY DEFAULT TO <a:other>",
        "INSERT DATA { } ; ADD DEFAULT TO <a:other>",
        "INSERT DATA { } } ; INSERT DATA { GRAPH <a:x> { <a:s> <a:p> 1 }",
    ],
)
def test_a_patch_cannot_leave_its_graph(site: FlaskClient, change: str) -> None:
    site.put("/store?graph=a:other", data=ONE, headers=TURTLE)
    assert site.patch(G, data=change, headers=PATCH).status_code == 400
    assert len(triples(site, "/store?graph=a:other")) == 1
    assert site.get(G).status_code == 404


def test_a_change_to_an_old_state_is_refused(site: FlaskClient) -> None:
    site.put(G, data=ONE, headers=TURTLE)
    tag = site.get(G, headers=NT).headers["ETag"]
    assert site.put(G, data="<a:s> <a:p> 2 .", headers={**TURTLE, "If-Match": tag}).status_code == 204
    for method in (site.put, site.post, site.delete):
        assert method(G, data=ONE, headers={**TURTLE, "If-Match": tag}).status_code == 412
    newer = site.get(G, headers=NT).headers["ETag"]
    assert site.delete(G, headers={**KEY, "If-Match": f'"x", {newer}'}).status_code == 204


OTHER = "/store?graph=a:other"


@pytest.mark.parametrize(
    "write",
    [
        lambda site: site.put(OTHER, data=ONE, headers=TURTLE),
        lambda site: site.post("/store?default", data=ONE, headers=TURTLE),
        lambda site: site.delete(OTHER, headers=KEY),
        lambda site: site.patch(OTHER, data="INSERT DATA { <a:s> <a:p> 7 }", headers=PATCH),
        lambda site: site.post(
            "/update", data="INSERT DATA { <a:s> <a:p> 7 GRAPH <a:x> { <a:s> <a:p> 7 } }", headers=PATCH
        ),
        lambda site: site.post("/update", data="DELETE DATA { <a:s> <a:p> 1 } ; INSERT DATA { }", headers=PATCH),
    ],
)
def test_a_change_to_another_graph_leaves_the_tag_of_this_one(site: FlaskClient, write: Callable[..., Any]) -> None:
    site.put(OTHER, data=ONE, headers=TURTLE)
    site.put(G, data=ONE, headers=TURTLE)
    tag = site.get(G, headers=NT).headers["ETag"]
    assert write(site).status_code in {200, 201, 204}
    assert site.get(G, headers={**NT, "If-None-Match": tag}).status_code == 304
    assert site.get(G, headers=NT).headers["ETag"] == tag
    assert site.put(G, data="<a:s> <a:p> 2 .", headers={**TURTLE, "If-Match": tag}).status_code == 204
    assert site.get(G, headers={**NT, "If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { GRAPH <http://example.org/g> { <a:s> <a:p> 7 } }",
        "DELETE DATA { GRAPH <http://example.org/g> { <http://example.org/s> <http://example.org/p> 1 } }",
        "INSERT { GRAPH ?g { <a:s> <a:p> 7 } } WHERE { GRAPH ?g { ?s <http://example.org/p> 1 } }",
        "WITH <http://example.org/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "CLEAR NAMED",
        "MOVE <http://example.org/g> TO <a:x>",
        "LOAD <http://127.0.0.1/> INTO GRAPH <http://example.org/g>",
    ],
)
def test_an_update_that_changes_the_graph_changes_its_tag(site: FlaskClient, update: str) -> None:
    site.put(G, data=ONE, headers=TURTLE)
    tag = site.get(G, headers=NT).headers["ETag"]
    done = site.post("/update", data=update, headers=PATCH).status_code
    assert done == (400 if "LOAD" in update else 204)
    expected = 204 if "LOAD" in update else 412
    assert site.put(G, data="<a:s> <a:p> 2 .", headers={**TURTLE, "If-Match": tag}).status_code == expected


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/s> <http://example.org/p> 1 } }",
        "DELETE DATA { GRAPH <http://example.org/g> { <a:s> <a:p> 1 } }",
        "INSERT { GRAPH ?g { <a:s> <a:p> 7 } } WHERE { GRAPH ?g { <a:s> <a:p> 1 } }",
    ],
)
def test_an_update_that_changes_nothing_leaves_the_tag_and_the_generation(site: FlaskClient, update: str) -> None:
    number = site.put(G, data=ONE, headers=TURTLE).headers["KG-Generation"]
    tag = site.get(G, headers=NT).headers["ETag"]
    done = site.post("/update", data=update, headers=PATCH)
    assert (done.status_code, done.headers["KG-Generation"]) == (204, number)
    assert site.get(G, headers={**NT, "If-None-Match": tag}).status_code == 304


def test_of_two_who_change_the_same_state_of_a_graph_one_is_refused(site: FlaskClient) -> None:
    site.put(G, data=ONE, headers=TURTLE)
    tag = site.get(G, headers=NT).headers["ETag"]

    def put(number: int) -> int:
        client = site.application.test_client()
        client.put(f"/store?graph=a:own{number}", data=ONE, headers=TURTLE)
        return client.put(G, data=f"<a:s> <a:p> {number} .", headers={**TURTLE, "If-Match": tag}).status_code

    with ThreadPoolExecutor(6) as people:
        assert sorted(people.map(put, range(6))) == [204] + 5 * [412]


@pytest.mark.parametrize("tags", ['W/"nonsense"', "W/nonsense", ",", "", 'W/"x', '"x"'])
def test_a_condition_that_no_state_meets_is_met_by_none(site: FlaskClient, tags: str) -> None:
    site.put(G, data=ONE, headers=TURTLE)
    for method in (site.put, site.post, site.delete):
        assert method(G, data="<a:s> <a:p> 2 .", headers={**TURTLE, "If-Match": tags}).status_code == 412
    assert triples(site, G) == triples_of(ONE)


def test_a_tag_said_to_be_weak_is_no_ground_to_write_on_and_one_not_to_write(site: FlaskClient) -> None:
    site.put(G, data=ONE, headers=TURTLE)
    weak = f"W/{site.get(G, headers=NT).headers['ETag']}"
    for name in ("If-Match", "If-None-Match"):
        assert site.delete(G, headers={**KEY, name: weak}).status_code == 412
    assert site.delete(G, headers={**KEY, "If-None-Match": 'W/"other"'}).status_code == 204


@pytest.mark.parametrize(
    ("charset", "status"), [("utf-16", 415), ("latin-1", 415), ("UTF-8", 201), ('"utf-8"', 201), ("us-ascii", 201)]
)
def test_a_graph_comes_in_utf_8(site: FlaskClient, charset: str, status: int) -> None:
    answer = site.put(G, data=ONE, headers={**KEY, "Content-Type": f"text/turtle; charset={charset}"})
    assert answer.status_code == status


def test_the_conditions_on_being_there_hold(site: FlaskClient) -> None:
    assert site.put(G, data=ONE, headers={**TURTLE, "If-Match": "*"}).status_code == 412
    assert site.put(G, data=ONE, headers={**TURTLE, "If-None-Match": "*"}).status_code == 201
    assert site.put(G, data=ONE, headers={**TURTLE, "If-None-Match": "*"}).status_code == 412
    assert site.put(G, data=ONE, headers={**TURTLE, "If-Match": "*"}).status_code == 204


@pytest.mark.parametrize(
    ("path", "data", "media", "status"),
    [
        (G, b"<a:s> <a:p>", "text/turtle", 400),
        (G, b"\xff", "text/turtle", 400),
        (G, b"{}", "application/json", 415),
        (G, b"", "", 415),
        (G, b"<a:s> <a:p> <a:o> <a:g> .", "application/n-triples", 400),
        (G, b'{"@graph": {"@id": "a:s", "a:p": {"@id": "a:o"}}, "@id": "a:g"}', "application/ld+json", 400),
        (G, b'{"@context": "http://127.0.0.1:9/context", "a": "b"}', "application/ld+json", 400),
        (G, b"<a:s> <a:p> <<( <a:s> <a:p> 1 )>> .", "text/turtle", 400),
        (G, b"<a:s> <a:p> 'x'@en--ltr .", "text/turtle", 400),
        (G, b"<a:s> <a:p> " + b"(" * 200_000, "text/turtle", 413),
        (G, b"<a:s> <a:p> " + b",".join(str(number).encode() for number in range(11_000)) + b" .", "text/turtle", 413),
        (G, b"#" * 1_000_001, "text/turtle", 413),
        ("/store?graph=relative", b"", "text/turtle", 400),
        ("/store", b"", "text/turtle", 400),
        ("/store?default&graph=a:g", b"", "text/turtle", 400),
        ("/store?graph=a:g&graph=a:h", b"", "text/turtle", 400),
        ("/store/x?default", b"", "text/turtle", 400),
    ],
)
def test_what_is_no_graph_is_refused_and_changes_nothing(
    site: FlaskClient, path: str, data: bytes, media: str, status: int
) -> None:
    before = site.get("/healthz").json
    answer = site.put(path, data=data, headers={**KEY, "Content-Type": media} if media else KEY)
    assert answer.status_code == status
    assert set(answer.json) == {"status", "error", "line", "column", "message", "hint"}  # type: ignore[arg-type]
    assert "/tmp" not in answer.text
    assert site.get("/healthz").json == before


DOCTYPE = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "document", [DOCTYPE, "<?xml version='1.0'?><!-- x -->\n" + DOCTYPE.lower(), "<!--->-->" + DOCTYPE]
)
def test_a_document_that_declares_entities_is_refused(site: FlaskClient, document: str) -> None:
    body = document + DOCUMENTS["application/rdf+xml"]
    answer = site.put(G, data=body, headers={**KEY, "Content-Type": "application/rdf+xml"})
    assert answer.status_code == 400
    assert "entities" in answer.json["hint"]
    for encoding in ("utf-16", "utf-16-be"):
        other = site.put(G, data=body.encode(encoding), headers={**KEY, "Content-Type": "application/rdf+xml"})
        assert other.status_code == 400


@pytest.mark.parametrize("hidden", ['xml:x="<!--"', 'xml:x="<?"', 'xml:x="<![CDATA["'])
def test_a_declaration_hides_behind_nothing(site: FlaskClient, hidden: str) -> None:
    body = DOCUMENTS["application/rdf+xml"].replace("<r:RDF ", f"<r:RDF {hidden} ").replace('/">', f'/">{DOCTYPE}', 1)
    body = body.replace('integer">1<', 'integer">&b;<').replace("</r:RDF>", "<!-- --><?x ?><![CDATA[ ]]></r:RDF>")
    assert site.put(G, data=body, headers={**KEY, "Content-Type": "application/rdf+xml"}).status_code == 400
    assert site.get(G).status_code == 404


def test_the_word_alone_declares_nothing(site: FlaskClient) -> None:
    body = "<!-- DOCTYPE --><?x ENTITY ?>" + DOCUMENTS["application/rdf+xml"].replace(
        'integer">1<', 'integer"><![CDATA[<!-- ENTITY]]><'
    )
    assert site.put(G, data=body, headers={**KEY, "Content-Type": "application/rdf+xml"}).status_code == 201


def test_a_compressed_graph_is_refused(site: FlaskClient) -> None:
    answer = site.put(G, data=gzip.compress(ONE.encode()), headers={**TURTLE, "Content-Encoding": "gzip"})
    assert (answer.status_code, answer.headers["Accept-Encoding"]) == (415, "identity")


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 401), ({"Authorization": "Bearer x"}, 403), ({**KEY, "Origin": "https://a.example"}, 403)],
)
def test_only_the_token_writes(site: FlaskClient, method: str, headers: dict[str, str], status: int) -> None:
    assert (
        site.open(G, method=method, data=ONE, headers={**headers, "Content-Type": "text/turtle"}).status_code == status
    )
    assert site.get(G).status_code == 404


def test_exports_of_blank_nodes_are_the_same_bytes_each_time(site: FlaskClient) -> None:
    site.put(
        "/store?default",
        data="[] <a:p> [ <a:q> 1 ] , [ <a:q> 2 ] ; <a:r> ( _:x _:y [] ) . _:x <a:s> _:y .",
        headers=TURTLE,
    )
    for name in ("diplomacy.ttl", "diplomacy.trig", "diplomacy.jsonld", "diplomacy.rdf"):
        with site.get(f"/exports/{name}") as export:
            first = export.data
        site.put("/store?graph=a:unrelated", data=ONE, headers=TURTLE)
        site.delete("/store?graph=a:unrelated", headers=KEY)
        with site.get(f"/exports/{name}") as export:
            assert export.data == first
