"""The mark that a build leaves on a server when it is loaded there: which build it is, and where its default graph is.

It stands in a graph of its own, under the base of the graph, and is written last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

_DIGEST: Final = "http://purl.org/dc/terms/identifier"
_NUMBER: Final = "http://purl.org/dc/terms/hasVersion"
_QUADS: Final = "http://rdfs.org/ns/void#triples"
_HOME: Final = "http://www.w3.org/ns/sparql-service-description#defaultGraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A build that was loaded; ``home`` is the graph that stands for its default graph, where the server has none."""

    number: int = 0
    digest: str = ""
    quads: int = 0
    home: str = ""

    def triples(self, mark: str) -> str:
        """The mark as N-Triples, its lines sorted."""
        told = {
            _NUMBER: f'"{self.number}"',
            _DIGEST: f'"{self.digest}"',
            _QUADS: f'"{self.quads}"',
            **({_HOME: f"<{self.home}>"} if self.home else {}),
        }
        return "".join(f"<{mark}> <{name}> {value} .\n" for name, value in sorted(told.items()))


def mark_of(base: str) -> str:
    """The graph, and the thing in it, that says what was loaded."""
    return f"{base}graph/loaded"


def query(base: str) -> str:
    """The query for the mark."""
    mark = mark_of(base)
    return f"SELECT ?says ?value WHERE {{ GRAPH <{mark}> {{ <{mark}> ?says ?value }} }}"


def read(rows: Iterable[Mapping[str, str]]) -> Loaded:
    """The mark in the rows of :func:`query`; what is no mark of ours says nothing."""
    told = {row.get("says", ""): row.get("value", "") for row in rows}
    return Loaded(
        number=_number(told.get(_NUMBER, "")),
        digest=told.get(_DIGEST, ""),
        quads=_number(told.get(_QUADS, "")),
        home=told.get(_HOME, ""),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
