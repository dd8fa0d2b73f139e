"""Text to tokens with character offsets; the one tokeniser that gazetteer and extraction share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.model.entity import fold

# Dotted abbreviations ("U.S.", "H.E."), numbers with separators, words (a possessive 's stands apart), dashes, marks.
_TOKEN: Final = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|\d+(?:[.,]\d+)+"
    r"|['’]s(?![^\W_])"
    r"|[^\W_]+(?:['’ʻ`ʼ](?!s(?![^\W_]))[^\W\d_]+)*"
    r"|--+|[^\w\s]|_+"
)
_WORDS_KEPT: Final = 1 << 16  # more than the different words of any newspaper


@dataclass(slots=True, eq=False)
class Token:
    """One token: its characters and where they stand in the article."""

    text: str
    begin: int
    end: int


folded = lru_cache(maxsize=_WORDS_KEPT)(fold)  # words come again and again: each is folded once


def tokenize(text: str, begin: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of ``text[begin:end]``, offsets counted from the start of ``text``."""
    stop = len(text) if end is None else end
    return [Token(m[0], *m.span()) for m in _TOKEN.finditer(text, begin, stop)]


def words_of(text: str) -> tuple[str, ...]:
    """The tokens' characters alone, for keys of the gazetteer."""
    return tuple(_TOKEN.findall(text))
