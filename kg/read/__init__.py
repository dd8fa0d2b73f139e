"""Source files to articles and records: one module per format; nothing guessed, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from kg.errors import ArticleError
from kg.model.text import Article
from kg.read.formats import SUFFIXES, concluded, format_of
from kg.read.historian import Journey
from kg.read.plain import read_text
from kg.read.unpack import opened, whole

__all__ = ["Source", "read_articles", "read_sources", "read_text"]

Source = Article | Journey
"""What a file may hold: a news article, or records of visits and travels, each a source by itself."""

_NOT_OURS: Final = frozenset({".toml"})  # fact sheets are read with the facts


def read_articles(path: Path, *, is_place: Callable[[str], bool]) -> Iterator[Article | ArticleError]:
    """Every article of a file or, in the order of their paths, of all files in a folder.

    A file or an item in it that is no article comes out as its error; hidden files and fact sheets do not come out.
    """
    for file in _files(path):
        for found in read_sources(file, is_place=is_place):
            if isinstance(found, Journey):
                yield ArticleError(str(file), "records of journeys, no article")
                break
            yield found


def read_sources(
    path: Path, *, is_place: Callable[[str], bool], name: str | None = None
) -> Iterator[Source | ArticleError]:
    """Every article and every record of a file or of all files in a folder, as :func:`read_articles` does.

    ``name`` is what the file is called where its path does not say it: that of standard input.
    """
    for file in _files(path):
        try:
            yield from _read_file(file, name or str(file), is_place)
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


def _read_file(file: Path, name: str, is_place: Callable[[str], bool]) -> Iterator[Source | ArticleError]:
    """Everything in one file.

    Raises:
        ArticleError: of no known format, or what its reader says of the file as a whole.
    """
    known = format_of(file.name)
    if known is None:
        known_ones = ", ".join([*SUFFIXES, ".gz", *sorted(_NOT_OURS)])
        raise ArticleError(name, f"unknown format: {file.suffix or 'no suffix'}; there are {known_ones}")
    if known.stream is not None:
        with opened(file, name) as stream:
            for found in known.stream(stream, name):
                yield concluded(found, is_place)
    elif known.read is not None:
        for found in known.read(whole(file, name), name, is_place):
            yield concluded(found, is_place)
