"""A pool of workers over the live generation: each query has a deadline, and what overstays is killed and replaced.

Who may ask how much stands in :mod:`kg.engine.turns`, which worker a query has in :mod:`kg.engine.lanes`. When the
client hangs up, its query ends.
"""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

from kg.config import Limits
from kg.engine import wire
from kg.engine.answer import Answer, AskerGone, QueryCrashed
from kg.engine.asked import Asked, refusal, stopped
from kg.engine.begun import Begun, Sent
from kg.engine.budget import Budget, Spool
from kg.engine.engine import Engine
from kg.engine.history import History, Pace
from kg.engine.indexing import read_names
from kg.engine.lanes import Lanes
from kg.engine.memory import Flight
from kg.engine.outcomes import ANSWERED
from kg.engine.process import Rank, Worker
from kg.errors import QueryError, QuerySyntaxError, StoreError
from kg.query.names import Names
from kg.store.generation import Generation, GenerationGone
from kg.store.live import Live

# Known to be quick is what took no more than this share of the quick time.
_QUICK_SHARE: Final = 0.1
_SLOW_FOR_SECONDS: Final = 60.0
_BRIEF: Final = 0.05
_LOOK_SECONDS: Final = 0.2
_SHORT: Final = 1 << 15
_FLATTER: Final = "Ask for less at once, or write the query flatter."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Began:
    """When a worker began with a query: by the clock, and by its own."""

    at: float
    worked: float


