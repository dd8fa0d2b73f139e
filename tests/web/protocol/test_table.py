"""Every line of the table of cases, asked of the real server with bytes that no client library made tidy."""

from __future__ import annotations

import json
import socket
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from http.client import HTTPResponse
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store.generation import publish
from tests.web.protocol.cases import CASES, ONE, THREE, TWO, Case, asking, get

pytestmark = pytest.mark.server
SHAPE = ["status", "error", "message", "line", "column", "hint"]
SAMPLE = Path(__file__).parents[2] / "queries" / "sample.ttl"


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, running: Callable[[Path], AbstractContextManager[str]]
) -> Iterator[str]:
    """The server over the invented world and some named graphs."""
    root = tmp_path_factory.mktemp("table")
    publish(root, [*ox.parse(path=SAMPLE, format=ox.RdfFormat.TURTLE), *named_graphs()])
    with running(root) as address:
        yield address


def named_graphs() -> Iterator[ox.Quad]:
    kind = ox.NamedNode("http://purl.org/dc/terms/type")
    for iri in (ONE, TWO, THREE):
        yield ox.Quad(ox.NamedNode(iri), kind, ox.Literal("data"), ox.NamedNode(iri))
    for iri, word in (
        ("http://example.org/%31", "encoded"),
        ("http://kg.example/store/graph/by/path", "direct"),
        ("http://kg.example/store/graph/a%20space", "spaced"),
    ):
        yield ox.Quad(ox.NamedNode("http://example.org/x"), kind, ox.Literal(word), ox.NamedNode(iri))


def told(address: str, request: bytes, method: str = "GET") -> tuple[int, HTTPResponse, bytes]:
    """The first status, the last response and its body."""
    place = urllib.parse.urlsplit(address)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=60) as line:
        line.sendall(request)
        first = line.recv(12, socket.MSG_PEEK | socket.MSG_WAITALL)
        response = HTTPResponse(line, method=method)
        # What comes before the answer, as 100 Continue, is passed over.
        response.begin()
        return int(first[9:12]), response, response.read()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_table(site: str, case: Case) -> None:
    status, response, body = told(site, case.request, case.request.partition(b" ")[0].decode("latin-1"))
    assert status == case.status, body[:500]
    for name, expected in case.headers.items():
        given = response.getheader(name)
        assert given is not None if expected is ... else given == expected, name
    assert case.body in body
    if response.status >= 400 and response.getheader("Content-Type") == "application/json" and body:
        assert list(json.loads(body)) == SHAPE
        assert json.loads(body)["hint"]
    assert b"Traceback" not in body
    assert str(Path(__file__).parents[3]).encode() not in body


def test_no_two_cases_are_called_the_same() -> None:
    assert len({str(case) for case in CASES}) == len(CASES)


def test_who_has_the_answer_is_told_so_and_only_while_it_holds(
    tmp_path: Path, running: Callable[[Path], AbstractContextManager[str]]
) -> None:
    node = ox.NamedNode("http://example.org/a")
    many = [ox.Quad(node, node, ox.Literal(str(number))) for number in range(100)]
    publish(tmp_path, many)
    path = asking("SELECT * { ?s ?p ?o }")
    with running(tmp_path) as address:
        _, plain, _ = told(address, get(path))
        _, pressed, _ = told(address, get(path, "Accept-Encoding: gzip"))
        _, other, _ = told(address, get(path, "Accept: text/csv"))
        tags = [response.getheader("ETag") for response in (plain, pressed, other)]
        assert len(set(tags)) == 3
        assert all(tag is not None and tag.startswith('"') for tag in tags)
        for tag in (tags[0], f"W/{tags[0]}", f'"x", {tags[0]}'):
            status, response, body = told(address, get(path, f"If-None-Match: {tag}"))
            assert (status, body, response.getheader("ETag")) == (304, b"", tags[0])
        assert told(address, get(path, f"If-None-Match: {tags[1]}", "Accept-Encoding: gzip"))[0] == 304
        for lines in ((f"If-None-Match: {tags[1]}",), (f"If-None-Match: {tags[0]}", "Accept: text/csv")):
            assert told(address, get(path, *lines))[0] == 200
        assert told(address, get(path, f"If-Match: {tags[0]}"))[0] == 200
        publish(tmp_path, many[:-1])
        assert told(address, get(path, f"If-None-Match: {tags[0]}"))[0] == 200
        assert told(address, get(path, f"If-Match: {tags[0]}"))[0] == 412
        # The same graph again is the same state.
        publish(tmp_path, many)
        assert told(address, get(path, f"If-None-Match: {tags[0]}"))[0] == 304
