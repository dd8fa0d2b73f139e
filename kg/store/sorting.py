"""More lines than memory holds, sorted: runs on the disk, merged; each line once."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final, cast

ROOM: Final = 64 << 20  # bytes of lines in memory at a time


class SortedLines:
    """A file to write bytes to, whose lines come out in the order of their bytes, each once."""

    def __init__(self, folder: Path, *, room: int = ROOM) -> None:
        """Begin with no line; the runs lie in the folder, and go with it."""
        self._folder = folder
        self._room = room
        self._held: list[bytes] = []
        self._size = 0
        self._runs: list[Path] = []

    @property
    def sink(self) -> IO[bytes]:
        """Itself as a file, for whoever writes to one."""
        return cast("IO[bytes]", self)

    def write(self, chunk: bytes) -> int:
        """The number of bytes taken: all of them; they may end within a line."""
        self._held.append(bytes(chunk))
        self._size += len(chunk)
        if self._size >= self._room:
            self._spill()
        return len(chunk)

    def flush(self) -> None:
        """Nothing; a file has it."""

    def lines(self) -> Iterator[bytes]:
        """All lines, sorted, each with its end."""
        last = sorted(b"".join(self._held).splitlines(keepends=True))
        self._held.clear()
        runs: list[Iterable[bytes]] = [_lines_of(run) for run in self._runs]
        before = b""
        for line in heapq.merge(*runs, last) if runs else last:
            if line != before:
                yield line
                before = line

    def _spill(self) -> None:
        lines = b"".join(self._held).splitlines(keepends=True)
        # What has no end yet is the beginning of the next chunk.
        rest = b"" if not lines or lines[-1].endswith(b"\n") else lines.pop()
        run = self._folder / f"run-{id(self):x}-{len(self._runs)}"
        lines.sort()
        with run.open("wb") as sink:
            sink.writelines(lines)
        self._runs.append(run)
        self._held, self._size = [rest], len(rest)


def _lines_of(run: Path) -> Iterator[bytes]:
    with run.open("rb", buffering=1 << 18) as source:
        yield from source
    run.unlink()
