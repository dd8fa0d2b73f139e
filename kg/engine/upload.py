"""Uploads, read by a process of its own before anything of them comes near the store.

The process has a limit on memory, time and size, and no network. What comes out are N-Triples of our own serialiser.
"""

from __future__ import annotations

import itertools
import json
import math
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.config import Limits
from kg.engine import child, stops
from kg.engine.confine import confine, die_with, limit_files
from kg.engine.written import StoreFull, Upload, UploadRefused, UploadTooLarge
from kg.errors import QueryTooLong

# N-Triples spell out what the other syntaxes shorten.
_GROWTH: Final = 16
_GRACE: Final = 5
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


def read_upload(upload: Upload, target: Path, label: str, limits: Limits) -> None:
    """Nothing; the triples of the upload are in the target, as N-Triples.

    Blank nodes stay blank nodes. Their labels begin with ``label`` and are numbered as they come: the same document
    under the same label gives the same bytes.

    Raises:
        UploadRefused: it is no RDF of this syntax, or RDF that is not taken; :class:`UploadTooLarge`: too many triples.
        QueryTooLong: it took too long, or needed more memory than it may; :class:`StoreFull`: the disk is full.
    """
    document = {"source": str(upload.file), "syntax": upload.syntax, "base": upload.base, "label": label}
    try:
        with stops.held_back():
            done = subprocess.run(  # noqa: S603  # our own interpreter and code
                child.command("kg.engine.upload", "serve", document, str(target), asdict(limits), os.getpid()),
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=limits.update_seconds,
                env=child.ENVIRONMENT,
            )
        head = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise QueryTooLong(
            f"reading the upload was stopped after {limits.update_seconds:g} seconds", hint="Send it in parts."
        ) from None
    except ValueError:
        raise UploadRefused(
            "reading the upload needed more memory, a deeper stack or more room than it may",
            hint="Send it in parts, as N-Triples.",
        ) from None
    _raise_refusal(head, limits)


def serve(document: dict[str, str], target: str, limits: dict[str, Any], parent: int) -> None:
    """Nothing; the document was read, and how that went is on standard output."""
    die_with(parent)
    told = Limits(**limits)
    # Where the platform lets it outlive its parent, its time is over all the same.
    signal.alarm(math.ceil(told.update_seconds) + _GRACE)
    limit_files(told.upload_bytes * _GROWTH)
    confine(told.worker_memory)
    try:
        if document["syntax"] == "rdf":
            _refuse_markup(Path(document["source"]).read_bytes())
        quads = ox.parse(path=document["source"], format=_FORMATS[document["syntax"]], base_iri=document["base"])
        ox.serialize(_taken(quads, document["label"], told.upload_quads), target, format=ox.RdfFormat.N_TRIPLES)
        head: dict[str, Any] = {}
    except SyntaxError as error:
        head = {"error": "syntax", "message": str(error.msg), "line": error.lineno, "column": error.offset}
    except _Refused as error:
        head = {"error": "syntax", "message": str(error), "line": None, "column": None, "hint": error.hint}
    except _TooMany:
        head = {"error": "many"}
    except MemoryError:
        head = {"error": "memory"}
    except (OSError, ValueError, RuntimeError):
        head = {"error": "disk"}
    sys.stdout.write(json.dumps(head))


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


def _raise_refusal(head: dict[str, Any], limits: Limits) -> None:
    match head.get("error"):
        case None:
            return
        case "syntax":
            raise UploadRefused(
                f"the upload cannot be read: {head['message'][:300]}",
                line=head["line"],
                column=head["column"],
                hint=head.get("hint", "Check that Content-Type names the syntax it is written in."),
            )
        case "many":
            raise UploadTooLarge(
                f"the upload has more than {limits.upload_quads} triples", hint="Send it in parts, by POST."
            )
        case "memory":
            raise UploadRefused("reading the upload needed more memory than it may", hint="Send it in parts.")
        case _:
            raise StoreFull("what was uploaded could not be written to the disk")
