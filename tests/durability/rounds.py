"""Rounds of sudden death: real processes write to a real store, are killed at a random moment, and the store is read.

What was acknowledged must be there, what was not must be there as a whole or not at all, and the store must open.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg.store.by_hand import ByHand
from kg.store.generation import current, verify
from kg.store.rebuild import rebuild
from kg.store.recover import recover

ROOT = Path(__file__).parents[2]
TOKEN = "a-token-that-nobody-guesses"
KINDS = ("writer", "upload", "server", "build")
_DOCUMENT = 300
_BUILD = 400
_CLIENTS = 2
_BUILDING = (
    "import sys; from pathlib import Path; from tests.durability.rounds import build; "
    "build(Path(sys.argv[1]), int(sys.argv[2]))"
)


@dataclass
class Client:
    """Somebody who writes, one request after the other, and remembers what was acknowledged."""

    name: str
    random: random.Random
    number: int = 0
    acknowledged: list[int] = field(default_factory=list)
    tried: list[int] = field(default_factory=list)
    # Of the graph that is replaced as a whole, and of the number that is counted up: what may be there now.
    document: set[int] = field(default_factory=lambda: {0})
    counter: set[int] = field(default_factory=lambda: {0})
    refused: Counter[int] = field(default_factory=Counter)

    def write(self, address: str) -> None:
        """One write of a random kind."""
        self.number += 1
        match self.random.randrange(4):
            case 0 | 1:
                self.tried.append(self.number)
                parts = " ; ".join(f"<a:p{part}> {self.number}" for part in range(3))
                text = f"INSERT DATA {{ GRAPH <a:u{self.name}> {{ <a:w{self.number}> {parts} }} }}"
                if self._send(address, "POST", "/update", "application/sparql-update", text):
                    self.acknowledged.append(self.number)
            case 2:
                lines = "".join(f"<a:s{line}> <a:version> {self.number} .\n" for line in range(_DOCUMENT))
                self.document.add(self.number)
                if self._send(address, "PUT", f"/store?graph=a:d{self.name}", "text/turtle", lines):
                    self.document = {self.number}
            case _:
                graph = f"<a:c{self.name}>"
                text = (
                    f"DROP SILENT GRAPH {graph} ; INSERT DATA {{ GRAPH {graph} {{ <a:s> <a:count> {self.number} }} }}"
                )
                self.counter.add(self.number)
                if self._send(address, "POST", "/update", "application/sparql-update", text):
                    self.counter = {self.number}

    def _send(self, address: str, method: str, path: str, media: str, text: str) -> bool:
        """Whether it was acknowledged."""
        line = http.client.HTTPConnection(address, timeout=60)
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": media}
        try:
            line.request(method, path, text.encode(), headers)
            status = line.getresponse().status
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()
        self.refused[status] += status >= 300
        return status < 300


class Store:
    """A store that is served, written to and killed, round by round."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.random = random.Random(seed)
        self.clients = [Client(str(number), random.Random(seed + number)) for number in range(_CLIENTS)]
        self.builds = {0}
        build(root, 0)
        self._server: subprocess.Popen[str] | None = None
        self._address = ""

    @contextmanager
    def served(self) -> Iterator[None]:
        """The server runs, and is started anew after each round that kills it."""
        try:
            yield
        finally:
            self._end()

    def round(self, kind: str) -> None:
        """Writes, a sudden death, and the check of what is left."""
        if self._server is None:
            self._start()
        stop = threading.Event()
        writing = [threading.Thread(target=self._write, args=(client, stop)) for client in self.clients]
        for thread in writing:
            thread.start()
        try:
            if kind == "build":
                self._kill_a_build()
            else:
                time.sleep(self.random.uniform(0.0, 0.6))
                self._kill(kind)
        finally:
            stop.set()
            for thread in writing:
                thread.join()
        if kind == "server":
            self._end()
        self.check()

    def check(self) -> None:
        """Nothing; the store is as it must be."""
        assert recover(self.root).faults == ()
        generation = current(self.root)
        # Whoever writes still is in the middle of a later one.
        with generation.lease():
            verify(generation)
            self._read(generation.open())

    def _read(self, store: ox.Store) -> None:
        for client in self.clients:
            found = Counter(_numbers(store, f"a:u{client.name}"))
            assert set(found.values()) <= {3}, "part of an update"
            assert set(client.acknowledged) <= set(found) <= set(client.tried), "an update is lost"
            _whole(_numbers(store, f"a:d{client.name}"), client.document, _DOCUMENT)
            _whole(_numbers(store, f"a:c{client.name}"), client.counter, 1)
            client.tried = sorted(found)
            client.acknowledged = sorted(found)
        versions = _numbers(store, None)
        _whole(versions, self.builds, _BUILD)
        self.builds = set(versions)

    def _write(self, client: Client, stop: threading.Event) -> None:
        while not stop.is_set():
            client.write(self._address)

    def _kill_a_build(self) -> None:
        version = max(self.builds) + 1
        self.builds.add(version)
        command = [sys.executable, "-c", _BUILDING, str(self.root), str(version)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(self.random.uniform(0.0, 0.5))
            self.builds = {version}
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()

    def _kill(self, kind: str) -> None:
        assert self._server is not None
        if kind == "server":
            # The writer dies with it, at the same moment.
            os.killpg(self._server.pid, signal.SIGKILL)
            return
        until = time.monotonic() + 5
        while time.monotonic() < until:
            for process in self._processes(kind):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
                    return
            time.sleep(0.001)
        raise AssertionError(f"nobody to kill: {kind}")

    def _processes(self, kind: str) -> list[int]:
        """The writer, or those that read what comes in."""
        assert self._server is not None
        if kind == "writer":
            return children(self._server.pid, "kg.engine.writing")
        nurseries = children(self._server.pid, "kg.engine.nursery")
        return [one for nursery in nurseries for one in children(nursery, "") if name_of(one) == "kg-proof"]

    def _start(self) -> None:
        program = "from kg.cli import main; main()"
        command = [sys.executable, "-c", program, "serve", "--update", "--store", str(self.root), "--port", "0"]
        self._server = subprocess.Popen(
            [*command, "--workers", "1"],
            cwd=ROOT,
            env={**os.environ, "KG_TOKEN": TOKEN},  # noqa: TID251  # what the command inherits
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        assert self._server.stdout is not None
        found = re.search(r"http://([^/]+)/", self._server.stdout.readline())
        assert found, "the server did not start"
        self._address = found[1]

    def _end(self) -> None:
        if self._server is not None:
            server, self._server = self._server, None
            server.kill()
            server.wait()
            assert server.stdout is not None
            server.stdout.close()


def build(root: Path, version: int) -> None:
    """Nothing; a build of this version is live, as ``kg build`` publishes one."""
    graph = ox.Store()
    value = ox.Literal(version)
    graph.extend(ox.Quad(ox.NamedNode(f"a:b{line}"), ox.NamedNode("a:build"), value) for line in range(_BUILD))
    if version:
        print("begun", flush=True)
    rebuild(root, graph, {}, ByHand.REFUSE)


def children(parent: int, words: str) -> list[int]:
    """The processes that this one has started and that have these words in their command line."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            of = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if of == parent and words in (entry / "cmdline").read_bytes().decode(errors="replace"):
                found.append(int(entry.name))
        except (OSError, ValueError):
            continue
    return found


def name_of(process: int) -> str:
    """What the system's table of processes calls it; nothing, if it has ended."""
    try:
        return Path(f"/proc/{process}/comm").read_text().strip()
    except OSError:
        return ""


def _numbers(store: ox.Store, graph: str | None) -> list[int]:
    name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    return [int(quad.object.value) for quad in store.quads_for_pattern(None, None, None, name)]  # type: ignore[union-attr]


def _whole(found: list[int], possible: set[int], size: int) -> None:
    """Nothing; one of the possible versions is there, as a whole."""
    assert len(set(found)) <= 1, f"parts of the versions {sorted(set(found))}"
    if not found:
        assert 0 in possible, "a graph is lost"
        return
    assert len(found) == size, f"{len(found)} of {size} triples"
    assert found[0] in possible, f"version {found[0]}, not one of {sorted(possible)}"
    possible.clear()
    possible.add(found[0])
