"""Requests that are made to harm: each gets its answer, in the one shape, and the next visitor is served at once."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.config import Limits, Settings
from kg.engine.pool import Pool
from kg.store.generation import publish
from kg.web import create_app
from kg.web.site import KEY

SHAPE = {"status", "error", "message", "line", "column", "hint"}
HTML = {"Accept": "text/html"}
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
NASTY = "\"> <script>alert(1)</script> \u202e } <a:b> ; DROP ALL # \\u0022 '"


@pytest.mark.parametrize(
    "accept",
    [
        "*/*," * 2_500,
        "a/b;q=0.5," * 20_000,
        "text/html;" * 2_000,
        'text/html;a="' + "\\" * 9_000,
        "*/*;q=nan",
        "*/*;q=-1",
    ],
    ids=["10 kB", "200 kB", "parameters", "quotes", "nan", "negative"],
)
def test_no_accept_line_takes_long(client: FlaskClient, accept: str) -> None:
    began = time.process_time()
    assert client.get("/sparql?query=ASK%7B%7D", headers={"Accept": accept}).status_code in {200, 406}
    assert client.get("/id/leader/anna-novak", headers={"Accept": accept}).status_code in {303, 406}
    assert time.process_time() - began < 1


def test_a_page_shows_no_more_columns_than_people_read(client: FlaskClient) -> None:
    text = "SELECT " + " ".join(f"?v{number}" for number in range(12_000)) + " { ?v0 ?v1 ?v2 }"
    began = time.process_time()
    page = client.post("/sparql", data={"query": text}, headers=HTML)
    assert time.process_time() - began < 4
    assert page.status_code == 200
    assert "The first 50 columns" in page.text
    assert page.text.count("<th ") == 50


def test_a_page_of_many_megabytes_is_refused_and_the_download_is_not(client: FlaskClient) -> None:
    text = 'SELECT (REPLACE(REPLACE(REPLACE("%s", "a", "%s"), "a", "%s"), "a", "%s") AS ?x) {}' % (("a" * 60,) * 4)
    page = client.post("/sparql", data={"query": text}, headers=HTML)
    assert page.status_code == 503
    assert "larger than 4 MiB" in page.text
    with client.post("/sparql", data={"query": text}) as download:
        assert download.status_code == 200
        assert len(download.data) > 12_000_000


@pytest.mark.parametrize("name", ["calls", "calls.json", "calls.rq"])
def test_a_doubled_parameter_is_refused(client: FlaskClient, name: str) -> None:
    response = client.get(f"/queries/{name}?leader=anna-novak&leader=emil-brandt")
    assert response.status_code == 400
    assert response.json is not None
    assert "'leader' is given 2 times" in response.json["message"]


def test_a_question_is_given_as_a_page_on_request(client: FlaskClient) -> None:
    assert client.get("/queries/calls?format=html").mimetype == "text/html"
    assert client.get("/queries/calls?format=json").mimetype == "application/sparql-results+json"
    assert client.get("/queries/calls?format=exe").status_code == 406


@pytest.mark.parametrize("path", ["/exports/diplomacy.ttl", "/static/style.css"])
def test_a_condition_that_fails_has_the_shape_of_all_refusals(client: FlaskClient, path: str) -> None:
    with client.get(path, headers={"If-Match": '"other"'}) as response:
        assert response.status_code == 412
        assert set(json.loads(response.data)) == SHAPE
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.fixture(scope="module")
def every_parameter() -> list[tuple[str, str]]:
    folder = Path(__file__).parents[2] / "queries"
    return [
        (file.stem, name)
        for file in sorted(folder.glob("*.rq"))
        for name in re.findall(r"^#\+ +- name: (\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    ]


@pytest.mark.parametrize(
    "value",
    [NASTY, "\\", "> . ?x ?y <", '"""', "?x", "\0", "\x1b[2J", "2025-06-17'", "<a:b> <c:d>", "9" * 1001, "a " * 450],
)
def test_no_parameter_of_any_type_breaks_out(
    client: FlaskClient, every_parameter: list[tuple[str, str]], value: str
) -> None:
    for query, name in every_parameter:
        page = client.get(f"/queries/{query}", query_string={name: value}, headers=HTML)
        assert page.status_code in {200, 400}
        assert "<script>" not in page.text
        assert "\u202e" not in page.text
        text = client.get(f"/queries/{query}.rq", query_string={name: value})
        assert text.status_code in {200, 400}
        assert "DROP" not in text.text or text.status_code == 400


@pytest.fixture
def own_client(tmp_path: Path) -> Iterator[tuple[FlaskClient, Path]]:
    publish(tmp_path, [])
    limits = Limits(workers=1)
    with Pool(tmp_path, limits) as pool:
        app = create_app(Settings(store=tmp_path, limits=limits), pool, today=lambda: pytest.fail("nobody asked"))
        yield app.test_client(), tmp_path


def test_long_forms_are_read_one_at_a_time_and_in_turn(own_client: tuple[FlaskClient, Path]) -> None:
    client, _ = own_client
    pool = client.application.extensions[KEY].reader.pool
    with pool.reading(1_000_000):
        for long in ({"query": "ASK {}", "x": "%41" * 30_000}, {"query": "ASK {}" + "#" * 30_000}):
            assert client.post("/sparql", data=long).status_code == 503
        assert client.post("/sparql", data={"query": "ASK {}"}).status_code == 200
    assert client.post("/sparql", data={"query": "ASK {}", "x": "%41" * 30_000}).status_code == 200


