"""When two names mean the same: of people, offices, places and series of summits.

Spelling is forgiven, meaning is not: two people whom the world knows as two are never one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from enum import IntEnum
from typing import Final

from kg.lexicon.world import World
from kg.model.entity import fold

Words = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"\band\b|&|,|/| [-–—] ")  # of two offices held together
_SILENT = str.maketrans("", "", "'’‘ʻ`ʼ")
_SPELLINGS: Final[Mapping[str, str]] = {"defense": "defence", "advisor": "adviser", "center": "centre"}
_LINKING: Final = frozenset({"of", "the", "for", "on"})
_PASSING: Final = frozenset({"former", "then", "ex", "acting", "interim", "caretaker", "transitional"})
_CLOSE: Final = 0.8  # of two given names: Sergei, Sergey; not Marko, Marta


class Likeness(IntEnum):
    """How surely two names are one person's."""

    NONE = 0
    PART = 1  # one name is part of the other, or the given name is abbreviated or spelled otherwise
    KNOWN = 2  # two names of one known leader, or the same words in another order
    SAME = 3


def words_of(name: str) -> Words:
    """The words of a name without case, diacritics, apostrophes and hyphens."""
    return tuple(_WORD.findall(fold(name.translate(_SILENT))))


class Matcher:
    """The comparisons of names, with what the world knows of them."""

    def __init__(self, world: World, honorifics: Iterable[str] = ()) -> None:
        """Index every name of the world; ``honorifics`` are phrases that stand before a name and are no part of it."""
        self._honorifics = frozenset(words_of(phrase) for phrase in honorifics) - {()}
        self._people = _index((p.name, (p.name, *p.aliases)) for p in world.people.values())
        self._short = _index((p.name, p.short) for p in world.people.values())
        self._offices = _index((o.id, (o.label, *o.titles)) for o in world.offices.values())
        self._series = _index((s.id, (s.id, s.name, *s.aliases)) for s in world.series.values())
        towns = ((f"town {fold(t.name)}", (t.name, *t.aliases)) for t in world.towns.values())
        countries = ((c.id, (c.name, c.official, *c.aliases)) for c in world.countries.values())
        self._places = _index((*towns, *countries))
        held = {w for o in world.offices.values() if o.kind != "organisation-head" for w in words_of(o.label)}
        named = (name for o in world.organisations.values() for name in (o.id, o.name, *o.aliases))
        names = [frozenset(words_of(name)) - _LINKING for name in named]
        self._organisations = frozenset(names)
        self._of_organisations = frozenset(word for name in names for word in name) - held

    def likeness(self, one: str, other: str) -> Likeness:
        """How surely two names are one person's."""
        a, b = self._bare(one), self._bare(other)
        if a == b:
            return Likeness.SAME
        known, also = self._known(one, a), self._known(other, b)
        if known and also:
            return Likeness.KNOWN if known & also else Likeness.NONE
        if sorted(a) == sorted(b):
            return Likeness.KNOWN
        short = (known & self._short.get(b, frozenset())) | (also & self._short.get(a, frozenset()))
        is_part = set(a) <= set(b) or set(b) <= set(a)
        return Likeness.PART if short or is_part or _abbreviates(a, b) else Likeness.NONE

    def alignment(self, names: Iterable[str], known: Sequence[str]) -> dict[str, str]:
        """For each name the one of ``known`` that means the same person; itself where none does."""
        aligned = {}
        for name in names:
            best = max(known, key=lambda other: self.likeness(other, name), default=None)
            alike = best is not None and self.likeness(best, name) is not Likeness.NONE
            aligned[name] = best if best is not None and alike else name
        return aligned

    def same_office(self, one: str | None, other: str | None) -> bool:
        """Whether two titles name one office, or one of two offices held together."""
        if one is None or other is None:
            return one == other
        if self._offices_of(one) & self._offices_of(other):
            return True
        a, b = _title_words(one) - _LINKING, _title_words(other) - _LINKING
        # which organisation's secretary-general, the country says
        left = a ^ b
        named = left <= self._of_organisations or left in self._organisations
        return bool(a and b) and (a <= b or b <= a) and named

    def same_place(self, one: str, other: str) -> bool:
        """Whether two names are one place's, the longer one perhaps with what it lies in."""
        a, b = words_of(one), words_of(other)
        if set(a) <= set(b) or set(b) <= set(a):
            return True
        return bool(self._places.get(a, frozenset()) & self._places.get(b, frozenset()))

    def same_series(self, one: str, other: str) -> bool:
        """Whether two names are one series'."""
        a, b = words_of(one), words_of(other)
        return a == b or bool(self._series.get(a, frozenset()) & self._series.get(b, frozenset()))

    def _bare(self, name: str) -> Words:
        """The words of a name without the honorifics before it; something is always left."""
        words = words_of(name)
        longest = max(map(len, self._honorifics), default=0)
        length = min(longest, len(words) - 1)
        while length > 0:
            if words[:length] in self._honorifics:
                words = words[length:]
                length = min(longest, len(words) - 1)
            else:
                length -= 1
        return words

    def _known(self, name: str, bare: Words) -> frozenset[str]:
        """The known leaders of that name; those listed with the honorific before those without."""
        return self._people.get(words_of(name)) or self._people.get(bare, frozenset())

    def _offices_of(self, title: str) -> frozenset[str]:
        """The offices that a title may name; the title itself, in any order of words, where none is listed."""
        if whole := self._listed(title):
            return whole
        listed = [offices for part in _PARTS.split(title) if (offices := self._listed(part))]
        if listed:  # "Minister of Foreign Affairs and Regional Integration" is foreign minister
            return frozenset().union(*listed)
        return frozenset({" ".join(sorted(_title_words(title) - _LINKING))})

    def _listed(self, title: str) -> frozenset[str]:
        words = words_of(title)
        while words and words[0] in _PASSING:
            words = words[1:]
        return self._offices.get(words, frozenset())


def _index(named: Iterable[tuple[str, Iterable[str]]]) -> dict[Words, frozenset[str]]:
    """Keys by the words of each of their names."""
    keys: dict[Words, set[str]] = defaultdict(set)
    for key, names in named:
        for name in names:
            if words := words_of(name):
                keys[words].add(key)
    return {words: frozenset(found) for words, found in keys.items()}


def _title_words(title: str) -> frozenset[str]:
    return frozenset(_SPELLINGS.get(word, word) for word in words_of(title)) - _PASSING


def _abbreviates(a: Words, b: Words) -> bool:
    """Whether the surnames are the same and the given names an initial, or another spelling, of each other."""
    if len(a) < 2 or len(b) < 2 or a[-1] != b[-1]:
        return False
    one, other = a[0], b[0]
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return SequenceMatcher(None, one, other).ratio() >= _CLOSE
