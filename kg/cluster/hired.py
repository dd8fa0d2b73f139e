"""What a build has the workers of a Dask cluster do: each of their threads has a process of its own that reads."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from os import dup
from pathlib import Path
from threading import Lock
from typing import Final

from kg.cluster.order import World
from kg.read.item import Item

HOUSE: Final = Path(__file__).parents[2]
Told = tuple[list[str], bool]
"""The lines of an item, and whether another attempt would give the same."""


class NotHired(LookupError):
    """A worker that has begun anew since the build hired it."""


def hire(order: str, worlds: tuple[World, ...]) -> Mapping[str, str]:
    """By which rules this worker reads, now that it is ready to read for that build."""
    with _LOCK:
        crew = _CREWS.setdefault(order, _Crew(worlds=worlds))
    reader = crew.take()
    crew.give_back(reader)
    return reader.rules


def read(order: str, items: Sequence[Item]) -> list[Told]:
    """What these items tell.

    Raises:
        NotHired: nobody hired this worker for that build.
        EOFError: the process that read them was ended.
    """
    crew = _CREWS.get(order)
    if crew is None:
        raise NotHired(order)
    reader = crew.take()
    try:
        told = [reader.read(item) for item in items]
    except BaseException:
        crew.end(reader)
        raise
    crew.give_back(reader)
    return told


def dismiss(order: str) -> None:
    """Nothing; what read for that build is gone."""
    with _LOCK:
        crew = _CREWS.pop(order, None)
    if crew is not None:
        crew.dismiss()


# The same house as this worker's, wherever that was started.
_BEGIN: Final = f"import sys; sys.path.insert(0, {str(HOUSE)!r}); from kg.cluster.reader import main; main()"


class _Reader:
    """One process that reads."""

    def __init__(self, worlds: tuple[World, ...]) -> None:
        """Start it, and wait until it is ready."""
        command = [sys.executable, "-P", "-c", _BEGIN]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  # ours
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.inbox = Connection(dup(self.process.stdin.fileno()), readable=False)
        self.outbox = Connection(dup(self.process.stdout.fileno()), writable=False)
        self.process.stdin.close()
        self.process.stdout.close()
        self.inbox.send(worlds)
        self.rules: Mapping[str, str] = self.outbox.recv()

    def read(self, item: Item) -> Told:
        self.inbox.send(item)
        lines, is_sure = self.outbox.recv()
        return lines, is_sure

    @property
    def is_there(self) -> bool:
        """Whether it has not ended, as one does for which there was nothing to do."""
        return self.process.poll() is None

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.inbox.close()
        self.outbox.close()


@dataclass(slots=True, eq=False)
class _Crew:
    """The processes that read for one build."""

    worlds: tuple[World, ...]
    idle: list[_Reader] = field(default_factory=list)
    every: list[_Reader] = field(default_factory=list)
    is_over: bool = False
    lock: Lock = field(default_factory=Lock)

    def take(self) -> _Reader:
        """A process that has nothing to do."""
        with self.lock:
            while self.idle:
                reader = self.idle.pop()
                if reader.is_there:
                    return reader
                self.every.remove(reader)
                reader.end()
        reader = _Reader(self.worlds)
        with self.lock:
            self.every.append(reader)
        return reader

    def give_back(self, reader: _Reader) -> None:
        if self.is_over:
            self.end(reader)
            return
        with self.lock:
            self.idle.append(reader)

    def end(self, reader: _Reader) -> None:
        with self.lock:
            if reader in self.every:
                self.every.remove(reader)
        reader.end()

    def dismiss(self) -> None:
        with self.lock:
            self.is_over, gone = True, self.every[:]
            self.idle.clear()
        for reader in gone:
            reader.process.kill()


_LOCK: Final = Lock()
_CREWS: Final[dict[str, _Crew]] = {}
