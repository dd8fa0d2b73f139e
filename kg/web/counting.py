"""How many rows there are of an answer that is shown in part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kg.engine.answer import Question
from kg.engine.count import COUNTED, counting
from kg.engine.guard import Checked, Form
from kg.errors import KgError, QuerySyntaxError
from kg.web.site import site

# Further nobody counts: one who has so many rows knows enough.
MOST_COUNTED: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """So many rows; where ``is_more``, and more."""

    rows: int = 0
    is_more: bool = False

    def __str__(self) -> str:
        """As a page says it."""
        return f"{'more than ' if self.is_more else ''}{self.rows:,}"


def count(question: Question, query: Checked) -> Count:
    """How many rows the answer to a stranger's SELECT has.

    Raises as :meth:`kg.engine.pool.Pool.run` does, and:
        QuerySyntaxError: it is another form of query.
    """
    if query.form is not Form.SELECT:
        raise QuerySyntaxError(f"{query.form.upper()} gives no rows to be counted", hint="Send a SELECT.")
    asked = replace(question, text=counting(query, MOST_COUNTED), format=None, rows=None, bytes=None)
    table = site().reader.answered(asked)
    rows = int(table.rows[0][COUNTED].value)
    return Count(rows=min(rows, MOST_COUNTED), is_more=rows > MOST_COUNTED)


def known_count(question: Question, query: Checked, shown: int) -> Count:
    """The same of an answer of which only so many rows are shown; where counting fails, that there are more."""
    try:
        found = count(question, query)
    except KgError:
        return Count(rows=shown, is_more=True)
    # A newer generation may have fewer.
    return found if found.rows > shown else Count(rows=shown, is_more=True)
