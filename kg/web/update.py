"""The SPARQL 1.1 Protocol for updates, 2.2: by POST alone, behind the token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, Response, request

from kg.engine.written import Written
from kg.errors import QuerySyntaxError
from kg.web.access import Compressed, WrongMedia, enter
from kg.web.protocol import CHARSETS, FORM, UPDATE, graph_name, read_pairs
from kg.web.site import site

bp = Blueprint("update", __name__)

_GRAPHS: Final = ("using-graph-uri", "using-named-graph-uri")
_ESCAPED: Final = 4  # bytes that a character of a form may take, beyond what three bytes of UTF-8 need


@bp.post("/update")
def update() -> Response:
    """204: the update is done, as a whole, and whoever asks now sees it."""
    writer = enter()
    request.max_content_length = request.max_form_memory_size = site().settings.limits.update_characters * 3 * _ESCAPED
    text, pairs = _asked()
    using, named = (
        tuple(graph_name(value, f"'{graphs}'").value for name, value in pairs if name == graphs) for graphs in _GRAPHS
    )
    return done(writer.update(text, using, named, base=site().settings.base_iri))


def done(written: Written) -> Response:
    """201 where a graph is new, else 204; the header says which generation holds what was written."""
    response = Response(status=201 if written.created else 204)
    del response.headers["Content-Type"]  # of no content there is no type
    response.headers["KG-Generation"] = str(written.generation)
    response.headers["Cache-Control"] = "no-store"
    return response


def read_text(body: bytes) -> str:
    """The body as text.

    Raises:
        QuerySyntaxError: it is no UTF-8.
    """
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise QuerySyntaxError("the update is not UTF-8", hint="Send it in UTF-8.") from error


def refuse_encodings() -> None:
    """Nothing; the body is as it was written.

    Raises:
        Compressed: it is compressed.
    """
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise Compressed("a compressed body is not taken", hint="Send it without Content-Encoding.")


def refuse_charsets(told: Mapping[str, str]) -> None:
    """Nothing; these parameters of a media type name UTF-8, a part of it, or nothing.

    Raises:
        WrongMedia: the text is in another encoding.
    """
    if told.get("charset", "utf-8").strip().lower() not in CHARSETS:
        raise WrongMedia("text is taken in UTF-8 alone", hint="Send it in UTF-8, with charset=utf-8 or none.")


def _asked() -> tuple[str, list[tuple[str, str]]]:
    """The text of the update, and the parameters beside it."""
    refuse_encodings()
    refuse_charsets(request.mimetype_params)
    pairs = read_pairs(request.query_string)
    if request.mimetype == UPDATE:
        texts = [read_text(request.get_data())]
        refused = {"update", "query"}
    elif request.mimetype == FORM:
        if any(name in {"update", "query"} for name, _ in pairs):
            raise QuerySyntaxError("an update does not stand in the address", hint="Send it in the body.")
        pairs += read_pairs(request.get_data(parse_form_data=False))
        texts = [value for name, value in pairs if name == "update"]
        refused = {"query"}
    else:
        raise WrongMedia(f"an update comes as {UPDATE} or {FORM}", hint=f"Set Content-Type: {UPDATE}.")
    if any(name in refused for name, _ in pairs):
        raise QuerySyntaxError("there is a query beside the update", hint="Send queries to /sparql.")
    if len(texts) != 1:
        told = "more than one update" if texts else "no update was sent"
        raise QuerySyntaxError(told, hint="Send one, as the parameter 'update' or as the body.")
    return texts[0], pairs
