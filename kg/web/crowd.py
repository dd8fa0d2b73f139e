"""All connections of a server together: how many there are, whose they are, and what they hold of unfinished requests.

Nothing here is refused while there is room. When it is nearly full, those go first who do nothing; when the requests
under way are too large together, those that took the most room for the longest time.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from typing import Final, Protocol

# Nearly full: so many of a hundred places are taken; then as many more are freed at once.
_NEARLY: Final = 0.85
_FREED: Final = 0.1
# Of the room for unfinished requests, where it was too little: so much is taken up afterwards.
_LEFT: Final = 0.75
# Above this share of the room for answers, those that are read slowly are ended.
_FULL: Final = 0.8
# A client may have so many connections, one behind a trusted proxy as many requests at a time.
_MOST_OF_ONE: Final = 256
STILL_SECONDS: Final = 30


class Connected(Protocol):
    """A connection, as far as it matters here."""

    total_outbufs_len: int
    will_close: bool

    def held(self, *, trusted: bool) -> int:
        """The bytes that its requests hold, of those that came with a token or of the others."""

    def rank(self, now: float) -> tuple[int, float] | None:
        """What it may be closed by, the least first; ``None`` while it is being answered."""

    def age(self, now: float) -> float | None:
        """For how many seconds a request has been coming; ``None`` where none is."""

    def waited(self, now: float) -> float:
        """For how long its answer has been read."""

    def crowd_out(self) -> None:
        """Nothing; the request that is coming is refused."""


class Listening(Protocol):
    """A server on one address, as far as it matters here."""

    active_channels: dict[int, Connected]


class Crowd:
    """The connections of one server, on however many addresses it listens."""

    def __init__(
        self,
        servers: Sequence[Listening],
        *,
        most: int,
        requests: int,
        uploads: int,
        answers: int,
    ) -> None:
        """So many connections at most; room in bytes for requests, for uploads with a token, for unread answers."""
        self._servers = servers
        self.most = most
        self._rooms = {False: requests, True: uploads}
        self._answers = answers
        self._slack = min(requests, uploads)
        self._lock = threading.Lock()
        self._names: dict[Connected, str] = {}
        self._count: Counter[str] = Counter()
        self.is_full = False

    def enter(self, one: Connected, name: str | None) -> bool:
        """Whether this client may have this connection beside its others; it is the client's from now on."""
        with self._lock:
            self._forget(one)
            if name is None:
                return True
            self._names[one] = name
            self._count[name] += 1
            return self._count[name] <= _MOST_OF_ONE

    def leave(self, one: Connected) -> None:
        """Nothing; the connection is nobody's."""
        with self._lock:
            self._forget(one)

    def name(self, one: Connected) -> str | None:
        """Whose it is, where that is counted."""
        return self._names.get(one)

    def _forget(self, one: Connected) -> None:
        name = self._names.pop(one, None)
        if name is None:
            return
        self._count[name] -= 1
        if not self._count[name]:
            del self._count[name]

    @property
    def taken(self) -> int:
        """How many connections there are."""
        return sum(len(server.active_channels) for server in self._servers)

    def _channels(self) -> list[Connected]:
        return [channel for server in self._servers for channel in list(server.active_channels.values())]

    def make_room(self, now: float) -> bool:
        """Whether most places are taken: then those that do nothing are closed, the longest idle first."""
        if self.taken < _NEARLY * self.most:
            return False
        staying = [one for one in self._channels() if not one.will_close]
        if len(staying) < _NEARLY * self.most:
            return False
        ranked = [(rank, one) for one in staying if (rank := one.rank(now)) is not None]
        ranked.sort(key=lambda pair: pair[0])
        for _, one in ranked[: int(_FREED * self.most)]:
            one.will_close = True
        return True

    def came(self, size: int, now: float) -> None:
        """Nothing; so many bytes came, and where that is too much with what came before, some of it is refused."""
        self._slack -= size
        if self._slack < 0:
            self.weigh(now)

    def weigh(self, now: float) -> None:
        """Nothing; it is known again how much all requests hold, and where that is too much, some are refused."""
        left = {trusted: self._shed(trusted, now) for trusted in self._rooms}
        # What came whole is not refused: where that is too much, nothing large is let in until it is answered.
        self.is_full = left[False] < 0
        self._slack = max(min(left.values()), min(self._rooms.values()) // 16)

    def end_slow_readers(self, now: float) -> None:
        """Nothing; where unread answers take most of their room, those that are read for the longest time are ended."""
        channels = list(self._channels())
        unread = sum(one.total_outbufs_len for one in channels)
        for one in sorted(channels, key=lambda one: -one.waited(now)):
            if unread <= _FULL * self._answers or one.waited(now) < STILL_SECONDS:
                break
            unread -= one.total_outbufs_len
            one.will_close = True

    def _shed(self, trusted: bool, now: float) -> int:  # noqa: FBT001  # one of two rooms
        """The room that is left for requests of this kind."""
        room = self._rooms[trusted]
        sizes = [(one, size) for one in self._channels() if (size := one.held(trusted=trusted))]
        total = sum(size for _, size in sizes)
        if total > room:
            coming = [(size * age, size, one) for one, size in sizes if (age := one.age(now)) is not None]
            for _, size, one in sorted(coming, key=lambda told: -told[0]):
                if total <= _LEFT * room:
                    break
                one.crowd_out()
                total -= size
        return room - total
