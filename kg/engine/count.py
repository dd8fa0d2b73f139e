"""How many rows a SELECT has, asked as a query of its own, which counts up to a limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.engine.cut import limited
from kg.engine.guard import Checked
from kg.query.tokens import Kind, Token

# No query means this one.
COUNTED: Final = "rowsInAll"
_NAMES: Final = frozenset({Kind.IRI, Kind.NAME})


def counting(query: Checked, most: int) -> str:
    """The question how many rows this SELECT gives, no more than one above ``most``, as ``?rowsInAll``."""
    text = limited(query, most + 1)
    begin = next(token.begin for token in query.tokens if token.word == "SELECT")
    clauses = [text[first:end] for first, end in _clauses(query.tokens)]
    # The data set is named outside, where alone it may be.
    for first, end in _clauses(query.tokens):
        text = f"{text[:first]}{' ' * (end - first)}{text[end:]}"
    # On a line of its own: what stands before may end in a comment.
    asked = f"SELECT (COUNT(*) AS ?{COUNTED}) {' '.join(clauses)} WHERE {{ {{ {text[begin:]}\n}} }}"
    return f"{text[:begin]}{asked}"


def _clauses(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    """Where each ``FROM`` begins and its graph ends."""
    first: Token | None = None
    for token in tokens:
        if token.word == "FROM":
            first = token
        elif first is not None and token.kind in _NAMES:
            yield first.begin, token.end
            first = None
