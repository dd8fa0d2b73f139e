"""Plain queries that are answered without the app: in the same words as by it, and with nothing lost on the way."""

from __future__ import annotations

import contextlib
import itertools
import json
import re
import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser

from kg.store.generation import publish
from kg.web.plain import read_plain
from kg.web.site import KEY
from tests.web.lines import Line

pytestmark = pytest.mark.server
Running = Callable[..., AbstractContextManager[str]]
NODE = ox.NamedNode("http://example.org/a")
ASK = "ASK { ?s ?p ?o }"
TABLE = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 3"
LONG = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 40"
GRAPH = "PREFIX dip: <https://w3id.org/diplomacy-kg/ns#> CONSTRUCT { ?s a dip:Leader } { ?s a dip:Leader }"
LENGTHY = f'SELECT (REPLACE("{"a" * 300}", "a", "{"b" * 300}") AS ?x) {{}}'
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
FRESH = itertools.count()


@pytest.fixture
def line(server: str) -> Iterator[Line]:
    with contextlib.closing(Line(server)) as line:
        yield line


def fresh(query: str) -> str:
    """The same question in other words, so that nobody remembers the answer."""
    return f"{query} # {next(FRESH)}"


def get(line: Line, query: str, *headers: str, more: str = "") -> tuple[str, dict[str, str], bytes]:
    return line.get(f"/sparql?query={quote(query, safe='')}{more}", *headers)


def make_known(line: Line, query: str) -> None:
    for _ in range(6):
        assert get(line, fresh(query))[0] == "HTTP/1.1 200 OK"


@pytest.mark.parametrize("query", [ASK, TABLE, LONG, GRAPH])
@pytest.mark.parametrize(
    "headers",
    [
        (),
        ("Accept: */*", "Accept-Encoding: gzip, deflate", "Connection: keep-alive", "User-Agent: some"),
        ("Accept: text/csv;q=0.5, application/sparql-results+xml, text/turtle;q=0.9, application/rdf+xml;q=0.1",),
        ("Accept: text/csv, application/n-triples", "Accept-Encoding: gzip;q=0"),
        ("Accept: application/json", "Accept-Language: de", "Origin: http://elsewhere.example"),
    ],
)
def test_a_plain_query_is_answered_as_the_app_answers(line: Line, query: str, headers: tuple[str, ...]) -> None:
    make_known(line, query)
    text = fresh(query)
    plain = get(line, text, *headers)
    # A condition that nothing meets, and that is for the app.
    theirs = get(line, text, *headers, 'If-None-Match: "none"')
    assert plain[0] == theirs[0] == "HTTP/1.1 200 OK"
    assert plain[2] == theirs[2]
    assert {**plain[1], "date": ""} == {**theirs[1], "date": ""}


FORM, TEXT = "application/x-www-form-urlencoded", "application/sparql-query"


def post(line: Line, body: str | bytes, media: str, *headers: str, more: str = "") -> tuple[str, dict[str, str], bytes]:
    sent = body if isinstance(body, bytes) else body.encode()
    told = ("Host: here", f"Content-Type: {media}", f"Content-Length: {len(sent)}", *headers)
    head = "".join(f"{one}\r\n" for one in (f"POST /sparql{more} HTTP/1.1", *told))
    return line.send(f"{head}\r\n".encode() + sent)


@pytest.mark.parametrize("query", [LONG, GRAPH, "SELECT ('é ☃' AS ?x) {}"])
@pytest.mark.parametrize("media", [FORM, TEXT, f"{TEXT}; charset=UTF-8", f"{FORM};charset=utf-8"])
@pytest.mark.parametrize(
    "headers",
    [
        (),
        ("Accept: */*", "Accept-Encoding: gzip, deflate", "Origin: http://elsewhere.example"),
        ("Accept: text/csv, application/n-triples", "Accept-Encoding: gzip;q=0"),
    ],
)
def test_a_plain_query_by_post_is_answered_as_the_app_answers(
    line: Line, query: str, media: str, headers: tuple[str, ...]
) -> None:
    make_known(line, query)
    text = fresh(query)
    body = text if media.startswith(TEXT) else f"query={quote(text, safe='')}"
    plain = post(line, body, media, *headers)
    theirs = post(line, body, media, *headers, 'If-None-Match: "none"')
    assert plain[0] == theirs[0] == "HTTP/1.1 200 OK"
    assert plain[2] == theirs[2]
    assert {**plain[1], "date": ""} == {**theirs[1], "date": ""}
    # The answer to a GET in every other respect, but that nobody keeps it.
    asked = get(line, text, *headers)
    assert asked[2] == plain[2]
    assert (plain[1]["cache-control"], "etag" in plain[1]) == ("no-store", False)


