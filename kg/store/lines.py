"""Files of sorted lines, looked into without reading them: where a line stands, and what came and went between two.

Where two files are alike they are compared as blocks of bytes, so that it is the differences that cost, not the lines.
"""

from __future__ import annotations

import mmap
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

_SMALLEST: Final = 256
_LARGEST: Final = 1 << 20
_NEAR: Final = 4096

Text = bytes | mmap.mmap
"""The bytes of a file, in memory or mapped."""


class Change(NamedTuple):
    """A line that only one of two files has: the newer one, if it ``came``."""

    line: bytes
    came: bool


@contextmanager
def mapped(file: Path) -> Iterator[Text]:
    """The bytes of a file; those of a large one are read where they are looked at."""
    with file.open("rb") as source:
        if file.stat().st_size == 0:
            yield b""
            return
        with mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as text:
            yield text


def changes(before: Text, now: Text) -> Iterator[Change]:
    """What is in one file of sorted lines and not in the other, in their order; each line has its end."""
    at = to = 0
    while at < len(before) or to < len(now):
        alike = _alike(before, at, now, to)
        skipped = max(before.rfind(b"\n", at, at + alike) + 1 - at, 0)
        at, to = at + skipped, to + skipped
        old, new = _line_from(before, at), _line_from(now, to)
        while old != new:
            if old and (not new or old < new):
                yield Change(old, came=False)
                at += len(old)
                old = _line_from(before, at)
            else:
                yield Change(new, came=True)
                to += len(new)
                new = _line_from(now, to)


def place_of(text: Text, wanted: bytes, begin: int, read: Callable[[Text, int], bytes] | None = None) -> int:
    """Where the first line from ``begin`` on stands that is not less than the wanted one.

    ``read`` says what stands at an offset, where that is something else than a line; it goes up with the offset.
    """
    read = read or line_at
    if begin < len(text) and read(text, begin) >= wanted:
        return begin
    end, step = begin, _NEAR
    while end < len(text) and read(text, end) < wanted:
        begin, end, step = end, end + step, step * 2
    offsets = range(begin, min(end, len(text)))
    return begin + bisect_left(offsets, wanted, key=lambda offset: read(text, offset))


def line_at(text: Text, offset: int) -> bytes:
    """The line in which the offset is."""
    return _line_from(text, text.rfind(b"\n", 0, offset) + 1)


def lines_with(text: Text, beginning: bytes, begin: int) -> tuple[list[bytes], int]:
    """The lines from ``begin`` on that begin so, and where the first of them stands or would stand."""
    at = place = place_of(text, beginning, begin)
    found: list[bytes] = []
    while (line := _line_from(text, at)).startswith(beginning) and line:
        found.append(line)
        at += len(line)
    return found, place


def _line_from(text: Text, begin: int) -> bytes:
    """The line that begins there; nothing at the end."""
    return text[begin : text.find(b"\n", begin) + 1] if begin < len(text) else b""


def _alike(before: Text, at: int, now: Text, to: int) -> int:
    """How many bytes are the same from there on."""
    same, step = 0, _SMALLEST
    while True:
        one, other = before[at + same : at + same + step], now[to + same : to + same + step]
        if one != other:
            return same + _in_common(one, other)
        if not one:
            return same
        same += len(one)
        step = min(step * 4, _LARGEST)


def _in_common(one: bytes, other: bytes) -> int:
    """With how many of the same bytes both begin."""
    lengths: Any = range(min(len(one), len(other)))
    return bisect_left(lengths, True, key=lambda length: one[: length + 1] != other[: length + 1])  # noqa: FBT003  # a place
