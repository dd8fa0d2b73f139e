"""The SPARQL 1.1 Protocol: every way to ask, every format, every refusal."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

SELECT = "SELECT ?x { VALUES ?x { 'Nov\u00e1k' } }"
GRAPH = "CONSTRUCT WHERE { ?s <https://w3id.org/diplomacy-kg/ns#met> ?o }"
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("method", ["get", "form", "direct"])
def test_a_query_comes_by_get_form_or_body(client: FlaskClient, method: str) -> None:
    if method == "get":
        response = client.get("/sparql", query_string={"query": SELECT})
    elif method == "form":
        response = client.post("/sparql", data={"query": SELECT})
    else:
        response = client.post("/sparql", data=SELECT.encode(), content_type="application/sparql-query; charset=utf-8")
    assert response.status_code == 200
    assert response.json is not None
    assert response.json["results"]["bindings"][0]["x"]["value"] == "Novák"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (SELECT, None, "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values;q=0.9, text/csv;q=0.2", "text/tab-separated-values; charset=utf-8"),
        (GRAPH, None, "text/turtle; charset=utf-8"),
        (GRAPH, "application/n-triples", "application/n-triples"),
        (GRAPH, "application/ld+json", "application/ld+json"),
        (GRAPH, "application/rdf+xml, text/turtle;q=0.1", "application/rdf+xml"),
    ],
)
def test_the_format_is_negotiated(client: FlaskClient, query: str, accept: str | None, expected: str) -> None:
    headers = {"Accept": accept} if accept else {}
    response = client.get("/sparql", query_string={"query": query}, headers=headers)
    assert response.status_code == 200
    assert response.content_type == expected


def test_a_format_by_name_comes_before_the_accept_header(client: FlaskClient) -> None:
    response = client.get(
        "/sparql", query_string={"query": SELECT, "format": "csv"}, headers={"Accept": "application/json"}
    )
    assert response.data == "x\r\nNovák\r\n".encode() or response.data == "x\nNovák\n".encode()


@pytest.mark.parametrize(
    ("path", "data", "kind", "status"),
    [
        ("/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, None, 400),
        ("/sparql?query=%FF", None, None, 400),
        ("/sparql?query=SELEKT", None, None, 400),
        ("/sparql?query=DROP%20ALL", None, None, 400),
        ("/sparql?query=ASK%20%7B%20SERVICE%20%3Chttp://127.0.0.1:9/%3E%20%7B%7D%20%7D", None, None, 400),
        ("/sparql", b"", FORM, 400),
        ("/sparql", b"\xff\xfe", "application/sparql-query", 400),
        ("/sparql", b"ASK {}", "text/plain", 415),
        ("/sparql", b"update=DROP+ALL", FORM, 403),
        ("/sparql", b"query=" + b"x" * 600_000, FORM, 413),
        ("/sparql", b"#" * 150_000, "application/sparql-query", 413),
        ("/update", b"DROP ALL", "application/sparql-update", 403),
        ("/store?default", b"", "text/turtle", 403),
        ("/nowhere", None, None, 404),
    ],
)
def test_every_refusal_has_one_shape(
    client: FlaskClient, path: str, data: bytes | None, kind: str | None, status: int
) -> None:
    response = client.get(path) if data is None else client.post(path, data=data, content_type=kind)
    assert response.status_code == status
    assert response.json is not None
    assert list(response.json) == ["status", "error", "message", "line", "column", "hint"]
    assert response.json["status"] == status
    assert "/work" not in response.text
    assert "Traceback" not in response.text


@pytest.mark.parametrize(("accept", "kind"), [("text/html", "text/html"), ("text/plain", "text/plain")])
def test_a_refusal_is_html_or_plain_where_that_is_wanted(client: FlaskClient, accept: str, kind: str) -> None:
    response = client.get("/nowhere", headers={"Accept": accept})
    assert response.status_code == 404
    assert response.mimetype == kind
    assert "no traceback" not in response.text


def test_what_cannot_be_given_is_not_acceptable(client: FlaskClient) -> None:
    assert client.get("/sparql", query_string={"query": SELECT}, headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/sparql", query_string={"query": SELECT, "format": "ttl"}).status_code == 406


def test_a_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    response = client.put("/sparql")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) >= {"GET", "POST"}


def test_a_bare_get_that_wants_rdf_gets_the_service_description(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    assert response.mimetype == "text/turtle"
    assert b"SPARQL11Query" in response.data


def test_a_cut_answer_says_so_in_a_header(client: FlaskClient) -> None:
    query = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f }"
    response = client.get("/sparql", query_string={"query": query, "format": "csv"})
    assert response.text.count("\n") == 1001
    assert response.headers["KG-Truncated"] == "rows=1000"
    whole = client.get("/sparql", query_string={"query": f"{query} LIMIT 1000", "format": "csv"})
    assert "KG-Truncated" not in whole.headers


def test_a_cut_answer_says_of_how_many(client: FlaskClient) -> None:
    query = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f }"
    number = client.get("/sparql", query_string={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"})
    every = int(number.text.split()[1]) ** 2
    assert client.get("/sparql/total", query_string={"query": query}).json == {"rows": every, "more": False}
    many = client.post("/sparql/total", data={"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"})
    assert many.json == {"rows": 1_000_000, "more": True}
    page = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"})
    assert f"The first 500 of {every:,} rows." in page.text
    assert "The downloads hold the first 1,000." in page.text
    some = client.get("/sparql", query_string={"query": f"{query} LIMIT 700"}, headers={"Accept": "text/html"})
    assert "The first 500 of 700 rows.</strong> The downloads hold all of them." in some.text


@pytest.mark.parametrize("text", ["ASK {}", "DESCRIBE <urn:x>", "SELECT * {", "SELECT * { SERVICE <urn:x> {} }"])
def test_what_has_no_rows_is_not_counted(client: FlaskClient, text: str) -> None:
    assert client.get("/sparql/total", query_string={"query": text}).status_code in {400, 403}


def test_the_graphs_of_the_protocol_are_heeded(client: FlaskClient) -> None:
    asked = {"query": "ASK { ?s ?p ?o }", "default-graph-uri": "http://example.org/empty"}
    response = client.get("/sparql", query_string=asked)
    assert response.json is not None
    assert response.json["boolean"] is False


def test_an_update_that_is_sent_as_a_query_is_told_where_updates_go(client: FlaskClient) -> None:
    refused = client.get("/sparql?query=INSERT%20DATA%20%7B%7D")
    assert refused.status_code == 400
    assert refused.json is not None
    assert "/update" in refused.json["hint"]
