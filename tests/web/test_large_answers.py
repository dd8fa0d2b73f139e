"""Large answers over HTTP: made once and read by many, whole for whoever reads on, and in nobody's way."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.store.generation import publish
from tests.durability.groups import start

pytestmark = [pytest.mark.server, pytest.mark.skipif(sys.platform != "linux", reason="looks at open files in /proc")]
ROOT = Path(__file__).parents[2]
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def large(side: int, comment: str = "") -> str:
    """The address of an answer of so many bytes to the power of three."""
    text = "a" * side
    query = f'SELECT (REPLACE(REPLACE("{text}", "a", "{text}"), "a", "{text}") AS ?x) {{}} # {comment}'
    return f"/sparql?query={quote(query, safe='')}"


@dataclass(frozen=True, slots=True)
class Served:
    """A server, and what it has open."""

    root: Path
    process: int
    address: str

    def ask(self, method: str, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Status, headers and body."""
        with closing(http.client.HTTPConnection(self.address, timeout=120)) as line:
            line.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read()

    def told(self, name: str) -> int:
        """A number of its metrics."""
        found = re.search(rf"^{re.escape(name)} (\d+)$", self.ask("GET", "/metrics")[2].decode(), re.MULTILINE)
        assert found
        return int(found[1])

    def begin(self, path: str) -> socket.socket:
        """A connection on which an answer has begun to come, of which little is read."""
        host, port = self.address.split(":")
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(120)
        line.connect((host, int(port)))
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {self.address}\r\nAccept: text/csv\r\n\r\n".encode())
        assert line.recv(100).startswith(b"HTTP/1.1 200")
        return line

    @property
    def spools(self) -> int:
        """How many files without a name it has open."""
        links = [link for link in Path(f"/proc/{self.process}/fd").iterdir() if link.is_symlink()]
        return sum("(deleted)" in str(link.readlink()) for link in links)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = tmp_path_factory.mktemp("store")
    grow(root, 1)
    server, address = start(root, temporary=tmp_path_factory.mktemp("tmp"))
    with server:
        yield Served(root, server.pid, address.removeprefix("http://").rstrip("/"))
        server.terminate()
    assert server.returncode == 0


def grow(root: Path, number: int) -> None:
    publish(root, [ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal(one)) for one in range(number)])


def until(truth: object) -> None:
    begun = time.monotonic()
    while not truth():  # type: ignore[operator]
        assert time.monotonic() - begun < 60
        time.sleep(0.05)


def test_it_is_the_same_fresh_and_again_in_every_way_it_is_asked_for(served: Served) -> None:
    path = large(120, "again")
    status, fresh, body = served.ask("GET", path)
    assert (status, len(body) > 120**3, int(fresh["Content-Length"])) == (200, True, len(body))
    hits = served.told('kg_cache_hits_total{kind="answer"}')
    for number in range(3):
        again = served.ask("GET", path, X_Try=str(number))
        assert (again[0], again[1]["ETag"], again[2]) == (200, fresh["ETag"], body)
        assert {**again[1], "Date": ""} == {**fresh, "Date": ""}
    assert served.told('kg_cache_hits_total{kind="answer"}') == hits + 3
    status, head, nothing = served.ask("HEAD", path)
    assert (status, head["ETag"], head["Content-Length"], nothing) == (200, fresh["ETag"], str(len(body)), b"")
    status, pressed, told = served.ask("GET", path, Accept_Encoding="gzip")
    assert (status, pressed["Content-Encoding"], gzip.decompress(told) == body) == (200, "gzip", True)
    assert pressed["ETag"] == f'{fresh["ETag"][:-1]}-gzip"'
    for tag, encoding in ((fresh["ETag"], "identity"), (pressed["ETag"], "gzip")):
        status, kept, nothing = served.ask("GET", path, If_None_Match=tag, Accept_Encoding=encoding)
        assert (status, kept["ETag"], nothing) == (304, tag, b"")
    assert served.ask("GET", path, If_None_Match='"another"')[0] == 200


