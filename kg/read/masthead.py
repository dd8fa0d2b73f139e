"""What the lines around a report say of it, gathered line by line; each field keeps the first thing it is told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kg.model.date import PartialDate
from kg.read.dateline import Dateline, normal_case
from kg.read.source import outlet_name
from kg.read.stamp import Stamp, StampLine
from kg.read.words import known_agency

_TAIL = re.compile(r"\s+(?:in|at|for|from|of)\s+(?=[A-Z]).*|\s*[,|/(–—]\s*.*| - .*", re.DOTALL)
_WHERE = re.compile(r"(?:[A-Z][\w'’-]*|reporter)\s+in\s+([A-Z][\w'’ -]*?)[\s.]*$")
_DAY: Final = len("2031-02-12")


def nowhere(_: str) -> bool:
    """False: no name is a place."""
    return False


@dataclass(slots=True)
class Masthead:
    """The fields of an article that its header states; the only value that is filled step by step.

    A few are second best, and wait for what the rest of the file says: ``dated`` is the day that stood before a line
    or in the headline, ``open_days`` those that a day with its month in figures can mean, ``filed_from`` a town of the
    header, ``filed_by`` the agency of the dateline.
    """

    is_place: Callable[[str], bool] = nowhere
    headline: str | None = None
    publisher: str | None = None
    agency: str | None = None
    byline: str | None = None
    dateline: str | None = None
    dateline_date: PartialDate | None = None
    published: str | None = None
    updated: str | None = None
    language: str = "en"
    dated: str | None = None
    filed_from: str | None = None
    filed_by: str | None = None
    labelled: bool = False
    open_days: tuple[str, ...] = ()

    def set_first(self, field: str, value: str | None) -> None:
        """Keep the value unless the field has one."""
        if value and getattr(self, field) is None:
            setattr(self, field, value)

    def take_stamps(self, line: StampLine) -> None:
        """Keep the times of publication; a time without a label is the first publication, where no other line says it.

        The clock of a page that stands above a report is corrected by a line that is labelled.
        """
        for stamp in line.stamps:
            if not stamp.moment:
                self.open_days = self.open_days or stamp.days
            if self._is_page_clock(stamp):
                self.published = stamp.moment
            elif stamp.field == "published" and stamp.moment and not self.labelled:
                self.published, self.labelled = stamp.moment, True
            elif stamp.field or not stamp.moment or self.dated in {None, stamp.moment[:_DAY]}:
                self.set_first(stamp.field or "published", stamp.moment)

    def _is_page_clock(self, stamp: Stamp) -> bool:
        """Whether the time kept is the page's own clock: neither has a label, and the report's is of an earlier day."""
        if stamp.field or self.labelled or not stamp.moment or not self.published:
            return False
        return "T" in stamp.moment and "T" in self.published and stamp.moment[:_DAY] < self.published[:_DAY]

    def take_dateline(self, dateline: Dateline) -> None:
        """Keep town, day and agency of the line that opens the report."""
        self.set_first("dateline", dateline.town)
        self.set_first("agency", dateline.agency)
        self.set_first("filed_by", dateline.agency)
        self.dateline_date = self.dateline_date or dateline.date

    def take_publisher(self, words: str) -> None:
        """Keep an outlet, or an agency where it is one."""
        name = outlet_name(words) or re.split(r"\s+[—–|-]\s+", words)[0].strip(" .,")
        self.set_first("agency", known_agency(name))
        self.set_first("publisher", known_agency(name) or name)

    def take_byline(self, words: str) -> None:
        """Keep the writer's name without place, paper and function; where one writer was is where it was filed."""
        filed = _WHERE.search(words)
        if filed is not None and words.count(" in ") == 1 and self.is_place(town := normal_case(filed[1])):
            self.set_first("filed_from", town)
        name = _TAIL.sub("", words.strip()).strip(" .,;")
        if known_agency(name):
            self.set_first("agency", known_agency(name))
        elif name:
            self.set_first("byline", normal_case(name))

    def conclude(self) -> None:
        """Fill what no line said outright.

        The publication is the day before a line or in the headline, else that of a dateline with its year, else the day
        of the header that the dateline's decides ("11/02/2014" above "Feb 11"), else the last update; the publisher is
        the agency of the dateline; the town is the header's.
        """
        day = self.dateline_date
        self.set_first("published", self.dated)
        self.set_first("published", str(day) if day and day.year and day.month and day.day else None)
        self.set_first("published", self._decided_day())
        self.set_first("published", self.updated)
        self.set_first("publisher", self.filed_by)
        self.set_first("dateline", self.filed_from)

    def _decided_day(self) -> str | None:
        """The reading of a day in figures that is the dateline's day, or the day after it."""
        filed = self.dateline_date
        if filed is None or filed.month is None or filed.day is None:
            return None
        for each in self.open_days:
            day = dt.date.fromisoformat(each)
            if any((near.month, near.day) == (filed.month, filed.day) for near in (day, day - dt.timedelta(days=1))):
                return each
        return None
