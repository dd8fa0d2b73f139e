"""How much a generation holds: its classes, its properties, its graphs; counted once for each state of the graph."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kg.engine.answer import EngineBusy, Question, ResultFormat
from kg.engine.engine import Engine

# For questions of our own: far above what a stranger may ask for.
_ROWS: Final = 10_000_000
_BYTES: Final = 1 << 30
_SECONDS: Final = 120.0
_TRIES: Final = 3

_CLASSES: Final = "SELECT ?class (COUNT(DISTINCT ?s) AS ?things) { ?s a ?class FILTER isIRI(?class) } GROUP BY ?class"
_PROPERTIES: Final = """SELECT ?property (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
(COUNT(DISTINCT ?o) AS ?objects) { ?s ?property ?o } GROUP BY ?property"""
_NAMES: Final = "SELECT ?graph { GRAPH ?graph {} FILTER isIRI(?graph) }"
_GRAPHS: Final = "SELECT ?graph (COUNT(*) AS ?triples) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How a property is used: in so many triples, of so many subjects, with so many objects."""

    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """The counts of one state of the graph, each by IRI, sorted; classes and properties are of the default graph."""

    digest: str
    classes: Mapping[str, int]
    properties: Mapping[str, Use]
    graphs: Mapping[str, int]
    # What others made of it and need again.
    kept: dict[tuple[str, ...], bytes] = field(default_factory=dict, compare=False, repr=False)

    @property
    def triples(self) -> int:
        """How many triples the default graph has."""
        return sum(use.triples for use in self.properties.values())


class Registry:
    """The census of the live generation, taken when it is first asked for; safe to use from many threads."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self._lock = threading.Lock()
        self._known: Census | None = None

    def census(self, pool: Engine) -> Census:
        """The census of what a pool answers from. Who comes while it is taken waits for it.

        Raises as :meth:`Engine.run` does.
        """
        digest = pool.generation.digest
        with self._lock:
            if self._known is None or self._known.digest != digest:
                self._known = _take(pool)
            return self._known


def _take(pool: Engine) -> Census:
    for _ in range(_TRIES):
        answers = [_rows(pool, text) for text in (_CLASSES, _PROPERTIES, _NAMES, _GRAPHS)]
        if len({digest for digest, _ in answers}) == 1:
            classes, properties, names, graphs = (sorted(rows) for _, rows in answers)
            triples = {graph: int(count) for graph, count in graphs}
            return Census(
                digest=answers[0][0],
                classes={name: int(count) for name, count in classes},
                properties={name: _use(counts) for name, *counts in properties},
                graphs={name: triples.get(name, 0) for (name,) in names},
            )
    raise EngineBusy("the graph changes faster than it can be counted", hint="Try again in a few seconds.")


def _use(counts: list[str]) -> Use:
    triples, subjects, objects = map(int, counts)
    return Use(triples=triples, subjects=subjects, objects=objects)


def _rows(pool: Engine, text: str) -> tuple[str, list[list[str]]]:
    """The digest of the generation that answered, and the rows without their heading."""
    limits = replace(pool.limits, rows=_ROWS, bytes=_BYTES, seconds=_SECONDS)
    answer = pool.run(Question(text=text, format=ResultFormat.CSV), limits)
    written = answer.read().decode()
    return answer.digest, list(csv.reader(io.StringIO(written, newline="")))[1:]
