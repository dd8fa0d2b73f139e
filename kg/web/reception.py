"""Requests as they come off the socket: what is wrong with them is told in the shape of all refusals.

Waitress reads them; what it lets pass and two readers could take for two things is refused here too (RFC 9112, 11.2).
"""

from __future__ import annotations

import contextlib
import copy
import ipaddress
import re
import socket
import time
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask
from waitress.utilities import BadRequest, Error, RequestEntityTooLarge, RequestHeaderFieldsTooLarge
from werkzeug.test import create_environ

from kg.web.access import Door, names_token
from kg.web.errors import refusal, respond
from kg.web.site import KEY

_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MOST_FIELDS: Final = 500
_VERSIONS: Final = frozenset({"1.0", "1.1"})
_HOST: Final = re.compile(r"(?:[A-Za-z0-9._~-]+|\[([0-9A-Fa-f:.]+)\])(?::[0-9]{0,5})?")
_CONDITIONS: Final = ("IF_MATCH", "IF_NONE_MATCH", "IF_RANGE")
_LONGEST: Final = 8192
_MOST_IGNORED: Final = 4 << 20
_IGNORING_SECONDS: Final = 2
_CHUNK: Final = 1 << 16
_UPLOADS: Final = ("/store", "/update")
# Elsewhere nobody has so much to say in an address; reading it would keep others waiting.
_LONG: Final = ("/sparql", "/update")
_LONGEST_QUERY: Final = 1 << 16
_MESSAGES: Final = {401: "writing needs a token", 403: "who sent this may not write here, or nobody may"}
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
}


class AddressTooLong(Error):  # type: ignore[misc]  # waitress has no types
    """A request line without an end."""

    code = 414
    reason = "URI Too Long"


class VersionNotSupported(Error):  # type: ignore[misc]
    """Another HTTP than 1.0 and 1.1."""

    code = 505
    reason = "HTTP Version Not Supported"


class NobodyKnown(Error):  # type: ignore[misc]
    """A large upload that does not say who it is from."""

    code = 401
    reason = "Unauthorized"


class NotAllowed(Error):  # type: ignore[misc]
    """A large upload with a token that is not ours, or where nothing is taken."""

    code = 403
    reason = "Forbidden"


class Arriving(HTTPRequestParser):  # type: ignore[misc]
    """A request as it arrives; ``error`` is set as soon as it is to be refused, whatever is still to come of it."""

    adj: Any
    path: str
    command: str
    error: Error | None = None
    has_too_many = False
    # Whether it came with the token, to be written.
    is_trusted = False

    def received(self, data: bytes) -> int:
        """The number of bytes that belong to it."""
        knew = self.headers_finished
        consumed = int(super().received(data))
        if self.has_too_many:
            self.error = RequestHeaderFieldsTooLarge("too many fields")
        elif isinstance(self.error, RequestHeaderFieldsTooLarge) and b"\n" not in self.header_plus + data:
            self.error = AddressTooLong("the request line has no end")
        elif self.headers_finished and not knew and not self.empty and _is_open(self.error):
            self.error = self._fault()
        if self.error is not None:
            self.completed = True
            # Nobody is told to go on with a body that is refused already.
            self.expect_continue = False
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        """Nothing; the header is read.

        Raises:
            ParsingError: it has too many fields, or holds what no field may, which waitress would look for in time that
                grows with the square.
        """
        self.has_too_many = header_plus.count(b"\n") > _MOST_FIELDS
        if self.has_too_many or _CONTROLS.search(header_plus):
            raise ParsingError("too many fields, or a control character")
        super().parse_header(header_plus)

    def give_up(self, error: Error) -> None:
        """Nothing; it is to be refused, and what came of it is forgotten."""
        self.close()
        self.body_rcv, self.header_plus = None, b""
        self.header_bytes_received = self.body_bytes_received = 0
        self.error, self.completed, self.expect_continue = error, True, False

    def _fault(self) -> Error | None:
        fault = self._fault_of_head()
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

    def _fault_of_head(self) -> Error | None:
        # It is a list (RFC 9110, 7.6.1); waitress looks for one word.
        wanted = {one.strip() for one in self.headers.get("CONNECTION", "").lower().split(",")}
        if "close" in wanted:
            self.headers["CONNECTION"] = "close"
        elif "keep-alive" in wanted:
            self.headers["CONNECTION"] = "keep-alive"
        if self.version not in _VERSIONS:
            return VersionNotSupported("not HTTP/1.0 or HTTP/1.1") if self.version else BadRequest("no version")
        if not _is_host(self.headers.get("HOST", "unnamed" if self.version == "1.0" else "")):
            return BadRequest("no Host, or more than one")
        # Chunks of the version before, or beside a length: two readers would end the body in two places.
        if "TRANSFER_ENCODING" in self.headers or (self.chunked and "CONTENT_LENGTH" in self.headers):
            return BadRequest("two lengths")
        if len(self.query) > _LONGEST_QUERY and not self.path.startswith(_LONG):
            return AddressTooLong("more parameters than any address here takes")
        return self._fault_of_conditions()

    def _fault_of_conditions(self) -> Error | None:
        """Reading long ones takes long: who reads gets the whole answer without them, who writes would do harm."""
        for name in _CONDITIONS:
            if len(self.headers.get(name, "")) > _LONGEST:
                if self.command not in {"GET", "HEAD"}:
                    return RequestHeaderFieldsTooLarge("a condition without an end")
                del self.headers[name]
        return None


def _is_host(told: str) -> bool:
    """Whether this is a name or an address, with or without a port."""
    found = _HOST.fullmatch(told)
    if found is None or found[1] is None:
        return found is not None
    try:
        ipaddress.IPv6Address(found[1])
    except ValueError:
        return False
    return True


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
            response = app.process_response(respond(refusal(status, told, _HINTS.get(status))))
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
