"""The servers of a comparison, each over the same files of the same store: ours, ``oxigraph serve``, rdflib-endpoint.

The other two live in an environment of their own, which the benchmark makes: they are no dependencies of ours.
"""

from __future__ import annotations

import contextlib
import re
import socket
import subprocess
import sys
import time
import urllib.request
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.bench.clients import Client, Endpoint, Refused

OTHERS: Final = ("oxigraph", "rdflib-endpoint", "oxrdflib", "uvicorn")
_KG: Final = "from kg.cli import main; main()"
# The best that it can do: the native store, opened as the other servers open it.
_RDFLIB: Final = """
import sys, uvicorn
from oxrdflib import OxigraphStore
from pyoxigraph import Store
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
graph = Dataset(store=OxigraphStore(store=Store.read_only(sys.argv[1])))
uvicorn.run(SparqlEndpoint(graph=graph, path="/"), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""
_PATIENCE: Final = 120.0


def make_others(folder: Path) -> Path:
    """The environment of the other servers; made where it is not there yet."""
    if not (folder / "bin" / "oxigraph").exists():
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", *OTHERS], check=True)
    return folder


@contextlib.contextmanager
def ours(root: Path, *told: str, is_warm: bool = True) -> Iterator[tuple[Endpoint, int]]:
    """Our server over the store, as people start it: where it answers, and its process."""
    command = [sys.executable, "-c", _KG, "serve", "--store", str(root), "--port", "0", *told]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r":(\d+)/", process.stdout.readline())
        assert found, "kg serve did not start"
        with _running(process, Endpoint(port=int(found[1]), path="/sparql")) as endpoint:
            if not is_warm:
                yield endpoint, process.pid
                return
            # The names of all things are read at the start, which takes a processor for some seconds.
            with urllib.request.urlopen(f"http://127.0.0.1:{endpoint.port}/search.json?q=a", timeout=_PATIENCE) as warm:
                warm.read()
            yield endpoint, process.pid


@contextlib.contextmanager
def native(graph: Path, others: Path) -> Iterator[tuple[Endpoint, int]]:
    """``oxigraph serve-read-only`` over the same files."""
    port = _free_port()
    command = [others / "bin" / "oxigraph", "serve-read-only", "-l", graph, "-b", f"127.0.0.1:{port}"]
    with (
        subprocess.Popen(command, stderr=subprocess.DEVNULL) as process,
        _running(process, Endpoint(port=port, path="/query")) as endpoint,
    ):
        yield endpoint, process.pid


@contextlib.contextmanager
def rdflib_endpoint(graph: Path, others: Path) -> Iterator[tuple[Endpoint, int]]:
    """rdflib-endpoint over the same files."""
    port = _free_port()
    command = [others / "bin" / "python", "-c", _RDFLIB, str(graph), str(port)]
    with (
        subprocess.Popen(command, stderr=subprocess.DEVNULL) as process,
        _running(process, Endpoint(port=port, path="/")) as endpoint,
    ):
        yield endpoint, process.pid


def memory_of(process: int) -> int:
    """The bytes that a process and all that it started hold, what they share counted once (Linux)."""
    total = 0
    waiting = [process]
    while waiting:
        pid = waiting.pop()
        with contextlib.suppress(OSError):
            told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
            total += 1024 * sum(map(int, re.findall(r"^Pss:\s+(\d+)", told, re.MULTILINE)))
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting += map(int, (task / "children").read_text(encoding="ascii").split())
    return total


@contextlib.contextmanager
def _running(process: subprocess.Popen[str], endpoint: Endpoint) -> Iterator[Endpoint]:
    try:
        _wait(process, endpoint)
        yield endpoint
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(process: subprocess.Popen[str], endpoint: Endpoint) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        client = Client(endpoint, 0, 5)
        try:
            with contextlib.suppress(OSError, Refused):
                client.ask(endpoint.request("ASK {}"))
                return
        finally:
            client.close()
        time.sleep(0.1)
    raise RuntimeError("a server did not start")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as line:
        return int(line.getsockname()[1])
