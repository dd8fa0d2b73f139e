"""Everything that decides what is read in an item, as one digest: code, words, worlds, and the libraries that help."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

_ROOMS: Final = ("errors.py", "model", "lexicon", "read", "extract", "facts", "ledger")
_LIBRARIES: Final = ("lxml", "lxml_html_clean", "trafilatura", "courlan", "htmldate", "justext", "warcio")


def rules_of(folders: Iterable[Path]) -> bytes:
    """The digest, with all files of these folders: the shipped words and world, and the user's own worlds."""
    total = hashlib.blake2b(digest_size=20)
    house = Path(__file__).parents[1]
    told = [sys.version, unicodedata.unidata_version, *map(_version, _LIBRARIES)]
    _add(total, "\n".join(told).encode())
    for place in (*(house / room for room in _ROOMS), *folders):
        for file in sorted(_files(place)):
            _add(total, str(file.relative_to(place)).encode())
            _add(total, file.read_bytes())
    return total.digest()


def named_rules(folders: Iterable[Path]) -> dict[str, str]:
    """What :func:`rules_of` is made of, each part by its name, so that two that differ can say in what."""
    libraries = {library: _version(library).rpartition(" ")[2] for library in _LIBRARIES}
    digest = rules_of(folders).hex()
    return {"Python": sys.version, "Unicode": unicodedata.unidata_version, **libraries, "code and words": digest}


def _add(total: hashlib.blake2b, part: bytes) -> None:
    total.update(len(part).to_bytes(8, "big") + part)


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
        return
    for file in place.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file


def _version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return f"no {library}"
