"""Workers that wait for a query, and queries that wait for a worker: of these the newest comes first.

Under a flood that keeps the wait short for whoever asks now and then; what was crowded out is refused in the end.
"""

from __future__ import annotations

import queue
import threading
from collections import deque

from kg.engine.process import Worker


class Bench:
    """Where both wait; safe to use from many threads."""

    def __init__(self) -> None:
        """Nobody is there."""
        self._lock = threading.Lock()
        self._free: deque[Worker] = deque()
        self._places: list[queue.SimpleQueue[Worker]] = []

    @property
    def waiting(self) -> int:
        """How many queries wait."""
        return len(self._places)

    def put(self, worker: Worker) -> None:
        """Nothing; the newest query has it, or it waits. Of the free ones the longest free is taken first."""
        with self._lock:
            if self._places:
                self._places.pop().put(worker)
            else:
                self._free.append(worker)

    def take(self, seconds: float) -> Worker | None:
        """A worker, or ``None`` where none came free in so many seconds."""
        with self._lock:
            if self._free:
                return self._free.popleft()
            place: queue.SimpleQueue[Worker] = queue.SimpleQueue()
            self._places.append(place)
        try:
            return place.get(timeout=seconds)
        except queue.Empty:
            with self._lock:
                if place in self._places:
                    self._places.remove(place)
                    return None
        # It came between the two.
        return place.get()
