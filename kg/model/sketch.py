"""Texts that are copies of one another, told by sketches: a few bytes made of a text when it is read.

A sketch is a MinHash in one permutation (Li, Owen and Zhang 2012) of the runs of five words: each run falls into one of
64 bins, of each bin the least value is kept, and an empty bin borrows that of a full one (Shrivastava 2017). The share
of equal bins estimates the share of runs that two texts have in common (Jaccard). The 130 bytes are the number of runs
and the 64 values, big-endian, two bytes each. A text of few words has the digest of its words instead: only the same
words are a copy of it.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from operator import eq
from typing import Final
from zlib import crc32

BINS: Final = 64
SHARED: Final = 0.8  # of the shorter text, for it to be a copy
ALIKE: Final = 0.4  # of all runs in either: less is a quotation in common, or a report that is part of a long one
_RUN: Final = 5  # words
_NEAR: Final = 60  # words from which a text may differ from its copy
_FEWEST: Final = 12  # words; fewer are in many texts
_MOST: Final = 0xFFFF
_DIGEST: Final = 8  # bytes
_WORD: Final = re.compile(r"[^\W_]+")
_WITHIN: Final = ("'", "’", "‘", "ʼ", "\u00ad", "\u200b")  # marks within words, which not every paper sets


def sketch_of(text: str) -> bytes | None:
    """The sketch of a text, the same however it is spaced, capitalised and quoted; ``None`` for a few words."""
    words = _words(text)
    if len(words) < _FEWEST:
        return None
    plain = " ".join(words).encode()
    if len(words) < _NEAR:
        return blake2b(plain, digest_size=_DIGEST).digest()
    values = array("H", [min(len(words) - _RUN + 1, _MOST), *_filled(_least(plain, words))])
    if sys.byteorder == "little":
        values.byteswap()
    return values.tobytes()


def values_of(sketch: bytes) -> array[int]:
    """The number of runs and the values of a sketch; of a short text's, nothing that is like another's."""
    values = array("H", sketch)
    if sys.byteorder == "little":
        values.byteswap()
    return values


def is_of_a_long_text(sketch: bytes) -> bool:
    """Whether the sketch is like those of texts that differ a little."""
    return len(sketch) == 2 * (BINS + 1)


def is_sketch(content: bytes) -> bool:
    """Whether these bytes can be the sketch of a text."""
    return len(content) == _DIGEST or (is_of_a_long_text(content) and values_of(content)[0] > _NEAR - _RUN)


def are_copies(one: array[int], other: array[int]) -> bool:
    """Whether most of the shorter text stands in the longer one, and it is a good part of that."""
    alike: float = (sum(map(eq, one, other)) - (one[0] == other[0])) / BINS
    if alike < ALIKE:
        return False
    # Of |A| + |B| runs, J / (1 + J) are in both.
    return alike / (1 + alike) * (one[0] + other[0]) >= SHARED * min(one[0], other[0])


def _words(text: str) -> list[str]:
    for mark in _WITHIN:
        text = text.replace(mark, "")
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _least(plain: bytes, words: list[str]) -> list[int]:
    """By bin the least value of its runs, or one too large where it has none."""
    least = [_MOST + 1] * BINS
    ends = list(_ends(words))
    begins = [0, *(end + 1 for end in ends)]
    for begin, end in zip(begins, ends[_RUN - 1 :], strict=False):
        value = crc32(plain[begin:end]) * 0x9E3779B1 & 0xFFFFFFFF
        bin_, rank = value >> 26, value >> 10 & _MOST
        if rank < least[bin_]:  # noqa: PLR1730  # a call of min() for each run costs as much as all the rest
            least[bin_] = rank
    return least


def _ends(words: list[str]) -> Iterator[int]:
    """Where each word ends in the bytes of the words with one space between."""
    at = -1
    for word in words:
        at += 1 + len(word.encode())
        yield at


def _filled(least: list[int]) -> list[int]:
    """The values with those of full bins for empty ones, from the same bin for every text that has it."""
    if max(least) <= _MOST:
        return least
    return [next(least[of] for of in (at, *_lenders(at)) if least[of] <= _MOST) for at in range(BINS)]


@lru_cache(maxsize=BINS)
def _lenders(at: int) -> tuple[int, ...]:
    """All bins in an order of this bin's own."""
    return tuple(sorted(range(BINS), key=lambda other: crc32(bytes((at, other))) * 0x85EBCA6B & 0xFFFFFFFF))
