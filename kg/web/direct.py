"""Plain queries that need no thread: sent to a worker as soon as they come, answered as soon as it answers.

The loop of the sockets does both, so that many clients wait at the cost of one. Whoever has to wait for longer than a
quick query takes, or gets anything but a short answer, goes on in a thread, where the app answers.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from kg.engine.answer import Answer
from kg.engine.begun import Begun, Ready, Sent
from kg.errors import KgError
from kg.web.heard import Heard
from kg.web.plain import Plain, read_plain, write_plain
from kg.web.site import Site
from kg.web.visitor import Proxies

_LOG: Final = logging.getLogger(__name__)
# For a worker, and for its answer.
_PATIENCE: Final = 1.0
_BRIEF: Final = 0.05
_LOOK_SECONDS: Final = 0.01
_MOST_WAITING: Final = 256
# What is longer is compressed and sent by a thread.
_SHORT: Final = 1 << 16


@dataclass(slots=True, kw_only=True)
class Guest:
    """A connection that waits for the answer to a plain query; in the loop it stands for the line of the worker.

    ``client`` is its address, where a trusted proxy told it.
    """

    channel: Any
    plain: Plain
    begun: Begun
    client: str
    came: float
    come: Callable[[Guest], None]
    until: float = 0.0
    sent: Sent | None = None
    number: int = -1
    accepting: bool = False

    def readable(self) -> bool:
        """True."""
        return True

    def writable(self) -> bool:
        """False."""
        return False

    def handle_read_event(self) -> None:
        """Nothing; the worker has answered."""
        self.come(self)

    handle_expt_event = handle_close = handle_read_event

    def handle_error(self) -> None:
        """Nothing; what we did wrong is told, and the app answers."""
        _LOG.exception("a plain query was not answered")
        self.channel.go_on(None)

    def close(self) -> None:
        """Nothing; the server is ended, and its workers with it."""


class Direct:
    """The guests of a server; it belongs to the thread of the loop."""

    def __init__(self, here: Site, proxies: Proxies, sockets: dict[int, Any]) -> None:
        """Nobody is here."""
        self._here = here
        self._proxies = proxies
        self._sockets = sockets
        self._sent: dict[int, Guest] = {}
        self._waiting: deque[Guest] = deque()
        self.heard: Heard[Any] = Heard()

    def take(self, channel: Any) -> bool:
        """Whether the request of this connection is answered here; otherwise it is for a thread."""
        guest = self._guest(channel, channel.requests[0])
        if guest is None:
            return False
        now = time.monotonic()
        guest.until = now + _PATIENCE
        if not self._waiting and self._begin(guest, now):
            return True
        if not self._sent or len(self._waiting) >= _MOST_WAITING or not guest.begun.may_wait():
            return False
        self._waiting.append(guest)
        return True

    def _guest(self, channel: Any, request: Any) -> Guest | None:
        """Whoever asks for what is plain and known to be quick."""
        came = time.perf_counter()
        if request.plain is None:
            request.plain = read_plain(request, self._here)
        plain: Plain | None = request.plain
        if plain is None:
            return None
        address, told = channel.address, request.headers.get("X_FORWARDED_FOR", "")
        by, client = self._proxies.asker(address, told, request.path, channel.socket)
        begun = self._here.reader.pool.begin(plain.asked.again(by))
        if begun is None:
            return None
        return Guest(
            channel=channel,
            plain=plain,
            begun=begun,
            client="" if client == address else client,
            came=came,
            come=self._come,
        )

    def seconds_to_wait(self, most: float) -> float:
        """For how long the loop may wait for what comes."""
        return _LOOK_SECONDS if self._waiting else min(most, _BRIEF) if self._sent else most

    def look(self) -> None:
        """Nothing; who waited for too long goes on in a thread."""
        if not self._sent and not self._waiting:
            return
        now = time.monotonic()
        for guest in [guest for guest in self._sent.values() if guest.until <= now]:
            self._leave(guest)
            guest.channel.go_on(guest.sent)
        self._call_up(now)
        while self._waiting and (not self._sent or self._waiting[0].until <= now):
            self._waiting.popleft().channel.go_on(None)

    def _call_up(self, now: float) -> None:
        """Nothing; those who wait are served, as many as there are workers."""
        while self._waiting:
            guest = self._waiting[0]
            if self._begin(guest, now):
                self._waiting.popleft()
            elif not guest.begun.may_wait():
                self._waiting.popleft()
                guest.channel.go_on(None)
            else:
                return

    def _begin(self, guest: Guest, now: float) -> bool:
        """Whether it is answered or sent."""
        known = guest.begun.recall()
        if known is not None:
            self._answer(guest, known)
            return True
        guest.sent = guest.begun.send()
        if guest.sent is None:
            return False
        guest.until = now + _BRIEF
        guest.number = guest.sent.line.fileno()
        self._sent[guest.number] = self._sockets[guest.number] = guest
        return True

    def _leave(self, guest: Guest) -> None:
        del self._sent[guest.number], self._sockets[guest.number]

    def _come(self, guest: Guest) -> None:
        """Nothing; the answer that came is sent, or somebody else sees to it."""
        sent = guest.sent
        if sent is None or self._sent.get(guest.number) is not guest:
            return
        message = sent.look()
        if message is not None and not message.is_whole:
            # The rest is a moment away; who keeps it waits no longer than for the beginning.
            return
        self._leave(guest)
        if message is None or guest.channel.desk.left is not None:
            guest.channel.go_on(sent)
        else:
            try:
                answer = sent.finish(message)
            except KgError:
                # The app asks again, and says what is to be said.
                guest.channel.go_on(None)
            else:
                self._answer(guest, answer)
        self._call_up(time.monotonic())

    def _answer(self, guest: Guest, answer: Answer) -> None:
        if answer.size > _SHORT:
            guest.channel.go_on(Ready(answer=answer))
            return
        head, body = write_plain(guest.plain, answer, self._here.reader.pool.limits.rows)
        guest.channel.give(guest, answer.generation, head, body)
