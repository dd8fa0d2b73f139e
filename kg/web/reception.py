"""Requests as they come off the socket: what is wrong with them is told in the shape of all refusals.

Waitress reads them; what it lets pass and two readers could take for two things is refused here too (RFC 9112, 11.2).
"""

from __future__ import annotations

import contextlib
import copy
import socket
import time
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask
from waitress.utilities import Error, RequestEntityTooLarge, RequestHeaderFieldsTooLarge
from werkzeug.test import create_environ

from kg.web.access import Door, names_token
from kg.web.errors import refusal, respond
from kg.web.heads import AddressNotEncoded, AddressTooLong, fault_of_head, has_too_many, is_ambiguous, is_unencoded
from kg.web.site import KEY

_MOST_IGNORED: Final = 4 << 20
_IGNORING_SECONDS: Final = 2
_CHUNK: Final = 1 << 16
_UPLOADS: Final = ("/store", "/update")
_MESSAGES: Final = {
    401: "writing needs a token",
    403: "who sent this may not write here, or nobody may",
    507: "the disk is full: nothing of the request was done",
}
_HINTS: Final = {
    400: "Send a request as RFC 9112 has it: a request line, a Host, one length of the body at most.",
    401: "Send the header 'Authorization: Bearer …' with it.",
    403: "Ask the operator for the right token; without it nothing large is read.",
    408: "Send it faster, or in smaller parts.",
    413: "Send less, or in parts.",
    414: "Send the query by POST.",
    429: "Wait for their answers before you ask again.",
    431: "Send fewer or shorter header fields.",
    501: "Send the body with a Content-Length, or chunked.",
    503: "Try again in a few seconds.",
    505: "Speak HTTP/1.1.",
    507: "Send less, or ask the operator for room.",
}


class NobodyKnown(Error):  # type: ignore[misc]
    """A large upload that does not say who it is from."""

    code = 401
    reason = "Unauthorized"


class NotAllowed(Error):  # type: ignore[misc]
    """A large upload with a token that is not ours, or where nothing is taken."""

    code = 403
    reason = "Forbidden"


class NoRoom(Error):  # type: ignore[misc]
    """A body that the disk has no room for."""

    code = 507
    reason = "Insufficient Storage"


class Arriving(HTTPRequestParser):  # type: ignore[misc]
    """A request as it arrives; ``error`` is set as soon as it is to be refused, whatever is still to come of it."""

    adj: Any
    path: str
    command: str
    error: Error | None = None
    # What its head was refused for before waitress read it.
    fault: Error | None = None
    # Whether it came with the token, to be written.
    is_trusted = False

    def received(self, data: bytes) -> int:
        """The number of bytes that belong to it."""
        knew = self.headers_finished
        try:
            consumed = int(super().received(data))
        except OSError:
            # What is large comes to the disk as it comes in.
            self.error, consumed = NoRoom("the disk is full"), len(data)
        if self.fault is not None:
            self.error = self.fault
        elif isinstance(self.error, RequestHeaderFieldsTooLarge) and b"\n" not in self.header_plus + data:
            self.error = AddressTooLong("the request line has no end")
        elif self.headers_finished and not knew and not self.empty and _is_open(self.error):
            self.error = self._fault()
        elif self.error is None and self.chunked and self._announced >= self.adj.max_request_body_size:
            self.error = RequestEntityTooLarge("a chunk is too large")
        if self.error is not None:
            self.completed = True
        if self.completed:
            # Nobody is told to go on with a body that is refused already, or is none: waitress would wait for it.
            self.expect_continue = False
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        """Nothing; the header is read.

        Raises:
            ParsingError: it has too many fields, or holds what no field may, which waitress would look for in time that
                grows with the square.
        """
        if has_too_many(header_plus):
            self.fault = RequestHeaderFieldsTooLarge("too many fields")
        elif is_unencoded(header_plus):
            self.fault = AddressNotEncoded("not ASCII")
        if self.fault is not None or is_ambiguous(header_plus):
            raise ParsingError("too many fields, or what could be read in two ways, or no address")
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # a number of more digits than Python reads
            raise ParsingError("a number without an end") from error

    @property
    def _announced(self) -> int:
        """The size of the body as far as it is known, with the rest of the chunk that is coming."""
        return int(self.body_bytes_received + getattr(self.body_rcv, "chunk_remainder", 0))

    def close(self) -> None:
        """Nothing; what came of its body is gone, also where the disk had no room for the rest."""
        with contextlib.suppress(OSError):
            super().close()

    def give_up(self, error: Error) -> None:
        """Nothing; it is to be refused, and what came of it is forgotten."""
        self.close()
        self.body_rcv, self.header_plus = None, b""
        self.header_bytes_received = self.body_bytes_received = 0
        self.error, self.completed, self.expect_continue = error, True, False

    def _fault(self) -> Error | None:
        fault = fault_of_head(self)
        if fault is not None:
            return fault
        if self.command == "OPTIONS" and self.path == "*":
            self.path = "/"
        token = self.headers.get("AUTHORIZATION", "")
        is_upload = self.path.startswith(_UPLOADS)
        self.is_trusted = is_upload and self.adj.opens(token)
        if not self.is_trusted:
            self.adj = self.adj.for_queries
        if self.content_length < self.adj.max_request_body_size:
            return None
        if is_upload and self.adj is self.adj.for_queries:
            return (
                NotAllowed("no such token") if names_token(token) or not self.adj.has_door else NobodyKnown("no token")
            )
        return RequestEntityTooLarge("the body is too large")


