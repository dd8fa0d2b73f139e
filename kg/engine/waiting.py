"""Those who wait to write: the first one leads, and whoever can go along does; all of them share one commit.

What becomes of each is its own affair; what the writer does with them stands in :mod:`kg.engine.scribe`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.engine.answer import EngineBusy
from kg.engine.history import Keys
from kg.engine.written import Written

_TOGETHER: Final = 64


@dataclass(slots=True, kw_only=True, eq=False)
class Task:
    """A command on its way: until when, under which name it is published, and what became of it.

    One that may take long goes ``alone``, so that nobody waits for it who came before.
    """

    told: dict[str, Any]
    deadline: float
    request: str
    alone: bool
    keys: Keys | None = None
    outcome: Written | Exception | None = None
    # How long it took, where it was done; how often the process ended under it.
    seconds: float | None = None
    deaths: int = 0


class Waiting:
    """A queue of tasks; safe to use from many threads."""

    def __init__(self, carry_out: Callable[[Sequence[Task]], None]) -> None:
        """``carry_out`` gives tasks their outcome; those that it leaves without are first in the queue again."""
        self._carry_out = carry_out
        self._changed = threading.Condition()
        self._tasks: list[Task] = []
        self._led = False

    @property
    def is_busy(self) -> bool:
        """Whether something is being carried out."""
        return self._led

    @property
    def length(self) -> int:
        """How many wait for their turn."""
        return len(self._tasks)

    def settle(self, task: Task) -> Written:
        """What was written.

        Raises:
            EngineBusy: it was not its turn in time. And whatever its outcome is.
        """
        with self._changed:
            self._tasks.append(task)
        while (batch := self._wait(task)) is not None:
            try:
                self._carry_out(batch)
            finally:
                with self._changed:
                    self._tasks[:0] = [one for one in batch if one.outcome is None]
                    self._led = False
                    self._changed.notify_all()
        if isinstance(task.outcome, Exception):
            raise task.outcome
        assert task.outcome is not None
        return task.outcome

    def _wait(self, task: Task) -> Sequence[Task] | None:
        """Those that the task now goes with, at their head; ``None`` once it has its outcome."""
        with self._changed:
            while task.outcome is None:
                is_waiting = task in self._tasks
                left = task.deadline - time.monotonic()
                if is_waiting and left <= 0:
                    self._tasks.remove(task)
                    self._changed.notify_all()
                    raise EngineBusy("others are writing", hint="Try again in a few seconds.")
                if is_waiting and not self._led and self._tasks[0] is task:
                    self._led = True
                    return self._take()
                # Once taken it has its outcome from whoever leads, in time.
                self._changed.wait(left if is_waiting else None)
        return None

    def _take(self) -> Sequence[Task]:
        first, *others = self._tasks
        along = [] if first.alone else [one for one in others if not one.alone][: _TOGETHER - 1]
        batch = [first, *along]
        self._tasks = [one for one in self._tasks if one not in batch]
        return batch
