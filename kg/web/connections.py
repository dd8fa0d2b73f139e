"""Connections as the server keeps them: who is slow on purpose holds no thread, and neither disk nor place for long."""

from __future__ import annotations

import ipaddress
import json
import time
from collections import Counter
from dataclasses import asdict
from http import HTTPStatus
from typing import Any, Final

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import Error

from kg.web.errors import refusal
from kg.web.protection import HEADERS
from kg.web.visitor import LINE

STILL_SECONDS: Final = 30
# A whole request, and a whole answer, may take so long, and longer by what has moved at this rate.
_LEAST_RATE: Final = 16 * 1024
_MOST_OF_ONE: Final = 256
# Above this share of the room for answers, those that are read slowly are ended.
_FULL: Final = 0.8


class _TooLate(Error):  # type: ignore[misc]  # waitress has no types
    code = 408
    reason = "Request Timeout"


class _Refusing(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """A request that is none, or too large, refused in the one shape of all our refusals."""

    def execute(self) -> None:
        """Nothing; it is refused, and the connection ends."""
        status = HTTPStatus(self.request.error.code)
        body = json.dumps(asdict(refusal(status))).encode()
        self.status = f"{status.value} {status.phrase}"
        self.response_headers += [("Content-Type", "application/json"), ("Cache-Control", "no-store"), *HEADERS.items()]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Asked(WSGITask):  # type: ignore[misc]  # waitress has no types
    """A request whose app knows the line that its client waits on."""

    def get_environment(self) -> dict[str, Any]:
        """The environment of WSGI, with the line."""
        environ: dict[str, Any] = super().get_environment()
        environ[LINE] = self.channel.socket
        return environ


class _Strict(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """A request whose end nobody can take for another place than we do (RFC 9112, 6.3 and 11.2)."""

    def parse_header(self, header_plus: bytes) -> None:
        """Nothing; the header is read.

        Raises:
            ParsingError: it says twice how long the request is, or for which host it is, or not at all.
        """
        names = [line.partition(b":")[0].lower() for line in header_plus.split(b"\r\n")[1:]]
        lengths = names.count(b"content-length") + names.count(b"transfer-encoding")
        newest = header_plus.partition(b"\r\n")[0].rstrip().endswith(b"HTTP/1.1")
        if lengths > 1 or (b"transfer-encoding" in names and not newest):
            raise ParsingError("the length of the request is ambiguous")
        if names.count(b"host") > 1 or (newest and b"host" not in names):
            raise ParsingError("a request names one host")
        super().parse_header(header_plus)
        # The last word of a list counts, too (RFC 9110, 7.6.1).
        if "close" in {word.strip().lower() for word in self.headers.get("CONNECTION", "").split(",")}:
            self.headers["CONNECTION"] = "close"
            self.connection_close = True


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """One connection."""

    task_class = _Asked
    error_task_class = _Refusing
    parser_class = _Strict
    request: Any

    def __init__(self, server: Any, line: Any, address: Any, *told: Any, **more: Any) -> None:
        """Take it in, or, where its client has too many already, close it."""
        self._client = _client(address)
        self._begun: float | None = None
        self._first_seen: float | None = None
        self._answered = 0
        super().__init__(server, line, address, *told, **more)
        if _counts(server)[self._client] > _MOST_OF_ONE and self._client:
            self.will_close = True

    def add_channel(self, *told: Any) -> None:
        """Nothing; it is counted."""
        super().add_channel(*told)
        _counts(self.server)[self._client] += 1

    def del_channel(self, *told: Any) -> None:
        """Nothing; it is no longer counted."""
        _counts(self.server)[self._client] -= 1
        super().del_channel(*told)

    def received(self, data: bytes) -> bool:
        """Whether the bytes were taken; the clock of a request runs from its first one."""
        taken: bool = super().received(data)
        self._begun = None if self.request is None else self._begun or time.time()
        return taken

    def hurry(self, now: float) -> None:
        """Nothing; a request that takes too long to come is refused, an answer that is read too slowly is cut off."""
        if self.request is not None and self._begun is not None and not self.requests:
            came = self.request.header_bytes_received + self.request.body_bytes_received
            if now - self._begun > STILL_SECONDS + came / _LEAST_RATE:
                self._refuse_late()
        if self.requests or not self.total_outbufs_len:
            self._first_seen = None
            return
        if self._first_seen is None:
            self._first_seen, self._answered = now, self.total_outbufs_len
        if self.waited(now) > STILL_SECONDS + (self._answered - self.total_outbufs_len) / _LEAST_RATE:
            self.will_close = True

    def waited(self, now: float) -> float:
        """For how long its answer has been read."""
        return 0.0 if self._first_seen is None else now - self._first_seen

    def _refuse_late(self) -> None:
        with self.requests_lock:
            late = self.request
            if late is None:
                return
            late.error = _TooLate("the request did not come to its end in time")
            self.request, self._begun = None, None
            self.requests.append(late)
            if len(self.requests) == 1:
                self.server.add_task(self)


def police(server: Any, room: int) -> None:
    """Nothing; from now on the server looks after its connections; unread answers have so much room together."""
    usual = server.maintenance

    def maintenance(now: float) -> None:
        usual(now)
        channels = list(server.active_channels.values())
        for channel in channels:
            channel.hurry(now)
        unread = sum(channel.total_outbufs_len for channel in channels)
        for channel in sorted(channels, key=lambda channel: -channel.waited(now)):
            if unread <= _FULL * room or channel.waited(now) < STILL_SECONDS:
                break
            unread -= channel.total_outbufs_len
            channel.will_close = True

    server.maintenance = maintenance
    server.channel_class = Channel


def _counts(server: Any) -> Counter[str]:
    """How many connections each client has to this server."""
    if not hasattr(server, "clients"):
        server.clients = Counter()
    found: Counter[str] = server.clients
    return found


def _client(address: Any) -> str:
    """What to count connections by; nothing for those of this machine, which may be a proxy's."""
    try:
        told = ipaddress.ip_address(str(address[0]).partition("%")[0])
    except (ValueError, IndexError, TypeError):
        return ""
    return "" if told.is_loopback else str(told)
