"""Every refusal in one shape, ``{status, error, line, column, message, hint}``, as JSON, HTML or plain text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from kg.engine.answer import AnswerTooLarge, AskerGone, EngineBusy, QueryTooLarge, TooManyQueries
from kg.engine.written import (
    NoSuchGraph,
    PreconditionFailed,
    StoreFull,
    UploadRefused,
    UploadTooLarge,
    WriterEnded,
)
from kg.errors import KgError, QueryError, QueryNotReadOnly, QuerySyntaxError, QueryTooLong, StoreError
from kg.web.access import REALM, Compressed, ForeignPage, NoToken, WritingHalted, WritingOff, WrongMedia, WrongToken
from kg.web.formats import NotAcceptable, preferred

STATUS: Final[Mapping[type[KgError], HTTPStatus]] = MappingProxyType(
    {
        QuerySyntaxError: HTTPStatus.BAD_REQUEST,
        QueryNotReadOnly: HTTPStatus.BAD_REQUEST,
        QueryTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        AnswerTooLarge: HTTPStatus.SERVICE_UNAVAILABLE,
        EngineBusy: HTTPStatus.SERVICE_UNAVAILABLE,
        TooManyQueries: HTTPStatus.TOO_MANY_REQUESTS,
        # Nobody reads it; the log has it.
        AskerGone: HTTPStatus.REQUEST_TIMEOUT,
        QueryTooLong: HTTPStatus.GATEWAY_TIMEOUT,
        NotAcceptable: HTTPStatus.NOT_ACCEPTABLE,
        StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
        WriterEnded: HTTPStatus.SERVICE_UNAVAILABLE,
        StoreFull: HTTPStatus.INSUFFICIENT_STORAGE,
        UploadRefused: HTTPStatus.BAD_REQUEST,
        UploadTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        PreconditionFailed: HTTPStatus.PRECONDITION_FAILED,
        NoSuchGraph: HTTPStatus.NOT_FOUND,
        WritingOff: HTTPStatus.FORBIDDEN,
        WritingHalted: HTTPStatus.SERVICE_UNAVAILABLE,
        ForeignPage: HTTPStatus.FORBIDDEN,
        WrongToken: HTTPStatus.FORBIDDEN,
        NoToken: HTTPStatus.UNAUTHORIZED,
        WrongMedia: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    }
)
_HINTS: Final[Mapping[int, str]] = MappingProxyType(
    {
        403: "This server is read-only.",
        404: "Look for it from the home page: the search knows every name in the graph.",
        405: "See the Allow header for the methods that work here.",
        406: "Name another in Accept, or by ?format= with one of the suffixes.",
        412: "Get it anew, and send its ETag.",
        413: "Send less.",
        415: "Send application/x-www-form-urlencoded or application/sparql-query.",
        503: "Try again in a few seconds.",
        504: "Ask for less.",
        507: "Send less, or ask the operator for room; what is there can be read meanwhile.",
    }
)
_HINT: Final = "Look up in /openapi.json what this address takes."
_OURS: Final = "Try again; if it stays so, tell the operator when it was."
_GRAPHS: Final = "The service description, at /sparql, lists the graphs."
_MESSAGES: Final[Mapping[int, str]] = MappingProxyType(
    {
        400: "the request cannot be read",
        404: "there is nothing at this address",
        405: "this method does not work at this address",
        412: "what is here is not what the request was made for",
        413: "the request is larger than this address takes",
    }
)
RETRY_SECONDS: Final = 5
_FULL: Final = "the disk is full: nothing was written, and what was there before is served still"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What went wrong, for people and programs; never a path or a stack."""

    status: int
    error: str
    message: str
    line: int | None = None
    column: int | None = None
    hint: str


def refusal_of(error: KgError) -> Refusal:
    """The refusal that tells of an error of ours."""
    status = next(code for kind in type(error).__mro__ if (code := STATUS.get(kind)) is not None)
    message = str(error)
    if isinstance(error, StoreError):
        # The reason names folders of this machine: it is for the log.
        message = _FULL if isinstance(error, StoreFull) else "the store is out of reach at the moment"
    placed = error if isinstance(error, QueryError) else QueryError(message)
    return Refusal(
        status=status,
        error=status.phrase,
        message=message,
        line=placed.line,
        column=placed.column,
        hint=placed.hint or (_GRAPHS if isinstance(error, NoSuchGraph) else _hint(status)),
    )


def refusal(status: HTTPStatus, message: str | None = None, hint: str | None = None) -> Refusal:
    """The refusal that tells of a status of HTTP, in the words of its standard where there are no better ones."""
    told = (message or _MESSAGES.get(status) or status.description or status.phrase).strip()
    return Refusal(status=status, error=status.phrase, message=told, hint=hint or _hint(status))


def _hint(status: int) -> str:
    return _HINTS.get(status) or (_HINT if status < HTTPStatus.INTERNAL_SERVER_ERROR else _OURS)


class Refused(Exception):
    """A request that ends with a refusal, and with these headers beside it."""

    def __init__(
        self, status: int, message: str, hint: str | None = None, headers: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """What went wrong and what to do."""
        super().__init__(message)
        self.refusal = refusal(HTTPStatus(status), message, hint)
        self.headers = headers


def respond(refusal: Refusal) -> Response:
    """The refusal in the format that the request wants; JSON where it does not say."""
    best = preferred(request, ("application/json", "text/html", "text/plain"))
    if best == "text/html":
        response = make_response(render_template("refusal.html", refusal=refusal))
    elif best == "text/plain":
        response = make_response(_plain(refusal))
        response.mimetype = "text/plain"
    else:
        response = jsonify(asdict(refusal))
    response.status_code = refusal.status
    response.headers["Cache-Control"] = "no-store"
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = REALM
    if refusal.status in {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _plain(refusal: Refusal) -> str:
    place = f" (line {refusal.line}, column {refusal.column})" if refusal.line else ""
    return f"{refusal.status} {refusal.error}: {refusal.message}{place}\n{refusal.hint}\n"


def register(app: Flask) -> None:
    """Nothing; the app answers every error in this shape."""
    app.register_error_handler(Refused, _of_protocol)
    app.register_error_handler(HTTPException, _of_http)

    @app.errorhandler(KgError)
    def of_ours(error: KgError) -> Response:
        if isinstance(error, StoreError):
            app.logger.error("%s", error)
        response = respond(refusal_of(error))
        if isinstance(error, Compressed):
            response.headers["Accept-Encoding"] = "identity"  # RFC 9110, 15.5.16
        return response

    @app.errorhandler(Exception)
    def of_nobody(error: Exception) -> Response:
        app.logger.error("unexpected", exc_info=error)
        return respond(refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "something went wrong here; it has been logged"))


def _of_protocol(error: Refused) -> Response:
    response = respond(error.refusal)
    response.headers.update(error.headers)
    return response


def _of_http(error: HTTPException) -> Response:
    if error.response is not None and (error.code or 500) < 400:
        return make_response(error.response)
    status = HTTPStatus(error.code or 500)
    # What a view says is better than what the library says of every such status.
    message = None if error.description == type(error).description else error.description
    response = respond(refusal(status, message))
    for name, value in error.get_headers():
        if name in {"Allow", "Location", "Retry-After"}:
            response.headers[name] = value
    return response
