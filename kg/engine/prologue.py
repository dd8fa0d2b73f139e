"""What a query says before its form: the prefixes, as the answer is written with them; and whether it asks for chance.

Where it may run is the guard's work (:mod:`kg.engine.guard`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from kg.query.tokens import Kind, Token

_LENGTH: Final = {"BASE": 2, "PREFIX": 3}
# RDF/XML binds these itself.
_RESERVED: Final = frozenset({"xml", "xmlns"})
# The engine knows no edges of words: it reads ``DISTINCTRAND`` as two of them.
_VOLATILE: Final = re.compile("NOW|RAND|UUID|BNODE")


def prefixes(lines: str, base: str | None) -> dict[str, str]:
    """The namespaces by prefix, whole IRIs, of :func:`directives`; none where the engine cannot make them whole."""
    try:
        read = ox.parse(lines, format=ox.RdfFormat.TURTLE, base_iri=base)
        for _ in read:
            pass
    except (SyntaxError, ValueError):
        return {}
    return {prefix: iri for prefix, iri in read.prefixes.items() if prefix not in _RESERVED}


def is_volatile(tokens: Iterable[Token]) -> bool:
    """Whether it asks for the time or for chance, so that the same graph may answer otherwise next time."""
    return any(token.kind is Kind.WORD and _VOLATILE.search(token.word) for token in tokens)


def directives(tokens: tuple[Token, ...]) -> str:
    """The ``BASE`` and ``PREFIX`` lines, which Turtle reads as SPARQL does."""
    lines = []
    at = 0
    while at < len(tokens) and (length := _LENGTH.get(tokens[at].word)):
        lines.append(" ".join(token.text for token in tokens[at : at + length]))
        at += length
    return "\n".join(lines)