def test_an_export_is_made_once_and_others_beside_it(own_client: tuple[FlaskClient, Path]) -> None:
    client, _ = own_client
    downloads = client.application.extensions[KEY].downloads
    downloads.patience = 0
    with downloads._writing["diplomacy.trig"]:
        response = client.get("/exports/diplomacy.trig", buffered=True)
        assert response.status_code == 503
        assert response.headers["Retry-After"]
        assert client.get("/exports/diplomacy.nq", buffered=True).status_code == 200
    with client.get("/exports/diplomacy.trig", buffered=True) as first, downloads._writing["diplomacy.trig"]:
        second = client.get("/exports/diplomacy.trig", buffered=True)
        assert first.status_code == second.status_code == 200
        assert first.headers["ETag"] == second.headers["ETag"]


def test_while_a_new_export_is_made_the_one_before_is_given_as_what_it_is(
    own_client: tuple[FlaskClient, Path],
) -> None:
    client, store = own_client
    downloads = client.application.extensions[KEY].downloads
    old = client.get("/exports/diplomacy.nt", buffered=True)
    publish(store, ox.parse(b"<a:b> <c:d> <e:f> .", format=ox.RdfFormat.N_TRIPLES))
    with downloads._writing["diplomacy.nt"]:
        meanwhile = client.get("/exports/diplomacy.nt", buffered=True)
    assert (meanwhile.status_code, meanwhile.data) == (200, b"")
    assert meanwhile.headers["KG-Generation"] == old.headers["KG-Generation"]
    new = client.get("/exports/diplomacy.nt", buffered=True)
    assert b"<a:b>" in new.data
    assert new.headers["KG-Generation"] != old.headers["KG-Generation"]
    assert new.headers["ETag"] != meanwhile.headers["ETag"]


def test_who_waited_for_an_export_has_it_and_nobody_gets_a_wrong_refusal(own_client: tuple[FlaskClient, Path]) -> None:
    client, _ = own_client
    app = client.application
    told: list[int] = []

    def fetch() -> None:
        with app.test_client() as another:
            told.append(another.get("/exports/diplomacy.ttl", buffered=True).status_code)

    threads = [threading.Thread(target=fetch) for _ in range(8)]
    app.extensions[KEY].downloads.patience = 60
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    assert told == [200] * 8
    assert len(app.extensions[KEY].downloads._made["diplomacy.ttl"]) == 1


def test_what_is_open_is_served_on_when_the_store_is_damaged(own_client: tuple[FlaskClient, Path]) -> None:
    client, store = own_client
    assert client.get("/queries/").status_code == 200
    (store / "current").write_text("99\n")
    assert client.get("/sparql?query=ASK%7B%7D").status_code == 200
    assert client.get("/search?q=x").status_code == 200
    assert client.get("/healthz").status_code == 200


def told(server: str, request: bytes, seconds: float = 20) -> tuple[bytes, bytes]:
    """The head and the body of what the server says to these bytes."""
    place = urllib.parse.urlsplit(server)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=seconds) as line:
        line.sendall(request)
        answer = b""
        while chunk := line.recv(65_536):
            answer += chunk
    head, _, body = answer.partition(b"\r\n\r\n")
    return head, body


def asked(server: str, text: str, seconds: float = 20) -> int:
    path = "/sparql?query=" + urllib.parse.quote(text)
    head, _ = told(server, f"GET {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n".encode(), seconds)
    return int(head.split()[1])


@pytest.mark.server
@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\n", 413),
        (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (b"\x16\x03\x01\x02\x00\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 262_150 + b"\r\n\r\n", 431),
    ],
    ids=["huge", "negative", "encoding", "garbage", "header"],
)
def test_what_never_reaches_the_app_is_refused_in_the_same_shape(server: str, request_: bytes, expected: int) -> None:
    head, body = told(server, request_)
    assert int(head.split()[1]) == expected
    assert set(json.loads(body)) == SHAPE
    assert b"Content-Security-Policy" in head
    assert b"waitress" not in head + body
    assert asked(server, "ASK {}") == 200


@pytest.mark.server
def test_clients_that_say_nothing_keep_nobody_out(server: str) -> None:
    place = urllib.parse.urlsplit(server)
    with ExitStack() as idle:
        for _ in range(200):
            line = idle.enter_context(socket.create_connection((place.hostname or "", place.port or 0), timeout=5))
            line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        assert asked(server, "ASK {}", 2) == 200


@pytest.mark.server
def test_a_flood_of_bombs_keeps_nobody_waiting(
    sample_store: Path, running: Callable[[Path], AbstractContextManager[str]]
) -> None:
    with running(sample_store) as server, ThreadPoolExecutor(12) as crowd:
        assert asked(server, "ASK {}") == 200
        bombs = [crowd.submit(asked, server, CROSS) for _ in range(12)]
        time.sleep(0.3)
        began = time.monotonic()
        assert asked(server, "ASK {}") == 200
        assert time.monotonic() - began < 2
        assert {bomb.result() for bomb in bombs} <= {503, 504}
        assert asked(server, "ASK {}") == 200
