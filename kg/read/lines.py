"""JSON Lines: one article a line, of any form that :mod:`kg.read.record` knows; each line is read by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import ArticleError
from kg.read.decode import LARGEST
from kg.read.item import Item
from kg.read.record import attempt, parse
from kg.read.told import Told

_MARK = b"\xef\xbb\xbf"


def lines_of(stream: BinaryIO, path: str, suffix: str) -> Iterator[Item | ArticleError]:
    """Each line by its number in the file, without those that are blank; one that is too long is its error.

    Raises:
        ArticleError: there are none.
    """
    empty = True
    for number, line in enumerate(_lines(stream), start=1):
        name = f"{path}#{number}"
        if line is None:
            yield ArticleError(name, f"too large: a line of more than {LARGEST:,} bytes")
        elif line.strip():
            yield Item(
                name=name, suffix=suffix, content=line.rstrip(b"\r\n").removeprefix(_MARK if number == 1 else b"")
            )
        else:
            continue
        empty = False
    if empty:
        raise ArticleError(path, "empty file")


def read_line(item: Item) -> Told | ArticleError:
    """What a line tells, or why it tells nothing."""
    try:
        return attempt(parse(item.content.decode(), item.name), item.name)
    except UnicodeDecodeError as error:
        return ArticleError(item.name, f"cannot be decoded: not UTF-8 at byte {error.start}")
    except ArticleError as error:
        return error


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Every line; ``None`` for one that is too long, the rest of which is passed over."""
    while line := stream.readline(LARGEST + 1):
        if len(line) <= LARGEST:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        yield None
