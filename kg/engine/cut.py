"""Cutting a table at its last allowed row, by the query's own ``LIMIT``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple, Protocol

from kg.engine.answer import ResultFormat
from kg.query.tokens import Kind, Token

# Of the most rows that anybody may allow; Python refuses to read numbers of thousands of digits.
_DIGITS: Final = 18
_QUOTED: Final = re.compile(rb'"[^"]*"')


class Ends(NamedTuple):
    """The number after the outermost ``LIMIT``, and the ``VALUES`` after the outermost group; ``None`` where absent."""

    limit: Token | None
    values: Token | None


class Select(Protocol):
    """A query that was read."""

    @property
    def text(self) -> str:
        """What the engine reads."""

    @property
    def ends(self) -> Ends:
        """Where its rows are limited."""


def limited(query: Select, rows: int) -> str:
    """The text of the same SELECT, giving at most so many rows."""
    limit, values = query.ends
    text = query.text
    if limit is not None:
        is_less = len(limit.text) <= _DIGITS and int(limit.text) <= rows
        return text if is_less else f"{text[: limit.begin]}{rows}{text[limit.end :]}"
    at = len(text) if values is None else values.begin
    # On a line of its own: what stands before may end in a comment.
    return f"{text[:at]}\nLIMIT {rows}\n{text[at:]}"


def most_rows(table: bytes, written: ResultFormat) -> int:
    """No fewer rows than such a table has, and seldom more; counted much faster than :func:`count_rows` does."""
    match written:
        case ResultFormat.XML:
            return table.count(b"<result>")
        case ResultFormat.CSV | ResultFormat.TSV:
            return table.count(b"\n") - 1
        case _:
            # So rows are held together, but strings may hold it, too.
            return table.count(b"},{") + 1


def count_rows(table: bytes, written: ResultFormat) -> int:
    """How many rows a table has that Oxigraph wrote.

    What stands in strings is left out first, then the beginnings or ends of rows are counted: parsers have limits on
    the length of a cell that an answer need not keep.
    """
    match written:
        case ResultFormat.XML:
            return table.count(b"<result>")
        case ResultFormat.TSV:
            return table.count(b"\n") - 1
        case ResultFormat.CSV:
            return _QUOTED.sub(b"", table).count(b"\n") - 1
        case _:
            bare = _QUOTED.sub(b"", table.replace(b"\\\\", b"").replace(b'\\"', b""))
            # A term, too, is an object, but always after the colon of its name.
            return bare.count(b"[{") + bare.count(b",{")


def ends(tokens: Iterable[Token]) -> Ends:
    """Where the rows of a query with these tokens are limited."""
    depth = 0
    limit = values = previous = None
    for token in tokens:
        if token.kind is Kind.SIGN and token.text in {"{", "(", "["}:
            depth += 1
        elif token.kind is Kind.SIGN and token.text in {"}", ")", "]"}:
            depth -= 1
        elif depth == 0 and token.word == "VALUES":
            values = token
        elif depth == 0 and previous is not None and previous.word == "LIMIT" and token.text.isdecimal():
            limit = token
        previous = token
    return Ends(limit, values)
