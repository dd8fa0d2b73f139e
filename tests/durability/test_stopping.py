"""A signal that reaches every process of a server at once, as a shell and systemd send it: what runs is finished."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store.generation import current, publish
from tests.durability.groups import TOKEN, children, start

PAIRS = "?a <a:p> ?b . ?c <a:p> ?d . ?e <a:q> ?f"
QUERY = f"SELECT (COUNT(*) AS ?n) {{ {PAIRS} FILTER(REGEX(CONCAT(STR(?b), STR(?d), STR(?f)), '9.*9')) }}"
UPDATE = f"INSERT {{ GRAPH <a:g> {{ <a:s> <a:n> ?n }} }} WHERE {{ {{ {QUERY} }} }}"
pytestmark = [pytest.mark.server, pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")]


def worked(process: int) -> int:
    """How many hundredths of a second it has computed."""
    try:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(told[11]) + int(told[12])


class Request(threading.Thread):
    """One request, on its way."""

    def __init__(self, address: str, body: str, media: str) -> None:
        super().__init__()
        headers = {"Content-Type": media, "Authorization": f"Bearer {TOKEN}", "Accept": "text/csv"}
        self._request = urllib.request.Request(address, body.encode(), headers)
        self.status, self.said = 0, b""
        self.start()

    def run(self) -> None:
        try:
            with urllib.request.urlopen(self._request, timeout=120) as answer:
                self.status, self.said = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                self.status, self.said = error.code, error.read()
        except OSError as error:
            self.said = str(error).encode()


def _settled(process: int) -> list[int]:
    """The processes below this one, once none is there that only begins the work of others."""
    until = time.monotonic() + 60
    seen, since = children(process), time.monotonic()
    while time.monotonic() - since < 2:
        assert time.monotonic() < until
        time.sleep(0.05)
        if (now := children(process)) != seen:
            seen, since = now, time.monotonic()
    return seen


@pytest.fixture
def store(tmp_path: Path) -> Path:
    node = ox.NamedNode("a:s")
    few = [ox.Quad(node, ox.NamedNode("a:q"), ox.Literal(one)) for one in range(4)]
    publish(tmp_path, [*few, *(ox.Quad(node, ox.NamedNode("a:p"), ox.Literal(one)) for one in range(700))])
    return tmp_path


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_what_is_under_way_is_finished_when_all_processes_are_told_to_stop(store: Path, stop: signal.Signals) -> None:
    server, address = start(
        store, "--update", "--query-timeout", "120", "--update-timeout", "120", "--stop-timeout", "120"
    )
    with server:
        try:
            idle = {one: worked(one) for one in children(server.pid)}
            query = Request(f"{address}sparql", QUERY, "application/sparql-query")
            update = Request(f"{address}update", UPDATE, "application/sparql-update")
            # Both are being computed: two processes have worked for a while.
            until = time.monotonic() + 60
            while sum(worked(one) - idle.get(one, 0) > 10 for one in children(server.pid)) < 2:
                assert time.monotonic() < until
                assert query.is_alive(), query.said
                assert update.is_alive(), update.said
                time.sleep(0.01)
            below = children(server.pid)
            os.killpg(server.pid, stop)
            query.join()
            update.join()
            assert (query.status, update.status) == (200, 204), (query.said, update.said)
            assert server.wait(120) == 0
        finally:
            server.kill()
    [quad] = current(store).open().quads_for_pattern(None, None, None, ox.NamedNode("a:g"))
    assert query.said.split() == [b"n", quad.object.value.encode()]  # type: ignore[union-attr]
    assert list(store.glob("writing-*")) == []
    assert not any(Path(f"/proc/{one}").exists() for one in below)


def test_an_update_that_takes_too_long_to_wait_for_leaves_nothing_behind(store: Path) -> None:
    server, address = start(store, "--update", "--stop-timeout", "0.5")
    with server:
        try:
            idle = {one: worked(one) for one in children(server.pid)}
            update = Request(
                f"{address}update", UPDATE.replace(PAIRS, f"{PAIRS} . ?g <a:p> ?h"), "application/sparql-update"
            )
            until = time.monotonic() + 60
            while not any(worked(one) - idle.get(one, 0) > 10 for one in children(server.pid)):
                assert time.monotonic() < until
                time.sleep(0.01)
            os.killpg(server.pid, signal.SIGTERM)
            assert server.wait(60) == 1
        finally:
            server.kill()
    update.join()
    assert current(store).number == 1
    assert list(store.glob("writing-*")) == []


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_the_processes_of_a_server_end_with_it(store: Path, stop: signal.Signals) -> None:
    server, _ = start(store, "--update")
    with server:
        try:
            below = _settled(server.pid)
            for one in below:
                os.kill(one, stop)
            time.sleep(0.2)
            assert set(below) <= set(children(server.pid))
        finally:
            server.kill()
    until = time.monotonic() + 30
    while any(Path(f"/proc/{one}/cmdline").exists() and Path(f"/proc/{one}/cmdline").read_bytes() for one in below):
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_hangup_ends_a_server_with_its_terminal_and_no_other(store: Path) -> None:
    ours, theirs = os.openpty()
    in_terminal, _ = start(store, stdin=theirs)
    elsewhere, address = start(store, "--update")
    with in_terminal, elsewhere:
        try:
            for server in (in_terminal, elsewhere):
                os.killpg(server.pid, signal.SIGHUP)
            assert in_terminal.wait(60) == 0
            update = Request(f"{address}update", "INSERT DATA { <a:s> <a:r> 1 }", "application/sparql-update")
            update.join()
            query = Request(f"{address}sparql", "ASK { <a:s> <a:r> 1 }", "application/sparql-query")
            query.join()
            assert (update.status, query.said.strip()) == (204, b"true")
            elsewhere.terminate()
            assert elsewhere.wait(60) == 0
        finally:
            in_terminal.kill()
            elsewhere.kill()
    os.close(ours)
    os.close(theirs)
