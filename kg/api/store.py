"""A store that answers: saved questions, SPARQL, names, and the words behind a fact."""

from __future__ import annotations

import datetime as dt
import time
import warnings
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kg.api.rows import Rows, rows_of
from kg.assemble.why import Words, evidence_of
from kg.config import BASE_IRI, Limits, shipped
from kg.engine.answer import Question, ResultFormat
from kg.engine.guard import Form
from kg.engine.pool import Pool
from kg.engine.reader import Reader
from kg.errors import ConfigError, QueryError
from kg.query.bind import bind
from kg.query.names import Name
from kg.query.saved import SavedQuery, sound_queries

if TYPE_CHECKING:
    from rdflib import Graph


def open_store(
    root: str | Path = "kg-store", *, seconds: float = 60.0, rows: int = 1_000_000, base_iri: str = BASE_IRI
) -> Store:
    """The store in this folder, to be asked; close it, or open it in a ``with`` statement.

    A query is stopped after so many ``seconds``, and gives so many ``rows`` at most. A later build is seen by whoever
    asks next. ``base_iri`` is the one that it was built with.

    Raises:
        StoreError: there is no store in this folder, or it is damaged.
        ConfigError: seconds or rows are none.
    """
    if not 0 < seconds < float("inf"):
        raise ConfigError(f"seconds: {seconds} is no time that a query may take")
    if rows < 1:
        raise ConfigError(f"rows: {rows} is no number of rows")
    limits = Limits(seconds=seconds, rows=rows, bytes=1 << 29, workers=1)
    return Store(Pool(Path(root), limits), base_iri)


class Store:
    """A store that is open; as on the command line and over HTTP, each query runs in a process that can be stopped."""

    def __init__(self, pool: Pool, base_iri: str = BASE_IRI) -> None:
        """Ask this pool, which is closed with the store."""
        self._pool = pool
        self._reader = Reader(pool)
        self._base = base_iri

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing; its processes have ended."""
        self._pool.close()

    @property
    def generation(self) -> int:
        """The number of the live build."""
        return self._pool.generation.number

    @property
    def questions(self) -> Mapping[str, SavedQuery]:
        """The saved questions by name, each with its summary and its parameters."""
        found, _ = sound_queries(shipped("queries"))
        return found

    def answer(self, question: str, /, **given: object) -> Rows:
        """The answer of a saved question, as ``answer("who-met-at-summit", summit="G7 2025")``.

        Things are given by name, IRI or the end of it, days as text or as dates. What is a word of Python's own takes
        an underscore: ``from_="2025-06-01"``.

        Raises:
            QuerySyntaxError: a parameter that it does not have, a missing one, or a value that is not of its type.
            QueryError: there is no such question, or it cannot be answered.
        """
        questions = self.questions
        if question not in questions:
            close = get_close_matches(question, questions, 3, 0.4)
            hint = f"Did you mean {', '.join(close)}?" if close else f"There are {', '.join(questions)}."
            raise QueryError(f"there is no saved question {question!r}", hint=hint)
        texts = {name.removesuffix("_"): str(value) for name, value in given.items() if value is not None}
        today = dt.datetime.fromtimestamp(time.time(), dt.UTC).date()
        is_counted = self._reader.is_counted()
        return self.select(bind(questions[question], texts, self._reader.names(), today, is_counted=is_counted))

    def select(self, query: str) -> Rows:
        """The rows of a SELECT; there is a warning where they are cut.

        Raises:
            QueryError: it is no SELECT, or it cannot be answered within the limits; a hint says what to do.
        """
        self._check(query, Form.SELECT)
        rows = rows_of(self._reader.table(query))
        if rows.is_cut:
            told = f"only the first {self._pool.limits.rows} rows; open the store with more, as open_store(…, rows=…)"
            warnings.warn(told, stacklevel=2)
        return rows

    def ask(self, query: str) -> bool:
        """Whether an ASK is true.

        Raises:
            QueryError: it is no ASK, or it cannot be answered within the limits.
        """
        self._check(query, Form.ASK)
        return bool(self._reader.table(query).truth)

    def construct(self, query: str) -> Graph:
        """The graph of a CONSTRUCT or DESCRIBE, as one of rdflib.

        Raises:
            QueryError: it is neither, or it cannot be answered within the limits.
        """
        from rdflib import Graph

        self._check(query, Form.CONSTRUCT, Form.DESCRIBE)
        answer = self._pool.run(Question(text=query, format=ResultFormat.NTRIPLES))
        return Graph().parse(data=answer.read(), format="nt")

    def search(self, text: str, most: int = 20) -> list[Name]:
        """The things of this name, best first, however it is spelled: each with IRI, label and kind."""
        return list(self._reader.names().matches(text, most=most).names)

    def why(self, fact: str) -> list[Words]:
        """The words behind the fact with this IRI, or with the end of it ("meeting/…"), each with article and rule.

        None for what the graph does not hold.
        """
        iri = fact if "://" in fact else f"{self._base}id/{fact.removeprefix('id/')}"
        return evidence_of(self._pool.generation.open(), iri)

    def _check(self, query: str, *forms: Form) -> None:
        form = self._pool.check(query).form
        if form not in forms:
            method = {Form.SELECT: "select", Form.ASK: "ask"}.get(form, "construct")
            raise QueryError(f"that is a query of the form {form.upper()}", hint=f"Ask it with {method}().")
