"""Source files to articles and records: one module per format; nothing guessed, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from kg.errors import ArticleError
from kg.model.text import Article
from kg.read.decode import refuse_size
from kg.read.historian import Journey, is_record_file, read_journeys
from kg.read.plain import read_text

__all__ = ["Source", "read_articles", "read_sources", "read_text"]

Source = Article | Journey
"""What a file may hold: a news article, or records of visits and travels, each a source by itself."""

Reader = Callable[[bytes, str, Callable[[str], bool]], Article]

_READERS: Final[Mapping[str, Reader]] = {".txt": read_text, ".text": read_text, ".md": read_text}
_NOT_OURS: Final = frozenset({".toml"})  # fact sheets are read with the facts


def read_articles(path: Path, *, is_place: Callable[[str], bool]) -> Iterator[Article | ArticleError]:
    """Every article of a file or, in the order of their paths, of all files in a folder.

    A file that is no article comes out as its error; hidden files and fact sheets do not come out at all.
    """
    for file in _files(path):
        try:
            yield _read_file(file, is_place)
        except ArticleError as error:
            yield error


def read_sources(path: Path, *, is_place: Callable[[str], bool]) -> Iterator[Source | ArticleError]:
    """Every article and every record of a file or of all files in a folder, as :func:`read_articles` does."""
    for file in _files(path):
        try:
            if is_record_file(file.name):
                yield from read_journeys(_bytes(file), str(file))
            else:
                yield _read_file(file, is_place)
        except ArticleError as error:
            yield error


def _files(path: Path) -> list[Path]:
    """The file, or those of the folder that are not hidden; no fact sheets."""
    if path.is_dir():
        found = (file for file in path.rglob("*") if file.is_file())
        files = sorted(file for file in found if not any(p.startswith(".") for p in file.relative_to(path).parts))
    else:
        files = [path]
    return [file for file in files if file.suffix.lower() not in _NOT_OURS]


def _read_file(file: Path, is_place: Callable[[str], bool]) -> Article:
    read = _READERS.get(file.suffix.lower())
    if read is None:
        known = ", ".join([*_READERS, ".xml", *sorted(_NOT_OURS), ".jsonl"])
        raise ArticleError(str(file), f"unknown format: {file.suffix or 'no suffix'}; there are {known}")
    return read(_bytes(file), str(file), is_place)


def _bytes(file: Path) -> bytes:
    """What the file holds, its size looked at first.

    Raises:
        ArticleError: it is empty or too large, or cannot be read.
    """
    try:
        refuse_size(file.stat().st_size, str(file))
        return file.read_bytes()
    except OSError as error:
        raise ArticleError(str(file), error.strerror or "cannot be read") from error
