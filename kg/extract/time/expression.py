"""A time as a text words it, taken apart but not yet placed in a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TimeKind(StrEnum):
    """What a time expression is made of."""

    DATE = "date"  # a day with its year
    MONTH_DAY = "month-day"  # a day of a month; the year only by a relation ("June 17 last year")
    RANGE = "range"  # a day to a day
    MONTH = "month"  # a month, with or without a year
    YEAR = "year"
    WEEKDAY = "weekday"
    DAY = "day"  # today, yesterday, tomorrow: ``count`` days from the anchor
    UNIT = "unit"  # last week, this month, the past two years
    AGO = "ago"  # N units ago
    AHEAD = "ahead"  # in N units, in the coming days
    UNTIL = "until"  # before the end of the month, by the end of June
    STEP = "step"  # units after or before the time told last: the next day, two days earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """Characters ``begin`` to ``end`` of an article, and the parts they name.

    ``relation`` is last, this, next, past or coming, of a step after or before; ``part`` is early, mid, late, earlier
    or later. ``hedge`` is about, under or over. ``unit`` is day, week, weekend, month, quarter, year, decade or hour.
    ``count`` is ``None`` where a number is left open ("days ago"); weekdays count from 1, Monday.
    """

    begin: int
    end: int
    kind: TimeKind
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_month: int | None = None
    last_day: int | None = None
    weekday: int | None = None
    unit: str | None = None
    count: int | None = None
    relation: str | None = None
    part: str | None = None
    hedge: str | None = None

    @property
    def is_relative(self) -> bool:
        """Whether the day of publication is needed to place it."""
        return self.kind is not TimeKind.DATE and self.year is None
