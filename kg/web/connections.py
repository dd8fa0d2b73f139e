"""Connections as the server keeps them: who is slow on purpose holds no thread, and neither disk nor place for long."""

from __future__ import annotations

import ipaddress
import time
from collections import Counter
from typing import Any, Final

from waitress.task import ThreadedTaskDispatcher, WSGITask
from waitress.utilities import Error

from kg.web.reception import Connection
from kg.web.visitor import LINE

STILL_SECONDS: Final = 30
# Whoever asks whether the server is well is answered, however many queries hold the other threads.
_KEPT_FREE: Final = frozenset({"/livez", "/healthz", "/readyz"})
_THREADS: Final = 2
# A whole request, and a whole answer, may take so long, and longer by what has moved at this rate.
_LEAST_RATE: Final = 16 * 1024
_MOST_OF_ONE: Final = 256
# Above this share of the room for answers, those that are read slowly are ended.
_FULL: Final = 0.8


class _TooLate(Error):  # type: ignore[misc]  # waitress has no types
    code = 408
    reason = "Request Timeout"


class Asked(WSGITask):  # type: ignore[misc]  # waitress has no types
    """A request whose app knows the line that its client waits on."""

    def get_environment(self) -> dict[str, Any]:
        """The environment of WSGI, with the line."""
        environ: dict[str, Any] = super().get_environment()
        environ[LINE] = self.channel.socket
        return environ


class Channel(Connection):
    """One connection."""

    task_class = Asked
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
    _keep_free(server)


def _keep_free(server: Any) -> None:
    usual, kept = server.add_task, ThreadedTaskDispatcher()
    kept.set_thread_count(_THREADS)

    def add_task(channel: Any) -> None:
        request = channel.requests[0]
        (kept.add_task if getattr(request, "path", "") in _KEPT_FREE else usual)(channel)

    server.add_task = add_task


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
