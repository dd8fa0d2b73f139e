"""What callers name, tried before anything is done: folders of worlds, files, moments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from kg.errors import ConfigError
from kg.read.remote import Location, located
from kg.read.under import is_there


def folders(worlds: Iterable[str | Path]) -> tuple[Path, ...]:
    """The folders of the worlds, from the root on.

    Raises:
        ConfigError: one is no folder.
    """
    found = tuple(Path(world).absolute() for world in worlds)
    for world in found:
        if not world.is_dir():
            raise ConfigError(f"{world.name}: there is no such folder of a world")
    return found


def files(sources: Iterable[str | Path]) -> tuple[Location, ...]:
    """The files, folders, patterns and addresses, as they are named.

    Raises:
        ConfigError: one is not there or does not answer, or none is named.
    """
    found = tuple(located(str(source)) for source in sources)
    if not found:
        raise ConfigError("name at least one file or folder")
    for file in found:
        try:
            if not is_there(file):
                raise ConfigError(f"{file}: there is no such file or folder")
        except OSError as error:
            raise ConfigError(f"{file}: cannot be read: {error.strerror or error}") from error
    return found


def check_moment(name: str, text: str) -> None:
    """Nothing for a day or a moment of ISO 8601.

    Raises:
        ConfigError: it is none.
    """
    try:
        dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(f"{name}: {text!r} is no day or moment of ISO 8601, such as 2025-06-18") from error
