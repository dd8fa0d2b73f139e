"""What a killed server leaves behind is gone after the next start, and what a living one has is not touched."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store.generation import publish
from tests.durability.groups import TOKEN, start

pytestmark = [pytest.mark.server, pytest.mark.skipif(sys.platform != "linux", reason="ends processes as Linux does")]


def upload(address: str) -> None:
    """A large graph on its way, whose sender never hears of it."""
    body = b"".join(b"<a:s%d> <a:p> 'many words' .\n" % number for number in range(200_000))
    headers = {"Content-Type": "text/turtle", "Authorization": f"Bearer {TOKEN}"}
    request = urllib.request.Request(f"{address}store?graph=a:large", body, headers, method="PUT")
    with suppress(OSError):
        urllib.request.urlopen(request, timeout=60).close()


def left(folder: Path, *prefixes: str) -> list[Path]:
    return [entry for entry in folder.iterdir() if entry.name.startswith(prefixes)]


def leave(root: Path, temporary: Path) -> None:
    """Nothing; a server was killed in the middle of an upload, after an export."""
    temporary.mkdir()
    publish(root, [ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal(0))])
    server, address = start(root, "--update", temporary=temporary)
    with server:
        urllib.request.urlopen(f"{address}exports/diplomacy.nq").close()
        sending = threading.Thread(target=upload, args=(address,))
        sending.start()
        begun = time.monotonic()
        while not any(file.stat().st_size > 1_000_000 for file in root.glob("uploads-*/tmp*")):
            assert time.monotonic() - begun < 60
            time.sleep(0.005)
        os.killpg(server.pid, signal.SIGKILL)
    sending.join()
    assert left(root, "uploads-")
    assert left(root, "writing-")
    assert left(temporary, "kg-")


def start_and_stop(root: Path, temporary: Path) -> None:
    server, _ = start(root, temporary=temporary)
    with server:
        server.terminate()
        assert server.wait(60) == 0


@pytest.mark.parametrize("options", [["--update"], []], ids=["a writer", "no writer"])
def test_the_next_start_sweeps_what_a_killed_server_left(tmp_path: Path, options: list[str]) -> None:
    root, temporary = tmp_path / "store", tmp_path / "temporary"
    leave(root, temporary)
    server, address = start(root, *options, temporary=temporary)
    with server:
        try:
            mine = left(root, "uploads-", "writing-")
            assert len(mine) == (2 if options else 0)
            urllib.request.urlopen(f"{address}exports/diplomacy.nq").close()
            assert len(left(temporary, "kg-")) == 1
            # Another one beside it, over the same store, with the same folder for what is temporary.
            start_and_stop(root, temporary)
            assert left(root, "uploads-", "writing-") == mine
            assert len(left(temporary, "kg-")) == 1
        finally:
            server.terminate()
        assert server.wait(60) == 0
    assert left(root, "uploads-", "writing-") == []
    assert left(temporary, "kg-") == []
