"""The files that a source stands for: itself, those of a folder, or those that a pattern matches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from kg.errors import ArticleError
from kg.read.remote import Location, Remote

_WILD: Final = re.compile(r"[*?\[]")


def files_under(location: Location) -> list[Location | ArticleError]:
    """The file itself, or all files of a folder or of a pattern in the order of their paths, hidden ones left out.

    In a pattern ``**`` stands for folders in folders. A file that has the pattern's very name is that file. An address
    that does not answer comes out as its error.
    """
    try:
        return [*(_remote(location) if isinstance(location, Remote) else _local(location))]
    except OSError as error:
        return [ArticleError(str(location), f"cannot be read: {error.strerror or error}")]


def is_there(location: Location) -> bool:
    """Whether there is such a file or folder, or any that the pattern matches.

    Raises:
        OSError: an address does not answer.
    """
    if location.exists():
        return True
    found = _matches(location) if isinstance(location, Remote) else _glob(*_cut(location))
    return next(iter(found), None) is not None


def size_of(file: Location) -> int:
    """The bytes of a file; none of what cannot be looked at, or lies elsewhere."""
    try:
        return file.stat().st_size if isinstance(file, Path) else 0
    except OSError:
        return 0


def _local(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(set(_glob(path, "*")))
    return [path] if path.exists() else sorted(set(_glob(*_cut(path)))) or [path]


def _glob(folder: Path, pattern: str) -> Iterator[Path]:
    """The files that match in the folder, and those in folders that match."""
    for found in folder.glob(pattern) if pattern else ():
        for file in found.rglob("*") if found.is_dir() else [found]:
            if file.is_file() and not _is_hidden(file.relative_to(folder).parts):
                yield file


def _cut(path: Path) -> tuple[Path, str]:
    """The folder in which a pattern begins, and what of it is behind; nothing of a plain path."""
    parts = path.parts
    begin = next((number for number, part in enumerate(parts) if _WILD.search(part)), len(parts))
    return Path(*parts[:begin]), "/".join(parts[begin:])


def _remote(location: Remote) -> list[Remote]:
    if _WILD.search(location.address):
        return sorted(set(_matches(location)), key=str) or [location]
    return sorted(_files(location, location.address), key=str) if location.is_dir() else [location]


def _matches(location: Remote) -> Iterator[Remote]:
    """The files that match a pattern, and those in folders that match; none of a plain address."""
    folder, *pattern = _WILD.split(location.address, maxsplit=1)
    for found in location.matches() if pattern else ():
        yield from _files(found, folder.rpartition("/")[0])


def _files(found: Remote, folder: str) -> Iterator[Remote]:
    """The file itself, or all in it."""
    for file in found.files() if found.is_dir() else [found]:
        if not _is_hidden(file.address.removeprefix(folder).split("/")):
            yield file


def _is_hidden(parts: Sequence[str]) -> bool:
    return any(part.startswith(".") for part in parts)
