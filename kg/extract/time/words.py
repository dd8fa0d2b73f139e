"""The words in which times are looked for: runs of letters and digits, each with its offset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_RUN: Final = re.compile(r"\w+")
_WHOLE: Final = re.compile(r"(?<!\w)\w+")

Word = tuple[int, str]


def words_between(text: str, begin: int, end: int) -> Iterator[Word]:
    """Every word between two offsets of a text."""
    return ((match.start(), match[0]) for match in _RUN.finditer(text, begin, end))


def words_of_tokens(text: str, tokens: Iterable[Word], end: int) -> list[Word]:
    """The words that begin inside these tokens ("o'clock" is two), up to an offset."""
    found: list[Word] = []
    for begin, token in tokens:
        starts = (begin,) if token.isalnum() else [begin + part.start() for part in _RUN.finditer(token)]
        for start in starts:
            match = _WHOLE.match(text, start, end)
            if match is not None:
                found.append((start, match[0]))
    return found


def parts_of(token: str) -> list[str]:
    """The words that a token is made of."""
    return [token] if token.isalnum() else _RUN.findall(token)


def word_before(text: str, begin: int, at: int) -> str:
    """The word that ends last before an offset; "" where none does from ``begin`` on."""
    stop = at
    while stop > begin and not _is_part(text[stop - 1]):
        stop -= 1
    start = stop
    while start > begin and _is_part(text[start - 1]):
        start -= 1
    return text[start:stop]


def _is_part(character: str) -> bool:
    return character.isalnum() or character == "_"
