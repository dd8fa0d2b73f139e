"""A step from a time told before it to a day of the calendar: "the next day", "two weeks earlier"."""

from __future__ import annotations

import datetime as dt
from typing import Final

from kg.extract.time.expression import TimeExpression, TimeKind
from kg.extract.time.resolve import about, bounds, shift
from kg.model.date import UNKNOWN, PartialDate, Precision, When

_DAY: Final = dt.timedelta(days=1)


def step(expression: TimeExpression, told: When) -> When:
    """When a step from a time told is: "two days later", "the week before", "the following Monday"."""
    base = told.earliest if expression.relation == "before" else told.latest
    exact = told.precision is Precision.DAY
    if base is None or expression.kind is not TimeKind.STEP or not (exact or expression.unit in {"month", "year"}):
        return UNKNOWN
    sign = -1 if expression.relation == "before" else 1
    try:
        return _stepped(expression, base, sign)
    except (OverflowError, ValueError):
        return UNKNOWN


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
