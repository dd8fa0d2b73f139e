"""What the writer is asked to do, what it has done, and why it did not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kg.errors import QueryError, StoreError


class UploadRefused(QueryError):
    """An upload that is no RDF, or RDF that is not taken."""


class UploadTooLarge(QueryError):
    """An upload over the limit on bytes or quads."""


class PreconditionFailed(QueryError):
    """The graph is not as the condition of the request has it."""


class NoSuchGraph(QueryError):
    """The graph that was to be deleted or changed is not there."""


class WriterEnded(QueryError):
    """The process that writes was ended by somebody else; nothing of what it was at is done."""


class StoreFull(StoreError):
    """There is no room on the disk for what was to be written; what was there before is served still."""


class Syntax(StrEnum):
    """A syntax of RDF in which graphs come in; by Oxigraph's name of its file."""

    TURTLE = "ttl"
    NTRIPLES = "nt"
    RDFXML = "rdf"
    JSONLD = "jsonld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A document that came in: its file, syntax, and the IRI against which its relative ones are read."""

    file: Path
    syntax: Syntax
    base: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What must be so for a write to a graph: that it is there or not there (``exists``), and in this state."""

    exists: bool | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A write that is durable: the generation that holds it, and whether its graph was not there before."""

    generation: int
    created: bool = False
