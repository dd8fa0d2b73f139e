"""Uploads as N-Triples of our own serialiser; what is not taken is refused.

Call this where it may be ended at any moment (:mod:`kg.engine.proof`): documents are hostile.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.config import Limits

# N-Triples spell out what the other syntaxes shorten.
GROWTH: Final = 16
_UNREADABLE: Final = "the upload cannot be read"
_SYNTAX_HINT: Final = "Check that Content-Type names the syntax it is written in."
# Wherever it stands: what is a comment or a text for one parser is markup for the next.
_MARKUP: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FORMATS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


class _Refused(Exception):
    """A document that is not taken, and what to do about it."""

    def __init__(self, told: str, hint: str) -> None:
        super().__init__(told)
        self.hint = hint


class _TooMany(Exception):
    """More triples than are taken."""


def read_document(told: Mapping[str, str], limits: Limits) -> dict[str, Any]:
    """What went wrong, if anything did; the triples of the document ``source`` are in ``target``, as N-Triples.

    Blank nodes stay blank nodes. Their labels begin with ``label`` and are numbered as they come: the same document
    under the same label gives the same bytes.
    """
    try:
        if told["syntax"] == "rdf":
            _refuse_markup(Path(told["source"]).read_bytes())
        quads = ox.parse(path=told["source"], format=_FORMATS[told["syntax"]], base_iri=told["base"])
        ox.serialize(_taken(quads, told["label"], limits.upload_quads), told["target"], format=ox.RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        place: dict[str, Any] = {"line": error.lineno, "column": error.offset, "hint": _SYNTAX_HINT}
        return {"error": "upload", "message": f"{_UNREADABLE}: {str(error.msg)[:300]}", **place}
    except _Refused as error:
        return {"error": "upload", "message": f"{_UNREADABLE}: {error}", "hint": error.hint}
    except _TooMany:
        return {"error": "many"}
    except (OSError, ValueError, RuntimeError):
        return {"error": "disk"}
    return {}


def _refuse_markup(document: bytes) -> None:
    try:
        document.decode()
    except UnicodeDecodeError as error:
        raise _Refused("the document is not UTF-8", "Write it in UTF-8.") from error
    if _MARKUP.search(document):
        raise _Refused(
            "a document with <!DOCTYPE or <!ENTITY is not taken, wherever it stands: entities could grow without bound",
            "Write the entities out and leave the declaration away, or send Turtle or N-Triples.",
        )


def _taken(quads: Iterator[ox.Quad], label: str, most: int) -> Iterator[ox.Triple]:
    """The triples with their blank nodes under labels of our own."""
    numbers = itertools.count()
    known: dict[ox.BlankNode, ox.BlankNode] = {}

    def named(node: ox.BlankNode) -> ox.BlankNode:
        if node not in known:
            known[node] = ox.BlankNode(f"{label}n{next(numbers)}")
        return known[node]

    for count, quad in enumerate(quads):
        if count >= most:
            raise _TooMany
        subject, value = quad.subject, quad.object
        if quad.graph_name != ox.DefaultGraph():
            raise _Refused("the document names graphs", "Send each graph to an address of its own.")
        if isinstance(value, ox.Triple) or (isinstance(value, ox.Literal) and value.direction is not None):
            raise _Refused(
                "triple terms and directions of text (RDF 1.2) are not taken: few programs could read them",
                "Say it in RDF 1.1.",
            )
        yield ox.Triple(
            named(subject) if isinstance(subject, ox.BlankNode) else subject,
            quad.predicate,
            named(value) if isinstance(value, ox.BlankNode) else value,
        )
