"""Whether two times can be one, and the more precise of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from kg.model.date import UNKNOWN, PartialDate, Precision, When

Interval = tuple[dt.date, dt.date]


def interval_of(when: When) -> Interval | None:
    """The first and last day it can be; ``None`` where the year is unknown, or all of it."""
    if when.earliest is None or when.latest is None:
        return None
    return when.earliest, when.latest


def month_day_of(when: When) -> tuple[int, int] | None:
    """Month and day of a date without a year."""
    if when.date is None or when.date.year is not None or when.date.month is None or when.date.day is None:
        return None
    return when.date.month, when.date.day


def days_in(interval: Interval) -> int:
    """How many days the interval has."""
    return (interval[1] - interval[0]).days + 1


def overlap(one: Interval, other: Interval) -> bool:
    """Whether the two intervals share a day."""
    return one[0] <= other[1] and other[0] <= one[1]


def compatible(one: When, other: When) -> bool:
    """Whether both can tell of one time; an unknown time goes with any."""
    if one.is_unknown or other.is_unknown:
        return True
    first, second = interval_of(one), interval_of(other)
    if first is not None and second is not None:
        return overlap(first, second)
    if first is None and second is None:
        return month_day_of(one) == month_day_of(other)
    known = first or second
    yearless = month_day_of(one) or month_day_of(other)
    return known is not None and yearless is not None and falls_in(yearless, known)


def falls_in(month_day: tuple[int, int], interval: Interval) -> bool:
    """Whether the interval has such a day."""
    month, day = month_day
    for year in range(interval[0].year, interval[1].year + 1):
        try:
            found = dt.date(year, month, day)
        except ValueError:
            continue
        if interval[0] <= found <= interval[1]:
            return True
    return False


def precision_rank(when: When) -> tuple[int, int, str, str]:
    """A key that sorts the most precise time first."""
    interval = interval_of(when)
    if interval is not None:
        return 0, days_in(interval), interval[0].isoformat(), str(when.date or "~")
    if not when.is_unknown:
        return 1, 0, "", str(when.date)
    return 2, 0, "", ""


def most_precise(times: Iterable[When]) -> When:
    """The most precise time, of several the one most often given; :data:`UNKNOWN` where none is known."""
    given = Counter(times)
    return min(given, key=lambda when: (precision_rank(when)[:2], -given[when], precision_rank(when)), default=UNKNOWN)


def month_of(days: Iterable[dt.date]) -> When:
    """The one month in which all the days lie, else :data:`UNKNOWN`."""
    months = {(day.year, day.month) for day in days}
    if len(months) != 1:
        return UNKNOWN
    year, month = months.pop()
    return When.on(PartialDate(year=year, month=month))


def contains(wide: PartialDate, narrow: PartialDate) -> bool:
    """Whether every day of the narrow date is one of the wide date."""
    if wide.precision is Precision.MONTH_DAY:
        return (wide.month, wide.day) == (narrow.month, narrow.day)
    if wide.earliest is None or wide.latest is None or narrow.earliest is None or narrow.latest is None:
        return False
    return wide.earliest <= narrow.earliest and narrow.latest <= wide.latest


def narrowest(dates: Iterable[PartialDate]) -> tuple[PartialDate, ...]:
    """The dates without those that only say less than another one, in order."""
    kept: list[PartialDate] = []
    for date in sorted(set(dates), key=lambda d: (-len(str(d)) if d.year is not None else 0, str(d))):
        if not any(contains(date, other) for other in kept):
            kept.append(date)
    return tuple(sorted(kept, key=str))