@pytest.mark.parametrize(
    ("body", "media", "more", "status"),
    [
        ("query=ASK%7B%7D&default-graph-uri=http%3A%2F%2Fexample.org%2Fnone", FORM, "", 200),
        ("ASK{}", TEXT, "?default-graph-uri=http%3A%2F%2Fexample.org%2Fnone", 200),
        (b"\xef\xbb\xbfASK{}", TEXT, "", 200),
        ("query=ASK%7B%7D&format=csv", FORM, "", 200),
        ("ASK{}", TEXT, "?format=csv", 200),
        ("ASK{}", TEXT, "?query=ASK%7B%7D", 400),
        ("query=ASK%7B%7D", FORM, "?query=ASK%7B%7D", 400),
        ("query=ASK%7B%7D&query=ASK%7B%7D", FORM, "", 400),
        ("query=ASK%7B%7D&update=CLEAR%20ALL", FORM, "", 403),
        ("query=%FF", FORM, "", 400),
        (b"query=ASK\xc3", FORM, "", 400),
        (b"ASK{} # \xff", TEXT, "", 400),
        ("", TEXT, "", 400),
        ("", FORM, "", 400),
        ("ASK{", TEXT, "", 400),
        ("ASK{}", "text/plain", "", 415),
        ("ASK{}", f"{TEXT}; charset=utf-16", "", 415),
        ("ASK{}", f"{TEXT}, {FORM}", "", 415),
        ("CLEAR ALL", "application/sparql-update", "", 415),
        ("ASK{}#" + "x" * 3000, TEXT, "", 200),
    ],
)
def test_what_is_posted_otherwise_means_the_same_here_and_there(
    line: Line, body: str | bytes, media: str, more: str, status: int
) -> None:
    make_known(line, "ASK{}")
    first = post(line, body, media, more=more)
    theirs = post(line, body, media, 'If-None-Match: "none"', more=more)
    assert first[0].split()[1] == theirs[0].split()[1] == str(status)
    assert (first[2], {**first[1], "date": ""}) == (theirs[2], {**theirs[1], "date": ""})


def test_a_body_that_comes_in_pieces_or_compressed_or_chunked_is_read_all_the_same(line: Line) -> None:
    make_known(line, "ASK{}")
    head = f"POST /sparql HTTP/1.1\r\nHost: here\r\nContent-Type: {TEXT}\r\n"
    for piece in (f"{head}Content-Length: 5\r\n\r\n", "AS", "K{"):
        line.socket.sendall(piece.encode())
        time.sleep(0.05)
    assert line.send(b"}")[0] == "HTTP/1.1 200 OK"
    assert line.send(f"{head}Transfer-Encoding: chunked\r\n\r\n5\r\nASK{{}}\r\n0\r\n\r\n".encode())[0].endswith("OK")
    assert post(line, "ASK{}", TEXT, "Content-Encoding: gzip")[0].split()[1] == "415"


def test_queries_by_post_that_come_together_are_answered_in_order(line: Line) -> None:
    make_known(line, "SELECT (1 AS ?n) {}")
    numbers = range(7000, 7020)
    texts = [f"SELECT ({number} AS ?n) {{}}" for number in numbers]
    head = f"POST /sparql HTTP/1.1\r\nHost: here\r\nAccept: text/csv\r\nContent-Type: {TEXT}\r\n"
    line.socket.sendall("".join(f"{head}Content-Length: {len(text)}\r\n\r\n{text}" for text in texts).encode())
    assert [int(line.receive()[2].split()[1]) for _ in numbers] == list(numbers)


