"""Which gathering a record speaks of: the edition of a series that was held then and there, and who was at it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.facts.journey.words import load_words
from kg.lexicon.world import Edition, World
from kg.model.entity import fold
from kg.model.text import Span

_BESIDE: Final = 25  # characters
_NEAR: Final = dt.timedelta(days=1)
_HEADS: Final = re.compile(
    r"Heads? of State (?:and|or|and/or) (?:Heads? of )?Government of (?P<list>[^.;]+)", re.IGNORECASE
)
_SENTENCE: Final = re.compile(r"\S.*?(?:(?<![ .][A-Z])[.;](?=\s+[A-Z\[])|$)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """The words that put a traveller at an edition; ``heads`` are those that list whose heads met there."""

    edition: Edition
    span: Span
    heads: str | None = None


def in_time(edition: Edition, begin: dt.date, end: dt.date) -> bool:
    """Whether the edition was going on in these days, a day off included."""
    if edition.start is None or edition.start.earliest is None:
        return False
    last = edition.end.latest if edition.end else edition.start.latest
    return edition.start.earliest - _NEAR <= end and begin <= (last or edition.start.earliest) + _NEAR


def within(edition: Edition, begin: dt.date, end: dt.date) -> bool:
    """Whether all these days belong to the edition, a day before and after included."""
    if edition.start is None or edition.start.earliest is None:
        return False
    last = (edition.end.latest if edition.end else edition.start.latest) or edition.start.earliest
    return edition.start.earliest - _NEAR <= begin and end <= last + _NEAR


class Gatherings:
    """The editions of one world, and the names by which records call them."""

    __slots__ = ("_names", "world")

    def __init__(self, world: World) -> None:
        """Begin with no name compiled."""
        self.world = world
        self._names: dict[str, re.Pattern[str]] = {}

    def held_then(self, series: str, begin: dt.date, end: dt.date) -> Edition | None:
        """The edition of that series in these days, if the world knows one."""
        return next((e for e in self.world.editions_of(series) if in_time(e, begin, end)), None)

    def is_misdated(self, series: str, begin: dt.date, end: dt.date) -> bool:
        """Whether the series has editions known to the day in that year, and none of them in these days."""
        dated = [
            e for e in self.world.editions_of(series) if e.year in {begin.year, end.year} and e.start and e.start.day
        ]
        return bool(dated) and not any(in_time(e, begin, end) for e in dated)

    def attended(
        self, text: str, remarks: Span, country: str | None, days: tuple[dt.date, dt.date]
    ) -> Iterator[Attendance]:
        """The editions that the remarks say the traveller attended, in the country of the journey."""
        near = [e for e in self.world.editions if in_time(e, *days) and e.country == country]
        for sentence in _SENTENCE.finditer(text, remarks.begin, remarks.end) if near else ():
            words = sentence.group()
            for edition in near:
                found = self._name(edition.series).search(words)
                doing = _doing().search(words)
                if (
                    found
                    and doing
                    and doing.start() < found.start()
                    and not is_of_ministers(words, found.start(), found.end())
                ):
                    heads = _HEADS.search(words)
                    lead = len(words) - len(words.lstrip())
                    yield Attendance(
                        edition=edition,
                        span=Span(sentence.start() + lead, sentence.end()),
                        heads=heads["list"] if heads else None,
                    )

    def _name(self, series: str) -> re.Pattern[str]:
        """The names of a series before the word summit, or those of its names that hold it."""
        if series not in self._names:
            listed = self.world.series.get(series)
            names = {series, *(listed.aliases if listed else ()), *load_words().series.get(series, ())}
            full = _any_of(name for name in names if "summit" in fold(name))
            named = _any_of(name for name in names if "summit" not in fold(name))
            gap = r"(?:[\s’'.-]+[\w’'-]+){0,4}?[\s’'-]+"
            self._names[series] = re.compile(rf"\b(?:(?:{named}){gap}(?:summits?|leaders)|{full})\b", re.IGNORECASE)
        return self._names[series]


def _any_of(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or "(?!)"


def is_of_ministers(text: str, begin: int, end: int) -> bool:
    """Whether a gathering is one of ministers: the words that name it say so, or those right after them."""
    beside = text[begin : end + _BESIDE].casefold()
    return (
        _ministers().search(beside.rpartition(" and ")[0] if end - begin > _BESIDE else beside.partition(" and ")[0])
        is not None
    )


@cache
def _ministers() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any_of(load_words().ministers)})\b", re.IGNORECASE)


@cache
def _doing() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any_of(load_words().attendance)})\b", re.IGNORECASE)
