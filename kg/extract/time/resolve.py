"""A time expression and the day it was printed to days of the calendar; what the text leaves open stays open."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from kg.extract.time.expression import TimeExpression, TimeKind
from kg.model.date import UNKNOWN, PartialDate, Precision, When

_DAY: Final = dt.timedelta(days=1)
_MONTH_DAYS: Final = {"month": 15, "year": 183, "decade": 366}


def resolve(expression: TimeExpression, anchor: dt.date | None, *, future: bool = False) -> When:
    """When the expression was, read on the day ``anchor``; ``future`` where the sentence speaks of what is to come.

    Without an anchor nothing relative is placed: a day without its year stays one, all else is ``UNKNOWN``.
    """
    try:
        return _RESOLVERS[expression.kind](expression, anchor, future)
    except (OverflowError, ValueError):  # beyond the years 1 to 9999
        return UNKNOWN


def _date(expression: TimeExpression, _anchor: dt.date | None, _future: bool) -> When:  # noqa: FBT001
    return When.on(PartialDate(year=expression.year, month=expression.month, day=expression.day))


def _month_day(expression: TimeExpression, anchor: dt.date | None, future: bool) -> When:  # noqa: FBT001
    assert expression.month is not None
    assert expression.day is not None
    if anchor is None:
        return When.on(PartialDate(month=expression.month, day=expression.day))
    if expression.relation is not None:
        year = anchor.year + _STEP[expression.relation]
        return When.on(PartialDate(year=year, month=expression.month, day=expression.day))
    return When.on(PartialDate.of(_nearest(expression, anchor, future=future)))


def _nearest(expression: TimeExpression, anchor: dt.date, *, future: bool) -> dt.date:
    """The nearest such day up to the anchor, or from it on; a weekday that fits only the other way decides."""
    days = {forward: _next_such(expression, anchor, forward=forward) for forward in (False, True)}
    fits = [day for day in days.values() if expression.weekday in {None, day.isoweekday()}]
    return fits[0] if len(fits) == 1 else days[future]


def _next_such(expression: TimeExpression, anchor: dt.date, *, forward: bool) -> dt.date:
    assert expression.month is not None
    assert expression.day is not None
    for distance in range(9):  # a 29 February is at most eight years away
        year = anchor.year + (distance if forward else -distance)
        if expression.day > calendar.monthrange(year, expression.month)[1]:
            continue
        day = dt.date(year, expression.month, expression.day)
        if (day >= anchor) if forward else (day <= anchor):
            return day
    raise ValueError("no such day")


def _range(expression: TimeExpression, anchor: dt.date | None, future: bool) -> When:  # noqa: FBT001
    assert expression.month is not None
    assert expression.day is not None
    assert expression.last_day is not None
    last_month = expression.last_month or expression.month
    crosses = (last_month, expression.last_day) < (expression.month, expression.day)
    if expression.year is not None:
        first = dt.date(expression.year - crosses, expression.month, expression.day)
    elif anchor is not None:
        first = _nearest(expression, anchor, future=future)
    else:
        return UNKNOWN
    if crosses and last_month == expression.month:
        return UNKNOWN
    return When.between(first, dt.date(first.year + crosses, last_month, expression.last_day))


def _month(expression: TimeExpression, anchor: dt.date | None, future: bool) -> When:  # noqa: FBT001
    assert expression.month is not None
    year = expression.year
    if year is None and anchor is None:
        return UNKNOWN
    if year is None:
        assert anchor is not None
        year = _year_of_month(expression, anchor, future=future)
    return _narrowed(PartialDate(year=year, month=expression.month), expression.part, anchor)


def _year_of_month(expression: TimeExpression, anchor: dt.date, *, future: bool) -> int:
    assert expression.month is not None
    if expression.unit == "year" and expression.relation is not None:
        return anchor.year + _STEP[expression.relation]
    if expression.relation == "this":
        return anchor.year
    if expression.relation in {"last", "past"}:
        return anchor.year - (expression.month >= anchor.month)
    if expression.relation in {"next", "coming"}:
        return anchor.year + (expression.month <= anchor.month)
    if future:
        return anchor.year + (expression.month < anchor.month)
    return anchor.year - (expression.month > anchor.month)


def _narrowed(date: PartialDate, part: str | None, anchor: dt.date | None) -> When:
    """A month or year, narrowed by early, mid, late, earlier or later."""
    first, last = date.earliest, date.latest
    assert first is not None
    assert last is not None
    third = ((last - first).days + 1) // 3 * _DAY
    if part == "early":
        last = first + third
    elif part == "mid":
        first, last = first + third - _DAY, last - third + _DAY
    elif part == "late":
        first = last - third
    elif part == "earlier" and anchor is not None and first <= anchor <= last:
        last = anchor
    elif part == "later" and anchor is not None and first <= anchor <= last:
        first = anchor
    return When(date=date, earliest=first, latest=last, precision=date.precision)


def _year(expression: TimeExpression, anchor: dt.date | None, _future: bool) -> When:  # noqa: FBT001
    return _narrowed(PartialDate(year=expression.year), expression.part, anchor)


def _weekday(expression: TimeExpression, anchor: dt.date | None, future: bool) -> When:  # noqa: FBT001
    assert expression.weekday is not None
    if anchor is None:
        return UNKNOWN
    if expression.unit == "week" and expression.relation is not None:
        monday = _monday(anchor) + _STEP[expression.relation] * 7 * _DAY
        return When.on(PartialDate.of(monday + (expression.weekday - 1) * _DAY))
    back = (anchor.isoweekday() - expression.weekday) % 7
    ahead = (expression.weekday - anchor.isoweekday()) % 7
    if expression.relation in {"last", "past"}:
        return When.on(PartialDate.of(anchor - (back or 7) * _DAY))
    if future and expression.part == "later":
        return When.on(PartialDate.of(anchor + ahead * _DAY))
    if expression.relation in {"next", "coming"} or (future and expression.relation is None):
        return When.on(PartialDate.of(anchor + (ahead or 7) * _DAY))
    return When.on(PartialDate.of(anchor + ahead * _DAY if future else anchor - back * _DAY))


def _day(expression: TimeExpression, anchor: dt.date | None, _future: bool) -> When:  # noqa: FBT001
    if anchor is None or expression.count is None:
        return UNKNOWN
    return When.on(PartialDate.of(anchor + expression.count * _DAY))


def _unit(expression: TimeExpression, anchor: dt.date | None, future: bool) -> When:  # noqa: FBT001
    if anchor is None or expression.unit is None:
        return UNKNOWN
    if expression.relation == "coming" or (expression.relation == "next" and expression.unit == "day"):
        return _ahead(expression, anchor, future=True)
    if expression.count is not None or expression.relation == "past":
        return _stretch(expression, anchor)
    if expression.text.lower().endswith("s"):
        return UNKNOWN
    if expression.unit == "weekend":
        return _weekend(expression, anchor, future=future)
    return _period(expression, anchor, future=future)


def _stretch(expression: TimeExpression, anchor: dt.date) -> When:
    """The last or next so many units, counted from the anchor."""
    assert expression.unit is not None
    count = expression.count or 1
    if expression.unit == "weekend":
        return _weekend(expression, anchor, future=False)
    if expression.relation == "next":
        return When.between(anchor, shift(anchor, expression.unit, count))
    return When.between(shift(anchor, expression.unit, -count), anchor)


def _weekend(expression: TimeExpression, anchor: dt.date, *, future: bool) -> When:
    """Saturday and Sunday; without "last", "this" or "next" the one that has begun, or the one to come."""
    saturday = _monday(anchor) + 5 * _DAY
    if expression.relation in {"last", "next"} and not expression.text.lower().startswith("this"):
        saturday += _STEP[expression.relation] * 7 * _DAY
    elif saturday > anchor and not future:
        saturday -= 7 * _DAY
    return When.between(saturday, saturday + _DAY)


def _period(expression: TimeExpression, anchor: dt.date, *, future: bool) -> When:
    """A week, month, quarter or year of the calendar; the current one ends, or begins, with the anchor."""
    assert expression.unit is not None
    relation = expression.relation or "this"
    inside = shift(anchor.replace(day=1) if expression.unit != "week" else anchor, expression.unit, _STEP[relation])
    first, last = bounds(inside, expression.unit)
    part = expression.part
    if relation == "this" and part not in {"early", "mid", "late"}:
        if part == "later" or (future and part != "earlier"):
            first = anchor
        else:
            last = anchor
    if expression.unit in {"month", "year"}:
        date = PartialDate(year=inside.year, month=inside.month if expression.unit == "month" else None)
        narrowed = _narrowed(date, part, None)
        if part in {"early", "mid", "late"}:
            return narrowed
        return When(date=date, earliest=first, latest=last, precision=date.precision)
    return _third(first, last, part, Precision.WEEK if expression.unit == "week" else Precision.INTERVAL)


def _third(first: dt.date, last: dt.date, part: str | None, precision: Precision) -> When:
    third = ((last - first).days + 1) // 3 * _DAY
    if part == "early":
        return When.between(first, first + third, precision)
    if part == "mid":
        return When.between(first + third - _DAY, last - third + _DAY, precision)
    if part == "late":
        return When.between(last - third, last, precision)
    return When.between(first, last, precision)


def _ago(expression: TimeExpression, anchor: dt.date | None, _future: bool) -> When:  # noqa: FBT001
    if anchor is None or expression.unit is None or expression.count is None or expression.hedge == "over":
        return UNKNOWN
    if expression.unit == "hour":
        return When.between(anchor - -(-expression.count // 24) * _DAY, anchor)
    day = shift(anchor, expression.unit, -expression.count)
    if expression.part == "to the day":
        return When.on(PartialDate.of(day))
    if expression.hedge == "under":
        return When.between(day, anchor)
    return about(day, expression, latest=anchor)


def about(day: dt.date, expression: TimeExpression, *, latest: dt.date | None = None) -> When:
    """A day so many units away, as exact as units are: days to the day, weeks to three, months to fifteen."""
    assert expression.unit is not None
    spread = 3 if expression.unit == "week" else _MONTH_DAYS.get(expression.unit, 0)
    if expression.unit == "day" and expression.hedge == "about":
        spread = 2
    last = day + spread * _DAY
    return When.between(day - spread * _DAY, min(last, latest) if latest else last)


def _ahead(expression: TimeExpression, anchor: dt.date | None, future: bool) -> When:  # noqa: FBT001
    if anchor is None or expression.unit is None:
        return UNKNOWN
    if expression.relation is not None:
        count = expression.count or {"day": 14, "week": 8, "month": 12, "year": 5}[expression.unit]
        return When.between(anchor, shift(anchor, expression.unit, count))
    if expression.count is None or expression.hedge == "over" or not (future or expression.text[-3:] in {"now", "ime"}):
        return UNKNOWN
    day = shift(anchor, expression.unit, expression.count)
    if expression.hedge == "under" or expression.text[:6].lower() == "within":
        return When.between(anchor, day)
    return about(day, expression)


def _until(expression: TimeExpression, anchor: dt.date | None, future: bool) -> When:  # noqa: FBT001
    """From the anchor to the last day of what is to end; nothing of what has been."""
    if anchor is None or not future:
        return UNKNOWN
    if expression.month is None:
        return When.between(anchor, bounds(anchor, expression.unit or "month")[1])
    last = _month(expression, anchor, future).latest
    return When.between(anchor, last) if last is not None and anchor <= last else UNKNOWN


def shift(day: dt.date, unit: str, count: int) -> dt.date:
    """The day so many units away; the last of the month where it has no such day."""
    if unit in {"day", "week"}:
        return day + count * (7 if unit == "week" else 1) * _DAY
    distance = day.year * 12 + day.month - 1 + count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    year, month = distance // 12, distance % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def bounds(inside: dt.date, unit: str) -> tuple[dt.date, dt.date]:
    """First and last day of the week, month, quarter or year in which a day lies."""
    if unit == "week":
        return _monday(inside), _monday(inside) + 6 * _DAY
    length = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = dt.date(inside.year, (inside.month - 1) // length * length + 1, 1)
    return first, shift(first, "month", length) - _DAY


def _monday(day: dt.date) -> dt.date:
    return day - (day.isoweekday() - 1) * _DAY


_STEP: Final = {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1}
_RESOLVERS: Final[Mapping[TimeKind, Callable[[TimeExpression, dt.date | None, bool], When]]] = {
    TimeKind.DATE: _date,
    TimeKind.MONTH_DAY: _month_day,
    TimeKind.RANGE: _range,
    TimeKind.MONTH: _month,
    TimeKind.YEAR: _year,
    TimeKind.WEEKDAY: _weekday,
    TimeKind.DAY: _day,
    TimeKind.UNIT: _unit,
    TimeKind.AGO: _ago,
    TimeKind.AHEAD: _ahead,
    TimeKind.UNTIL: _until,
    TimeKind.STEP: lambda _expression, _anchor, _future: UNKNOWN,
}
