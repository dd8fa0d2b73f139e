"""What the engine is asked and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO

from kg.errors import QueryTooLong


class QueryTooLarge(QueryTooLong):
    """A query whose text is over the limit."""


class AnswerTooLarge(QueryTooLong):
    """An answer over the limit on bytes or memory."""


class EngineBusy(QueryTooLong):
    """Every worker is at work and stayed so; asking again later may do."""


class TooManyQueries(EngineBusy):
    """One client asks for more at a time than it may."""


class AskerGone(QueryTooLong):
    """The client hung up: nobody waits for the answer, and the work on it is ended."""


class QueryCrashed(QueryTooLong):
    """The process of the query ended before its answer: it needed more memory, or a deeper stack, than it may have."""


class ResultFormat(StrEnum):
    """A format in which an answer is written; the first four for tables, the others for graphs."""

    JSON = "json"
    XML = "xml"
    CSV = "csv"
    TSV = "tsv"
    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    NQUADS = "nquads"
    TRIG = "trig"
    JSONLD = "jsonld"
    RDFXML = "rdfxml"

    @property
    def is_graph(self) -> bool:
        """Whether it is for graphs."""
        return self not in {ResultFormat.JSON, ResultFormat.XML, ResultFormat.CSV, ResultFormat.TSV}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query and how to answer it; the graphs are those of the SPARQL 1.1 Protocol, 2.1.4, and beat the query's own.

    ``base`` is what relative IRIs are relative to. ``rows`` is the most that are given; the answer says whether there
    were more. An answer of more than ``bytes`` is refused.
    """

    text: str
    format: ResultFormat | None = None
    base: str | None = None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    rows: int | None = None
    bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole answer, spooled: ``body`` stands at its first byte and is the receiver's to close.

    ``is_cut`` says that rows were left out; ``generation`` and ``digest`` are those of the store that answered.
    """

    body: IO[bytes] = field(repr=False)
    size: int
    format: ResultFormat
    generation: int
    digest: str
    is_cut: bool = False
    rows: int | None = None

    def read(self) -> bytes:
        """All bytes; the spool is closed."""
        with self.body:
            return self.body.read()
