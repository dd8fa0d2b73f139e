"""Which gathering a record speaks of: the edition of a series that was held then and there, and who the record puts at it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.facts.journey.words import load_words
from kg.lexicon.world import Edition, World
from kg.model.entity import fold
from kg.model.text import Span

_NEAR: Final = dt.timedelta(days=1)
_HEADS: Final = re.compile(r"Heads? of State (?:and|or|and/or) (?:Heads? of )?Government of (?P<list>[^.;]+)", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[^.;]+(?:\.(?!\s+[A-Z])[^.;]*)*[.;]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """The record's words that put its traveller at an edition; ``heads`` are the words that list whose heads met there."""

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


def held_then(world: World, series: str, begin: dt.date, end: dt.date) -> Edition | None:
    """The edition of that series in these days, if the world knows one."""
    return next((e for e in world.editions_of(series) if in_time(e, begin, end)), None)


def is_misdated(world: World, series: str, begin: dt.date, end: dt.date) -> bool:
    """Whether the series has editions known to the day in that year and none of them in these days."""
    years = {begin.year, end.year}
    dated = [e for e in world.editions_of(series) if e.year in years and e.start and e.start.day]
    return bool(dated) and not any(in_time(e, begin, end) for e in dated)


def find_attendances(
    world: World, text: str, place: tuple[str | None, Span], days: tuple[dt.date, dt.date]
) -> Iterator[Attendance]:
    """The editions that the remarks say were attended; ``place`` is the country of the journey and the remarks' place."""
    country, remarks = place
    near = [e for e in world.editions if in_time(e, *days) and e.country in (country, "")]
    for sentence in _SENTENCE.finditer(text, remarks.begin, remarks.end):
        words = sentence.group()
        for edition in near:
            found = _names(world, edition.series).search(words)
            if found and (doing := _doing().search(words)) and doing.start() < found.end() and not _is_of_ministers(words, found):
                heads = _HEADS.search(words)
                yield Attendance(
                    edition=edition,
                    span=Span(sentence.start(), sentence.end()),
                    heads=heads["list"] if heads else None,
                )


def _is_of_ministers(words: str, found: re.Match[str]) -> bool:
    beside = words[found.start() : found.end() + 30].casefold()
    return any(re.search(rf"\b{re.escape(word)}", beside.split(" and ")[0].split(";")[0]) for word in load_words().ministers)


@cache
def _doing() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(words)}\b" for words in load_words().attendance), re.IGNORECASE)


_PATTERNS: Final[dict[tuple[int, str], re.Pattern[str]]] = {}


def _names(world: World, series: str) -> re.Pattern[str]:
    """The names of a series before the word summit or meeting, or those by which the records call it."""
    key = (id(world), series)
    if key not in _PATTERNS:
        listed = world.series.get(series)
        names = {series, *(listed.aliases if listed else ())}
        named = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
        own = "".join(rf"|\b{re.escape(name)}" for name in load_words().series.get(series, ()))
        gathering = r"(?:\W+[\w’'-]+){0,4}?\W+(?:summits?|leaders)\b"
        full = "|".join(re.escape(n) for n in names if "summit" in fold(n)) or "(?!)"
        _PATTERNS[key] = re.compile(rf"\b(?:{named}){gathering}|\b(?:{full})\b{_own(own, series)}", re.IGNORECASE)
    return _PATTERNS[key]


def _own(own: str, series: str) -> str:
    return own if series == "G7" else own and own.replace("|", "|", 1) + ""


__all__: Sequence[str] = ("Attendance", "find_attendances", "held_then", "in_time", "is_misdated", "within")
