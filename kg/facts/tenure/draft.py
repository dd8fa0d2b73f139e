"""A sign of a tenure as one sentence tells it, and what a span before an event says of its beginning."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from kg.extract.register import Figure
from kg.model.date import UNKNOWN, PartialDate, When
from kg.model.fact import Evidence


@dataclass(slots=True)
class TenureDraft:
    """One sign of one tenure; ``since`` is how long before the sentence's event the office was taken.

    ``elected`` is when he was chosen: the tenure began then or later.
    """

    holder: Figure
    sentence: int
    begin: int = 0
    former: bool = False
    then: bool = False
    predecessor: Figure | None = None
    since: str | None = None
    start: When = UNKNOWN
    elected: When = UNKNOWN
    end: When = UNKNOWN
    evidence: list[Evidence] = field(default_factory=list)


def start_before(event: PartialDate, span: str) -> tuple[PartialDate | None, dt.date | None, dt.date | None]:
    """When an office was taken that long (ISO 8601) before the event: the month, and bounds for days and weeks.

    Weeks are meant within three days; months give only the month.
    """
    match = re.fullmatch(r"P(\d+)([DWMY])", span)
    if match is None or event.year is None:
        return None, None, None
    count, unit = int(match[1]), match[2]
    if unit in "DW" and event.day is not None and event.earliest is not None:
        slack = 3 if unit == "W" else 0
        middle = event.earliest - dt.timedelta(days=count * (7 if unit == "W" else 1))
        start = PartialDate(year=middle.year, month=middle.month)
        return start, middle - dt.timedelta(days=slack), middle + dt.timedelta(days=slack)
    if unit == "M" and event.month is not None:
        months = event.year * 12 + event.month - 1 - count
        return PartialDate(year=months // 12, month=months % 12 + 1), None, None
    if unit == "Y":
        return PartialDate(year=event.year - count), None, None
    return None, None, None
