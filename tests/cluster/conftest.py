"""A Dask cluster on loopback, of real processes: a scheduler, and workers that come and go."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 90
KG = [sys.executable, "-c", "from kg.cli import main; main()", "build"]
DASK = [sys.executable, "-c", "from dask.__main__ import main; main()"]

READING = [sys.executable, "-m", "tests.cluster.reading"]

Hear = Callable[..., tuple[str, str]]


@dataclass(slots=True, eq=False)
class Cluster:
    """A scheduler in a folder, and how a worker comes and goes."""

    folder: Path
    stack: ExitStack
    variables: Mapping[str, str]
    protocol: str = "tcp"
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        told = ["--protocol", self.protocol, "--no-dashboard", "--scheduler-file", str(self.file), "--port", "0"]
        self._run("scheduler", "--host", "127.0.0.1", *told)
        wait_for(self.file.exists)

    @property
    def file(self) -> Path:
        return self.folder / "scheduler.json"

    @property
    def address(self) -> str:
        return str(json.loads(self.file.read_text())["address"])

    def worker(self, house: Path = ROOT) -> subprocess.Popen[bytes]:
        """One more worker of one thread, with the code in that folder; it lies elsewhere than what is to be read."""
        told = ["--scheduler-file", str(self.file), "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        told += ["--local-directory", str(self.folder), "--memory-limit", "0"]
        self.workers.append(self._run("worker", *told, PYTHONPATH=str(house)))
        return self.workers[-1]

    def _run(self, *told: str, **variables: str) -> subprocess.Popen[bytes]:
        log = self.stack.enter_context((self.folder / f"{len(self.workers)}-{told[0]}.log").open("wb"))
        process = subprocess.Popen(
            [*DASK, *told],
            cwd=self.folder,
            env=environment(self.variables, **variables),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        self.stack.callback(_end, process)
        return process


def environment(*told: Mapping[str, str], **more: str) -> dict[str, str]:
    """What a process is told beside nothing of ours."""
    variables = {"PYTHONPATH": str(ROOT), "PATH": os.getenv("PATH", "")}
    for each in (*told, more):
        variables |= each
    return variables


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
    process.wait()


def wait_for(what: Callable[[], Any]) -> Any:
    """What there is once there is something."""
    until = time.monotonic() + PATIENCE
    while not (found := what()):
        assert time.monotonic() < until
        time.sleep(0.02)
    return found


def children(pid: int) -> list[int]:
    """The processes that a process has, whichever of its threads has started them."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue  # the thread ended
    return found


def is_reading(worker: subprocess.Popen[bytes]) -> bool:
    """Whether an item is being read in the process of a process of the worker."""
    return any(children(reader) for reader in children(worker.pid))


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler without workers."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    with ExitStack() as stack:
        made = Cluster(folder, stack, {})
        made.start()
        yield made


@pytest.fixture
def hear(tmp_path: Path) -> Hear:
    """What sources tell, and what is said meanwhile."""

    def run(*told: str | Path, status: int = 0, **variables: str) -> tuple[str, str]:
        with start(tmp_path, READING, *told, **variables) as process:
            told_by, said = process.communicate(timeout=PATIENCE * 2)
        assert process.returncode == status, said
        assert "Traceback" not in said
        return told_by, said

    return run


def start(folder: Path, command: Sequence[str], *told: str | Path, **variables: str) -> subprocess.Popen[str]:
    """A process that was begun in that folder."""
    return subprocess.Popen(
        [*command, *map(str, told)],
        cwd=folder,
        env=environment(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def graph(store: Path) -> bytes:
    """The live graph as N-Quads."""
    newest = (store / "current").read_text().strip()
    return (store / "generations" / newest / "exports" / "diplomacy.nq").read_bytes()
