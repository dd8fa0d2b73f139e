"""A step from a time told before it to a day of the calendar: "the next day", "two weeks earlier"."""

from __future__ import annotations

import datetime as dt
from typing import Final

from kg.extract.time.expression import TimeExpression, TimeKind
from kg.extract.time.resolve import about, bounds, shift
from kg.model.date import UNKNOWN, PartialDate, Precision, When

_DAY: Final = dt.timedelta(days=1)


def step(expression: TimeExpression, told: When) -> When:
    """When a step from a time told is: "two days later", "the week before", "in March that year", "on the 23rd"."""
    base = told.earliest if expression.relation == "before" else told.latest
    exact = told.precision is Precision.DAY
    if base is None or expression.kind is not TimeKind.STEP:
        return UNKNOWN
    try:
        if expression.relation == "same":
            return _within(expression, told)
        if not exact and expression.unit not in {"month", "year"}:
            return UNKNOWN
        return _stepped(expression, base, -1 if expression.relation == "before" else 1)
    except (OverflowError, ValueError):
        return UNKNOWN


def _within(expression: TimeExpression, told: When) -> When:
    """A month of the year told, or a day of the month told, where it is one year, one month."""
    first, last = told.earliest, told.latest
    if first is None or last is None or first.year != last.year:
        return UNKNOWN
    if expression.month is not None:
        return When.on(PartialDate(year=first.year, month=expression.month))
    if first.month != last.month:
        return UNKNOWN
    return When.on(PartialDate(year=first.year, month=first.month, day=expression.day))


def _stepped(expression: TimeExpression, base: dt.date, sign: int) -> When:
    if expression.weekday is not None:
        away = (sign * (expression.weekday - base.isoweekday())) % 7 or 7
        return When.on(PartialDate.of(base + sign * away * _DAY))
    assert expression.unit is not None
    if expression.count is not None:
        return about(shift(base, expression.unit, sign * expression.count), expression)
    if expression.unit == "day":
        return When.on(PartialDate.of(base + sign * _DAY))
    first, last = bounds(
        shift(base.replace(day=1) if expression.unit != "week" else base, expression.unit, sign), expression.unit
    )
    if expression.unit == "week":
        return When.between(first, last, Precision.WEEK)
    return When.on(PartialDate(year=first.year, month=first.month if expression.unit == "month" else None))
