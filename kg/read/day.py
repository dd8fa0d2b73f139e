"""Days as they stand in datelines and reports: "20 June", "Sept. 3, 2031"."""

from __future__ import annotations

import re
from functools import cache

from kg.model.date import PartialDate
from kg.read.words import alternatives, months, word_list


def read_day(match: re.Match[str]) -> PartialDate | None:
    """The day that a match of :func:`day_forms` is, or ``None`` where the calendar has none such."""
    form = next(form for form in "1234" if match["d" + form])
    year, month = match["y" + form], match["n" + form].lower()
    number = int(month) if month.isdigit() else months()[month]
    try:
        return PartialDate(year=int(year) if year else None, month=number, day=int(match["d" + form]))
    except ValueError:
        return None


def days_told(text: str) -> list[PartialDate]:
    """Every day in a text, with its year where that stands beside it."""
    found = (match for match in _told().finditer(text) if not match.group().islower())
    return [day for match in found if (day := read_day(match)) is not None]


def days_today(text: str) -> list[PartialDate]:
    """Every day in a text that it calls today."""
    return [day for match in _called_today().finditer(text) if (day := read_day(match)) is not None]


@cache
def _called_today() -> re.Pattern[str]:
    return re.compile(rf"\btoday,? (?:\(|on )?(?:{weekday_names()},? )?(?:the )?(?:{day_forms()})(?!\w)", re.IGNORECASE)


@cache
def _told() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?:{day_forms()})(?!\w)", re.IGNORECASE)


@cache
def weekday_names() -> str:
    """A regular expression for any weekday."""
    return alternatives([name for names in word_list("months")["weekdays"].values() for name in names])


@cache
def weekday_and_day() -> str:
    """A regular expression as :func:`day_forms`, with or without the weekday before it."""
    return rf"(?:(?:{weekday_names()})\.?,?\s+)?(?:{day_forms()})"


@cache
def day_forms() -> str:
    """A regular expression for a day with its month, and mostly without its year."""
    month = alternatives(months())
    return (
        rf"(?P<n1>{month})\b\.?\s*(?P<d1>\d\d?)(?:st|nd|rd|th)?(?:(?:,?\s+|/)(?P<y1>\d{{4}}))?"
        rf"|(?P<d2>\d\d?)(?:st|nd|rd|th)?\s+(?P<n2>{month})\b\.?(?:,?\s*(?P<y2>\d{{4}}))?"
        r"|(?P<d3>\d\d?)\.\s?(?P<n3>\d\d?)\.\s?(?P<y3>\d{4})"
        r"|(?P<y4>\d{4})-(?P<n4>\d\d)-(?P<d4>\d\d)"
    )
