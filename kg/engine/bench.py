"""Workers that wait for a query, and queries that wait for a worker: of these mostly the newest comes first.

Under a flood that keeps the wait short for whoever asks now and then; every fourth time it is the oldest's turn, so
that nobody is crowded out by those who come and go.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from kg.engine.process import Worker

_LOOK_SECONDS: Final = 0.5
_OLDEST_EVERY: Final = 4


class Bench:
    """Where both wait; safe to use from many threads."""

    def __init__(self) -> None:
        """Nobody is there."""
        self._lock = threading.Lock()
        self._free: deque[Worker] = deque()
        self._places: list[queue.SimpleQueue[Worker]] = []
        self._given = 0

    @property
    def waiting(self) -> int:
        """How many queries wait."""
        return len(self._places)

    def put(self, worker: Worker) -> None:
        """Nothing; a query has it, or it waits."""
        with self._lock:
            if self._places:
                self._given += 1
                self._places.pop(-1 if self._given % _OLDEST_EVERY else 0).put(worker)
            else:
                self._free.append(worker)

    def withdraw(self, worker: Worker) -> bool:
        """Whether this worker was free; no query gets it any more."""
        with self._lock:
            if worker not in self._free:
                return False
            self._free.remove(worker)
            return True

    def take_now(self) -> Worker | None:
        """A worker, where one is free: the last one that came, which has most at hand."""
        with self._lock:
            return self._free.pop() if self._free else None

    def take(self, seconds: float, is_gone: Callable[[], bool] = lambda: False) -> Worker | None:
        """A worker, or ``None`` where none came free in so many seconds, or whoever waited has gone."""
        with self._lock:
            if self._free:
                return self._free.pop()
            place: queue.SimpleQueue[Worker] = queue.SimpleQueue()
            self._places.append(place)
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 and not is_gone():
            try:
                return place.get(timeout=min(left, _LOOK_SECONDS))
            except queue.Empty:
                continue
        with self._lock:
            if place in self._places:
                self._places.remove(place)
                return None
        # It came between the two.
        return place.get()
