"""Files as streams of bytes, gzip unpacked on the way and never by more than its text can be."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final, cast

from kg.errors import ArticleError
from kg.read.decode import LARGEST, refuse_size
from kg.read.remote import Location, Remote

_ALWAYS: Final = LARGEST  # bytes that any file may unpack to
_RATIO: Final = (
    200  # bytes from one; the text of a newspaper gives three or four, the same article all over less than this
)


class _Unpacked(io.RawIOBase):
    """The bytes of a gzip file; reading fails where they are far more than text could have been packed into it."""

    def __init__(self, packed: BinaryIO, path: str) -> None:
        """Begin at the beginning of the packed file."""
        super().__init__()
        self.packed, self.path = packed, path
        self.plain = gzip.GzipFile(fileobj=packed)
        self.given = 0

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes.

        Raises:
            ArticleError: the file is damaged, or a bomb.
        """
        room = memoryview(buffer)
        try:
            piece = self.plain.read1(len(room))
        except (EOFError, zlib.error, OSError) as error:
            raise ArticleError(self.path, f"damaged gzip file: {error}") from None
        self.given += len(piece)
        if self.given > _ALWAYS and self.given > _RATIO * self.packed.tell():
            raise ArticleError(self.path, f"gzip file that unpacks to more than {_RATIO} times its size is not read")
        room[: len(piece)] = piece
        return len(piece)


@contextmanager
def opened(file: Location, name: str) -> Iterator[BinaryIO]:
    """The file's bytes as a stream, unpacked where its name ends with ``.gz``.

    Raises:
        ArticleError: it cannot be read.
    """
    try:
        with file.open("rb") as raw:
            if file.suffix.lower() == ".gz":
                yield cast("BinaryIO", io.BufferedReader(_Unpacked(raw, name), 1 << 16))
            else:
                yield raw
    except OSError as error:
        raise ArticleError(name, error.strerror or "cannot be read") from error


def whole(file: Location, name: str) -> bytes:
    """All bytes of a file, its size looked at first where that is quick.

    Raises:
        ArticleError: it is empty or too large, or cannot be read.
    """
    with opened(file, name) as stream:
        if file.suffix.lower() != ".gz" and not isinstance(file, Remote):
            refuse_size(file.stat().st_size, name)
        content = stream.read(LARGEST + 1)
    refuse_size(len(content), name)
    return content


def position(stream: BinaryIO) -> int:
    """How many bytes of the file were read, packed as it is, for a stream of :func:`opened`."""
    raw = getattr(stream, "raw", None)
    return raw.packed.tell() if isinstance(raw, _Unpacked) else stream.tell()
