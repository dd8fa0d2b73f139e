"""Text to tokens with character offsets; the one tokeniser that gazetteer and extraction share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

from kg.model.entity import fold

# Plain words, which are most; dotted abbreviations ("U.S.", "H.E."), numbers with separators, words (a possessive 's
# stands apart), dashes, marks.
_TOKEN: Final = re.compile(
    r"([a-zA-Z][a-z]++(?![\w'’ʻ`ʼ])"
    r"|(?!\s)(?:(?:[^\W\d_]\.){2,}"
    r"|\d+(?:[.,]\d+)+"
    r"|['’]s(?![^\W_])"
    r"|[^\W_]+(?:['’ʻ`ʼ](?!s(?![^\W_]))[^\W\d_]+)*"
    r"|--+|[^\w\s]|_+))"
)
_WORDS_KEPT: Final = 1 << 16  # more than the different words of any newspaper


@dataclass(slots=True, eq=False)
class Tokens:
    """Tokens side by side: the characters of each, and the offset in the article at which they begin."""

    words: list[str]
    begins: list[int]

    def touch(self, at: int) -> bool:
        """Whether nothing stands between the token at this index and the one before it."""
        return self.begins[at - 1] + len(self.words[at - 1]) == self.begins[at]


folded = lru_cache(maxsize=_WORDS_KEPT)(fold)  # words come again and again: each is folded once


def tokenize(text: str, begin: int = 0, end: int | None = None) -> Tokens:
    """The tokens of ``text[begin:end]``, offsets counted from the start of ``text``."""
    parts = _TOKEN.split(text[begin:end])  # a gap, a token, a gap, … a gap
    ends = list(accumulate(map(len, parts), initial=begin))
    return Tokens(parts[1::2], ends[1:-1:2])


def words_of(text: str) -> tuple[str, ...]:
    """The tokens' characters alone, for keys of the gazetteer."""
    return tuple(_TOKEN.findall(text))
