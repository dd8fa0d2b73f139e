"""The slips that people make in SPARQL, found by a look at neighbouring tokens: where, what, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.query.tokens import Kind, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Something wrong at a character of the query."""

    begin: int
    message: str
    hint: str


_END: Final = Token(Kind.SIGN, "", -1)
_NUMBERS: Final = frozenset({Kind.NUMBER})
_CONDITION: Final = frozenset({Kind.IRI, Kind.NAME, Kind.WORD})
_AGGREGATES: Final = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_TERMS: Final = frozenset({Kind.IRI, Kind.STRING, Kind.VARIABLE, Kind.BLANK, Kind.NAME, Kind.NUMBER})

# keyword: (what may follow it, what is wrong otherwise, what to do)
_FOLLOW: Final[dict[str, tuple[Callable[[Token], bool], str, str]]] = {
    "OPTIONAL": (lambda token: token.text == "{", "after OPTIONAL comes a group", "Write OPTIONAL { … }."),
    "MINUS": (lambda token: token.text == "{", "after MINUS comes a group", "Write MINUS { … }."),
    "UNION": (lambda token: token.text == "{", "after UNION comes a group", "Write { … } UNION { … }."),
    "WHERE": (lambda token: token.text == "{", "after WHERE comes a group", "Write WHERE { … }."),
    "ORDER": (lambda token: token.word == "BY", "ORDER stands alone", "Write ORDER BY ?name."),
    "GROUP": (lambda token: token.word == "BY", "GROUP stands alone", "Write GROUP BY ?name."),
    "LIMIT": (lambda token: token.kind in _NUMBERS, "after LIMIT comes a whole number", "Write LIMIT 100."),
    "OFFSET": (lambda token: token.kind in _NUMBERS, "after OFFSET comes a whole number", "Write OFFSET 100."),
    "AS": (lambda token: token.kind is Kind.VARIABLE, "after AS comes a variable", "Write AS ?name."),
    "FILTER": (
        lambda token: token.text == "(" or token.kind in _CONDITION,
        "the condition of a FILTER stands in brackets",
        "Write FILTER (…).",
    ),
}


def find_slips(tokens: Sequence[Token]) -> Iterator[Slip]:
    """Every slip, in order; ``tokens`` are those that are no space and no comment."""
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else _END
        after = tokens[index + 1] if index + 1 < len(tokens) else Token(Kind.SIGN, "", token.end)
        yield from _of_keyword(token, after)
        is_bare = before.kind is Kind.VARIABLE or before.word == "SELECT"
        if token.word in _AGGREGATES and after.text == "(" and is_bare:
            yield Slip(
                begin=token.begin,
                message=f"{token.word} stands outside of brackets",
                hint=f"Write ({token.word}(…) AS ?name).",
            )
        if token.text == "<" and after.begin == token.end and after.kind in {Kind.NAME, Kind.WORD}:
            yield Slip(begin=token.begin, message="this is no IRI", hint="An IRI holds no spaces, quotes or braces.")


def short_triple(tokens: Sequence[Token]) -> Slip | None:
    """The slip in a triple that begins with the first token: it ends too early, or goes on without a dot."""
    terms = 0
    for token in tokens[:12]:
        if token.kind in _TERMS or token.word in {"A", "TRUE", "FALSE"}:
            terms += 1
            if terms > 3:
                message = f"unexpected '{token.text[:40]}'"
                return Slip(begin=token.begin, message=message, hint="A dot may be missing before it.")
        elif token.text in {"}", ".", ";", ","} and 0 < terms < 3:
            return Slip(
                begin=token.begin,
                message="a triple ends too early",
                hint="A triple has a subject, a predicate and an object.",
            )
        elif token.kind is Kind.SIGN or token.kind is Kind.WORD:
            return None
    return None


def _of_keyword(token: Token, after: Token) -> Iterator[Slip]:
    rule = _FOLLOW.get(token.word)
    if rule is not None and not rule[0](after):
        yield Slip(begin=after.begin, message=rule[1], hint=rule[2])
