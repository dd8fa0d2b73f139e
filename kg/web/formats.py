"""Media types, suffixes, and which of them a request wants: suffix before ``?format=`` before ``Accept``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from flask import Request

from kg.engine.answer import ResultFormat
from kg.errors import KgError


class NotAcceptable(KgError):
    """None of the formats that can be given is wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format by its suffix; the first media type is its own, the others are asked for too."""

    suffix: str
    label: str
    media: tuple[str, ...]
    written: ResultFormat | None


HTML: Final = Format(suffix="html", label="HTML", media=("text/html", "application/xhtml+xml"), written=None)
TABLES: Final = (
    Format(
        suffix="json",
        label="JSON",
        media=("application/sparql-results+json", "application/json"),
        written=ResultFormat.JSON,
    ),
    Format(
        suffix="xml",
        label="XML",
        media=("application/sparql-results+xml", "application/xml", "text/xml"),
        written=ResultFormat.XML,
    ),
    Format(suffix="csv", label="CSV", media=("text/csv",), written=ResultFormat.CSV),
    Format(suffix="tsv", label="TSV", media=("text/tab-separated-values",), written=ResultFormat.TSV),
)
GRAPHS: Final = (
    Format(suffix="ttl", label="Turtle", media=("text/turtle", "application/x-turtle"), written=ResultFormat.TURTLE),
    Format(
        suffix="nt", label="N-Triples", media=("application/n-triples", "text/plain"), written=ResultFormat.NTRIPLES
    ),
    Format(
        suffix="jsonld", label="JSON-LD", media=("application/ld+json", "application/json"), written=ResultFormat.JSONLD
    ),
    Format(
        suffix="rdf",
        label="RDF/XML",
        media=("application/rdf+xml", "application/xml", "text/xml"),
        written=ResultFormat.RDFXML,
    ),
)
# Names that people and other servers use in ?format=
_SYNONYMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "turtle": "ttl",
        "ntriples": "nt",
        "n-triples": "nt",
        "json-ld": "jsonld",
        "rdfxml": "rdf",
        "rdf-xml": "rdf",
        "rdf/xml": "rdf",
    }
)


def choose(request: Request, offered: Sequence[Format], suffix: str | None = None) -> tuple[Format, str]:
    """The format to answer in, and its media type in the spelling that was asked for; the first one for ``*/*``.

    Raises:
        NotAcceptable: none that is offered is wanted.
    """
    asked = suffix or request.args.get("format") or request.form.get("format")
    if asked:
        return _named(asked.lower(), offered)
    if not request.accept_mimetypes:
        return offered[0], offered[0].media[0]
    known = {media: format_ for format_ in reversed(offered) for media in reversed(format_.media)}
    ordered = [media for format_ in offered for media in format_.media[:1]]
    ordered += [media for format_ in offered for media in format_.media[1:]]
    best = request.accept_mimetypes.best_match(ordered)
    if best is None:
        raise NotAcceptable(f"can be given as {', '.join(format_.media[0] for format_ in offered)}")
    return known[best], best


def _named(asked: str, offered: Sequence[Format]) -> tuple[Format, str]:
    asked = _SYNONYMS.get(asked, asked)
    for format_ in offered:
        if asked == format_.suffix or asked in format_.media:
            return format_, format_.media[0]
    raise NotAcceptable(f"no such format here; there are {', '.join(format_.suffix for format_ in offered)}")


def content_type(media: str) -> str:
    """The media type as a header: text says its charset."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
