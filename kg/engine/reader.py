"""Answers as values: tables of terms, and the names of all things, for pages and the command line."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.assemble.derive import COUNTING
from kg.engine.answer import Question, ResultFormat
from kg.engine.engine import Engine
from kg.engine.guard import Checked
from kg.errors import KgError, StoreError
from kg.mappers import terms
from kg.query.names import Names

# For the names of a new generation; whoever asks later has those of the one before. Few are read in a moment, unless
# the machine has much else to do.
_FEW: Final = 5_000
_MOMENT: Final = 0.5
_LONG: Final = 10.0
# No variable and no term holds such a thing: quotes within strings are escaped.
_BINDINGS: Final = re.compile(r'"results"\s*:\s*\{\s*"bindings"\s*:\s*\[\s*')
_BETWEEN: Final = re.compile(r"\s*,?\s*")
_COUNTED: Final = f"ASK {{ GRAPH ?derived {{ ?derived <{terms.countedBy.value}> {COUNTING} }} }}"


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


class _Reading:
    """Names that are being read, in a thread of its own."""

    def __init__(self, read: Callable[[], Names]) -> None:
        """Begin."""
        self._read = read
        self._found: Names | KgError | None = None
        self._begun = time.monotonic()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._found = self._read()
        except KgError as error:
            self._found = error

    @property
    def is_over(self) -> bool:
        """Whether it has come to its end."""
        return not self._thread.is_alive()

    def wait(self, seconds: float) -> None:
        """Nothing; it is over, or began so many seconds ago."""
        self._thread.join(max(0.0, self._begun + seconds - time.monotonic()))

    def result(self) -> Names:
        """The names, once they are there.

        Raises:
            KgError: they cannot be read.
        """
        self._thread.join()
        if isinstance(self._found, Names):
            return self._found
        raise StoreError(str(self._found or "the names cannot be read")) from self._found


class Reader:
    """Asks a pool and reads what it says; keeps the names of the live generation."""

    def __init__(self, pool: Engine) -> None:
        """Nothing is asked yet."""
        self.pool = pool
        self._lock = threading.Lock()
        self._names: tuple[tuple[int, str], Names] | None = None
        self._reading: _Reading | None = None
        self._counted: tuple[tuple[int, str], bool] | None = None

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

    def part(self, text: str, begin: int, most: int, size: int) -> tuple[Table, int] | None:
        """So many rows from this one on, and how many there are in all; ``None`` where all have more bytes than that.

        The answer is asked for as a whole, so that it is worked out once for all who read it in parts, or take it away.

        Raises as :meth:`Engine.run` does.
        """
        answer = self.pool.run(Question(text=text, format=ResultFormat.JSON))
        if answer.size > size:
            answer.body.close()
            return None
        columns, rows, total = _read_part(answer.read().decode(), begin, begin + most)
        return Table(columns=columns, rows=rows, is_cut=answer.is_cut, generation=answer.generation), total

    def names(self) -> Names:
        """The names of all things, read once a generation, by another process.

        Just after a switch, where there are too many to be read in a moment, those of the one before.

        Raises:
            KgError: there are none yet, and they cannot be read.
        """
        live = self.pool.generation
        state = (live.number, live.digest)
        known = self._names
        if known is not None and known[0] == state:
            return known[1]
        # One sees to it; who comes meanwhile makes do with the old names, if there are any.
        if not self._lock.acquire(blocking=known is None):
            assert known is not None
            return known[1]
        try:
            if self._reading is None or self._reading.is_over:
                self._reading = _Reading(self._read)
            reading = self._reading
        finally:
            self._lock.release()
        if known is None:
            return reading.result()
        reading.wait(_LONG if len(known[1]) <= _FEW else _MOMENT)
        return (self._names or known)[1]

    def is_counted(self) -> bool:
        """Whether what the build counted is true of the live generation; looked up once a generation.

        Raises as :meth:`Engine.run` does.
        """
        live = self.pool.generation
        state = (live.number, live.digest)
        if self._counted is None or self._counted[0] != state:
            self._counted = (state, live.is_as_counted and bool(self.table(_COUNTED).truth))
        return self._counted[1]

    def _read(self) -> Names:
        generation, names = self.pool.names()
        self._names = ((generation.number, generation.digest), names)
        return names

    def are_of(self, names: Names, generation: int) -> bool:
        """Whether these are the names of this generation, and not of the one before."""
        return self._names is not None and self._names[0][0] == generation and self._names[1] is names


def _read_table(written: bytes, *, is_cut: bool) -> Table:
    answer = json.loads(written)
    if "boolean" in answer:
        return Table(columns=(), rows=(), truth=answer["boolean"])
    rows = tuple(map(_row, answer["results"]["bindings"]))
    return Table(columns=tuple(answer["head"]["vars"]), rows=rows, is_cut=is_cut)


def _read_part(written: str, begin: int, end: int) -> tuple[tuple[str, ...], tuple[Mapping[str, Term], ...], int]:
    """The columns, the rows between these places, and how many there are; one row is in memory at a time."""
    bindings = _BINDINGS.search(written)
    if bindings is None:
        raise StoreError("the answer is no table")
    head = json.loads(f"{written[: bindings.start()].rstrip().removesuffix(',')}}}")
    decode, shown, total = json.JSONDecoder().raw_decode, [], 0
    at = bindings.end()
    while written[at] != "]":
        row, at = decode(written, at)
        if begin <= total < end:
            shown.append(_row(row))
        total += 1
        at = _BETWEEN.match(written, at).end()  # type: ignore[union-attr]  # it matches nothing, too
    return tuple(head["head"]["vars"]), tuple(shown), total


def _row(row: Mapping[str, Mapping[str, object]]) -> Mapping[str, Term]:
    return {name: _term(term) for name, term in row.items()}


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