def _is_open(error: Error | None) -> bool:
    """Whether our own reasons are still to be heard: waitress has none, or only that the body is too large."""
    return error is None or isinstance(error, RequestEntityTooLarge)


class Refusing(ErrorTask):  # type: ignore[misc]
    """The answer to a request that is none, or too large; the connection ends with it."""

    def execute(self) -> None:
        """Nothing; it is refused."""
        app = self.channel.app
        self.channel.has_refused = True
        status = HTTPStatus(self.request.error.code)
        accept = self.request.headers.get("ACCEPT", "")
        with app.request_context(create_environ(headers={"Accept": accept} if accept else {})):
            told = getattr(self.request.error, "told", None) or _MESSAGES.get(status)
            hint = getattr(self.request.error, "hint", None) or _HINTS.get(status)
            response = app.process_response(respond(refusal(status, told, hint)))
            body = response.get_data()
        self.status = response.status
        self.response_headers += [(name, value) for name, value in response.headers if name != "Content-Length"]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(b"" if getattr(self.request, "command", "") == "HEAD" else body)


class Connection(HTTPChannel):  # type: ignore[misc]
    """A connection; after a refusal it takes in what is still under way, so that the refusal is not lost in a reset."""

    app: Flask
    error_task_class = Refusing
    has_refused = False
    _until: float | None = None
    _left = _MOST_IGNORED

    def parser_class(self, adj: Any) -> Arriving:
        """A request that is to come."""
        return Arriving(adj)

    def handle_close(self) -> None:
        """Nothing; it is closed, or after a refusal half of it (RFC 9112, 9.6)."""
        if self.has_refused and self._until is None and self.connected:
            self._until = time.monotonic() + _IGNORING_SECONDS
            self.will_close = False
            with contextlib.suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)
            return
        super().handle_close()

    @property
    def has_waited_enough(self) -> bool:
        """Whether it was refused, and whoever sent it had the time to read that."""
        return self._until is not None and time.monotonic() > self._until

    def handle_read(self) -> None:
        """Nothing; what came is read, or thrown away."""
        if self._until is None:
            super().handle_read()
            return
        try:
            self._left -= len(self.recv(_CHUNK))
        except OSError:
            self._left = 0
        if self.connected and (self._left <= 0 or self.has_waited_enough):
            self.handle_close()


def receive(app: Flask, servers: Iterable[Any], settings: Any, queries: int) -> None:
    """Nothing; the servers read and refuse requests as told here.

    Only what comes with the token, to be written, may be as large as waitress is told by its settings; other bodies
    have at most ``queries`` bytes.
    """
    door = app.extensions[KEY].door
    settings.has_door = isinstance(door, Door)
    settings.opens = door.opens if isinstance(door, Door) else lambda _: False
    settings.for_queries = copy.copy(settings)
    settings.for_queries.max_request_body_size = queries + 1
    settings.for_queries.for_queries = settings.for_queries
    for one in servers:
        one.channel_class = type("Channel", (one.channel_class,), {"app": app})
