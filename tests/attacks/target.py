"""The server that is attacked: the real one, over the invented world and a leader whose name is a script."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.config import BASE_IRI
from kg.store.generation import publish
from kg.store.prefixes import DIP, RDF, RDFS
from tests.attacks.attack import HERE, ask
from tests.durability.rounds import name_of

ROOT = HERE.parents[1]
SAMPLE = ROOT / "tests" / "queries" / "sample.ttl"
MOST_MEMORY = 500 * 1024**2
TOKEN = "the-token-of-the-attacked-server"
_PROBE = f"ASK {{ <{BASE_IRI}id/leader/anna-novak> a <{DIP}Leader> }}"
_SCRIPT = "Mallory <script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@dataclass(frozen=True, kw_only=True)
class Target:
    """A running server."""

    address: str
    process: int
    quick: int
    slow: int

    def probe(self) -> float:
        """The seconds in which a normal question was answered, rightly."""
        began = time.monotonic()
        request = f"GET /sparql?query={urllib.parse.quote(_PROBE)} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
        answer = ask(self.address, request.encode())
        assert answer.status == 200, answer
        assert b"true" in answer.body
        return time.monotonic() - began

    def memory(self) -> int:
        """The bytes that the server itself has in memory."""
        told = (Path("/proc") / str(self.process) / "status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", told)
        return int(found[1]) * 1024 if found else 0

    def files(self) -> int:
        """How many files and sockets the server itself has open."""
        return len(list((Path("/proc") / str(self.process) / "fd").iterdir()))

    def workers(self) -> int:
        """How many processes of its own the server has for queries."""
        found = [one for nursery in _children(self.process) for one in _children(nursery)]
        return sum(1 for one in found if name_of(one) == "kg-worker")

    def come_to_rest(self, seconds: float = 30) -> float:
        """The seconds until no worker was left over."""
        began = time.monotonic()
        while self.workers() != self.quick:
            assert time.monotonic() - began < seconds, f"{self.workers()} workers instead of {self.quick}"
            time.sleep(0.01)
        return time.monotonic() - began

    def check_health(self) -> None:
        """Nothing; it is as well as before the attack."""
        self.probe()
        assert self.workers() <= self.quick + self.slow
        self.come_to_rest()
        assert self.memory() < MOST_MEMORY


def _children(process: int) -> list[int]:
    """The processes that this one started and that have not ended."""
    found = []
    try:
        tasks = list((Path("/proc") / str(process) / "task").iterdir())
        numbers = [number for task in tasks for number in (task / "children").read_text().split()]
    except OSError:
        return []
    for number in numbers:
        try:
            state = (Path("/proc") / number / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state not in {"Z", "X"}:
            found.append(int(number))
    return found


def fill(root: Path, copies: int = 1) -> None:
    """Nothing; the folder holds a store to be attacked: the invented world, so many times over."""
    mallory = ox.NamedNode(f"{BASE_IRI}id/leader/mallory")
    quads = [
        ox.Quad(mallory, ox.NamedNode(RDF + "type"), ox.NamedNode(DIP + "Leader")),
        ox.Quad(mallory, ox.NamedNode(RDFS + "label"), ox.Literal(_SCRIPT)),
        *ox.parse(path=SAMPLE, format=ox.RdfFormat.TURTLE),
    ]
    more = (_another(quad, copy) for copy in range(1, copies) for quad in quads)
    publish(root, [*quads, *more])


def _another(quad: ox.Quad, copy: int) -> ox.Quad:
    """The same said of other things, of other names."""
    subject, value = _renamed(quad.subject, copy), _renamed(quad.object, copy)
    return ox.Quad(subject, quad.predicate, value)


def _renamed(term: Any, copy: int) -> Any:
    if isinstance(term, ox.NamedNode) and term.value.startswith(f"{BASE_IRI}id/"):
        return ox.NamedNode(f"{term.value}-{copy}")
    if isinstance(term, ox.Literal) and term.datatype.value.endswith(("#string", "#langString")):
        return ox.Literal(f"{term.value} {copy}", language=term.language)
    return term


def options(server: str, *, hasty: bool = True) -> tuple[str, ...]:
    """How a server of this kind is started: with short limits, or with those that it has by default."""
    match server:
        case "patient":
            return ("--query-timeout", "120")
        case "writing":
            return ("--update", "--token", TOKEN, *(("--update-timeout", "3") if hasty else ()))
        case _:
            return ("--query-timeout", "1") if hasty else ()


@contextmanager
def started(store: Path, *told: str, workers: int = 2, slow: int = 2) -> Iterator[Target]:
    """The server over a store, with these options."""
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--store", str(store), "--port", "0"]
    command += ["--workers", str(workers), "--slow-places", str(slow), "--trusted-proxy", "127.0.0.1", *told]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://[^/]+/", process.stdout.readline())
        assert found, "the server did not start"
        try:
            yield Target(address=found[0], process=process.pid, quick=2 * workers, slow=slow)
        finally:
            process.terminate()
            assert process.wait(30) == 0
