"""The words that the readers know a file's parts by, from ``seeds/words``; each list is read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from kg.config import shipped
from kg.errors import SeedError


@cache
def word_list(name: str) -> Mapping[str, Any]:
    """The tables of ``seeds/words/<name>.toml``.

    Raises:
        SeedError: the file is missing or no TOML.
    """
    path = shipped("seeds") / "words" / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SeedError(f"seeds/words/{name}.toml", None, str(error)) from error


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first; spaces match any run of blanks."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[ \t]+") for word in ordered)


@cache
def months() -> Mapping[str, int]:
    """Month numbers by every spelling, in lower case and without a full stop."""
    return {
        spelling.lower(): int(number)
        for number, spellings in word_list("months")["months"].items()
        for spelling in spellings
    }


@cache
def weekdays() -> frozenset[str]:
    """Every spelling of a weekday, in lower case and without a full stop."""
    return frozenset(
        spelling.lower() for spellings in word_list("months")["weekdays"].values() for spelling in spellings
    )


@cache
def agencies() -> Mapping[str, str]:
    """News agencies by every spelling in lower case."""
    return {spelling.lower(): name for name, others in word_list("agencies").items() for spelling in (name, *others)}


def known_agency(words: str) -> str | None:
    """The agency's name as readers know it, or ``None``."""
    return agencies().get(" ".join(words.lower().split()))


@cache
def keys(table: str) -> Mapping[str, str]:
    """Field by every key of a table of ``furniture.toml`` ("keys" or "labels")."""
    return {key: field for field, names in word_list("furniture")[table].items() for key in names}


@cache
def furniture(name: str) -> frozenset[str]:
    """One list of ``furniture.toml``, in lower case."""
    return frozenset(word.lower() for word in word_list("furniture")[name])
