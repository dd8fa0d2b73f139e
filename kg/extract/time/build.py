"""A matched form to its time expression; ``None`` where the figures are no date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from kg.extract.time.expression import TimeExpression, TimeKind
from kg.extract.time.grammar import DAYS, PARTS, RELATIONS, STEPS
from kg.extract.time.vocabulary import hedge, months, number, parts_of_day, weekdays

_WORDINGS_KEPT: Final = 1 << 12


def build(kind: TimeKind, match: re.Match[str]) -> TimeExpression | None:
    """The expression that the groups of a match make."""
    words = tuple([group for group in match.groupdict().items() if group[1] is not None])
    read = _read(kind, words)
    if read is None:
        return None
    skipped = match.end("skip") if "skip" in match.re.groupindex else -1
    begin = match.start() if skipped < 0 else skipped
    return TimeExpression(begin=begin, end=match.end(), kind=read[0], text=match.string[begin : match.end()], **read[1])


@lru_cache(maxsize=_WORDINGS_KEPT)
def _read(kind: TimeKind, groups: tuple[tuple[str, str], ...]) -> tuple[TimeKind, Mapping[str, Any]] | None:
    """What the words of an expression say, by the names of its groups; the same few come again and again."""
    words = dict(groups)
    fields = _fields(words)
    if fields is None:
        return None
    if "first" in words:
        kind, fields = _numeric(int(words["first"]), int(words["second"]), fields["year"], dotted=words["by"] == ".")
    elif kind is TimeKind.MONTH_DAY and "year" in fields:
        kind = TimeKind.DATE
    return (kind, fields) if _is_date(fields) else None


def _fields(words: dict[str, str]) -> dict[str, Any] | None:
    """The fields by name; ``None`` where a word is none of its list (a long s that only looks like one)."""
    fields: dict[str, Any] = {}
    for name, value in words.items():
        if name in _READERS:
            field, read = _READERS[name]
            fields[field] = read(" ".join(value.split()))
            if fields[field] is None and field not in {"count", "hedge"}:
                return None
    return fields


def _month(words: str) -> int | None:
    return int(words) if words.isdecimal() else months().get(words)


_READERS: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "year": ("year", int),
    "month": ("month", _month),
    "last_month": ("last_month", _month),
    "day": ("day", int),
    "last_day": ("last_day", int),
    "weekday": ("weekday", lambda words: weekdays().get(words)),
    "count": ("count", number),
    "days": ("count", lambda words: DAYS.get(words.lower())),
    "relation": ("relation", lambda words: RELATIONS.get(words.lower())),
    "part": ("part", lambda words: PARTS.get(words.lower())),
    "unit": ("unit", lambda words: "day" if words.lower() in parts_of_day() else words.lower()),
    "units": ("unit", str.lower),
    "hedge": ("hedge", hedge),
    "step": ("relation", lambda words: STEPS.get(words.lower())),
}


def _numeric(first: int, second: int, year: int, *, dotted: bool) -> tuple[TimeKind, dict[str, Any]]:
    """A date in figures, day first with full stops; only its year where day and month may be either."""
    if dotted or first > 12 or first == second:
        return TimeKind.DATE, {"year": year, "month": second, "day": first}
    if second > 12:
        return TimeKind.DATE, {"year": year, "month": first, "day": second}
    return TimeKind.YEAR, {"year": year}


def _is_date(fields: dict[str, Any]) -> bool:
    """Whether there is such a day; 2000 stands for the year that is not known, as it is a leap year."""
    year = fields.get("year", 2000)
    days = [(fields.get("month", 1), fields.get("day", 1))]
    if "last_day" in fields:
        days.append((fields.get("last_month", days[0][0]), fields["last_day"]))
    try:
        for month, day in days:
            dt.date(year, month, day)
    except ValueError:
        return False
    return True
