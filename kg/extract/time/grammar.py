"""The forms of time expressions: which word opens each, its pattern, what it is. Patterns never look back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.extract.time.expression import TimeKind
from kg.extract.time.vocabulary import any_of, day_parts, full_names, hedge_pattern, months, number_pattern, weekdays

RELATIONS: Final = {
    "last": "last",
    "this": "this",
    "next": "next",
    "past": "past",
    "coming": "coming",
    "this past": "last",
    "this coming": "next",
    "this very": "this",
}
PARTS: Final = {
    "early": "early",
    "beginning": "early",
    "start": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "late",
    "earlier": "earlier",
    "later": "later",
}
DAYS: Final = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "last night": -1,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}
STEPS: Final = {
    "next": "after",
    "following": "after",
    "after": "after",
    "later": "after",
    "previous": "before",
    "preceding": "before",
    "before": "before",
    "earlier": "before",
    "that": "same",
    "the": "same",
}
_LAST: Final = r"(?=\s*(?:[.,;)]|$)|\s+(?:in|at|with)\b)"
CLOSED: Final = r"(?=\s*(?:[^\w\s-]|$)|\s+(?:in|at|by|with|on|to|from|and|also)\b)"


@dataclass(frozen=True, slots=True)
class Form:
    """One wording: its kind, and the pattern whose groups are the fields of the expression."""

    kind: TimeKind
    pattern: re.Pattern[str]


@cache
def forms() -> Mapping[str, tuple[Form, ...]]:
    """The forms that may begin with a word, by that word; "0" stands for any number."""
    openers: dict[str, list[Form]] = {}
    for words, kind, pattern in (*_dates(), *_relative(), *_told()):
        form = Form(kind, re.compile(pattern))
        for word in words:
            for spelled in {word, word.capitalize(), word.upper()} if word.islower() else {word}:
                openers.setdefault(spelled, []).append(form)
    return {word: tuple(found) for word, found in openers.items()}


_Row = tuple[tuple[str, ...], TimeKind, str]


def _month(group: str = "month") -> str:
    return rf"(?P<{group}>{any_of(months())})\b(?:\.(?=\s*[\d,]|\s+[a-z]))?"


_YEAR: Final = r"(?P<year>(?:1\d|20|21)\d\d)(?![\w%]|[.,:]\d)"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)"
_LAST_DAY: Final = r"(?P<last_day>\d{1,2})(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)"
_WHOLE: Final = r"(?![\w/-]|[.,]\d)"
_YEAR_FIRST: Final = rf"(?P<year>\d{{4}})(?P<by>[-/.])(?P<month>\d\d?)(?P=by)(?P<day>\d\d?)(?:T[\d:.Z+]+)?{_WHOLE}"
_FIGURES: Final = rf"(?P<first>\d\d?)(?P<by>[/.-])(?P<second>\d\d?)(?P=by)(?P<year>\d{{4}}){_WHOLE}"
_TO: Final = r"(?:\s?[-–—]\s?|\s+(?:to|and|until|through|till)\s+)"
_NOT_AHEAD: Final = r"(?:of|old|ago|after|before|since|when|that|earlier|later|from)"
_UNITS_AHEAD: Final = (
    rf"(?P<unit>(?i:day|week|month|year))(?:s['’]?\b|['’]s)?(?:\s+(?i:time))?(?![\w-]|\s+{_NOT_AHEAD}\b)"
)
_CLOSED: Final = r"(?=[^\w\s-]|\s*$|\s+(?:in|at|on|of|with|for|to|by|as|when|where|summit|meeting|visit|talks)\b)"
_IN_YEAR: Final = r"(?:,?\s+(?:of\s+)?(?P<relation>last|this|next)\s+(?P<unit>year)\b)"


def _dates() -> tuple[_Row, ...]:
    """Dates of the calendar, whole or in part; the longest wording first."""
    month, last_month, names = _month(), _month("last_month"), tuple(months())
    year = rf"(?:,?\s+{_YEAR})"
    return (
        (names, TimeKind.RANGE, rf"{month}\s+{_DAY}{_TO}{last_month}\s+{_LAST_DAY}{year}?"),
        (names, TimeKind.RANGE, rf"{month}\s+{_DAY}{_TO}{_LAST_DAY}(?:{year}|{_CLOSED})"),
        (names, TimeKind.MONTH_DAY, rf"{month}\s+{_DAY}(?:{year}|{_IN_YEAR})?"),
        (names, TimeKind.MONTH, rf"{month},?\s+(?:of\s+)?{_YEAR}"),
        (names, TimeKind.MONTH, rf"{month}{_IN_YEAR}"),
        (("0",), TimeKind.RANGE, rf"{_DAY}\s+{month}{_TO}{_LAST_DAY}\s+{last_month}{year}?"),
        (("0",), TimeKind.RANGE, rf"{_DAY}{_TO}{_LAST_DAY}\s+(?:of\s+)?{month}{year}?"),
        (("0",), TimeKind.MONTH_DAY, rf"{_DAY}\s+(?:of\s+)?{month}(?:{year}|{_IN_YEAR})?"),
        (("0",), TimeKind.MONTH_DAY, rf"(?P<day>\d\d?)-{month}(?:-{_YEAR})?"),
        (("0",), TimeKind.MONTH_DAY, _YEAR_FIRST),
        (("0",), TimeKind.MONTH_DAY, _FIGURES),
    )


def _relative() -> tuple[_Row, ...]:
    """Wordings that need the day of publication."""
    day_part = rf"(?:\s+(?i:{day_parts()})\b)?"
    weekday = rf"(?P<weekday>{any_of(full_names('weekdays'))})\b{day_part}"
    short = rf"(?P<weekday>{any_of(set(weekdays()) - full_names('weekdays'))})\."
    of_week = r"(?:,?\s+(?:of\s+)?(?P<relation>(?i:last|this|next))\s+(?P<unit>(?i:week))\b)"
    unit = r"(?P<unit>(?i:weekend|week|month|quarter|year))\b(?!-\w)"
    relation = rf"(?P<relation>(?i:{any_of(RELATIONS)}))"
    part = r"(?:(?P<part>(?i:early|mid|late|earlier|later))(?:\s+(?i:in|on))?[\s-]+)"
    until_end = r"\w+\s+(?i:the)\s+(?i:end|close)\s+(?i:of)\s+"
    ending = r"(?P<part>(?i:beginning|start|middle|end))\s+(?i:of)\s+"
    month = rf"{_month()}(?:,?\s+(?:of\s+)?{_YEAR}|{_IN_YEAR})?"
    named = tuple(weekdays())
    number = number_pattern()
    open_number = rf"(?P<count>(?i:(?:a\s+)?few|several|{number}))"
    span = rf"(?:{open_number}\s+(?P<unit>(?i:day|week|month|year))s?|(?P<units>(?i:day|week|month|year))s)\b(?!-)"
    return (
        (named, TimeKind.WEEKDAY, rf"{weekday}{of_week}?"),
        (named, TimeKind.WEEKDAY, rf"{short}"),
        (("the",), TimeKind.DAY, r"(?P<days>(?i:the\s+day\s+(?:before\s+yesterday|after\s+tomorrow)))\b"),
        (("today", "yesterday", "tomorrow", "tonight"), TimeKind.DAY, rf"(?P<days>\w+){day_part}"),
        (("last", "this"), TimeKind.DAY, r"(?P<days>(?i:last\s+night|this\s+(?:morning|afternoon|evening)))\b"),
        (
            ("earlier", "later"),
            TimeKind.DAY,
            rf"(?i:earlier|later|late|early)\s+(?:on\s+)?(?P<days>(?i:today|yesterday|tomorrow)){day_part}",
        ),
        (("last", "this", "next", "past", "coming", *PARTS), TimeKind.WEEKDAY, rf"{part}?{relation}\s+{weekday}"),
        (("early", "late", "later", "earlier"), TimeKind.WEEKDAY, rf"{part}{weekday}"),
        (("last", "this", "next", *PARTS), TimeKind.MONTH, rf"{part}?{relation}\s+{_month()}(?!\s+\d)"),
        (("early", "mid", "late", "later", "earlier"), TimeKind.MONTH, rf"{part}{month}(?!\s*\d)"),
        (("beginning", "start", "middle", "end"), TimeKind.MONTH, rf"{ending}{month}(?!\s*\d)"),
        (("early", "mid", "late", "later", "earlier"), TimeKind.YEAR, rf"{part}{_YEAR}"),
        (("beginning", "start", "middle", "end"), TimeKind.YEAR, rf"{ending}{_YEAR}"),
        (("last", "this", "next", "past", "coming", *PARTS), TimeKind.UNIT, rf"{part}?{relation}\s+{unit}"),
        (("before", "by"), TimeKind.UNTIL, rf"{until_end}(?i:the|this)\s+{unit}"),
        (("before", "by"), TimeKind.UNTIL, rf"{until_end}{_month()}(?:,?\s+{_YEAR})?(?!\s*\d)"),
        (("before",), TimeKind.UNTIL, rf"\w+\s+(?i:the)\s+{unit}\s+(?i:is\s+out)\b"),
        (
            ("earlier", "later"),
            TimeKind.UNIT,
            r"(?P<part>(?i:earlier|later))\s+in\s+the\s+(?P<unit>(?i:week|month|year))\b",
        ),
        (("last", "past", "next", "coming"), TimeKind.UNIT, rf"{relation}\s+{span}"),
        (("over", "during", "at", "on"), TimeKind.UNIT, r"(?P<skip>\w+\s+)(?i:the)\s+(?P<unit>(?i:weekend))\b"),
        (
            ("in", "over", "within", "during"),
            TimeKind.AHEAD,
            rf"\w+\s+(?i:the)\s+(?P<relation>(?i:coming|next))\s+{span}",
        ),
        (
            ("in", "within"),
            TimeKind.AHEAD,
            rf"\w+\s+(?:(?P<hedge>(?i:{hedge_pattern()}))\s+)?(?P<count>(?i:{number}))\s+{_UNITS_AHEAD}",
        ),
    )


def _told() -> tuple[_Row, ...]:
    """Wordings that need the time told last: "the next day", "the week before", "the following Monday"."""
    unit = rf"(?P<unit>(?i:day|week|month|year)|(?i:{day_parts()}))\b"
    weekday = rf"(?P<weekday>{any_of(full_names('weekdays'))})\b"
    step = r"(?P<step>(?i:next|following|previous|preceding))"
    return (
        (("the",), TimeKind.STEP, rf"(?i:the)\s+{step}\s+(?:{unit}|{weekday})(?!['’-])"),
        (("the",), TimeKind.STEP, rf"(?i:the)\s+{unit}\s+(?P<step>(?i:before|after)){CLOSED}"),
        (tuple(months()), TimeKind.STEP, rf"{_month()},?\s+(?:of\s+)?(?P<step>that)\s+(?:same\s+)?year\b"),
        (("on",), TimeKind.STEP, rf"(?P<skip>\w+\s+)(?P<step>the)\s+(?P<day>\d\d?)(?:st|nd|rd|th){_LAST}"),
    )
