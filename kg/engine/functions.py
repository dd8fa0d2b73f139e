"""Functions by IRI: other engines have their own, some read files or the network; SPARQL 1.1 has the casts alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from kg.engine.guard import Checked
from kg.errors import QueryNotReadOnly
from kg.query.tokens import Kind, Token, position

_CASTS: Final = "<http://www.w3.org/2001/XMLSchema#"
_OPENING: Final = frozenset("{([")
_CLOSING: Final = frozenset("})]")


def check_functions(query: Checked) -> None:
    """Nothing; the query calls no function by IRI but the casts of XML Schema.

    Within an expression, what stands before a bracket is taken for a call; among triples it is a property of a list.

    Raises:
        QueryNotReadOnly: it does, or holds a list in a list after an IRI, which looks the same.
    """
    casts = _cast_prefixes(query.tokens)
    for token in _called(query.tokens):
        is_cast = token.text.startswith(_CASTS) if token.kind is Kind.IRI else token.text.partition(":")[0] in casts
        if not is_cast:
            line, column = position(query.text, token.begin)
            raise QueryNotReadOnly(
                f"{token.text[:80]} is no function of SPARQL 1.1",
                line=line,
                column=column,
                hint="The graph is on another server: only functions that every engine has are passed on to it.",
            )


def _called(tokens: tuple[Token, ...]) -> Iterator[Token]:
    """What stands before an opening bracket, and is no property among triples."""
    opened: list[str] = []
    before: Token | None = None
    for token, after in pairwise((*tokens, None)):
        assert token is not None
        if token.kind is Kind.SIGN and token.text in _OPENING:
            opened.append(token.text)
        elif token.kind is Kind.SIGN and token.text in _CLOSING and opened:
            opened.pop()
        is_name = token.kind in {Kind.IRI, Kind.NAME} and after is not None and after.text.startswith("(")
        is_expression = not opened or opened[-1] == "(" or (before is not None and before.kind is Kind.WORD)
        if is_name and is_expression:
            yield token
        before = token


def _cast_prefixes(tokens: tuple[Token, ...]) -> frozenset[str]:
    """The prefixes that stand for XML Schema, wherever they are declared."""
    told: defaultdict[str, set[str]] = defaultdict(set)
    for (name, iri), word in zip(pairwise(tokens[1:]), tokens, strict=False):
        if "PREFIX" in word.word:
            told[name.text.partition(":")[0]].add(iri.text)
    return frozenset(prefix for prefix, iris in told.items() if iris == {f"{_CASTS}>"})
