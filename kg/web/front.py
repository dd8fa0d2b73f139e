"""Connections that come to the desk before the app: what is known is sent at once, all that is sent is told.

Once the server is leaving, new requests are turned away here; those that are being answered are finished.
"""

from __future__ import annotations

import time
from typing import Any, Final

from waitress.utilities import build_http_date

from kg.engine.begun import Ready, Sent
from kg.web.connections import Asked, Channel
from kg.web.desk import NOWHERE, PASSING, QUERY, SENT, VIEW, Desk
from kg.web.direct import Direct, Guest
from kg.web.journal import Entry
from kg.web.plain import VIEW as VIEW_OF_QUERIES
from kg.web.recall import Recalled, State, agent_of
from kg.web.reception import Refusing
from kg.web.turned import Turned

_GENERATION: Final = "Kg-Generation"


class Answering(Asked):
    """A request that the app answers; the answer is kept for the same request, where it may be."""

    _head: bytes = b""
    _may_stay = False

    def __init__(self, channel: Front, request: Any) -> None:
        """Nothing is answered yet."""
        super().__init__(channel, request)
        self._asked, channel.asked = channel.asked, None
        self._body: list[bytes] = []

    def get_environment(self) -> dict[str, Any]:
        """The environment of WSGI, with the query that is under way already."""
        environ = super().get_environment()
        environ[SENT] = self.request.take()
        return environ

    def service(self) -> None:
        """Nothing; it is answered, counted and told."""
        began = time.perf_counter()
        try:
            super().service()
        finally:
            if (sent := (self.environ or {}).pop(SENT, None)) is not None:
                sent.drop()  # the app never came to it
            self.channel.tell(self, time.perf_counter() - began, is_counted=True)

    def build_response_header(self) -> bytes:
        """The head of the answer."""
        if self.channel.desk.left is not None:
            self.set_close_on_finish()
        asked = self.request.headers.get("CONNECTION", "").lower()
        self._may_stay = self.version == "1.1" and asked != "close" and not self.has_body and not self.close_on_finish
        head: bytes = super().build_response_header()
        self._may_stay = False
        self._head = head
        return head

    def set_close_on_finish(self) -> None:
        """Nothing; the connection ends with this answer.

        Waitress wants that of every answer without a length; a 204 or 304 ends with its head and needs none.
        """
        if not self._may_stay:
            super().set_close_on_finish()

    def write(self, data: bytes) -> None:
        """Nothing; the bytes are on their way, and kept until all are there."""
        super().write(data)
        if self._asked is not None:
            self._body.append(data)

    def finish(self) -> None:
        """Nothing; the answer is whole."""
        super().finish()
        if self._asked is not None:
            key, state = self._asked
            body = b"".join(self._body)
            if self._may_be_kept(state) and len(body) == self.content_length:
                self.channel.desk.recall.keep(key, state, self._recalled(body))

    def _may_be_kept(self, state: State) -> bool:
        told = dict(self.response_headers)
        return (
            self.status == "200 OK"
            and not (self.environ or {}).get(PASSING)
            and told.get(_GENERATION) == str(state.number)
            and told.get("Etag", "").startswith('"')
            and "no-store" not in told.get("Cache-Control", "")
            and "Set-Cookie" not in told
            and not self.close_on_finish
            and not self.chunked_response
        )

    def _recalled(self, body: bytes) -> Recalled:
        lines = self._head.split(b"\r\n")
        head = b"\r\n".join(line for line in lines[:-2] if not line.startswith(b"Date: "))
        return Recalled(head=head + b"\r\nDate: ", body=body, told=self.channel.entry(self, 0.0))


class TurnedAway(Refusing):
    """A request that is none, or comes too late; counted and told like others."""

    environ: dict[str, Any] | None = None

    def service(self) -> None:
        """Nothing; it is refused."""
        began = time.perf_counter()
        try:
            super().service()
        finally:
            self.channel.tell(self, time.perf_counter() - began, is_counted=False)


