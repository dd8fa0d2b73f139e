"""Files that are none: lines to read as a file, and XML that is mended while it is written."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any

from kg.store.xml import legal_xml


class Lines(io.RawIOBase):
    """Lines as a file that is read once, from its beginning to its end."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        """Nothing is read yet."""
        self._lines = lines
        self._rest = b""

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """How many bytes came; none at the end."""
        room = memoryview(buffer).cast("B")
        held, size = [self._rest], len(self._rest)
        while size < len(room) and (line := next(self._lines, b"")):
            held.append(line)
            size += len(line)
        told = b"".join(held)
        given, self._rest = told[: len(room)], told[len(room) :]
        room[: len(given)] = given
        return len(given)


class Kept(io.RawIOBase):
    """A sink that stays open when whoever writes to it closes it."""

    def __init__(self, sink: IO[bytes]) -> None:
        """Nothing is written yet."""
        self._sink = sink

    def writable(self) -> bool:
        """True."""
        return True

    def write(self, chunk: Any) -> int:
        """How many bytes were taken: all of them."""
        return self._sink.write(chunk)


class LegalXml:
    """A sink for XML, which every parser can read once it is in the sink behind it."""

    def __init__(self, sink: IO[bytes]) -> None:
        """Nothing is written yet."""
        self._sink = sink
        self._held = b""

    def write(self, chunk: bytes) -> int:
        """How many bytes were taken: all of them."""
        told = self._held + chunk
        # The last two bytes may be the beginning of a character that no XML may hold.
        told, self._held = told[:-2], told[-2:]
        # A character that is cut is not mended in one half: it is held until it is whole.
        begun = told.rfind(b"\xef", -2)
        if begun >= 0:
            told, self._held = told[:begun], told[begun:] + self._held
        self._sink.write(legal_xml(told))
        return len(chunk)

    def flush(self) -> None:
        """Nothing; what is held is not whole yet."""

    def finish(self) -> None:
        """Nothing; all of it is in the sink."""
        self._sink.write(legal_xml(self._held))
        self._held = b""
