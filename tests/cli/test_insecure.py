"""A platform that cannot keep queries from the network: it is said, and nobody else may ask there by default."""

from __future__ import annotations

import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.store.generation import publish

ROOT = Path(__file__).parents[2]
# A process in which no further filter of system calls can be set, as on a kernel without them.
WITHOUT = """
import sys
from kg.engine import confine
machine = confine._machine()
assert confine._filter(machine, confine._if(confine._SECCOMP[machine], confine._UNKNOWN))
sys.argv = ["kg", *sys.argv[1:]]
from kg.cli import main
main()
"""
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in {"x86_64", "aarch64"},
    reason="NOT TESTED: it takes a kernel with seccomp to be one without",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("store")
    publish(root, [])
    return root


def serve(store: Path, *told: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WITHOUT, "serve", "--store", str(store), "--port", "0", *told],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_others_are_not_listened_to(store: Path, host: str) -> None:
    with serve(store, "--host", host) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "cannot keep queries from the network" in err
    assert "--insecure" in err
    assert not out


@pytest.mark.parametrize(
    "told", [("--host", "127.0.0.1"), ("--host", "localhost"), ("--insecure", "--host", "0.0.0.0")]
)
def test_this_machine_is_and_others_are_on_request(store: Path, told: tuple[str, ...]) -> None:
    with serve(store, *told) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert re.search(r"http://", process.stdout.readline())
        process.terminate()
        assert "cannot keep queries from the network" in process.stderr.read()
        assert process.wait(30) == 0