def test_a_plain_post_needs_no_app(client: FlaskClient) -> None:
    here = client.application.extensions[KEY]
    for number in range(4):
        client.post("/sparql", data=f"{ASK} # known {number}", content_type=TEXT)
    for media, body in ((TEXT, f"{ASK} # new"), (FORM, f"query={quote(ASK)}%23new"), (TEXT, " " * 2001)):
        request = HTTPRequestParser(Adjustments())
        request.received(
            f"POST /sparql HTTP/1.1\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        )
        request.received(body.encode())
        plain = read_plain(request, here)
        assert (plain is not None) == bool(body.strip())
        assert request.get_body_stream().read() == body.encode()


@pytest.mark.parametrize(
    ("query", "more", "headers", "status"),
    [
        ("ASK {", "", (), 400),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "", (), 400),
        ("ASK { ?s ?p ?o }", "&query=ASK%7B%7D", (), 400),
        ("ASK { ?s ?p ?o }", "&default-graph-uri=relative", (), 400),
        ("ASK { ?s ?p ?o }", "&update=CLEAR%20ALL", (), 403),
        ("ASK { ?s ?p ?o }", "", ("Accept: image/png",), 406),
        ("ASK { ?s ?p ?o }", "&format=csv", (), 200),
        ("ASK { ?s ?p ?o }", "&default-graph-uri=http%3A%2F%2Fexample.org%2Fnone", (), 200),
        ("ASK { ?s ?p ?o }", "", ("Accept: text/html",), 200),
    ],
)
def test_what_is_not_plain_is_for_the_app(
    line: Line, query: str, more: str, headers: tuple[str, ...], status: int
) -> None:
    make_known(line, ASK)
    assert get(line, query, *headers, more=more)[0].split()[1] == str(status)


def test_a_dataset_of_the_protocol_beats_the_query_there_too(line: Line) -> None:
    graph = "&default-graph-uri=http%3A%2F%2Fexample.org%2Fnone"
    for _ in range(4):
        assert json.loads(get(line, fresh(ASK), more=graph)[2])["boolean"] is False
        assert json.loads(get(line, fresh(ASK))[2])["boolean"] is True


def test_many_at_once_each_get_their_own_answer(server: str) -> None:
    wrong: list[str] = []

    def ask(number: int) -> None:
        with contextlib.closing(Line(server)) as line:
            for turn in range(20):
                given = get(line, f"SELECT ({number * 1000 + turn} AS ?n) {{}}", "Accept: text/csv")
                if given[2].split() != [b"n", str(number * 1000 + turn).encode()]:
                    wrong.append(str(given))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_requests_that_come_together_are_answered_in_order(line: Line) -> None:
    make_known(line, "SELECT (1 AS ?n) {}")
    numbers = range(5000, 5020)
    requests = [
        f"GET /sparql?query={quote(f'SELECT ({number} AS ?n) {{}}', safe='')} HTTP/1.1\r\n"
        f"Host: {line.host}\r\nAccept: text/csv\r\n\r\n"
        for number in numbers
    ]
    line.socket.sendall("".join(requests).encode())
    assert [int(line.receive()[2].split()[1]) for _ in numbers] == list(numbers)


