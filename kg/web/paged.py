"""A page of the answer of a saved question, and how many rows there are in all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from flask import url_for

from kg.engine.reader import Table, Term
from kg.errors import KgError
from kg.query.paging import Pageable, pageable
from kg.web.show import MOST_BYTES, MOST_ROWS, page_of
from kg.web.site import site
from kg.web.stamp import seen

ON_A_PAGE: Final = 200
# What a row rests on, the first of these that it has.
FACTS: Final = ("fact", "event", "meeting", "call", "plan", "agreement", "anniversary", "tenure", "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Rows of an answer from ``begin`` on; ``total`` is ``None`` where counting them took too long."""

    table: Table
    number: int
    begin: int
    total: int | None

    @property
    def pages(self) -> int | None:
        """How many pages there are."""
        return None if self.total is None else max(1, -(-self.total // ON_A_PAGE))

    @property
    def has_next(self) -> bool:
        """Whether more rows follow."""
        return self.table.is_cut or (self.total is not None and self.begin + len(self.table.rows) < self.total)


def page_rows(text: str, number: int) -> Page:
    """The rows of this page of a question.

    Raises as :meth:`kg.engine.pool.Pool.run` does.
    """
    begin = (number - 1) * ON_A_PAGE
    parts = pageable(text)
    if parts is None:
        return Page(table=_table(text, MOST_ROWS), number=1, begin=0, total=None)
    if parts.is_limited:
        whole = _table(text, MOST_ROWS)
        table = replace(whole, rows=whole.rows[begin : begin + ON_A_PAGE])
        return Page(table=table, number=number, begin=begin, total=None if whole.is_cut else len(whole.rows))
    table = _table(parts.rows(begin, ON_A_PAGE + 1), ON_A_PAGE + 1)
    has_more = table.is_cut or len(table.rows) > ON_A_PAGE
    shown = replace(table, rows=table.rows[:ON_A_PAGE], is_cut=has_more)
    is_last = not has_more and (table.rows or number == 1)
    total = begin + len(table.rows) if is_last else _total(parts)
    return Page(table=shown, number=number, begin=begin, total=total)


def _table(text: str, most: int) -> Table:
    return seen(site().reader.table(text, most, MOST_BYTES))


def _total(parts: Pageable) -> int | None:
    try:
        return int(_table(parts.total, 1).rows[0]["total"].value)
    except (KgError, IndexError, KeyError, ValueError):
        return None


def lead(row: Mapping[str, Term]) -> str | None:
    """The address at which a row is seen to be so: the page of its fact, or the meetings that it counts."""
    for name in FACTS:
        if name in row and row[name].is_iri and (address := page_of(row[name].value)) != row[name].value:
            return f"{address}#evidence"
    one, other = row.get("leader"), row.get("first") or row.get("counterpart")
    if one and other:
        return _asked("meetings-between", leader=_slug(one), counterpart=_slug(other))
    if "month" in row:
        month = row["month"].value
        return _asked("contacts-in-period", **{"from": f"{month}-01", "until": f"{month}-{_last_day(month)}"})
    if "country" in row and "counterpart" in row:
        return _asked("contacts-in-period", country=_slug(row["country"]))
    places = [row[name] for name in ("place", "summit", "leader", "country") if name in row and row[name].is_iri]
    return page_of(places[0].value) if places else None


def _asked(question: str, **given: str) -> str | None:
    if question not in site().queries:
        return None
    return f"{url_for('questions.page', name=question)}?{urlencode(given)}"


def _slug(term: Term) -> str:
    return term.value.rstrip("/").rsplit("/", 1)[-1]


def _last_day(month: str) -> str:
    """The last day of a month as 2025-06."""
    year, _, number = month.partition("-")
    if number == "02":
        return "29" if year.isdecimal() and int(year) % 4 == 0 and (int(year) % 100 or int(year) % 400 == 0) else "28"
    return "30" if number in {"04", "06", "09", "11"} else "31"
