"""Many connections at once, requests in heaps and in pieces: each answer is that of its own request."""

from __future__ import annotations

import random
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPResponse
from itertools import pairwise, product
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlsplit

import pytest

from tests.attacks.target import fill, started

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the server's processes are counted in /proc"),
]
QUERIES = (
    "ASK {}",
    "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "SELECT * WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 40",
    "CONSTRUCT WHERE { ?s a ?c } LIMIT 1",
    "SELECT broken",
    "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> {} }",
)
ACCEPTED = ("application/sparql-results+json", "text/csv", "text/turtle", "text/html", "*/*")
Request = tuple[str, str, bytes]
Answer = tuple[int, str | None, str | None, str | None, bytes]


class _Line:
    """A connection whose answers are read one behind the other from one stream."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream

    def makefile(self, _mode: str) -> Any:
        return self

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def close(self) -> None:
        """Nothing: the next answer is still in it."""

    def next(self, method: str) -> Answer:
        answer = HTTPResponse(self, method=method)  # type: ignore[arg-type]
        answer.begin()
        told = answer.getheader("Content-Type"), answer.getheader("ETag"), answer.getheader("Content-Encoding")
        return answer.status, *told, answer.read()


def requests(host: str) -> list[Request]:
    """Method, head without its end, body."""
    found = []
    for query, accepted, packed in product(QUERIES, ACCEPTED, ("gzip", "identity")):
        fields = f"Host: {host}\r\nAccept: {accepted}\r\nAccept-Encoding: {packed}\r\n"
        form = f"query={quote(query, safe='')}"
        for method in ("GET", "HEAD"):
            found.append((method, f"{method} /sparql?{form} HTTP/1.1\r\n{fields}", b""))
        for kind, body in (("x-www-form-urlencoded", form), ("sparql-query", query)):
            told = f"{fields}Content-Type: application/{kind}\r\nContent-Length: {len(body)}\r\n"
            found.append(("POST", f"POST /sparql HTTP/1.1\r\n{told}", body.encode()))
    pages = ("/", "/healthz", "/queries/", "/nothing", "/queries/leaders-in-office")
    return found + [(m, f"{m} {page} HTTP/1.1\r\nHost: {host}\r\n", b"") for page in pages for m in ("GET", "HEAD")]


def connection(port: int) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=60)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def alone(port: int, number: int, method: str, head: str, body: bytes) -> Answer:
    """What is answered on a connection of its own, with a field that nobody sent before: the bytes are new."""
    with connection(port) as line, line.makefile("rb") as stream:
        line.sendall(f"{head}X-Number: {number}\r\nConnection: close\r\n\r\n".encode() + body)
        return _Line(stream).next(method)


def heap(chance: random.Random, most: int) -> list[int]:
    """Some numbers of requests, the first ones more often than the others."""
    return chance.choices(range(most), k=chance.choice([1, 2, 5])) + chance.choices(range(8), k=chance.randrange(4))


def pieces(chance: random.Random, sent: bytes) -> Iterator[bytes]:
    cuts = sorted(chance.sample(range(len(sent)), chance.choice([0, 1, 3, 40])))
    yield from (sent[begin:end] for begin, end in pairwise([0, *cuts, len(sent)]))


def wrong_answers(port: int, seed: int, asked: list[Request], expected: list[Answer]) -> list[tuple[str, Answer]]:
    """What was answered otherwise than alone, on a dozen connections; some hang up before they read."""
    chance, wrong = random.Random(seed), []
    for _ in range(12):
        numbers = heap(chance, len(asked))
        with connection(port) as line, line.makefile("rb") as stream:
            for piece in pieces(chance, b"".join(f"{asked[n][1]}\r\n".encode() + asked[n][2] for n in numbers)):
                line.sendall(piece)
            answers = _Line(stream)
            for number in numbers if chance.random() > 0.1 else ():
                answer = answers.next(asked[number][0])
                if answer != expected[number] and answer[0] not in {429, 503}:
                    wrong.append((asked[number][1], answer))
    return wrong


def test_answers_do_not_cross(tmp_path: Path) -> None:
    fill(tmp_path)
    with started(tmp_path, "--client-queries", "1000") as target, ThreadPoolExecutor(8) as crowd:
        place = urlsplit(target.address)
        assert place.port is not None
        asked = requests(place.netloc)
        expected = [alone(place.port, number, *request) for number, request in enumerate(asked)]
        talk = partial(wrong_answers, place.port, asked=asked, expected=expected)
        assert [found for wrong in crowd.map(talk, range(24)) for found in wrong] == []
        target.come_to_rest(60)
