"""The site over a graph on another server (``oxigraph serve``): the same answers, limits and refusals as over ours."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kg.config import BASE_IRI, Limits, Settings
from kg.engine.remote import Remote
from kg.store.digest_auth import Credentials
from kg.store.loaded import Loaded, mark_of
from kg.store.server import Address
from kg.web import create_app
from tests.servers import Running, free_port, oxigraph

pytestmark = pytest.mark.server
ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "queries" / "sample.ttl"
SHAPE = {"status", "error", "message", "line", "column", "hint"}
LIMITS = Limits(seconds=20, workers=1, rows=1000)
PREFIXES = "PREFIX dip: <https://w3id.org/diplomacy-kg/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
PEOPLE = PREFIXES + "SELECT ?one ?label { ?one a dip:Leader ; rdfs:label ?label } ORDER BY ?one"


def post(port: int, path: str, body: bytes, media: str) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("POST", path, body=body, headers={"Content-Type": media})
    assert line.getresponse().status in {200, 201, 204}
    line.close()


def site_over(remote: Remote) -> FlaskClient:
    settings = Settings(store=Path(), server=str(remote.server.address), limits=remote.limits)
    return create_app(settings, remote, today=lambda: dt.date(2026, 11, 22)).test_client()


@pytest.fixture(scope="module")
def native(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as running:
        post(running.port, "/store?default", SAMPLE.read_bytes(), "text/turtle")
        yield running


@pytest.fixture(scope="module")
def remote(native: Running) -> Iterator[Remote]:
    with Remote(Address.read(native.asked), BASE_IRI, LIMITS, 0) as engine:
        assert engine.ready() is not None
        yield engine


@pytest.fixture(scope="module")
def far(remote: Remote) -> FlaskClient:
    return site_over(remote)


@pytest.mark.parametrize("written", ["json", "csv", "tsv", "xml"])
def test_a_table_is_the_same_in_every_format(client: FlaskClient, far: FlaskClient, written: str) -> None:
    here = client.get("/sparql", query_string={"query": PEOPLE, "format": written})
    there = far.get("/sparql", query_string={"query": PEOPLE, "format": written})
    assert there.status_code == 200
    assert there.content_type == here.content_type
    assert there.data == here.data


@pytest.mark.parametrize("written", ["ttl", "nt", "nq", "trig", "jsonld", "rdf"])
def test_a_graph_says_the_same_in_every_format(client: FlaskClient, far: FlaskClient, written: str) -> None:
    query = PREFIXES + "CONSTRUCT { ?s rdfs:label ?o } { ?s a dip:Leader ; rdfs:label ?o }"
    here = client.get("/sparql", query_string={"query": query, "format": written})
    there = far.get("/sparql", query_string={"query": query, "format": written})
    assert there.status_code == 200
    assert there.content_type == here.content_type
    assert sorted(there.text.split("\n")) == sorted(here.text.split("\n"))


def test_casts_lists_and_comments_are_passed_on(client: FlaskClient, far: FlaskClient) -> None:
    query = (
        "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n# a comment ' that <ends\n"
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o # no end \"\n FILTER (xsd:string(?o) != 'x#y') "
        "OPTIONAL { ?s <http://e/list> (1 2) } }"
    )
    here, there = (site.get("/sparql", query_string={"query": query}) for site in (client, far))
    assert there.status_code == 200
    assert there.json == here.json


@pytest.mark.parametrize("query", ["ASK { ?s ?p ?o }", "ASK { ?s a <http://example.org/nothing> }"])
def test_a_truth_is_a_truth(client: FlaskClient, far: FlaskClient, query: str) -> None:
    assert far.get("/sparql", query_string={"query": query}).json == client.get(
        "/sparql", query_string={"query": query}
    ).json  # fmt: skip


PAGES = (
    "/", "/queries/", "/queries/all-meetings", "/search?q=novak", "/search.json?q=novak", "/sparql", "/vocabulary.json",
    "/ontology", "/.well-known/void", "/healthz", "/metrics", "/id/leader/anna-novak", "/sparql?query=ASK%7B%7D",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_as_over_a_store(client: FlaskClient, far: FlaskClient, page: str) -> None:
    headers = {"Accept": "text/html, application/json, text/turtle"}
    assert far.get(page, headers=headers).status_code == client.get(page, headers=headers).status_code


def test_the_page_of_a_thing_shows_the_same_text(client: FlaskClient, far: FlaskClient) -> None:
    page = client.get("/search.json?q=novak").json["results"][0]["page"]
    here, there = client.get(page).text, far.get(page).text
    # The day on which it was read and the number of the generation are others.
    assert len(there) > 1000
    assert set(re.findall(r"<h2[^>]*>.*?</h2>", there)) == set(re.findall(r"<h2[^>]*>.*?</h2>", here))
    assert set(re.findall(r'href="(/page/[^"]*)"', there)) == set(re.findall(r'href="(/page/[^"]*)"', here))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "LOAD <file:///etc/passwd>",
        "DELETE WHERE { ?s ?p ?o }",
        "SELECT (bif:http_get('http://127.0.0.1:1/') AS ?x) {}",
        "PREFIX bif: <bif:> SELECT (bif:http_get('http://127.0.0.1:1/') AS ?x) {}",
        "SELECT * { OPTIONAL { FILTER (<bif:sys_stat>('x')) } }",
        "SELECT * { ?s ?p ?o OPTIONAL { ?s ?q ?r FILTER <java:java.lang.System.exit>(1) } }",
        "SELECT * { ?s ?p ?o } ORDER BY <http://e/f>(?s)",
        "PREFIX xsd: <bif:> SELECT * { ?s ?p ?o OPTIONAL { ?s ?q ?r FILTER (?r > xsd:sys_stat('x')) } }",
        "define get:soft 'soft' SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }",
        "SELECT * { ?s ?p",
    ],
)
def test_what_reaches_out_or_is_no_sparql_is_never_sent(query: str) -> None:
    with recorded() as (address, seen), Remote(address, BASE_IRI, LIMITS, 0) as engine:
        answer = site_over(engine).get("/sparql", query_string={"query": query})
        assert answer.status_code == 400
        assert set(answer.json) == SHAPE
        assert not [text for text in seen if "SERVICE" in text or "bif" in text or "get%3Asoft" in text]
        assert not [text for text in seen if "query=" in text and "graph%2Floaded" not in text and "COUNT" not in text]


class recorded:  # noqa: N801  # a context manager
    """A server that notes what it is sent and refuses it."""

    def __enter__(self) -> tuple[Address, list[str]]:
        seen: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                seen.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.send_response(400)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        return Address.read(f"http://127.0.0.1:{self._server.server_port}/query"), seen

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def test_rows_beyond_the_limit_are_cut_and_the_answer_says_so(native: Running) -> None:
    limits = Limits(seconds=20, workers=1, rows=3)
    with Remote(Address.read(native.asked), BASE_IRI, limits, 0) as engine:
        answer = site_over(engine).get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o }", "format": "json"})
    assert len(answer.json["results"]["bindings"]) == 3
    assert answer.headers["KG-Truncated"].startswith("rows=3")


def test_a_query_that_takes_too_long_is_ended_with_504(native: Running) -> None:
    limits = Limits(seconds=1, workers=1)
    long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with Remote(Address.read(native.asked), BASE_IRI, limits, 0) as engine:
        answer = site_over(engine).get("/sparql", query_string={"query": long})
    assert answer.status_code == 504
    assert set(answer.json) == SHAPE


def test_an_answer_of_too_many_bytes_is_refused(native: Running) -> None:
    with Remote(Address.read(native.asked), BASE_IRI, Limits(seconds=20, workers=1, bytes=2000), 0) as engine:
        answer = site_over(engine).get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o }"})
    assert answer.status_code == 503
    assert "larger" in answer.json["message"]


def test_a_server_that_is_away_gives_503_until_it_is_back(tmp_path: Path) -> None:
    port = free_port()
    query = {"query": "ASK { ?s ?p ?o }"}
    with Remote(Address.read(f"http://127.0.0.1:{port}/query"), BASE_IRI, LIMITS, 0) as engine:
        site = site_over(engine)
        answer = site.get("/sparql", query_string=query)
        assert answer.status_code == 503
        assert set(answer.json) == SHAPE
        assert answer.headers["Retry-After"]
        assert site.get("/healthz").status_code == 503
        with oxigraph(tmp_path, port):
            post(port, "/store?default", b"<http://e/s> <http://e/p> <http://e/o> .", "text/turtle")
            assert site.get("/sparql", query_string=query).json["boolean"] is True
            until(lambda: site.get("/healthz").status_code == 200)
        assert site.get("/sparql", query_string={"query": "ASK { ?s <http://e/p> ?o }"}).status_code == 503


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end, "it never was so"
        time.sleep(0.05)


def test_a_build_that_is_loaded_meanwhile_is_seen(tmp_path: Path) -> None:
    with oxigraph(tmp_path) as native, Remote(Address.read(native.asked), BASE_IRI, LIMITS, 0) as engine:
        site = site_over(engine)
        engine.ready()
        assert engine.generation.number == 0
        asked = {"query": "ASK { ?s ?p ?o }"}
        assert site.get("/sparql", query_string=asked).json["boolean"] is False
        post(native.port, "/store?default", b"<http://e/s> <http://e/p> <http://e/o> .", "text/turtle")
        # What nobody told of is not seen before its time.
        assert site.get("/sparql", query_string=asked).json["boolean"] is False
        mark = mark_of(BASE_IRI)
        told = Loaded(number=7, digest="ab" * 32, quads=1).triples(mark)
        post(native.port, f"/store?graph={mark}", told.encode(), "application/n-triples")
        engine._state.look()
        answer = site.get("/sparql", query_string=asked)
        assert answer.json["boolean"] is True
        assert answer.headers["KG-Generation"] == "7"


def test_a_password_stands_in_no_name_of_an_address() -> None:
    address = Address.read("https://who:s3cret@db.example.org/repo/query?key=s3cret")
    assert str(address) == "https://db.example.org:443/repo/query"
    assert "s3cret" not in repr(address)
    assert address.credentials == Credentials(user="who", password="s3cret")
    assert address.target([("a", "b")]) == "/repo/query?key=s3cret&a=b"


def test_the_real_server_serves_a_graph_on_another(native: Running) -> None:
    place = native.asked.replace("http://", "http://who:s3cret@")
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--store", place, "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            found = re.search(r"http://[^/]+/", process.stdout.readline())
            assert found, process.stderr.read()
            with urllib.request.urlopen(f"{found[0]}search.json?q=novak", timeout=60) as answer:
                assert json.load(answer)["results"]
            with urllib.request.urlopen(f"{found[0]}sparql?query=ASK%7B%7D", timeout=60) as answer:
                assert json.load(answer)["boolean"] is True
        finally:
            process.terminate()
            process.wait(30)
        assert process.returncode == 0
        assert "s3cret" not in process.stderr.read()
