"""A server that is told to stop finishes what it has begun; a new build goes live without a request that fails."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store.generation import current, publish

pytestmark = pytest.mark.server
ROOT = Path(__file__).parents[2]
NODE = ox.NamedNode("http://example.org/a")
KG = [sys.executable, "-c", "from kg.cli import main; main()"]
EVERYTHING = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@contextmanager
def serving(store: Path, *told: str) -> Iterator[tuple[subprocess.Popen[str], str, int]]:
    command = [*KG, "serve", "--store", str(store), "--port", "0", *told]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://([^:]+):(\d+)/", process.stdout.readline())
        assert found is not None
        try:
            yield process, found[1], int(found[2])
        finally:
            process.kill()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    publish(tmp_path, [ox.Quad(NODE, NODE, ox.Literal(str(one))) for one in range(300)])
    return tmp_path


def ask(host: str, port: int, query: str) -> socket.socket:
    """A connection on which the query was asked."""
    line = socket.create_connection((host, port), 30)
    path = f"/sparql?query={urllib.parse.quote(query)}"
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: application/json\r\n\r\n".encode())
    return line


def rest(line: socket.socket) -> bytes:
    """All that still comes on the connection."""
    with line, line.makefile("rb") as reader:
        return reader.read()


def test_what_is_being_answered_is_finished(store: Path) -> None:
    with serving(store, "--query-timeout", "3") as (process, host, port):
        running = ask(host, port, LONG)
        still = socket.create_connection((host, port), 30)
        half = socket.create_connection((host, port), 30)
        half.sendall(b"GET /sparql?query=ASK HTTP/1.1\r\n")
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        head, _, body = rest(running).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 504")
        assert b"Connection: close" in head
        assert json.loads(body)["status"] == 504
        assert rest(still) == b""
        half.close()
        assert process.wait(30) == 0
        with pytest.raises(OSError, match=r"refused|reset"):
            socket.create_connection((host, port), 5)


def test_who_comes_while_it_stops_is_turned_away(store: Path) -> None:
    with serving(store, "--query-timeout", "3") as (process, host, port):
        running = ask(host, port, LONG)
        # An upload whose head is there already is let in; its connection is not idle.
        late = socket.create_connection((host, port), 30)
        late.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 6\r\n\r\nASK"
        )
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        late.sendall(b" {}GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n")
        answers = rest(late)
        assert answers.startswith(b"HTTP/1.1 200 OK")
        assert b"HTTP/1.1 200" not in answers[20:]
        rest(running)
        assert process.wait(30) == 0


def test_it_does_not_wait_for_ever(store: Path) -> None:
    with serving(store, "--query-timeout", "60", "--stop-timeout", "0.5") as (process, host, port):
        running = ask(host, port, LONG)
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 1
        assert "not answered within 0.5 seconds" in process.stderr.read()
        rest(running)


class Crowd:
    """Clients that count all quads again and again, and note which generation told them what."""

    def __init__(self, host: str, port: int, size: int) -> None:
        self.seen: list[tuple[int, int, int]] = []
        self.faults: list[str] = []
        self._address = f"http://{host}:{port}/sparql?"
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(size)]
        for thread in self._threads:
            thread.start()

    def wait_for(self, more: int) -> None:
        enough = len(self.seen) + more
        while len(self.seen) < enough and not self.faults:
            time.sleep(0.02)

    def leave(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)

    def _ask(self, number: int) -> None:
        # Some share their words with others, and so their answers.
        asked = urllib.parse.urlencode({"query": EVERYTHING + " " * (number % 2)})
        while not self._stop.is_set():
            try:
                with urllib.request.urlopen(self._address + asked, timeout=60) as response:
                    told = json.load(response)["results"]["bindings"][0]["n"]["value"]
                    self.seen.append((response.status, int(response.headers["KG-Generation"]), int(told)))
            except OSError as error:
                self.faults.append(str(error))


@pytest.mark.slow
def test_a_build_goes_live_under_load_without_a_request_that_fails(tmp_path: Path) -> None:
    store, texts = tmp_path / "store", tmp_path / "texts"
    texts.mkdir()
    samples = sorted((ROOT / "seeds" / "articles").glob("*.txt"))
    sizes: dict[int, int] = {}

    def build(number: int) -> None:
        shutil.copy(samples[number], texts)
        command = [*KG, "build", str(texts), "--store", str(store)]
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True, timeout=120)
        sizes[number] = current(store).quads

    build(1)
    with serving(store) as (process, host, port):
        crowd = Crowd(host, port, 8)
        for number in (2, 3):
            crowd.wait_for(50)
            build(number)
        crowd.wait_for(50)
        crowd.leave()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert crowd.faults == []
    assert {status for status, _, _ in crowd.seen} == {200}
    # Every answer is of one generation: the number of quads that it tells is that of the generation it names.
    assert {(generation, quads) for _, generation, quads in crowd.seen} == set(sizes.items())
