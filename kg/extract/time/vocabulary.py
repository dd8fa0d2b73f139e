"""The words of times as patterns and numbers, from ``seeds/words``; read once, when a time is first looked for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from kg.config import shipped
from kg.errors import SeedError

_UNDER: Final = frozenset({"under", "less than", "barely", "up to"})
_OVER: Final = frozenset({"over", "more than", "at least", "just over"})


@cache
def _words(name: str) -> Mapping[str, Any]:
    path = shipped("seeds") / "words" / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SeedError(f"seeds/words/{name}.toml", None, str(error)) from error


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


@cache
def months() -> Mapping[str, int]:
    """Month by every spelling, as names are written and in capitals; never in small letters ("may")."""
    return _cased("months")


@cache
def weekdays() -> Mapping[str, int]:
    """Weekday, 1 for Monday, by every spelling, as names are written and in capitals."""
    return _cased("weekdays")


@cache
def full_names(table: str) -> frozenset[str]:
    """The unshortened names of a table of ``months.toml``."""
    names = [spellings[0] for spellings in _words("months")[table].values()]
    return frozenset([*names, *(name.upper() for name in names)])


def _cased(table: str) -> Mapping[str, int]:
    return {
        spelled: int(number)
        for number, spellings in _words("months")[table].items()
        for spelling in spellings
        for spelled in (spelling, spelling.upper())
    }


@cache
def number_pattern() -> str:
    """A pattern for a count in digits or words, "a couple of" among them."""
    numbers = _words("time")["numbers"]
    small = any_of(word for word in numbers if len(word) > 2 or word == "an")
    tens = any_of(word for word, value in numbers.items() if value >= 20)
    return rf"(?:a\s+couple\s+of|(?:{tens})-(?:{small})|(?:{small})|an?|\d{{1,3}})"


@cache
def number_words() -> frozenset[str]:
    """The last word of every number."""
    return frozenset(words.split()[-1] for words in _words("time")["numbers"])


def number(words: str) -> int | None:
    """The count that the words say, ``None`` where they leave it open ("few")."""
    plain = words.lower()
    if plain.isdecimal():
        return int(plain)
    if plain.startswith("a") and plain.endswith("of"):
        return 2
    values = [_words("time")["numbers"].get(part) for part in plain.split("-")]
    return sum(values) if all(value is not None for value in values) else None


@cache
def hedge_pattern() -> str:
    """A pattern for words that make a number inexact."""
    return f"(?:{any_of(_words('time')['hedges']['words'])})"


def hedge(words: str) -> str | None:
    """``under``, ``over`` or ``about``; ``None`` for "just", "some" and "only" before an exact number."""
    plain = " ".join(words.lower().split())
    if plain in _UNDER:
        return "under"
    if plain in _OVER:
        return "over"
    return None if plain in {"", "just", "only"} else "about"


@cache
def units() -> Mapping[str, str]:
    """Unit of time by each of its singular forms."""
    return {form: unit for unit, forms in _words("time")["units"].items() for form in forms}


@cache
def day_parts() -> str:
    """A pattern for the parts of a day."""
    return any_of(parts_of_day())


@cache
def parts_of_day() -> frozenset[str]:
    """The parts of a day."""
    return frozenset(_words("time")["day_parts"]["words"])
