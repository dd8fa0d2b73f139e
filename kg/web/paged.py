"""A page of the answer of a saved question, and how many rows there are in all.

Where no sub-select gives the rows of a page (:mod:`kg.query.paging`), the answer is worked out once, as the downloads
have it: its pages are cut from it, and it is what the views draw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from flask import url_for

from kg.engine.answer import Question
from kg.engine.reader import Table, Term
from kg.errors import KgError
from kg.query.paging import Pageable, pageable
from kg.web.counting import Count, known_count
from kg.web.show import MOST_BYTES, MOST_ROWS, page_of
from kg.web.site import site
from kg.web.stamp import seen

ON_A_PAGE: Final = 200
# Of a larger answer each page is asked for by itself.
MOST_WHOLE: Final = 24 * 1024**2
# What a row rests on, the first of these that it has.
FACTS: Final = ("fact", "event", "meeting", "call", "plan", "agreement", "anniversary", "tenure", "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Rows of an answer from ``begin`` on, and how many there are in all.

    ``step`` is how many of the total are on it, where these may have more rows than one, or none.
    """

    table: Table
    number: int
    begin: int
    total: Count
    step: int = 0

    @property
    def pages(self) -> int | None:
        """How many pages there are; ``None`` where nobody knows."""
        return None if self.total.is_more else max(1, -(-self.total.rows // ON_A_PAGE))

    @property
    def has_next(self) -> bool:
        """Whether more rows follow."""
        return self.total.is_more or self.begin + (self.step or len(self.table.rows)) < self.total.rows


def page_rows(text: str, number: int) -> Page:
    """The rows of this page of a question.

    Raises as :meth:`kg.engine.pool.Pool.run` does.
    """
    begin = (number - 1) * ON_A_PAGE
    parts = pageable(text, is_saved=True)
    if parts is None:
        table = _table(text, MOST_ROWS)
        return Page(table=table, number=1, begin=0, total=Count(rows=len(table.rows), is_more=table.is_cut))
    if parts.inner is not None:
        return _inner_page(parts, number, begin)
    found = site().reader.part(text, begin, ON_A_PAGE, MOST_WHOLE)
    if found is None or (found[0].is_cut and begin >= found[1]):
        return _page_of_many(text, parts, number)
    table, rows = seen(found[0]), found[1]
    total = _known_count(text, rows) if table.is_cut else Count(rows=rows)
    return Page(table=table, number=number, begin=begin, total=total)


def _page_of_many(text: str, parts: Pageable, number: int) -> Page:
    """A page of an answer that is too large to be read as a whole."""
    begin = (number - 1) * ON_A_PAGE
    if parts.is_limited:
        whole = _table(text, None)
        table = replace(whole, rows=whole.rows[begin : begin + ON_A_PAGE])
        total = Count(rows=len(whole.rows), is_more=whole.is_cut)
        return Page(table=table, number=number, begin=begin, total=total)
    table = _table(parts.rows(begin, ON_A_PAGE + 1), ON_A_PAGE + 1)
    shown = replace(table, rows=table.rows[:ON_A_PAGE])
    known = begin + len(shown.rows)
    total = _known_count(text, known) if len(table.rows) > ON_A_PAGE else Count(rows=known)
    return Page(table=shown, number=number, begin=begin, total=total)


def _inner_page(parts: Pageable, number: int, begin: int) -> Page:
    """What is cut into pages may have more rows than one in the answer, as where a leader has two countries."""
    table = _table(parts.rows(begin, ON_A_PAGE), MOST_ROWS)
    total = _total(parts, begin + len(table.rows))
    if number == 1 and not total.is_more and total.rows <= ON_A_PAGE:
        return Page(table=table, number=1, begin=0, total=Count(rows=len(table.rows)))
    return Page(table=table, number=number, begin=begin, total=total, step=ON_A_PAGE)


def _total(parts: Pageable, known: int) -> Count:
    try:
        return Count(rows=int(_table(parts.total, 1).rows[0]["total"].value))
    except (KgError, IndexError, KeyError, ValueError):
        return Count(rows=known, is_more=known > 0)


def _known_count(text: str, known: int) -> Count:
    return known_count(Question(text=text), site().reader.pool.check(text), known)


def _table(text: str, most: int | None) -> Table:
    return seen(site().reader.table(text, most, MOST_BYTES))


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
