"""Dates as precise as the text: partial dates, and intervals that filters can use."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a time is known."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    MONTH_DAY = "month-day"
    INTERVAL = "interval"


_FORM = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?|--(?P<m>\d\d)-(?P<d>\d\d)")


@dataclass(frozen=True, slots=True, kw_only=True, order=False)
class PartialDate:
    """A day, a month, a year, or a day of an unknown year (``--06-17``)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is no date of the proleptic Gregorian calendar.

        Raises:
            ValueError: a day without a month, a month outside 1-12, a day the month has not.
        """
        if self.year is None and (self.month is None or self.day is None):
            raise ValueError("a date without a year needs month and day")
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        if self.year is not None and not 1 <= self.year <= 9999:
            raise ValueError(f"no such year: {self.year}")
        # 2000 is a leap year, so that --02-29 is a date.
        dt.date(self.year or 2000, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """The date written as ``2025-06-17``, ``2025-06``, ``2025`` or ``--06-17`` (XSD 1.1, 3.3.9-3.3.12).

        Raises:
            ValueError: any other form, or no such day.
        """
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(f"not a date: {text!r}")
        if match["m"]:
            return cls(month=int(match["m"]), day=int(match["d"]))
        return cls(
            year=int(match["year"]),
            month=int(match["month"]) if match["month"] else None,
            day=int(match["day"]) if match["day"] else None,
        )

    @classmethod
    def of(cls, day: dt.date) -> PartialDate:
        """One calendar day."""
        return cls(year=day.year, month=day.month, day=day.day)

    def __str__(self) -> str:
        """The lexical form of XSD."""
        if self.year is None:
            return f"--{self.month:02d}-{self.day:02d}"
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def precision(self) -> Precision:
        """Day, month, year or month-day."""
        if self.year is None:
            return Precision.MONTH_DAY
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def earliest(self) -> dt.date | None:
        """The first day it can be; ``None`` where the year is unknown."""
        if self.year is None:
            return None
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date | None:
        """The last day it can be; ``None`` where the year is unknown."""
        if self.year is None:
            return None
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When something was: a date as the text gives it, and the days between which it lies.

    ``date`` is ``None`` where the text gives only bounds ("last week"); ``earliest`` and ``latest`` are both
    given or both ``None``.
    """

    date: PartialDate | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    precision: Precision | None = None

    def __post_init__(self) -> None:
        """Refuse half an interval, or one that ends before it begins.

        Raises:
            ValueError: only one bound, or bounds in the wrong order.
        """
        if (self.earliest is None) != (self.latest is None):
            raise ValueError("earliest and latest come together")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError("earliest after latest")

    @classmethod
    def on(cls, date: PartialDate) -> When:
        """The time that is exactly this date."""
        return cls(date=date, earliest=date.earliest, latest=date.latest, precision=date.precision)

    @classmethod
    def between(cls, earliest: dt.date, latest: dt.date, precision: Precision = Precision.INTERVAL) -> When:
        """A time known only by its bounds, both included; a single day where they are the same."""
        if earliest == latest:
            return cls.on(PartialDate.of(earliest))
        return cls(earliest=earliest, latest=latest, precision=precision)

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is said of the time."""
        return self.date is None and self.earliest is None


UNKNOWN = When()
