"""The word classes of ``seeds/words``: which phrases behave alike."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import SeedError

# Files of seeds/words that hold word classes; the others belong to the reader and to times.
_CLASS_FILES: Final = ("grammar", "contact", "modality", "agreement", "anniversary", "summit", "reference", "verbs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Word classes: ``phrases["met"]`` are the phrases of the class ``met``."""

    phrases: Mapping[str, tuple[str, ...]]


def load_vocabulary(*folders: Path) -> Vocabulary:
    """The word classes of these folders; a class named in several is joined.

    Raises:
        SeedError: a file that is no TOML, or a class that is no list of phrases.
    """
    phrases: dict[str, tuple[str, ...]] = {}
    for folder in folders:
        for stem in _CLASS_FILES:
            path = folder / f"{stem}.toml"
            if not path.is_file():
                continue
            try:
                classes = tomllib.loads(path.read_text(encoding="utf-8"))
            except tomllib.TOMLDecodeError as error:
                raise SeedError(str(path), None, str(error)) from error
            for name, listed in classes.items():
                if not isinstance(listed, list) or not all(isinstance(p, str) and p for p in listed):
                    raise SeedError(str(path), None, f"the class {name!r} must be a list of phrases")
                phrases[name] = phrases.get(name, ()) + tuple(listed)
    return Vocabulary(phrases=phrases)
