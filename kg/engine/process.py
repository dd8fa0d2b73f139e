"""A worker process as its owner sees it: started, ready, killed. What it does stands in :mod:`kg.engine.worker`."""

from __future__ import annotations

import contextlib
import os
import select
import sys
import time
from enum import IntEnum
from typing import Final

from kg.config import Limits
from kg.engine import wire
from kg.engine.forked import Forked
from kg.engine.nursery import Nursery
from kg.errors import StoreError
from kg.store.generation import Generation

_START_SECONDS: Final = 60.0
_LAST: Final = 19


class Rank(IntEnum):
    """How readily a worker lets others go first: for queries that are known to be quick, and for the rest."""

    KNOWN = 0
    NEW = 10


class Worker:
    """A worker process, from this side."""

    def __init__(self, nursery: Nursery, generation: Generation, limits: Limits, rank: Rank) -> None:
        """Start it; it gets ready while we do something else.

        Raises:
            GenerationGone: a newer one took its place.
            StoreError: there is no room for another process.
        """
        self.generation = generation
        # What it reads stays on the disk for as long as it may be asked.
        self._lease = generation.lease()
        self.rank = rank
        try:
            told = {"path": str(generation.graph_path), "memory": limits.worker_memory, "nice": int(rank)}
            self._forked = Forked(nursery, {"role": "worker", **told})
        except BaseException:
            self._lease.close()
            raise
        self.line, self.process = self._forked.line, self._forked.number
        self.network_blocked: bool | None = None
        # Whether it keeps so much memory after a query that a fresh one serves the next better.
        self.is_worn = False
        # Whether another stands in its place already, so that it goes after its next query for good.
        self.is_spare = False
        self.is_behind = False
        self._thread = self.process

    def wait_until_ready(self) -> None:
        """Nothing; it has opened its store.

        Raises:
            StoreError: it has not, and says why.
            Lost: it died before it could say so.
        """
        if self.network_blocked is not None:
            return
        try:
            head = wire.receive(self.line, time.monotonic() + _START_SECONDS)
        except TimeoutError:
            head = {"ready": False, "message": "the worker did not start"}
        if not head["ready"]:
            raise StoreError(f"generation {self.generation.number} cannot be opened: {head['message']}")
        self.network_blocked = bool(head["network_blocked"])
        if sys.platform == "linux":
            self._thread = int(head["thread"])

    def is_ready(self) -> bool:
        """Whether it is known to have opened its store; nobody waits for it."""
        if self.network_blocked is None and self._has_told():
            with contextlib.suppress(StoreError, wire.Lost):
                self.wait_until_ready()
        return self.network_blocked is not None

    def has_ended(self) -> bool:
        """Whether it is known to have died while it had nothing to do."""
        return self.network_blocked is not None and self._has_told()

    def _has_told(self) -> bool:
        poll = select.poll()
        poll.register(self.line, select.POLLIN)
        return bool(poll.poll(0))

    def seconds_worked(self) -> float:
        """How long it has computed in its life; on a busy machine that is less than the time that passed."""
        if sys.platform != "linux":
            return time.monotonic()
        try:
            # The clock of another process, as clock_getcpuclockid(3) makes it.
            return time.clock_gettime((~self.process << 3) | 2)
        except OSError:
            return 0.0  # it is no more

    def step_back(self) -> None:
        """Nothing; all others go first from now on, so that after this query it is of no use."""
        if self.is_behind:
            return
        self.is_behind = self.is_worn = True
        with contextlib.suppress(OSError):
            # On Linux a rank is a thread's own; one that is idle makes way at once, not at the end of its slice.
            if hasattr(os, "SCHED_IDLE"):
                os.sched_setscheduler(self._thread, os.SCHED_IDLE, os.sched_param(0))
            else:
                os.setpriority(os.PRIO_PROCESS, self._thread, _LAST)

    def kill(self) -> None:
        """Nothing; the process is gone, and its memory with it."""
        if self.is_behind and hasattr(os, "SCHED_OTHER"):
            # Giving memory back takes a while; who may, does it with more haste.
            with contextlib.suppress(OSError):
                os.sched_setscheduler(self._thread, os.SCHED_OTHER, os.sched_param(0))
        self._forked.kill()
        self._lease.close()
