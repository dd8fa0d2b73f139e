"""Exports that take long: made once for all who ask, few at a time, and nobody else waits for them."""

from __future__ import annotations

import hashlib
import http.client
import itertools
import json
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store.generation import publish
from tests.durability.groups import children, start

pytestmark = [pytest.mark.server, pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")]
PREDICATE = ox.NamedNode("a:p")
SIZE = 10_000
NUMBERS = itertools.count()


@dataclass(frozen=True, slots=True)
class Served:
    """A server over a graph whose exports take a while."""

    root: Path
    process: int
    address: str

    def get(self, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Status, headers and body."""
        with closing(http.client.HTTPConnection(self.address, timeout=60)) as line:
            line.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read()

    def writing(self) -> dict[str, int]:
        """The processes that write an export, by its name."""
        found = {}
        for child in children(self.process):
            with suppress(OSError):
                told = Path(f"/proc/{child}/cmdline").read_bytes().decode()
                if "kg.engine.exporting" in told:
                    found[Path(json.loads(told.split("\0")[3])[-1]).stem] = child
        return found

    @contextmanager
    def halted(self, names: Sequence[str]) -> Iterator[None]:
        """Within, these are being written, and do not go on."""
        halted: dict[str, int] = {}
        begun = time.monotonic()
        try:
            while len(halted) < len(names):
                assert time.monotonic() - begun < 30
                for name, process in self.writing().items():
                    if name in names and name not in halted:
                        os.kill(process, signal.SIGSTOP)
                        halted[name] = process
            yield
        finally:
            for process in halted.values():
                os.kill(process, signal.SIGCONT)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = tmp_path_factory.mktemp("large")
    fill(root)
    server, address = start(root, temporary=tmp_path_factory.mktemp("tmp"))
    with server:
        yield Served(root, server.pid, address.removeprefix("http://").rstrip("/"))
        server.terminate()
    assert server.returncode == 0


def fill(root: Path) -> str:
    """The one number in a new generation, for which no export is made."""
    number = ox.Literal(next(NUMBERS))
    publish(root, [ox.Quad(ox.NamedNode(f"a:{one}"), PREDICATE, number) for one in range(SIZE)])
    return number.value


def test_an_export_is_made_once_for_all_who_ask_and_too_many_are_told_to_come_again(served: Served) -> None:
    fill(served.root)
    with ThreadPoolExecutor(41) as people:
        first = people.submit(served.get, "/exports/diplomacy.nq")
        with served.halted(["diplomacy.nq"]):
            others = [people.submit(served.get, "/exports/diplomacy.nq", Accept="application/json") for _ in range(40)]
            while sum(one.done() for one in others) < 28:
                time.sleep(0.05)
            # Twelve wait; who asks for anything else does not.
            assert len(served.writing()) == 1
            assert served.get("/sparql?query=ASK%20%7B%7D")[0] == served.get("/")[0] == 200
            assert served.get("/exports/diplomacy.nt")[0] == 200
            for status, headers, body in (one.result() for one in others if one.done()):
                assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "5", "no-store")
                told = json.loads(body)
                assert set(told) == {"status", "error", "line", "column", "message", "hint"}
                assert "being written" in told["message"]
                assert b"/tmp" not in body
        status, headers, whole = first.result()
        assert (status, len(whole.splitlines())) == (200, SIZE)
        given = [one.result() for one in others]
    assert {hashlib.sha256(body).digest() for status, _, body in given if status == 200} <= {
        hashlib.sha256(whole).digest()
    }
    assert served.get("/exports/diplomacy.nq", If_None_Match=headers["ETag"])[0] == 304


def test_two_exports_are_made_at_a_time_and_a_third_waits_for_one_of_them(served: Served) -> None:
    number = fill(served.root)
    slow = ("diplomacy.rdf", "diplomacy.jsonld")
    with ThreadPoolExecutor(4) as people:
        first = [people.submit(served.get, f"/exports/{name}") for name in slow]
        with served.halted(slow):
            third = people.submit(served.get, "/exports/diplomacy.trig")
            time.sleep(0.5)
            assert set(served.writing()) == set(slow)
            assert not third.done()
        given = [one.result() for one in (*first, third)]
    assert [status for status, _, _ in given] == [200] * 3
    forms = (ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD, ox.RdfFormat.TRIG)
    for form, (_, _, body) in zip(forms, given, strict=True):
        assert {quad.object.value for quad in ox.parse(body, format=form)} == {number}  # type: ignore[union-attr]


def test_while_a_new_export_is_made_the_one_before_is_given_to_all(served: Served) -> None:
    _, old, body = served.get("/exports/diplomacy.nt")
    fill(served.root)
    with ThreadPoolExecutor(1) as people:
        first = people.submit(served.get, "/exports/diplomacy.nt")
        with served.halted(["diplomacy.nt"]):
            for _ in range(20):
                status, headers, told = served.get("/exports/diplomacy.nt")
                assert (status, headers["ETag"], told) == (200, old["ETag"], body)
                assert headers["KG-Generation"] == old["KG-Generation"]
        status, new, _ = first.result()
    assert (status, new["KG-Generation"] > old["KG-Generation"], new["ETag"] != old["ETag"]) == (200, True, True)


def test_a_table_is_written_as_parquet_by_the_confined_process(served: Served) -> None:
    status, headers, body = served.get("/exports/meetings.parquet")
    assert (status, headers["Content-Type"]) == (200, "application/vnd.apache.parquet")
    assert (body[:4], body[-4:]) == (b"PAR1", b"PAR1")


def test_who_hangs_up_leaves_the_export_to_the_others(served: Served) -> None:
    fill(served.root)
    with closing(http.client.HTTPConnection(served.address, timeout=60)) as line:
        line.request("GET", "/exports/diplomacy.ttl")
        with served.halted(["diplomacy.ttl"]):
            line.close()
    assert len(served.get("/exports/diplomacy.ttl")[2].splitlines()) > SIZE
    assert not served.writing()
