"""A source's own field of time to ISO 8601 as articles have it: a day, or a moment with the zone that is given."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from typing import Final

from kg.read.stamp import read_stamps

_LONGEST: Final = 80
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:Z|[+-]\d\d:\d\d)?")
_MAIL = re.compile(r"(?:[A-Za-z]{3},\s*)?\d{1,2} [A-Za-z]{3} \d{2,4} \d")


def read_moment(told: str | None) -> str | None:
    """The moment of a field such as ``2025-06-18T08:30:00Z`` or ``Wed, 18 Jun 2025 08:30:00 +0900``.

    ``None`` where it is no time, less precise than a day, or a day whose order is open ("04/05/2025").
    """
    told = " ".join((told or "").split())
    if not told or len(told) > _LONGEST:
        return None
    if _DAY.fullmatch(told):
        told = told[:10]
    return _iso(told) or _mail(told) or _written(told)


def _iso(told: str) -> str | None:
    try:
        if len(told) == len("2025-06-18"):
            return dt.date.fromisoformat(told).isoformat()
        if len(told) < len("20250618T1037"):
            return None
        return dt.datetime.fromisoformat(told).replace(microsecond=0).isoformat()
    except ValueError:
        return None


def _mail(told: str) -> str | None:
    """RFC 822 and its successors, as RSS has it."""
    if not _MAIL.match(told):
        return None
    try:
        return parsedate_to_datetime(told).isoformat()
    except (ValueError, TypeError, IndexError):
        return None


def _written(told: str) -> str | None:
    stamps = read_stamps(told)
    return stamps.stamps[0].moment if stamps is not None and len(stamps.stamps) == 1 else None
