"""The plain lists of ``seeds/words/plain.toml``: for code that asks, where no pattern does."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from kg.config import shipped
from kg.errors import SeedError


@cache
def _plain() -> Mapping[str, frozenset[str]]:
    path = shipped("seeds") / "words" / "plain.toml"
    try:
        lists = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SeedError("seeds/words/plain.toml", None, str(error)) from error
    return {name: frozenset(words) for name, words in lists.items()}


@cache
def plain_words(name: str) -> frozenset[str]:
    """The words of one list of ``seeds/words/plain.toml``, folded."""
    return _plain()[name]