class Front(Channel):
    """A connection at the desk."""

    desk: Desk
    direct: Direct
    current_outbuf_count: int
    sent_continue: bool
    error_task_class = TurnedAway
    asked: tuple[bytes, State] | None = None
    _is_reading = _has_come = False

    def parser_class(self, adj: Any) -> Turned:
        """A request that is to come."""
        return Turned(adj, self)

    def received(self, data: bytes) -> bool:
        """Whether the bytes were taken; a request that came before is answered from memory, a plain query directly."""
        self.asked = None
        is_first = self.request is None and not self.requests and self.desk.left is None and not self._is_ending
        if is_first and self._is_known(data):
            return True
        self._is_reading = True
        try:
            taken: bool = super().received(data)
        finally:
            self._is_reading = False
        if self._has_come:
            self._has_come = False
            request = self.requests[0]
            self._see_to_it()
            if is_first and request.plain is not None:
                self.direct.heard.keep(data, request)
        return taken

    def _is_known(self, data: bytes) -> bool:
        """Whether these bytes came before: their answer is sent again, or what was read of them is seen to."""
        key = self.desk.recall.key(data, is_proxied=self._is_proxied)
        if key is not None:
            known = self.desk.recall.find(key)
            if known is not None:
                self._send_again(known, data)
                return True
            state = self.desk.recall.seen
            self.asked = None if state is None else (key, state)
        heard = None if self._is_proxied else self.direct.heard.find(data, self)
        if heard is None:
            return False
        self.crowd.came(len(data), time.time())
        with self.requests_lock:
            self.requests.append(heard)
        self._see_to_it()
        return True

    def _see_to_it(self) -> None:
        """Nothing; the request is answered directly, or by a thread."""
        if self.desk.left is not None or not self.direct.take(self):
            self.go_on(None)

    def has_come(self) -> bool:
        """Whether its request is seen to as soon as all bytes that came with it are read."""
        self._has_come = self._is_reading
        return self._has_come

    def task_class(self, _: object, request: Any) -> Answering:  # type: ignore[override]  # called alike
        """What answers the request."""
        return Answering(self, request)

    def go_on(self, sent: Sent | Ready | None) -> None:
        """Nothing; a thread answers the request, which may be with a worker, or have its answer, already."""
        if sent is not None:
            self.requests[0].sent = sent
        self.server.add_task(self)

    def service(self) -> None:
        """Nothing; one request is answered."""
        request = self.requests[0]
        try:
            super().service()
        finally:
            if (sent := request.take()) is not None:
                sent.drop()  # its client has gone

    def give(self, guest: Guest, generation: int, head: bytes, body: bytes) -> None:
        """Nothing; the answer to a plain query is on its way, told, and kept for who sends the same bytes."""
        asked, self.asked = self.asked, None
        request = self.requests[0]
        is_told = self.desk.journal is not None and self.desk.journal.queries
        told = Entry(
            client=guest.client,
            method=request.command,
            path=request.path,
            view=VIEW_OF_QUERIES,
            status=200,
            bytes=len(body),
            seconds=time.perf_counter() - guest.came,
            generation=generation,
            agent=request.headers.get("USER_AGENT", ""),
            query=guest.plain.asked.question.text if is_told else "",
        )
        given = Recalled(head=head, body=body, told=told)
        if asked is not None and asked[1].number == generation:
            self.desk.recall.keep(*asked, given)
        self._finish(given)
        self.desk.tell(told, self.address, is_counted=False)

    def _finish(self, given: Recalled) -> None:
        """Nothing; the request is answered with this, as waitress would; the loop, whose thread this is, goes on."""
        if self.connected:
            self._send(given)
        with self.requests_lock:
            self.requests.pop(0).close()
            if self._is_proxied and not self.requests and self.request is None:
                self.crowd.leave(self)
            if self.connected and self.requests:
                self.server.add_task(self)
            elif self._waits_to_go_on():
                self.send_continue()
        self.last_activity = time.time()

    def _waits_to_go_on(self) -> bool:
        """Whether the next request has begun, and its client waits to be told that its body is wanted."""
        coming = self.request
        return bool(
            self.connected
            and coming is not None
            and coming.expect_continue
            and coming.headers_finished
            and not self.sent_continue
        )

    def tell(self, task: Answering | TurnedAway, seconds: float, *, is_counted: bool) -> None:
        """Nothing; what the task sent is told."""
        self.desk.tell(self.entry(task, seconds), self.address, is_counted=is_counted)

    def entry(self, task: Answering | TurnedAway, seconds: float) -> Entry:
        """What the journal says of this answer."""
        environ, request = task.environ or {}, task.request
        is_told = self.desk.journal is not None and self.desk.journal.queries
        return Entry(
            client="" if environ.get("REMOTE_ADDR") in {None, self.address} else environ["REMOTE_ADDR"],
            method=getattr(request, "command", ""),
            path=getattr(request, "path", ""),
            view=environ.get(VIEW, NOWHERE),
            status=int(task.status[:3]),
            bytes=task.content_bytes_written or (task.content_length or 0 if task.has_body else 0),
            seconds=seconds,
            generation=_generation(task),
            agent=request.headers.get("USER_AGENT", ""),
            query=environ.get(QUERY, "") if is_told else "",
        )

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being answered, and nothing is left to send."""
        under_way = self.request is not None and self.request.headers_finished
        return not (self.requests or self.total_outbufs_len or under_way)

    @property
    def _is_ending(self) -> bool:
        return bool(self.will_close or self.close_when_flushed)

    @property
    def address(self) -> str:
        """Where it comes from; empty for what is no network."""
        return str(self.addr[0]) if isinstance(self.addr, tuple) else ""

    def _send_again(self, known: Recalled, data: bytes) -> None:
        began = time.perf_counter()
        self._send(known)
        told = known.told.again(time.perf_counter() - began, agent_of(data))
        self.desk.tell(told, self.address, is_counted=False)

    def _send(self, known: Recalled) -> None:
        self.write_soon(known.head + _date() + known.body)
        if self.current_outbuf_count > 0:
            # As waitress does after each answer: the next one begins another buffer.
            self.current_outbuf_count = self.adj.outbuf_high_watermark


def _generation(task: Answering | TurnedAway) -> int | None:
    """The generation that gave the answer; ``None`` where it is of none."""
    told = dict(task.response_headers).get(_GENERATION, "")
    return int(told) if told.isdecimal() else None


def _date() -> bytes:
    """The rest of the head, after its last name."""
    return f"{build_http_date(time.time())}\r\n\r\n".encode("ascii")


def attend(desk: Desk, direct: Direct, server: Any) -> None:
    """Nothing; the server's connections come to this desk."""
    server.adj.desk = desk
    server.channel_class = type("Front", (Front,), {"desk": desk, "direct": direct})
    usual = server.add_task

    def add_task(channel: Front) -> None:
        if not channel.has_come():
            usual(channel)

    server.add_task = add_task
