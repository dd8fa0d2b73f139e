"""The invented world of the saved questions, served; and the clients that a machine may have or not."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store.generation import publish
from tests.clients.world import TOKEN
from tests.serving import ROOT, served

SAMPLE = ROOT / "tests" / "queries" / "sample.ttl"
Run = Callable[..., str]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real server over the invented world."""
    store = tmp_path_factory.mktemp("store")
    publish(store, ox.parse(path=SAMPLE, format=ox.RdfFormat.TURTLE))
    with served(store, "--query-timeout", "10") as address:
        yield address


@pytest.fixture
def writable(tmp_path: Path) -> Iterator[str]:
    """The address of a server of one's own over the invented world, which whoever has the token writes to."""
    publish(tmp_path / "store", ox.parse(path=SAMPLE, format=ox.RdfFormat.TURTLE))
    (tmp_path / "token").write_text(TOKEN, encoding="ascii")
    with served(tmp_path / "store", "--update", "--token-file", str(tmp_path / "token")) as address:
        yield address


@pytest.fixture(scope="session")
def curl() -> Run:
    """What curl prints."""
    return runner("curl", "-sS", "--noproxy", "*")


@pytest.fixture(scope="session")
def roqet() -> Run:
    """What the client of Rasqal prints."""
    return runner("roqet", "-q")


@pytest.fixture(scope="session")
def comunica() -> Run:
    """What the client of Comunica prints, which `make test` installs where Node is."""
    node, program = shutil.which("node"), ROOT / ".venv" / "comunica" / "node_modules" / ".bin" / "comunica-sparql"
    if node is None:
        pytest.skip("NOT TESTED: there is no Node for Comunica")
    if not program.is_file():
        _missing(f"Comunica is not installed in {program.parents[2].relative_to(ROOT)}: 'make test' does it")
    return runner(node, str(program))


def runner(*command: str) -> Run:
    """What prints what this command does; without it the test says that it did not run."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"NOT TESTED: there is no {command[0]} on this machine")

    def run(*told: str) -> str:
        done = subprocess.run([*command, *told], check=False, capture_output=True, timeout=120)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    return run


def _missing(what: str) -> None:
    """Nothing; a client that could be there is missing, which in CI is a failure."""
    if os.getenv("CI") == "true":
        pytest.fail(what)
    pytest.skip(f"NOT TESTED: {what}")
