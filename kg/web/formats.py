"""Media types, suffixes, and which of them a request wants: suffix before ``?format=`` before ``Accept``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from flask import Request, g
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_options_header

from kg.engine.answer import ResultFormat
from kg.errors import KgError, QuerySyntaxError
from kg.web.protection import read_accept


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
    Format(suffix="nq", label="N-Quads", media=("application/n-quads", "text/x-nquads"), written=ResultFormat.NQUADS),
    Format(suffix="trig", label="TriG", media=("application/trig", "application/x-trig"), written=ResultFormat.TRIG),
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
# Those that keep graphs apart
DATASETS: Final = tuple(format_ for format_ in GRAPHS if format_.written in {ResultFormat.NQUADS, ResultFormat.TRIG})
# Every media type that a query may be answered in, a page last.
ANY: Final = tuple(media for one in (*TABLES, *GRAPHS, HTML) for media in one.media)
# What browsers and libraries send is shorter.
_USUAL: Final = 400
# Names that people and other servers use in ?format=
_SYNONYMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "srj": "json",
        "srx": "xml",
        "turtle": "ttl",
        "n3": "ttl",
        "ntriples": "nt",
        "n-triples": "nt",
        "nquads": "nq",
        "n-quads": "nq",
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
        QuerySyntaxError: ``format`` names several.
    """
    named = [suffix] if suffix else [*request.args.getlist("format"), *request.form.getlist("format")]
    if any(named):
        return _named([name.lower() for name in named if name], offered)
    best = preferred(request, _in_order(offered))
    if best is None:
        raise NotAcceptable(f"can be given as {', '.join(format_.media[0] for format_ in offered)}")
    return next(format_ for format_ in offered if best in format_.media), best


@lru_cache(maxsize=256)
def wanted_of_a_query(accept: str, *, is_graph: bool) -> tuple[Format, str] | None:
    """The same for the answer of a query, by its ``Accept`` alone; ``None`` where it wants a page, or nothing."""
    if len(accept) > _USUAL or _best_known(accept, ANY) in HTML.media:
        return None
    offered = GRAPHS if is_graph else TABLES
    best = _best_known(accept, _in_order(offered))
    return None if best is None else (next(format_ for format_ in offered if best in format_.media), best)


def _in_order(offered: Sequence[Format]) -> tuple[str, ...]:
    """Their media types: the own one of each, then the others."""
    return *(one.media[0] for one in offered), *(media for one in offered for media in one.media[1:])


def preferred(request: Request, offered: Sequence[str]) -> str | None:
    """The media type that the ``Accept`` header wants most (RFC 9110, 12.5.1), ``None`` where it wants none of them.

    Among those it wants alike comes first what it names in full, then what is offered first.
    """
    g.is_negotiated = True
    header = request.headers.get("Accept", "")
    if len(header) > _USUAL:
        return _best(request.accept_mimetypes, offered)
    return _best_known(header, tuple(offered))


@lru_cache(maxsize=256)
def _best_known(header: str, offered: tuple[str, ...]) -> str | None:
    """The same for headers as most clients send them, worked out once."""
    return _best(read_accept(header), offered)


def _best(accept: MIMEAccept, offered: Sequence[str]) -> str | None:
    if not accept:
        return offered[0]
    ranges = _ranges(accept)
    ranked = [(_wanted(media, ranges), media) for media in offered]
    (quality, _), best = max(ranked, key=lambda pair: pair[0])
    return best if quality > 0 else None


def _ranges(accept: MIMEAccept) -> dict[str, float]:
    """How much each media range of the ``Accept`` header is wanted; those in a charset that is not ours, not at all."""
    wanted: dict[str, float] = {}
    for value, quality in accept:
        media, parameters = parse_options_header(value)
        if parameters.get("charset", "utf-8").lower() == "utf-8":
            # Some clients of old write a star for a pair of them.
            name = "*/*" if media == "*" else media.lower()
            wanted[name] = max(quality, wanted.get(name, 0.0))
    return wanted


def _wanted(media: str, ranges: Mapping[str, float]) -> tuple[float, int]:
    """Quality and precision of the most precise range that holds a media type."""
    kind = media.partition("/")[0]
    for precision, name in ((2, media), (1, f"{kind}/*"), (0, "*/*")):
        if name in ranges:
            return ranges[name], precision
    return 0.0, 0


def _named(names: Sequence[str], offered: Sequence[Format]) -> tuple[Format, str]:
    """The one format that is named, be it by several names: some clients send every name that they know of it."""
    found = [format_ for format_ in offered if any(_is_name(name, format_) for name in names)]
    if not found:
        raise NotAcceptable(f"no such format here; there are {', '.join(format_.suffix for format_ in offered)}")
    if len(found) > 1:
        raise QuerySyntaxError("'format' is given more than once", hint="Name one format.")
    return found[0], found[0].media[0]


def _is_name(name: str, format_: Format) -> bool:
    """Whether this is a name of the format: its suffix, a media type of it or the end of one, or what others say."""
    return _SYNONYMS.get(name, name) == format_.suffix or not {name, f"application/{name}", f"text/{name}"}.isdisjoint(
        format_.media
    )


def content_type(media: str) -> str:
    """The media type as a header: text says its charset."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