def test_it_is_compressed_once_for_all_who_take_it_so(served: Served) -> None:
    path = large(130, "compressed once")
    whole = served.ask("GET", path)[2]
    first = served.ask("GET", path, Accept_Encoding="gzip")
    assert "Content-Length" not in first[1]
    for _ in range(3):
        status, head, body = served.ask("GET", path, Accept_Encoding="gzip")
        assert (status, head["Content-Encoding"], head["ETag"]) == (200, "gzip", first[1]["ETag"])
        assert (int(head["Content-Length"]), body) == (len(body), first[2])
        assert gzip.decompress(body) == whole
    assert served.ask("GET", path)[2] == whole
    assert served.ask("HEAD", path, Accept_Encoding="gzip")[1]["ETag"] == first[1]["ETag"]


def test_who_hangs_up_in_the_middle_of_it_leaves_no_half_of_a_compressed_form(served: Served) -> None:
    path = large(140, "hung up")
    whole = served.ask("GET", path)[2]
    for _ in range(2):
        with closing(socket.create_connection(served.address.split(":"), timeout=60)) as line:  # type: ignore[arg-type]
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: here\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            assert line.recv(20).startswith(b"HTTP/1.1 200")
    for _ in range(3):
        assert gzip.decompress(served.ask("GET", path, Accept_Encoding="gzip")[2]) == whole


def test_clients_that_all_hang_up_leave_it_whole_for_the_next_one(served: Served) -> None:
    path = large(240, "left")
    before = served.spools
    lines = [served.begin(path) for _ in range(12)]
    for line in lines:
        line.close()
    status, _, body = served.ask("GET", path, Accept="text/csv")
    assert (status, len(body)) == (200, 240**3 + len("x\r\n\r\n"))
    # One file is kept for those who ask again; those who left hold none.
    until(lambda: served.spools <= before + 1)
    assert served.told("kg_queries_waiting") == 0


def test_who_reads_it_reads_it_to_its_end_whatever_is_published_meanwhile(served: Served) -> None:
    path = large(250, "meanwhile")
    with closing(served.begin(path)) as line, line.makefile("rb") as rest:
        _, old, _ = served.ask("HEAD", path, Accept="text/csv")
        grow(served.root, 7)
        assert served.ask("GET", f"/sparql?query={quote(COUNT)}", Accept="text/csv")[2].split() == [b"n", b"7"]
        _, new, body = served.ask("GET", path, Accept="text/csv")
        assert int(new["KG-Generation"]) > int(old["KG-Generation"])
        assert new["ETag"] != old["ETag"]
        # The head has begun to be read already.
        while rest.readline().strip():
            pass
        assert rest.read(len(body)) == body


def test_sixty_four_of_one_address_who_first_ask_it_share_one_query(served: Served) -> None:
    path, barrier = large(130, "together"), threading.Barrier(64)

    def ask(number: int) -> tuple[int, bytes]:
        barrier.wait(60)
        status, _, body = served.ask("GET", path, X_Try=str(number))
        return status, body

    hits, misses = (served.told(name) for name in ('kg_cache_hits_total{kind="answer"}', "kg_cache_misses_total"))
    with ThreadPoolExecutor(64) as people:
        given = list(people.map(ask, range(64)))
    assert {status for status, _ in given} == {200}
    assert len({body for _, body in given}) == 1
    assert served.told('kg_cache_hits_total{kind="answer"}') - hits == 63
    assert served.told("kg_cache_misses_total") > misses


def test_where_the_folder_is_full_it_is_refused_and_the_rest_is_answered(tmp_path: Path) -> None:
    grow(tmp_path, 3)
    limit = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000)); from kg.cli import main"
    )
    command = [sys.executable, "-c", f"{limit}; main()", "serve", "--workers", "1", "--store", str(tmp_path)]
    with subprocess.Popen([*command, "--port", "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http://([^/]+)/", server.stdout.readline())
            assert found
            full = Served(tmp_path, server.pid, found[1])
            before = full.spools
            assert full.ask("GET", large(120))[0] == 200
            for number in range(3):
                status, headers, body = full.ask("GET", large(160, str(number)), Accept="application/json")
                assert (status, headers["Retry-After"]) == (503, "5")
                assert "no room" in json.loads(body)["message"]
                assert len(full.ask("GET", large(120))[2]) > 120**3
                assert full.ask("GET", f"/sparql?query={quote(COUNT + f'#{number}')}")[0] == 200
            until(lambda: full.spools == before + 1)
        finally:
            server.terminate()
    assert server.returncode == 0