class Pool(Engine):
    """Workers over the store in one folder; safe to use from many threads."""

    def __init__(self, root: Path, limits: Limits) -> None:
        """Start the workers.

        Raises:
            StoreError: there is no store in the folder.
            ConfigError: the limits contradict each other.
        """
        super().__init__(limits)
        self._live = Live(root)
        self._spools = Budget(limits.spool_bytes)
        self._history = History(_SLOW_FOR_SECONDS)
        self._lanes = Lanes(lambda: self.generation, limits)

    @property
    def generation(self) -> Generation:
        """The live generation; where that is damaged or gone, the last one that was not."""
        return self._live.generation

    def ready(self) -> bool:
        """Whether a worker has opened its store; its network is then blocked, or it says so.

        Raises:
            StoreError: it cannot be opened.
        """
        worker = self._lanes.take(Rank.KNOWN, lambda: False)
        try:
            worker.wait_until_ready()
            return bool(worker.network_blocked)
        except wire.Lost:
            raise _lost(worker.generation) from None
        finally:
            self._lanes.put(worker, healthy=worker.network_blocked is not None)

    def warm_up(self) -> None:
        """Nothing; mistakes in queries are explained at once from now on."""
        self._lanes.warm_up()

    def names(self) -> tuple[Generation, Names]:
        """As :meth:`Engine.names`; a process of its own reads them."""
        generation = self.generation
        try:
            return generation, read_names(self._lanes.fork, generation, self.limits)
        except GenerationGone:
            # Others wrote meanwhile.
            generation = self.generation
            return generation, read_names(self._lanes.fork, generation, self.limits)

    def close(self) -> None:
        """Nothing; every worker is ended, and none starts again."""
        self._lanes.close()

    @property
    def workers(self) -> Mapping[str, Sequence[int]]:
        """The processes of the workers by their lane."""
        found: dict[str, list[int]] = {rank.name.lower(): [] for rank in Rank}
        for worker in tuple(self._lanes.all):
            found[worker.rank.name.lower()].append(worker.process)
        return found

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return self._lanes.waiting

    def begin(self, asked: Asked) -> Begun | None:
        """The same for those who wait for many answers in one thread; ``None`` where nobody knows that it is quick."""
        if not asked.what or self._pace_of(asked) is not Pace.QUICK:
            return None
        live = self.generation
        return Begun(
            recall=lambda: self._recalled(asked, live),
            may_wait=lambda: self._turns.is_free(asked.by.name) and not asked.by.is_gone(),
            send=lambda: self._sent(asked, live),
        )

    def _recalled(self, asked: Asked, live: Generation) -> Answer | None:
        """The answer, if it is remembered."""
        found = self.memory.recall(live.digest, asked.what)
        if found is not None:
            self.outcomes.add(ANSWERED)
        return found

    def _sent(self, asked: Asked, live: Generation) -> Sent | None:
        """The query, sent to a worker, where one is free, it is its client's turn, and nobody asks the same."""
        name = asked.by.name
        if not self._turns.begin_now(name):
            return None
        worker = self._lanes.take_now(Rank.KNOWN, live)
        flight = None if worker is None else self.memory.take_off(live.digest, asked.what)
        if worker is not None and flight is not None:
            with contextlib.suppress(wire.Lost, AskerGone):
                return self._under_way(worker, asked, flight, _send(worker, asked))
            flight.give_up()
        if worker is not None:
            self._lanes.put(worker, healthy=flight is None)
        self._turns.end(name)
        return None

    def _under_way(self, worker: Worker, asked: Asked, flight: Flight, began: _Began) -> Sent:
        def end(message: wire.Message | None) -> Answer:
            try:
                with self.outcomes.counted():
                    return flight.land(lambda: self._go_on(worker, asked, began, message))
            finally:
                self._turns.end(asked.by.name)

        def drop() -> None:
            flight.give_up()
            self._lanes.put(worker, healthy=False)
            self._turns.end(asked.by.name)

        return Sent(line=worker.line, end=end, drop=drop)

    def _give(self, asked: Asked) -> Answer:
        try:
            return self._ask(asked)
        except wire.Lost:
            # A worker that died idle (out of memory elsewhere, say) is not this query's fault: once more.
            pass
        try:
            return self._ask(asked)
        except wire.Lost:
            raise _lost(self.generation) from None

    def _ask(self, asked: Asked) -> Answer:
        pace = Pace.QUICK if asked.ours else self._pace_of(asked)
        if pace is Pace.SLOW:
            worker = self._lanes.start_slow(asked.by.name)
            try:
                return self._finish(worker, asked, _send(worker, asked))
            finally:
                self._lanes.end(worker, asked.by.name)
        return self._ask_quickly(asked, Rank.KNOWN if pace is Pace.QUICK or asked.by.asks_ours else Rank.NEW)

    def _ask_quickly(self, asked: Asked, rank: Rank) -> Answer:
        worker = self._lanes.take(rank, asked.by.is_gone)
        try:
            worker.wait_until_ready()
            began = _send(worker, asked)
        except BaseException:
            self._lanes.put(worker, healthy=False)
            raise
        return self._go_on(worker, asked, began)

    def _go_on(self, worker: Worker, asked: Asked, began: _Began, message: wire.Message | None = None) -> Answer:
        """The answer of a worker in a quick lane, or, where it is not one that is quick, in the slow one.

        It is in the message, where there is one.
        """
        healthy = is_slow = is_quick = False
        try:
            if is_quick := message is not None or self._is_quick(worker, asked, began):
                answer = self._receive(worker, asked, began, message)
                healthy = not worker.is_worn
            else:
                self._lanes.move_to_slow(worker, asked.by.name, ours=asked.ours)
                is_slow = True
                answer = self._finish(worker, asked, began)
        except QueryError as error:
            healthy = isinstance(error, QuerySyntaxError) and not worker.is_worn
            raise
        finally:
            if not is_quick and worker.rank is Rank.KNOWN and not asked.by.asks_ours:
                # Who hangs up in the middle of it is not believed either.
                self._history.doubt(asked.by.name, time.monotonic())
            if is_slow:
                self._lanes.end(worker, asked.by.name, ours=asked.ours)
            else:
                self._lanes.put(worker, healthy=healthy)
        return answer

    def _is_quick(self, worker: Worker, asked: Asked, began: _Began) -> bool:
        """Whether it answered while it was a quick query: where others take the processor, it has longer."""
        known = _QUICK_SHARE * self.limits.quick_seconds
        left = known
        while not wire.has_come(worker.line, max(_BRIEF, min(left, _LOOK_SECONDS)), asked.by):
            quick = self._lanes.quick_seconds(worker.rank)
            latest = began.at + min(quick * self._lanes.patience(worker.rank), asked.limits.seconds)
            worked = worker.seconds_worked() - began.worked
            if worked >= quick or time.monotonic() >= latest:
                return False
            if worked >= known:
                worker.step_back()
            left = min((quick if worker.is_behind else known) - worked, latest - time.monotonic())
        return True

    def _finish(self, worker: Worker, asked: Asked, began: _Began) -> Answer:
        """The answer of a worker in the slow lane."""
        deadline = began.at + asked.limits.seconds
        while not wire.has_come(worker.line, max(0.0, min(1.0, deadline - time.monotonic())), asked.by):
            is_over = time.monotonic() >= deadline
            if is_over or worker.seconds_worked() - began.worked >= self.limits.quick_seconds:
                self._history.note(asked.keys, Pace.SLOW, time.monotonic())
            if is_over:
                raise stopped(asked.limits)
        return self._receive(worker, asked, began)

    def _pace_of(self, asked: Asked) -> Pace:
        return self._history.pace(asked.keys, time.monotonic(), asked.by.name)

    def _pace(self, worked: float) -> Pace:
        if worked >= self.limits.quick_seconds:
            return Pace.SLOW
        return Pace.QUICK if worked <= _QUICK_SHARE * self.limits.quick_seconds else Pace.UNKNOWN

    def _receive(self, worker: Worker, asked: Asked, began: _Began, message: wire.Message | None = None) -> Answer:
        """The answer that has come, spooled."""
        deadline = began.at + asked.limits.seconds
        try:
            if message is not None:
                message.take(worker.line)
            head = wire.receive(worker.line, deadline) if message is None else message.head
            worker.is_worn = worker.is_worn or head["worn"]
            worked = worker.seconds_worked() - began.worked
            self._history.note(asked.keys, self._pace(worked), time.monotonic())
            if "error" in head:
                raise refusal(head, asked.bytes)
            size = head["size"]
            body = io.BytesIO(message.body) if message is not None else self._body(worker, size, deadline)
        except TimeoutError:
            raise stopped(asked.limits) from None
        except wire.Lost:
            self._history.note(asked.keys, Pace.SLOW, time.monotonic())
            told = "the query needed more memory or a deeper stack than one query may have"
            raise QueryCrashed(told, hint=_FLATTER) from None
        return Answer(
            body=body,
            size=size,
            format=asked.format,
            generation=worker.generation.number,
            digest=worker.generation.digest,
            is_cut=head["cut"],
            rows=head.get("rows"),
        )

    def _body(self, worker: Worker, size: int, deadline: float) -> IO[bytes]:
        """The rest of an answer."""
        # A short one takes no more room than the rest of its request.
        body = (
            io.BytesIO()
            if size <= _SHORT
            else cast("IO[bytes]", Spool(self._spools, size, self.memory.large.yield_one))
        )
        try:
            wire.receive_body(worker.line, size, body, deadline)
        except BaseException:
            body.close()
            raise
        body.seek(0)
        return body


def _lost(generation: Generation) -> StoreError:
    return StoreError(f"generation {generation.number} cannot be opened: its workers die at once")


def _send(worker: Worker, asked: Asked) -> _Began:
    """When the worker began with the query."""
    if asked.by.is_gone():
        raise AskerGone("the client hung up")
    began = _Began(at=time.monotonic(), worked=worker.seconds_worked())
    wire.send_written(worker.line, asked.message)
    return began
