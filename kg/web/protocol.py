"""What a request of the SPARQL 1.1 Protocol says, in whichever of its three ways it came (2.1 and 2.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import parse_qsl

import pyoxigraph as ox
from flask import Request
from werkzeug.http import parse_options_header

from kg.errors import QuerySyntaxError
from kg.web.errors import Refused
from kg.web.site import site

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
# Each is UTF-8, or a part of it.
CHARSETS: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_MOST_PARAMETERS: Final = 2000
UPDATE: Final = "application/sparql-update"


def parameters(request: Request, name: str, direct: str) -> Mapping[str, Sequence[str]]:
    """The values of each parameter, of the address and of a form; a body of the type ``direct`` is the one ``name``.

    Raises:
        Refused: the body is of another type, in another charset, or compressed.
        QuerySyntaxError: what came is no UTF-8.
    """
    with site().reader.pool.reading(len(request.query_string) + (request.content_length or 0)):
        pairs = read_pairs(request.query_string)
        if request.method == "POST":
            if _kind(request, name, direct) == direct:
                pairs.append((name, read_text(request.get_data(), name)))
            else:
                pairs += read_pairs(request.get_data(parse_form_data=False, cache=True))
        # Whoever looks for the format reads them once more: it is done now.
        _ = request.args, request.form
    return by_name(pairs)


def by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The values of each name, in their order."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def one(given: Mapping[str, Sequence[str]], name: str) -> str:
    """The one value of a parameter.

    Raises:
        QuerySyntaxError: there is none, or more than one.
    """
    values = given.get(name, ())
    if not values or not values[0].strip():
        raise QuerySyntaxError(f"no {name} was sent", hint=f"Send it as the parameter '{name}', or as the body.")
    if len(values) > 1:
        raise QuerySyntaxError(f"more than one {name}", hint=f"Send one {name} at a time.")
    return values[0]


def graphs(given: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    """The graphs of a dataset; an empty value, as forms send it, is none.

    Raises:
        QuerySyntaxError: one is not an absolute IRI.
    """
    return tuple(graph_name(value, f"'{name}'").value for value in given.get(name, ()) if value)


def graph_name(text: str, what: str = "the graph's name") -> ox.NamedNode:
    """The name of a graph.

    Raises:
        QuerySyntaxError: it is not an absolute IRI.
    """
    try:
        return ox.NamedNode(text)
    except ValueError as error:
        told = f"{what} is not an absolute IRI: {text[:80]!a}"
        raise QuerySyntaxError(told, hint="Give the whole IRI of a graph, percent-encoded.") from error


def _kind(request: Request, name: str, direct: str) -> str:
    """The media type of the body: ``direct`` or a form."""
    kind, options = parse_options_header((request.content_type or "").lower())
    accepted = f"Send {FORM} or {direct}."
    if kind not in {direct, FORM}:
        hint = accepted
        if kind in {QUERY, UPDATE}:
            hint = f"Send queries to /sparql and updates to /update. {accepted}"
        raise Refused(415, f"the {name} came as {kind[:80]!a}" if kind else "the body has no Content-Type", hint)
    charset = options.get("charset", "utf-8")
    if charset.strip() not in CHARSETS:
        raise Refused(415, f"the {name} came in the charset {charset[:40]!a}", "Send it in UTF-8.")
    encoding = request.headers.get("Content-Encoding", "identity").lower()
    if encoding != "identity":
        told = {"Accept-Encoding": "identity"}
        raise Refused(415, f"the body came with the encoding {encoding[:40]!a}", "Send it as it is.", told)
    return kind


def read_pairs(encoded: bytes) -> list[tuple[str, str]]:
    """The parameters, by name and value, of an address or a form.

    Raises:
        QuerySyntaxError: they are no UTF-8, or too many.
    """
    if encoded.count(b"&") >= _MOST_PARAMETERS:
        raise QuerySyntaxError(f"more than {_MOST_PARAMETERS} parameters", hint="Name fewer graphs.")
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict")
    except UnicodeError as error:
        raise QuerySyntaxError("the parameters are not UTF-8", hint="Send them in UTF-8, percent-encoded.") from error


def read_text(body: bytes, name: str) -> str:
    """The body as text.

    Raises:
        QuerySyntaxError: it is no UTF-8.
    """
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuerySyntaxError(f"the {name} is not UTF-8", hint="Send it in UTF-8.") from error
