"""Texts and numbers in one row of bytes, read in place: made by one process, opened by another in no time.

A head in JSON says where each section begins; a section holds numbers of one size, or texts with the places where they
end. Who made the bytes is trusted: they never come from outside.
"""

from __future__ import annotations

import json
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, Final, cast, overload
from zlib import crc32

_LENGTH: Final = struct.Struct("=Q")
_STEP: Final = 8


class Packer:
    """Sections by name, on their way into one row of bytes."""

    def __init__(self) -> None:
        """Nothing is in it yet."""
        self._parts: dict[str, tuple[str, bytes]] = {}
        self.told: dict[str, Any] = {}

    def numbers(self, name: str, numbers: Iterable[int], size: str = "I") -> None:
        """Nothing; the numbers stand under this name, each in the size of an :class:`array`."""
        self._parts[name] = (size, array(size, numbers).tobytes())

    def texts(self, name: str, texts: Sequence[bytes]) -> None:
        """Nothing; the texts stand under this name."""
        self._parts[name] = ("B", b"".join(texts))
        self.numbers(f"{name}/ends", accumulate(map(len, texts), initial=0), "Q")

    def keys(self, name: str, pairs: Iterable[tuple[str, int]]) -> None:
        """Nothing; each text leads to its numbers, and now and then to one of another text."""
        marked = sorted((mark(text), number) for text, number in pairs)
        self.numbers(f"{name}/marks", (found for found, _ in marked))
        self.numbers(f"{name}/numbers", (number for _, number in marked))

    def pieces(self) -> Iterator[bytes]:
        """All of it, from the first byte to the last."""
        sections: dict[str, tuple[str, int, int]] = {}
        at = 0
        for name, (size, content) in self._parts.items():
            sections[name] = (size, at, len(content))
            at += _whole(len(content))
        head = json.dumps({"sections": sections, "told": self.told}).encode()
        yield _LENGTH.pack(len(head)) + head.ljust(_whole(len(head)))
        for _, content in self._parts.values():
            yield content.ljust(_whole(len(content)), b"\0")


def mark(text: str) -> int:
    """What a text is looked up by; another one seldom has the same."""
    return crc32(text.encode(errors="surrogatepass"))


def _whole(size: int) -> int:
    return -(-size // _STEP) * _STEP


class Packed:
    """What a :class:`Packer` packed."""

    def __init__(self, content: Any) -> None:
        """Read it from these bytes, which stay as they are."""
        view = memoryview(content)
        (length,) = _LENGTH.unpack_from(view)
        head = json.loads(bytes(view[_LENGTH.size : _LENGTH.size + length]))
        self.told: Mapping[str, Any] = head["told"]
        self._sections = head["sections"]
        self._view = view[_LENGTH.size + _whole(length) :]

    def numbers(self, name: str) -> Sequence[int]:
        """The numbers under this name; none where there is nothing."""
        if name not in self._sections:
            return ()
        size, begin, length = self._sections[name]
        if not length:
            return ()
        return cast("Sequence[int]", self._view[begin : begin + length].cast(size))

    def texts(self, name: str) -> Texts:
        """The texts under this name."""
        _, begin, length = self._sections[name]
        return Texts(self._view[begin : begin + length], self.numbers(f"{name}/ends"))

    def keys(self, name: str) -> Keys:
        """The texts under this name that lead to numbers."""
        return Keys(self.numbers(f"{name}/marks"), self.numbers(f"{name}/numbers"))


class Texts(Sequence[str]):
    """Texts, each read when it is asked for."""

    def __init__(self, content: memoryview, ends: Sequence[int]) -> None:
        """They stand in the content, one behind the other."""
        self._content, self._ends = content, ends

    def __len__(self) -> int:
        """How many there are."""
        return len(self._ends) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        """The text at this place."""
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        return str(self._content[self._ends[at] : self._ends[at + 1]], "utf-8", "surrogatepass")


class Keys:
    """Texts that lead to numbers."""

    def __init__(self, marks: Sequence[int], numbers: Sequence[int]) -> None:
        """The marks are in order."""
        self._marks, self._numbers = marks, numbers

    def of(self, text: str) -> Iterator[int]:
        """The numbers of this text, the lowest first; one of another text may be among them."""
        wanted = mark(text)
        at = bisect_left(self._marks, wanted)
        while at < len(self._marks) and self._marks[at] == wanted:
            yield self._numbers[at]
            at += 1
