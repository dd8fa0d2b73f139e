"""Answers as values: tables of terms, and the names of all things, for pages and the command line."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.engine.answer import Question, ResultFormat
from kg.engine.engine import Engine
from kg.engine.guard import Checked
from kg.query.names import NAMES_QUERY, Names, read_names

# For questions of our own: far above what a stranger may ask for.
_ROWS: Final = 10_000_000
_BYTES: Final = 1 << 30
_SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One RDF term of an answer; ``kind`` is ``uri``, ``literal`` or ``bnode``."""

    value: str
    kind: str = "literal"
    datatype: str | None = None
    language: str | None = None

    @property
    def is_iri(self) -> bool:
        """Whether it names a thing."""
        return self.kind == "uri"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The answer of a SELECT; what a row does not bind it does not hold. Of an ASK: ``truth``.

    ``generation`` is the number of the one that gave it.
    """

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Term], ...]
    is_cut: bool = False
    truth: bool | None = None
    generation: int = 0


class Reader:
    """Asks a pool and reads what it says; keeps the names of the live generation."""

    def __init__(self, pool: Engine) -> None:
        """Nothing is asked yet."""
        self.pool = pool
        self._lock = threading.Lock()
        self._names: tuple[tuple[int, str], Names] | None = None

    def table(self, text: str, rows: int | None = None, size: int | None = None) -> Table:
        """The answer of a stranger's SELECT or ASK, of at most so many rows and bytes of JSON.

        Raises as :meth:`Engine.run` does.
        """
        return self.answered(Question(text=text, rows=rows, bytes=size))

    def answered(self, question: Question, query: Checked | None = None) -> Table:
        """The answer of a stranger's SELECT or ASK, over the graphs that it names; ``query``, where it is checked.

        Raises as :meth:`Engine.run` does.
        """
        answer = self.pool.run(replace(question, format=ResultFormat.JSON), query=query)
        return replace(_read_table(answer.read(), is_cut=answer.is_cut), generation=answer.generation)

    def own(self, text: str) -> list[dict[str, str]]:
        """The rows of a question of our own, under wide limits, as plain texts; what is not bound is empty."""
        limits = replace(self.pool.limits, rows=_ROWS, bytes=_BYTES, seconds=_SECONDS)
        written = self.pool.run(Question(text=text, format=ResultFormat.CSV), limits).read().decode()
        return list(csv.DictReader(io.StringIO(written, newline="")))

    def names(self) -> Names:
        """The names of all things, read once a generation; just after a switch those of the one before."""
        live = self.pool.generation
        state = (live.number, live.digest)
        known = self._names
        if known is not None and known[0] == state:
            return known[1]
        # One reads; who comes meanwhile makes do with the old names, if there are any.
        if self._lock.acquire(blocking=known is None):
            try:
                if self._names is None or self._names[0] != state:
                    self._names = (state, read_names(self.own(NAMES_QUERY)))
            finally:
                self._lock.release()
        assert self._names is not None
        return self._names[1]

    def are_of(self, names: Names, generation: int) -> bool:
        """Whether these are the names of this generation, and not of the one before."""
        return self._names is not None and self._names[0][0] == generation and self._names[1] is names


def _read_table(written: bytes, *, is_cut: bool) -> Table:
    answer = json.loads(written)
    if "boolean" in answer:
        return Table(columns=(), rows=(), truth=answer["boolean"])
    rows = tuple({name: _term(term) for name, term in row.items()} for row in answer["results"]["bindings"])
    return Table(columns=tuple(answer["head"]["vars"]), rows=rows, is_cut=is_cut)


def _term(term: Mapping[str, object]) -> Term:
    value = term["value"]
    if isinstance(value, dict):
        # A triple term (RDF 1.2): shown as it is, never linked.
        return Term(value=json.dumps(value), kind="triple")
    return Term(
        value=str(value),
        kind=str(term["type"]),
        datatype=str(term["datatype"]) if "datatype" in term else None,
        language=str(term["xml:lang"]) if "xml:lang" in term else None,
    )