def test_a_query_that_turns_out_slow_is_stopped_all_the_same(line: Line) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c != %s) }"
    # Of a shape that is known to be quick, as long as one of its names is nowhere in the graph.
    quick = slow.replace("?b", "<x:none>", 1)
    make_known(line, quick % 1)
    heavy = quick.replace("x:none", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", 1)
    assert get(line, heavy % 2)[0].split()[1] == "504"
    assert get(line, fresh(ASK))[0] == "HTTP/1.1 200 OK"


def test_clients_that_hang_up_take_nothing_with_them(server: str) -> None:
    with contextlib.closing(Line(server)) as line:
        make_known(line, COUNT)
    for number in range(100):
        with socket.create_connection((line.host.split(":")[0], int(line.host.split(":")[1])), 20) as gone:
            text = quote(f"{COUNT} # gone {number}", safe="")
            gone.sendall(f"GET /sparql?query={text} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
    with contextlib.closing(Line(server)) as line:
        make_known(line, COUNT)
    with urllib.request.urlopen(f"{server}metrics", timeout=20) as response:
        told = response.read().decode()
    assert re.search(r"^kg_queries_waiting 0$", told, re.MULTILINE)


def test_a_new_generation_is_seen_by_the_very_next_query(tmp_path: Path, running: Running) -> None:
    publish(tmp_path, [])
    with running(tmp_path) as address, contextlib.closing(Line(address)) as line:
        for size in range(1, 6):
            for _ in range(4):
                _, headers, body = get(line, fresh(COUNT), "Accept: text/csv")
                assert body.split() == [b"n", str(size - 1).encode()]
                assert headers["kg-generation"] == str(size)
            publish(tmp_path, [ox.Quad(NODE, NODE, ox.Literal(str(one))) for one in range(size)])


def counted(server: str) -> list[int]:
    """How many queries were answered: as requests, by the pool, and of these from its memory."""
    with urllib.request.urlopen(f"{server}metrics", timeout=20) as response:
        told = response.read().decode()
    names = (
        r'kg_requests_total\{view="sparql.endpoint",status="200"\}',
        r'kg_queries_total\{outcome="answered"\}',
        r'kg_cache_hits_total\{kind="answer"\}',
    )
    return [int(number) for name in names for number in re.findall(rf"^{name} (\d+)$", told, re.MULTILINE)]


def settled(server: str) -> list[int]:
    """The same once nothing is asked any more: a server that has just started makes its pages ready."""
    seen: list[int] = []
    while (now := counted(server)) != seen:
        seen = now
        time.sleep(0.5)
    return now


def test_each_plain_query_is_counted_once(line: Line, server: str) -> None:
    make_known(line, ASK)
    before = settled(server)
    for _ in range(10):
        get(line, fresh(ASK))
    assert [now - then for now, then in zip(counted(server), before, strict=True)] == [10, 10, 0]


def test_a_remembered_answer_that_a_thread_sends_is_counted_once(line: Line, server: str) -> None:
    make_known(line, LENGTHY)
    text = fresh(LENGTHY)
    first = get(line, text)
    assert len(first[2]) > 1 << 16
    before = settled(server)
    for number in range(50):
        # A header more, so that the whole response is not sent again; each comes while the thread of the last one ends.
        assert get(line, text, f"X-Try: {number}")[2] == first[2]
    assert [now - then for now, then in zip(counted(server), before, strict=True)] == [50, 50, 50]


def test_the_same_bytes_are_answered_alike_each_time_and_on_each_line(running: Running, sample_store: Path) -> None:
    with running(sample_store, "--cache-size", "0") as address, contextlib.ExitStack() as opened:
        lines = [opened.enter_context(contextlib.closing(Line(address))) for _ in range(8)]
        make_known(lines[0], TABLE)
        first = get(lines[0], TABLE, "Accept-Encoding: gzip")
        request = f"GET /sparql?query={quote(TABLE, safe='')} HTTP/1.1\r\nHost: here\r\nAccept-Encoding: gzip\r\n\r\n"
        for _ in range(3):
            for line in lines:
                line.socket.sendall(request.encode())
            for line in lines:
                status, told, body = line.receive()
                assert (status, body) == (first[0], first[2])
                assert {**told, "date": ""} == {**first[1], "date": ""}


def test_the_same_bytes_are_asked_of_the_newest_state(tmp_path: Path, running: Running) -> None:
    publish(tmp_path, [])
    with running(tmp_path, "--cache-size", "0") as address, contextlib.closing(Line(address)) as line:
        make_known(line, COUNT)
        seen = []
        for size in range(1, 4):
            for _ in range(3):
                _, headers, body = get(line, COUNT, "Accept: text/csv")
                seen.append((int(body.split()[1]), headers["kg-generation"]))
            publish(tmp_path, [ox.Quad(NODE, NODE, ox.Literal(str(one))) for one in range(size)])
        assert seen == [(size - 1, str(size)) for size in range(1, 4) for _ in range(3)]
