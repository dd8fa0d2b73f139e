"""The writer's process as the server sees it: started, told what to do, replaced when it has ended.

What it does stands in :mod:`kg.engine.writing`.
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from kg.config import Limits
from kg.engine import child, wire
from kg.engine.refusals import refusal
from kg.engine.waiting import Task
from kg.engine.written import WriterEnded, Written
from kg.errors import KgError, QueryTooLong, StoreError
from kg.store.generation import current
from kg.store.manifest import read_manifest

_START_SECONDS: Final = 60.0
# What the process needs to say that it was not done in time, before it is killed.
_GRACE: Final = 1.0
_TIDY_SECONDS: Final = 2.0
_DEATH_SECONDS: Final = 2.0
_MOST_DEATHS: Final = 3
_OWN_FAULT: Final = frozenset({-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGABRT})
_BEFORE: Final = -1


class Scribe:
    """The process that writes to the store in one folder; one thread at a time tells it what to do."""

    def __init__(self, root: Path, limits: Limits) -> None:
        """Start it."""
        self._root = root
        self._limits = limits
        self._lock = threading.Lock()
        self._closed = False
        self._process: _Process | None = _Process(root, limits)

    @property
    def is_running(self) -> bool:
        """Whether it has not ended; else the next task starts another."""
        process = self._process
        return process is not None and process.is_running

    def ready(self) -> bool:
        """Whether it has started with its network blocked.

        Raises:
            StoreError: it cannot start.
        """
        with self._lock:
            return self._running().wait_until_ready()

    def carry_out(self, tasks: Sequence[Task]) -> None:
        """Nothing; each task has its outcome, or none where it is to be tried again."""
        with self._lock:
            at = _BEFORE
            try:
                line = self._told(tasks)
                while "heads" not in (head := wire.receive(line, _deadline(tasks, at) + _GRACE)):
                    at = head["begun"]
            except StoreError as error:
                for task in tasks:
                    task.outcome = StoreError(str(error))
            except (wire.Lost, TimeoutError) as error:
                self._end(tasks, at, error)
            else:
                self._settle(tasks, head["heads"])

    def close(self) -> None:
        """Nothing; it has tidied up and is gone, and none starts again."""
        self._closed = True
        process, self._process = self._process, None
        if process is not None:
            process.hang_up()

    def _settle(self, tasks: Sequence[Task], heads: Sequence[dict[str, Any]]) -> None:
        for task, head in zip(tasks, heads, strict=True):
            task.seconds = head.get("seconds")
            if "error" in head:
                task.outcome = refusal(head, self._limits)
            elif "generation" in head:
                task.outcome = Written(generation=head["generation"], created=head["created"])
        if any(head.get("error") in {"full", "memory", "store"} for head in heads):
            # An Oxigraph store never writes again after a full disk; a new process begins from the last generation.
            self._drop()

    def _end(self, tasks: Sequence[Task], at: int, error: Exception) -> None:
        """Nothing; the process is gone. What it came to publish is done; the fault is that of the task it was at."""
        status = self._drop(_DEATH_SECONDS if isinstance(error, wire.Lost) else 0.0)
        try:
            published = self._published()
        except StoreError as damage:
            for task in tasks:
                task.outcome = StoreError(str(damage))
            return
        is_late = isinstance(error, TimeoutError) and not 0 <= at < len(tasks)
        for number, task in enumerate(tasks):
            task.deaths += 1
            if task.request in published:
                task.outcome = published[task.request]
            elif number == at or is_late or task.deaths >= _MOST_DEATHS:
                task.outcome = _stopped(error, status, self._limits)

    def _published(self) -> Mapping[str, Written]:
        """What the live generation was published for, by request."""
        generation = current(self._root)
        requests = read_manifest(generation.path, generation.number).get("requests", {})
        return {
            request: Written(generation=generation.number, created=created) for request, created in requests.items()
        }

    def _told(self, tasks: Sequence[Task]) -> Any:
        """The line to the process that has taken the tasks; one that ended before it could is replaced, once.

        Raises:
            StoreError: none can start; the next task tries again.
            TimeoutError: they were not taken in time.
        """
        deadline = _deadline(tasks, _BEFORE)
        for is_last in (False, True):
            try:
                process = self._running()
                now = time.monotonic()
                commands = [
                    {**task.told, "request": task.request, "seconds": max(0.0, task.deadline - now)} for task in tasks
                ]
                wire.send(process.line, {"commands": commands})
                wire.receive(process.line, deadline + _GRACE)
            except (wire.Lost, StoreError) as error:
                self._drop()
                if is_last or self._closed or time.monotonic() > deadline:
                    raise StoreError(str(error) or "the writer ended as soon as it had started") from error
            else:
                return process.line
        raise AssertionError

    def _running(self) -> _Process:
        """The process, ready; another one, if it has ended."""
        if self._process is None or not self._process.is_running:
            self._drop()
            if self._closed:
                raise StoreError("the writer has ended")
            self._process = _Process(self._root, self._limits)
        process = self._process
        try:
            process.wait_until_ready()
        except StoreError:
            self._drop()
            raise
        return process

    def _drop(self, patience: float = 0.0) -> int | None:
        """How the process ended, by itself or now; there is none until the next is needed."""
        process, self._process = self._process, None
        return None if process is None else process.end(patience)


class _Process:
    """The process, from this side."""

    def __init__(self, root: Path, limits: Limits) -> None:
        self._process, self.line = child.start("kg.engine.writing", "serve", str(root), limits.worker_memory)
        self._network_blocked: bool | None = None

    def wait_until_ready(self) -> bool:
        """Whether its network is blocked; it has started.

        Raises:
            StoreError: it has not, and says why.
        """
        if self._network_blocked is None:
            try:
                head = wire.receive(self.line, time.monotonic() + _START_SECONDS)
            except (wire.Lost, TimeoutError):
                head = {"ready": False, "message": "it did not start"}
            if not head["ready"]:
                raise StoreError(f"the writer cannot work: {head['message']}")
            self._network_blocked = bool(head["network_blocked"])
        return self._network_blocked

    def hang_up(self) -> None:
        """Nothing; the process has tidied up and is gone, or is ended if it takes long."""
        self.line.close()
        self.end(_TIDY_SECONDS)

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def end(self, patience: float) -> int:
        """How the process ended: by itself within so many seconds, or now."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self._process.kill()
        status = self._process.wait()
        self.line.close()
        return status


def _deadline(tasks: Sequence[Task], at: int) -> float:
    """Until when to wait while the process is at this task; until that of the last, before and after them all."""
    return tasks[at].deadline if 0 <= at < len(tasks) else max(task.deadline for task in tasks)


def _stopped(error: Exception, status: int | None, limits: Limits) -> KgError:
    if isinstance(error, TimeoutError) or status == -signal.SIGALRM:
        told = f"the update was stopped after {limits.update_seconds:g} seconds; nothing of it was done"
        return QueryTooLong(told, hint="Do less at once.")
    if status in _OWN_FAULT:
        told = "the update needed more memory or a deeper stack than it may; nothing of it was done"
        return QueryTooLong(told, hint="Do less at once.")
    told = "the process that writes was ended from outside in the middle of this; nothing of it was done"
    return WriterEnded(told, hint="Send it again; if that happens again, the machine may be short of memory.")
