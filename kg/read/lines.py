"""JSON Lines: one article a line, of any form that :mod:`kg.read.record` knows, to what each tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import ArticleError
from kg.read.decode import LARGEST
from kg.read.record import attempt, parse
from kg.read.told import Told


def read_lines(stream: BinaryIO, path: str) -> Iterator[Told | ArticleError]:
    """What each line tells; a line that tells nothing comes out as its error, by its number in the file."""
    empty = True
    for number, line in enumerate(_lines(stream), start=1):
        if line is not None and not line.strip():
            continue
        empty = False
        yield _told(line, f"{path}#{number}")
    if empty:
        raise ArticleError(path, "empty file")


def _told(line: bytes | None, path: str) -> Told | ArticleError:
    if line is None:
        return ArticleError(path, f"too large: a line of more than {LARGEST:,} bytes")
    try:
        text = line.decode("utf-8-sig" if path.endswith("#1") else "utf-8")
        return attempt(parse(text, path), path)
    except UnicodeDecodeError as error:
        return ArticleError(path, f"cannot be decoded: not UTF-8 at byte {error.start}")
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
