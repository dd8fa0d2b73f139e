"""Source files to articles: one module per format; nothing guessed, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from kg.errors import ArticleError
from kg.model.text import Article
from kg.read.decode import refuse_size
from kg.read.plain import read_text

__all__ = ["read_articles", "read_text"]

Reader = Callable[[bytes, str, Callable[[str], bool]], Article]

_READERS: Final[Mapping[str, Reader]] = {".txt": read_text, ".text": read_text, ".md": read_text}
_NOT_OURS: Final = frozenset({".toml"})  # fact sheets are read with the facts


def read_articles(path: Path, *, is_place: Callable[[str], bool]) -> Iterator[Article | ArticleError]:
    """Every article of a file or, in the order of their paths, of all files in a folder.

    A file that is no article comes out as its error; hidden files and fact sheets do not come out at all.
    """
    for file in _files(path):
        if file.suffix.lower() in _NOT_OURS:
            continue
        try:
            yield _read_file(file, is_place)
        except ArticleError as error:
            yield error


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = (file for file in path.rglob("*") if file.is_file())
    return sorted(file for file in found if not any(part.startswith(".") for part in file.relative_to(path).parts))


def _read_file(file: Path, is_place: Callable[[str], bool]) -> Article:
    read = _READERS.get(file.suffix.lower())
    if read is None:
        raise ArticleError(str(file), f"unknown format: {file.suffix or 'no suffix'}")
    try:
        refuse_size(file.stat().st_size, str(file))
        content = file.read_bytes()
    except OSError as error:
        raise ArticleError(str(file), error.strerror or "cannot be read") from error
    return read(content, str(file), is_place)
