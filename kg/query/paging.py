"""A SELECT read page by page: the same question for some of its rows, and the question how many there are."""

from __future__ import annotations

from dataclasses import dataclass

from kg.query.tokens import Kind, Token, tokenize


@dataclass(frozen=True, slots=True, kw_only=True)
class Pageable:
    """A SELECT in two parts; ``is_limited`` where it says itself how many rows it gives."""

    prologue: str
    body: str
    is_limited: bool

    def rows(self, begin: int, most: int) -> str:
        """The question for so many rows from this one on; all of them where it is limited."""
        if self.is_limited:
            return f"{self.prologue}{self.body}"
        return f"{self.prologue}{self.body}\nLIMIT {most} OFFSET {begin}"

    @property
    def total(self) -> str:
        """The question how many rows there are, as ``?total``."""
        return f"{self.prologue}SELECT (COUNT(*) AS ?total) WHERE {{ {{ {self.body}\n}} }}"


def pageable(text: str) -> Pageable | None:
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
    return None if begin is None else Pageable(prologue=text[:begin], body=text[begin:], is_limited=is_limited)


def _step(token: Token) -> int:
    if token.kind is not Kind.SIGN:
        return 0
    return {"{": 1, "}": -1}.get(token.text, 0)
