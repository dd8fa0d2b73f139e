"""Connections as the server keeps them: who is slow on purpose holds no thread, and neither disk nor place for long.

What all of them may have together stands in :mod:`kg.web.crowd`.
"""

from __future__ import annotations

import time
from collections.abc import Hashable, Sequence
from typing import Any, Final

from waitress.task import ThreadedTaskDispatcher, WSGITask
from waitress.utilities import Error

from kg.web.crowd import STILL_SECONDS, Crowd
from kg.web.parking import Park
from kg.web.reception import Arriving, Connection
from kg.web.visitor import LINE, Proxies
from kg.web.waiting import Queue

# Whoever asks whether the server is well is answered, however many queries hold the other threads; and neither keeps
# the other waiting.
_KEPT: Final = ({"/livez": 1}, {"/healthz": 2, "/readyz": 2}, {"/metrics": 1})
# A whole request, and a whole answer, may take so long, and longer by what has moved at this rate.
_LEAST_RATE: Final = 16 * 1024
# What says nothing for so long rests.
_STILL: Final = 1.0
# So many are let in before those that are in are looked after.
_AT_ONCE: Final = 64


class TooLate(Error):  # type: ignore[misc]  # waitress has no types
    """A request that did not come to its end."""

    code = 408
    reason = "Request Timeout"


class TooMuch(Error):  # type: ignore[misc]
    """A request for which there is no room beside the others."""

    code = 503
    reason = "Service Unavailable"
    told = "the requests that are coming are too large together"


class TooMany(Error):  # type: ignore[misc]
    """A request of a client that has too many under way."""

    code = 429
    reason = "Too Many Requests"
    told = "too many requests of yours are under way"


class Asked(WSGITask):  # type: ignore[misc]
    """A request whose app knows the line that its client waits on."""

    def get_environment(self) -> dict[str, Any]:
        """The environment of WSGI, with the line."""
        environ: dict[str, Any] = super().get_environment()
        environ[LINE] = self.channel.socket
        return environ


class Coming(Arriving):
    """A request on its way; behind a trusted proxy it says who asks."""

    def __init__(self, adj: Any, channel: Channel) -> None:
        """Nothing has come."""
        super().__init__(adj)
        # ``None`` where it is kept for whoever sends the same bytes.
        self.channel: Channel | None = channel

    def _fault(self) -> Error | None:
        found = super()._fault()
        if found is not None or self.channel is None:
            return found
        if not self.channel.is_let_in(self):
            return TooMany("of this client")
        is_large = self.body_rcv is not None and not self.is_trusted
        return TooMuch("full") if is_large and self.channel.crowd.is_full else None


