"""The time of a dated thing, never more precise than its source."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from kg.mappers import literal, terms
from kg.model.date import Precision, When

PRECISIONS = {
    Precision.DAY: terms.day,
    Precision.WEEK: terms.week,
    Precision.MONTH: terms.month,
    Precision.YEAR: terms.year,
    Precision.MONTH_DAY: terms.monthDay,
    Precision.INTERVAL: terms.interval,
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def times(node: NamedNode, when: When) -> Iterator[Triple]:
    """Date, bounds, and the precision where only bounds are known."""
    if when.date is not None:
        yield Triple(node, terms.date, literal.date(when.date))
    elif when.precision is not None:
        yield Triple(node, terms.datePrecision, PRECISIONS[when.precision])
    if when.earliest is not None and when.latest is not None:
        yield Triple(node, terms.earliest, literal.day(when.earliest))
        yield Triple(node, terms.latest, literal.day(when.latest))


def in_words(when: When) -> str | None:
    """A date as a label says it: "17 June 2025", "June 2025", "2025"."""
    if when.date is None:
        return None
    parts = [when.date.day, when.date.month and _MONTHS[when.date.month - 1], when.date.year]
    return " ".join(str(part) for part in parts if part)
