"""Turns of one client: so many of its queries run at a time, some wait their turn, the rest are refused."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from kg.engine.answer import TooManyQueries

# A browser opens six connections to a site.
_MOST_WAITING: Final = 16
# Each holds a thread of the server: some must be left for those who have their turn.
_MOST_WAITING_OF_ALL: Final = 24
_LOOK_SECONDS: Final = 0.5


class Turns:
    """Who runs how many queries; safe to use from many threads."""

    def __init__(self, most: int) -> None:
        """Nobody runs any."""
        self._most = most
        self._running: Counter[str] = Counter()
        self._waiting: Counter[str] = Counter()
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, name: str | None, seconds: float, is_gone: Callable[[], bool]) -> Iterator[None]:
        """Nothing; within, it is this client's turn, for which it waited at most so long. Without a name it always is.

        Raises:
            TooManyQueries: it runs and awaits as many as it may already.
        """
        if name is None:
            yield
            return
        self._begin(name, seconds, is_gone)
        try:
            yield
        finally:
            self.end(name)

    def is_free(self, name: str | None) -> bool:
        """Whether it is this client's turn without waiting."""
        return name is None or self._running[name] < self._most

    def begin_now(self, name: str | None) -> bool:
        """Whether it is this client's turn, which :meth:`end` ends; nobody waits for it."""
        if name is None:
            return True
        with self._changed:
            if self._running[name] >= self._most:
                return False
            self._running[name] += 1
            return True

    def end(self, name: str | None) -> None:
        """Nothing; a turn of this client is over."""
        if name is None:
            return
        with self._changed:
            _less(self._running, name)
            if self._waiting[name]:
                self._changed.notify_all()

    def _begin(self, name: str, seconds: float, is_gone: Callable[[], bool]) -> None:
        deadline = time.monotonic() + seconds
        with self._changed:
            if self._running[name] >= self._most:
                self._wait(name, deadline, is_gone)
            self._running[name] += 1

    def _wait(self, name: str, deadline: float, is_gone: Callable[[], bool]) -> None:
        told = f"{self._most} queries of yours are running"
        if self._waiting[name] >= _MOST_WAITING or self._waiting.total() >= _MOST_WAITING_OF_ALL:
            raise TooManyQueries(told, hint="Wait for their answers before you ask again.")
        self._waiting[name] += 1
        try:
            while self._running[name] >= self._most:
                left = deadline - time.monotonic()
                if left <= 0 or is_gone():
                    raise TooManyQueries(told, hint="Wait for their answers before you ask again.")
                self._changed.wait(min(left, _LOOK_SECONDS))
        finally:
            _less(self._waiting, name)


def _less(count: Counter[str], name: str) -> None:
    count[name] -= 1
    if not count[name]:
        del count[name]
