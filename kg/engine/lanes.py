"""Three lanes of workers: for queries that are known to be quick, for those nobody knows, and for the slow.

A query that nobody knows runs where it takes little from the known ones; what is not answered soon goes on in the slow
lane, which has few places and lets all others go first, and a fresh worker takes its place. All of them
together never have more memory than the budget says.
"""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from kg.config import Limits
from kg.engine import wire
from kg.engine.answer import AskerGone, EngineBusy
from kg.engine.bench import Bench
from kg.engine.budget import Budget
from kg.engine.forked import Forked
from kg.engine.nursery import Nursery
from kg.engine.process import Rank, Worker
from kg.errors import ConfigError, StoreError
from kg.store.generation import Generation, GenerationGone

# However many wait, a query gets this share of its quick time.
_LEAST_SHARE: Final = 0.1
_PATIENCE: Final = 5
_GRACE: Final = 0.1
_LATER: Final = "Try again in a few seconds, or ask for less."


class Lanes:
    """The workers of a pool; safe to use from many threads."""

    def __init__(self, live: Callable[[], Generation], limits: Limits) -> None:
        """Start the workers of the two quick lanes over the live generation.

        Raises:
            ConfigError: the memory of all is too little for these.
            StoreError: they cannot be started.
        """
        self._live = live
        self._limits = limits
        quick = len(Rank) * limits.workers
        most = limits.total_memory or (quick + limits.slow_places) * limits.worker_memory
        self._memory = Budget(most)
        self._nursery = Nursery()
        self._benches = {rank: Bench() for rank in Rank}
        self._missing = dict.fromkeys(Rank, limits.workers)
        self._slow_places = threading.Semaphore(limits.slow_places)
        self._slow_of: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._closed = False
        self.all: set[Worker] = set()
        if quick * limits.worker_memory > most:
            told = f"{quick} workers with {limits.worker_memory >> 20} MiB each do not fit into the {most >> 20} MiB"
            raise ConfigError(f"{told} that all workers may have together: allow more, or fewer or smaller workers")
        for rank in Rank:
            self._fill(rank)

    def take(self, rank: Rank, is_gone: Callable[[], bool]) -> Worker:
        """A worker of the live generation that has nothing else to do.

        Raises:
            EngineBusy: none came free; :class:`AskerGone`: whoever waited for it hung up.
        """
        self._fill(rank)
        while True:
            worker = self._benches[rank].take(self._limits.seconds, lambda: self._closed or is_gone())
            if worker is None:
                raise EngineBusy("all workers are busy with other queries", hint=_LATER)
            if is_gone():
                # Begun with, it would have to be killed for nothing.
                self.put(worker, healthy=True)
                raise AskerGone("the client hung up")
            live = self._live()
            if _is_of(worker, live) and not worker.has_ended():
                return worker
            self._end(worker)
            if not worker.is_spare:
                break
        try:
            return self._start(live, rank)
        except BaseException:
            self._miss(rank)
            raise

    def take_now(self, rank: Rank, live: Generation) -> Worker | None:
        """The same of this generation, without waiting for anything; ``None`` where there is no such worker now."""
        others: list[Worker] = []
        try:
            for _ in range(self._limits.workers):
                worker = self._benches[rank].take_now()
                if worker is None:
                    return None
                if worker.has_ended():
                    self.put(worker, healthy=False)
                elif _is_of(worker, live) and worker.is_ready():
                    return worker
                else:
                    others.append(worker)
            return None
        finally:
            for worker in others:  # one that was replaced meanwhile ends here: nobody might ever take it again
                self.put(worker, healthy=True)

    def put(self, worker: Worker, *, healthy: bool) -> None:
        """Nothing; the worker is free again, or soon another in its stead."""
        with self._lock:
            if healthy and not worker.is_spare:
                self._benches[worker.rank].put(worker)
                return

        def replace() -> None:
            self._end(worker)
            if worker.is_spare:
                return
            self._miss(worker.rank)
            with contextlib.suppress(StoreError):  # the next query tries again, and tells why it cannot be
                self._fill(worker.rank)

        threading.Thread(target=replace, daemon=True).start()

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return sum(bench.waiting for bench in self._benches.values())

    def quick_seconds(self, rank: Rank) -> float:
        """How long a query may take before it is a slow one: the less, the more others wait for a worker.

        Those that were said to be quick have the least time as soon as one waits.
        """
        waiting = self._benches[rank].waiting
        if waiting and rank is Rank.KNOWN:
            return self._limits.quick_seconds * _LEAST_SHARE
        return self._limits.quick_seconds * max(_LEAST_SHARE, 1 / (1 + waiting))

    def patience(self, rank: Rank) -> float:
        """For how many times its quick time, by the clock, a query may stay where others take the processor."""
        return 1 if self._benches[rank].waiting else _PATIENCE

    def start_slow(self, name: str | None = None) -> Worker:
        """A fresh worker in the slow lane for this client, to be ended by :meth:`end`.

        Raises:
            EngineBusy: no place is free for this client, or there is no memory for one more.
        """
        self._enter_slow(name)
        try:
            worker = self._start(self._live(), Rank.NEW)
        except BaseException:
            self._leave_slow(name)
            raise
        try:
            worker.wait_until_ready()
        except BaseException:
            self.end(worker, name)
            raise
        worker.step_back()
        return worker

    def move_to_slow(self, worker: Worker, name: str | None = None, *, ours: bool) -> None:
        """Nothing; it goes on in the slow lane, another stands in its place, and it is to be ended by :meth:`end`.

        Questions of our own need no place there.

        Raises:
            EngineBusy: no place is free, or there is no memory for one more; it stays where it is.
        """
        if not ours:
            self._enter_slow(name)
        if self._replace(worker):
            try:
                another = self._start(worker.generation, worker.rank)
            except BaseException:
                worker.is_spare = False
                if not ours:
                    self._leave_slow(name)
                raise
            self._benches[worker.rank].put(another)
        worker.step_back()

    def end(self, worker: Worker, name: str | None = None, *, ours: bool = False) -> None:
        """Nothing; a worker of the slow lane is ended, and its place is free then; nobody waits for it."""

        def end() -> None:
            self._end(worker)
            if not ours:
                self._leave_slow(name)

        threading.Thread(target=end, daemon=True).start()

    def _enter_slow(self, name: str | None) -> None:
        if name is not None:
            with self._lock:
                # One client never has all places, unless there is but one.
                if self._slow_of[name] >= max(1, self._limits.slow_places - 1):
                    raise EngineBusy("other long queries are running: yours", hint=_LATER)
                self._slow_of[name] += 1
        # Whoever was there last may still be giving its memory back.
        if not self._slow_places.acquire(timeout=_GRACE):
            self._forget(name)
            raise EngineBusy("other long queries are running", hint=_LATER)

    def _leave_slow(self, name: str | None) -> None:
        self._forget(name)
        self._slow_places.release()

    def _forget(self, name: str | None) -> None:
        if name is not None:
            with self._lock:
                self._slow_of[name] -= 1
                if not self._slow_of[name]:
                    del self._slow_of[name]

    def warm_up(self) -> None:
        """Nothing; fresh workers know from now on how to explain mistakes, and take the place of those of now."""
        self._nursery.warm_up()
        with self._lock:
            before = tuple(self.all)
        for worker in before:
            self._renew(worker)

    def _renew(self, worker: Worker) -> None:
        """Nothing; a fresh one is in its place, so that nobody waits; this one goes now, or when it is done."""
        try:
            fresh = self._start(self._live(), worker.rank)
        except (EngineBusy, StoreError):
            # There is no room for one more: it is replaced when it is done.
            worker.is_worn = True
            return
        try:
            fresh.wait_until_ready()
        except (StoreError, wire.Lost):
            self._end(fresh)
            return
        if not self._replace(worker):
            # Another took its place meanwhile.
            self._end(fresh)
            return
        bench = self._benches[fresh.rank]
        bench.put(fresh)
        if bench.withdraw(worker):
            self._end(worker)

    def _replace(self, worker: Worker) -> bool:
        """Whether its place is for the caller to fill; it goes after its next query, and nobody else fills it."""
        with self._lock:
            if worker not in self.all or worker.is_spare:
                return False
            worker.is_spare = worker.is_worn = True
            return True

    def fork(self, told: dict[str, Any]) -> Forked:
        """A process that is none of these, and does what it is told.

        Raises:
            StoreError: there is no room for another process.
        """
        return Forked(self._nursery, told)

    def close(self) -> None:
        """Nothing; every worker is ended, and none starts again."""
        with self._lock:
            self._closed = True
            workers = list(self.all)
        for worker in workers:
            self._end(worker)
        self._nursery.close()

    def _miss(self, rank: Rank) -> None:
        with self._lock:
            self._missing[rank] += 1

    def _fill(self, rank: Rank) -> None:
        """Nothing; the lane has all its workers, or as many as there is room for."""
        while True:
            with self._lock:
                if not self._missing[rank] or self._closed:
                    return
                self._missing[rank] -= 1
            try:
                self._benches[rank].put(self._start(self._live(), rank))
            except EngineBusy:
                self._miss(rank)
                return
            except BaseException:
                self._miss(rank)
                raise

    def _start(self, generation: Generation, rank: Rank) -> Worker:
        if not self._memory.take(self._limits.worker_memory):
            raise EngineBusy("the queries that are running need all the memory there is", hint=_LATER)
        try:
            worker = self._born(generation, rank)
        except BaseException:
            self._memory.give(self._limits.worker_memory)
            raise
        with self._lock:
            if not self._closed:
                self.all.add(worker)
                return worker
            self.all.add(worker)
        self._end(worker)
        raise StoreError("the workers are being ended")

    def _born(self, generation: Generation, rank: Rank) -> Worker:
        try:
            return Worker(self._nursery, generation, self._limits, rank)
        except GenerationGone:
            # Others wrote meanwhile.
            return Worker(self._nursery, self._live(), self._limits, rank)

    def _end(self, worker: Worker) -> None:
        with self._lock:
            if worker not in self.all:
                return
            self.all.discard(worker)
        worker.kill()
        self._memory.give(self._limits.worker_memory)


def _is_of(worker: Worker, live: Generation) -> bool:
    return (live.number, live.digest) == (worker.generation.number, worker.generation.digest)
