"""What every response says to browsers, and what no request makes us read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from flask import Request, Response
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header
from werkzeug.utils import cached_property

HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        # All of it is public, and nothing here knows its visitors: scripts of other sites may read it, refusals too.
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Allow, ETag, KG-Generation, KG-Truncated, Location, Retry-After",
    }
)
_ALLOWED: Final = "Accept, Cache-Control, Content-Type, If-Match, If-None-Match, X-Requested-With"
_GRAPHS: Final = "text/turtle, application/n-triples, application/rdf+xml, application/ld+json, multipart/form-data"
# What bodies an address takes (RFC 5789, 3.1; Linked Data Platform, 7.1).
_TAKEN: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "/sparql": {"Accept-Post": "application/x-www-form-urlencoded, application/sparql-query"},
        "/update": {"Accept-Post": "application/x-www-form-urlencoded, application/sparql-update"},
        "/store": {"Accept-Post": _GRAPHS, "Accept-Patch": "application/sparql-update"},
    }
)
_BARE_POINT: Final = re.compile(r"(?<=[qQ])=\.")
_LONGEST_ACCEPT: Final = 16_384


class Asked(Request):
    """A request whose ``Accept`` is read only where it is of a length that a client could mean."""

    @cached_property
    def accept_mimetypes(self) -> MIMEAccept:
        """What it accepts; nothing, which is anything, where the line is too long to be meant (RFC 9110, 12.5.1)."""
        told = self.headers.get("Accept", "")
        return MIMEAccept() if len(told) > _LONGEST_ACCEPT else read_accept(told)


def read_accept(header: str) -> MIMEAccept:
    """The media ranges of an ``Accept`` header."""
    # Java's own client writes ".2"; Werkzeug passes over what has no digit before the point.
    return parse_accept_header(_BARE_POINT.sub("=0.", header), MIMEAccept)


def preflight(request: Request, response: Response) -> Response:
    """204, what may be done here and what is taken, for scripts of other sites too where a browser asks for them.

    Fetch, 3.2.
    """
    if response.status_code != HTTPStatus.OK:
        return response
    response.set_data(b"")
    response.status_code = HTTPStatus.NO_CONTENT
    del response.headers["Content-Type"]
    response.headers.update(_TAKEN.get("/" + request.path.split("/")[1], {}))
    if "Access-Control-Request-Method" in request.headers:
        # They may ask whatever anybody may ask, and never write.
        methods = "GET, HEAD, POST" if request.path.rstrip("/") == "/sparql" else "GET, HEAD"
        response.headers["Access-Control-Allow-Methods"] = methods
        response.headers["Access-Control-Allow-Headers"] = _ALLOWED
        response.headers["Access-Control-Max-Age"] = "86400"
    return response
