"""A SELECT read page by page: the same question for some of its rows, and the question how many there are.

A saved question may look up names and more for the rows of a page only: a sub-select of it that is ordered then gives
one row for each row of the answer, in the same order, and it is this that is cut into pages. Elsewhere the order of a
sub-select means nothing, so that queries of strangers are not looked at for one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.query.tokens import Kind, Token, tokenize


@dataclass(frozen=True, slots=True, kw_only=True)
class Pageable:
    """A SELECT in two parts; ``is_limited`` where it says itself how many rows it gives.

    ``inner`` is where in the body the sub-select begins and ends that is cut into pages, if there is one.
    """

    prologue: str
    body: str
    is_limited: bool
    inner: tuple[int, int] | None = None

    def rows(self, begin: int, most: int) -> str:
        """The question for so many rows from this one on; all of them where it is limited."""
        if self.is_limited:
            return f"{self.prologue}{self.body}"
        end = self.inner[1] if self.inner else len(self.body)
        return f"{self.prologue}{self.body[:end]}\nLIMIT {most} OFFSET {begin}\n{self.body[end:]}".rstrip("\n")

    @property
    def total(self) -> str:
        """The question how many rows there are, as ``?total``."""
        begin, end = self.inner or (0, len(self.body))
        return f"{self.prologue}SELECT (COUNT(*) AS ?total) WHERE {{ {{ {self.body[begin:end]}\n}} }}"


def pageable(text: str, *, is_saved: bool = False) -> Pageable | None:
    """The parts of a SELECT; ``None`` for queries of other forms, and those over named data sets."""
    depth, begin, is_limited = 0, None, False
    for token in tokenize(text):
        depth += _step(token)
        if depth or token.kind is not Kind.WORD:
            continue
        if begin is None and token.word == "SELECT":
            begin = token.begin
        elif token.word in {"ASK", "CONSTRUCT", "DESCRIBE", "FROM", "VALUES"}:
            return None
        is_limited = is_limited or token.word in {"LIMIT", "OFFSET"}
    if begin is None:
        return None
    inner = next(_ordered(text[begin:]), None) if is_saved and not is_limited else None
    return Pageable(prologue=text[:begin], body=text[begin:], is_limited=is_limited, inner=inner)


def _ordered(text: str) -> Iterator[tuple[int, int]]:
    """Where sub-selects begin and end that are ordered, and not limited."""
    open_, last = [], None
    for token in tokenize(text):
        if token.kind in {Kind.SPACE, Kind.COMMENT}:
            continue
        if _step(token) > 0:
            open_.append(_Group())
        elif _step(token) < 0 and open_:
            group = open_.pop()
            if group.begin is not None and group.words & {"ORDER", "LIMIT", "OFFSET"} == {"ORDER"}:
                yield group.begin, token.begin
        elif open_ and token.kind is Kind.WORD:
            open_[-1].words.add(token.word)
            if token.word == "SELECT" and last == "{":
                open_[-1].begin = token.begin
        last = token.text


class _Group:
    """A pair of braces: the words in it, outside of those within, and where it begins if it is a sub-select."""

    def __init__(self) -> None:
        self.begin: int | None = None
        self.words: set[str] = set()


def _step(token: Token) -> int:
    if token.kind is not Kind.SIGN:
        return 0
    return {"{": 1, "}": -1}.get(token.text, 0)
