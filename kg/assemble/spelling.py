"""When two spellings under which holders of one post are named may be one name: their words, letter by letter.

Errs towards two: a surname alone is forgiven no letter, and goes with a whole name only where both are told within a
few years.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

_PARTICLES: Final = frozenset("al el ul bin ben ibn bint de da do dos das del di la le van von der den the".split())
_SHORTEST: Final = 4  # letters of a word whose spelling may differ
_CLOSE: Final = 0.75  # Mohammed, Muhammad; Harthy, Harthi; not Marko, Marta
# First letters with which transliterations of one name begin.
_FIRST: Final = frozenset(map(frozenset, "oa hg hk yi yj ji jd ck cq kq sz vw uo ey td".split()))
_NEAR: Final = dt.timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A name as a key: the whole of it, without its country, its words without particles; who tells it, and when."""

    key: str
    name: str
    words: tuple[str, ...]
    articles: frozenset[str]
    days: tuple[dt.date, ...]

    @classmethod
    def of(cls, key: str, articles: Iterable[str], published: Mapping[str, dt.date]) -> Spelling:
        """The spelling with this key in these articles."""
        name = key.partition("-of-")[0]
        words = tuple(word for word in name.split("-") if word not in _PARTICLES)
        told = frozenset(articles)
        days = tuple(sorted(published[article] for article in told if article in published))
        return cls(key=key, name=name, words=words or (name,), articles=told, days=days)

    def may_be(self, other: Spelling) -> bool:
        """Whether no article names both, and their words go together."""
        if self.articles & other.articles:
            return False
        if self.name == other.name:
            return True
        least = min(len(self.words), len(other.words))
        if len(self.words) == len(other.words):
            return least > 1 and (sorted(self.words) == sorted(other.words) or self._is_alike(other))
        is_part = set(self.words) < set(other.words) or set(other.words) < set(self.words)
        return is_part and (least > 1 or self._is_near(other))

    def _is_alike(self, other: Spelling) -> bool:
        return all(_alike(one, two) for one, two in zip(self.words, other.words, strict=True))

    def _is_near(self, other: Spelling) -> bool:
        """Whether some of the days on which both are told lie close together."""
        if not self.days or not other.days:
            return False
        return self.days[0] - _NEAR <= other.days[-1] and other.days[0] - _NEAR <= self.days[-1]


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    begins = one[0] == other[0] or frozenset((one[0], other[0])) in _FIRST
    is_long = min(len(one), len(other)) >= _SHORTEST
    return begins and is_long and SequenceMatcher(None, one, other).ratio() >= _CLOSE
