"""Connections on which nothing happens: the kernel watches them, and no round of the server's loop looks at them."""

from __future__ import annotations

import contextlib
import select
import time
from collections.abc import Callable
from typing import Any


class Park:
    """Where connections rest until something comes; of one loop and its thread.

    It stands among the sockets of the loop as one of them. Where the kernel has nothing for it, nobody rests.
    """

    accepting = False

    def __init__(self, sockets: dict[int, Any]) -> None:
        """Nobody rests; ``sockets`` are those that the loop looks at."""
        self._sockets = sockets
        self._resting: dict[int, Any] = {}
        self._watch = select.epoll() if hasattr(select, "epoll") else None
        if self._watch is not None:
            sockets[self._watch.fileno()] = self

    def __len__(self) -> int:
        """How many rest."""
        return len(self._resting)

    def readable(self) -> bool:
        """That it wants to know when something comes."""
        return bool(self._resting)

    def writable(self) -> bool:
        """That nothing is written here."""
        return False

    def handle_read_event(self) -> None:
        """Nothing; those to whom something came are awake, and read in the next round.

        One that went to rest in this round is among those that the loop looks at in this round, too: were it read here,
        the loop would read it once more, find nothing, and take that for an error.
        """
        if self._watch is None:
            return
        for number, _ in self._watch.poll(0):
            found = self._resting.get(number)
            if found is not None:
                found.last_activity = time.time()  # else it might go to rest again before it is read
                self.wake(found, number)

    handle_expt_event = handle_close = handle_read_event

    def rest(self, may_rest: Callable[[Any], bool]) -> None:
        """Nothing; those of the loop that may rest do, and those who may no longer are awake."""
        for number, one in list(self._resting.items()):
            if not may_rest(one):
                self.wake(one, number)
        if self._watch is None:
            return
        for number, one in list(self._sockets.items()):
            if may_rest(one):
                self._watch.register(number, select.EPOLLIN | select.EPOLLPRI)
                self._resting[number] = self._sockets.pop(number)

    def wake(self, one: Any, number: int) -> None:
        """Nothing; the loop looks at it again, if it rested."""
        if self.forget(number):
            self._sockets[number] = one

    def forget(self, number: int) -> bool:
        """Whether it rested; it does so no more."""
        if self._resting.pop(number, None) is None or self._watch is None:
            return False
        with contextlib.suppress(OSError):
            self._watch.unregister(number)
        return True

    def close(self) -> None:
        """Nothing; nobody is watched any more."""
        if self._watch is not None:
            self._sockets.pop(self._watch.fileno(), None)
            self._watch.close()
            self._watch = None