class Channel(Connection):
    """One connection."""

    task_class = Asked
    request: Any
    last_activity: float

    def __init__(self, server: Any, line: Any, address: Any, *told: Any, **more: Any) -> None:
        """Take it in, or, where its client has too many already, close it."""
        self.crowd: Crowd = server.crowd
        self._proxies: Proxies = server.proxies
        self._peer = str(address[0]) if isinstance(address, tuple) else ""
        self._is_proxied = self._proxies.trusts(self._peer)
        self._begun: float | None = None
        self._first_seen: float | None = None
        self._answered = 0
        super().__init__(server, line, address, *told, **more)
        if not self._is_proxied and not self.crowd.enter(self, self._proxies.name(self._peer)):
            self.will_close = True

    def parser_class(self, adj: Any) -> Coming:
        """A request that is to come."""
        return Coming(adj, self)

    def is_let_in(self, asked: Coming) -> bool:
        """Whether the client that a trusted proxy speaks for has few enough requests under way."""
        if not self._is_proxied or not self.connected:
            return True
        return self.crowd.enter(self, self._proxies.name(self._peer, asked.headers.get("X_FORWARDED_FOR", "")))

    def del_channel(self, *told: Any) -> None:
        """Nothing; it is no longer counted."""
        self.crowd.leave(self)
        self.server.park.forget(self._fileno)
        super().del_channel(*told)

    def service(self) -> None:
        """Nothing; a request is answered."""
        super().service()
        if self._is_proxied:
            with self.requests_lock:
                if not self.requests and self.request is None:
                    self.crowd.leave(self)

    def received(self, data: bytes) -> bool:
        """Whether the bytes were taken; the clock of a request runs from its first one."""
        taken: bool = super().received(data)
        now = time.time()
        self._begun = None if self.request is None else self._begun or now
        self.crowd.came(len(data), now)
        return taken

    @property
    def client(self) -> Hashable:
        """Whose turn it takes when its request waits for a thread: that of its client, or, of this machine, its own."""
        return self.crowd.name(self) or id(self)

    def hurry(self, now: float) -> None:
        """Nothing; a request that takes too long to come is refused, an answer that is read too slowly is cut off."""
        if self.has_waited_enough:
            self.will_close = True
        age = self.age(now)
        is_late = age is not None and age > STILL_SECONDS + _size(self.request) / _LEAST_RATE
        if is_late or (age is not None and now - self.last_activity > STILL_SECONDS):
            self._refuse(TooLate("the request did not come to its end in time"))
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

    def age(self, now: float) -> float | None:
        """For how many seconds a request has been coming; ``None`` where none is, or one is answered before it."""
        return None if self.request is None or self._begun is None or self.requests else now - self._begun

    def rank(self, now: float) -> tuple[int, float] | None:
        """What it may be closed by: idle, or a request half come, or an answer half read; each the longest first."""
        if self.requests:
            return None
        age = self.age(now)
        if age is not None:
            return 1, -age
        return (2, -self.waited(now)) if self.total_outbufs_len else (0, self.last_activity)

    def held(self, *, trusted: bool) -> int:
        """The bytes that its requests hold, of those that came with a token or of the others."""
        under_way = (*self.requests, self.request)
        return sum(_size(one) for one in under_way if one is not None and one.is_trusted == trusted)

    def crowd_out(self) -> None:
        """Nothing; the request that is coming is refused: there is no room for it."""
        self._refuse(TooMuch("no room for the request"))

    def may_rest(self, since: float) -> bool:
        """Whether nothing happened on it since then, and it is for the client to go on."""
        is_ours = self.requests or self.total_outbufs_len or self.will_close or self.close_when_flushed
        return bool(self.connected and not is_ours and self.last_activity < since)

    def _refuse(self, error: Error) -> None:
        self.server.park.wake(self, self._fileno)
        with self.requests_lock:
            late = self.request
            if late is None:
                return
            late.give_up(error)
            self.request, self._begun = None, None
            self.requests.append(late)
            if len(self.requests) == 1:
                self.server.add_task(self)


def _size(request: Any) -> int:
    return int(request.header_bytes_received + request.body_bytes_received)


def police(servers: Sequence[Any], proxies: Proxies, *, requests: int, uploads: int, answers: int) -> None:
    """Nothing; the servers look after their connections, which have so much room together for what is under way."""
    most = servers[0].adj.connection_limit
    park = Park(servers[0]._map)  # noqa: SLF001  # the one that all of them share
    crowd = Crowd(
        servers,
        most=most,
        requests=requests,
        uploads=uploads,
        answers=answers,
    )
    waiting = Queue(lambda channel: channel.client)
    for server in servers:
        server.crowd, server.proxies, server.park = crowd, proxies, park
        server.channel_class = Channel
        server.task_dispatcher.queue = waiting
        _look_after(server, crowd, park)
        _let_in_many(server, crowd)
        _keep_free(server)


def _look_after(server: Any, crowd: Crowd, park: Park) -> None:
    """Nothing; before each look at its sockets the server makes room."""
    usual, is_ready = server.maintenance, server.readable

    def maintenance(now: float) -> None:
        for channel in list(server.active_channels.values()):
            channel.hurry(now)
        usual(now)
        crowd.weigh(now)
        crowd.end_slow_readers(now)
        rest(now)

    def rest(now: float) -> None:
        park.rest(lambda one: isinstance(one, Channel) and one.may_rest(now - _STILL))

    def readable() -> bool:
        now = time.time()
        if crowd.make_room(now):
            rest(now)
        return bool(is_ready()) and crowd.taken < crowd.most

    server.maintenance, server.readable = maintenance, readable


def _let_in_many(server: Any, crowd: Crowd) -> None:
    """Nothing; each time somebody comes, all who have come are let in."""
    let_in = server.handle_accept

    def handle_accept() -> None:
        for _ in range(_AT_ONCE):
            before = len(server.active_channels)
            let_in()
            if len(server.active_channels) == before or crowd.taken >= crowd.most:
                break

    server.handle_accept = handle_accept


def _keep_free(server: Any) -> None:
    usual, kept = server.add_task, {}
    for paths in _KEPT:
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(max(paths.values()))
        kept.update(dict.fromkeys(paths, dispatcher.add_task))

    def add_task(channel: Any) -> None:
        kept.get(getattr(channel.requests[0], "path", ""), usual)(channel)

    server.add_task = add_task
