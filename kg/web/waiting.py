"""Requests that wait for a thread: each client in its turn, so that nobody waits for all that another asked."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from typing import Any


class Queue:
    """A queue in which clients take turns, each with what it asked first; for one thread at a time."""

    def __init__(self, client: Callable[[Any], Hashable]) -> None:
        """Nobody waits; ``client`` says whose a task is."""
        self._client = client
        self._waiting: OrderedDict[Hashable, deque[Any]] = OrderedDict()
        self._length = 0

    def __len__(self) -> int:
        """How many tasks wait."""
        return self._length

    def append(self, task: Any) -> None:
        """Nothing; the task waits behind the others of its client."""
        self._waiting.setdefault(self._client(task), deque()).append(task)
        self._length += 1

    def popleft(self) -> Any:
        """The first task of the client whose turn it is.

        Raises:
            IndexError: nobody waits.
        """
        if not self._length:
            raise IndexError("nobody waits")
        client, tasks = self._waiting.popitem(last=False)
        found = tasks.popleft()
        if tasks:
            self._waiting[client] = tasks
        self._length -= 1
        return found
