"""Which articles are copies of another: agency copy in ten papers is one witness.

Sketches (:mod:`kg.model.sketch`) that agree in three values in a row are compared, within such a bucket only with the
few that stand beside them: a hundred thousand texts with the same notice at their foot cost some hundred thousand
comparisons. Copies of copies are copies of one original: the one that was published first.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.assemble.gather import in_order
from kg.model.sketch import BINS, are_copies, is_of_a_long_text, values_of
from kg.model.text import Article

_ROWS: Final = 3
_BESIDE: Final = 4
_UNDATED: Final = "~"  # after every date
_HEAD: Final = 2  # bytes of a sketch before its first value, and of a value


def originals(articles: Iterable[Article]) -> dict[str, str]:
    """By the id of each copy the id of its original, sorted; the same for any order of the articles."""
    by_sketch: dict[bytes, list[tuple[str, str]]] = {}
    for article in articles:
        if article.sketch is not None:
            by_sketch.setdefault(article.sketch, []).append((in_order(article.published) or _UNDATED, article.id))
    sketches = sorted(by_sketch)
    groups = _Groups(len(sketches))
    _join_alike([sketch for sketch in sketches if is_of_a_long_text(sketch)], sketches, groups)
    members: dict[int, list[tuple[str, str]]] = {}
    for number, sketch in enumerate(sketches):
        members.setdefault(groups.first(number), []).extend(by_sketch[sketch])
    found: dict[str, str] = {}
    for told in members.values():
        original = min(told)[1]
        found.update((article, original) for _, article in told if article != original)
    return dict(sorted(found.items()))


class _Groups:
    """Numbers in groups, each known by its least one (union-find)."""

    def __init__(self, count: int) -> None:
        self._up = array("q", range(count))

    def first(self, number: int) -> int:
        """The least number of its group."""
        while (up := self._up[number]) != number:
            self._up[number] = self._up[up]
            number = up
        return number

    def join(self, one: int, other: int) -> None:
        """Make one group of two."""
        least, most = sorted((self.first(one), self.first(other)))
        self._up[most] = least


def _join_alike(long: Sequence[bytes], sketches: Sequence[bytes], groups: _Groups) -> None:
    """Nothing; sketches of texts that differ a little are in one group."""
    numbers = {sketch: number for number, sketch in enumerate(sketches)}
    for band in range(BINS // _ROWS):
        begin = _HEAD + _HEAD * _ROWS * band
        for bucket in _buckets(long, begin, begin + _HEAD * _ROWS):
            bucket.sort(key=lambda sketch: sketch[begin:] + sketch[:begin])
            for one, other in _beside(bucket):
                first, second = numbers[one], numbers[other]
                if groups.first(first) != groups.first(second) and are_copies(values_of(one), values_of(other)):
                    groups.join(first, second)


def _buckets(sketches: Sequence[bytes], begin: int, end: int) -> Iterator[list[bytes]]:
    """Those that are the same between these bytes, where there are several."""
    alone: dict[bytes, bytes] = {}
    several: dict[bytes, list[bytes]] = {}
    for sketch in sketches:
        key = sketch[begin:end]
        if (first := alone.setdefault(key, sketch)) is not sketch:
            several.setdefault(key, [first]).append(sketch)
    return iter(several.values())


def _beside(bucket: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    for at, one in enumerate(bucket):
        for other in bucket[at + 1 : at + 1 + _BESIDE]:
            yield one, other
