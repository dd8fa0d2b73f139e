"""A pool of workers over the live generation: each query has a deadline, and what overstays is killed and replaced.

Who may ask how much stands in :mod:`kg.engine.turns`, which worker a query has in :mod:`kg.engine.lanes`. When the
client hangs up, its query ends.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import IO, Any, Final, Self, cast

from kg.config import Limits
from kg.engine import wire
from kg.engine.answer import (
    Answer,
    AnswerTooLarge,
    AskerGone,
    EngineBusy,
    QueryCrashed,
    Question,
    ResultFormat,
)
from kg.engine.asker import Asker, asker
from kg.engine.budget import Budget, Spool
from kg.engine.guard import SHORT, Checked, check
from kg.engine.history import History, Keys, Pace, keys
from kg.engine.lanes import Lanes
from kg.engine.memory import Memory
from kg.engine.outcomes import Outcomes
from kg.engine.process import Rank, Worker
from kg.engine.prologue import is_volatile
from kg.engine.turns import Turns
from kg.errors import QueryError, QuerySyntaxError, QueryTooLong, StoreError
from kg.store.generation import Generation
from kg.store.live import Live

# Known to be quick is what took no more than this share of the quick time.
_QUICK_SHARE: Final = 0.1
_SLOW_FOR_SECONDS: Final = 60.0
_BRIEF: Final = 0.05
_LOOK_SECONDS: Final = 0.2
_FLATTER: Final = "Ask for less at once, or write the query flatter."


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """One query on its way: what the worker is told, what it may use, and who waits for it."""

    query: Checked
    job: dict[str, Any]
    limits: Limits
    by: Asker
    ours: bool

    @cached_property
    def keys(self) -> Keys:
        """What it is known by; made when it is its client's turn."""
        return keys(self.query, *self.job["default_graphs"], "", *self.job["named_graphs"])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Began:
    """When a worker began with a query: by the clock, and by its own."""

    at: float
    worked: float


class Pool:
    """Workers over the store in one folder; safe to use from many threads."""

    def __init__(self, root: Path, limits: Limits) -> None:
        """Start the workers.

        Raises:
            StoreError: there is no store in the folder.
            ConfigError: the limits contradict each other.
        """
        self.limits = limits
        self._live = Live(root)
        self.memory = Memory(limits.memory_bytes * 3 // 4)
        self.outcomes = Outcomes()
        self._spools = Budget(limits.spool_bytes)
        self._turns = Turns(limits.client_queries)
        self._reading = threading.Semaphore(1)
        self._history = History(_SLOW_FOR_SECONDS)
        self._lanes = Lanes(lambda: self.generation, limits)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers."""
        self.close()

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

    def check(self, text: str) -> Checked:
        """The query, if it may run; long texts are read one at a time, each when it is its client's turn.

        Raises as :func:`kg.engine.guard.check` does, and:
            EngineBusy: too many others are to be read first.
        """
        with self.reading(0 if len(text) > self.limits.query_characters else len(text)):
            return check(text, self.limits)

    @contextmanager
    def reading(self, size: int) -> Iterator[None]:
        """Nothing; within, what is so long is read: long texts one at a time, each when it is its client's turn.

        Raises:
            EngineBusy: too many others are to be read first; :class:`TooManyQueries`, too many of this client's.
        """
        if size <= SHORT:
            yield
            return
        by, seconds = asker(), 2 * self.limits.quick_seconds
        with self._turns.turn(by.name, seconds, by.is_gone):
            if not self._reading.acquire(timeout=seconds):
                raise EngineBusy("other long queries are being read", hint="Try again in a few seconds.")
            try:
                yield
            finally:
                self._reading.release()

    def run(self, question: Question, limits: Limits | None = None, query: Checked | None = None) -> Answer:
        """The answer; ``limits`` are other than the pool's for questions of our own; ``query``, where it is checked.

        Raises:
            QuerySyntaxError: it is no SPARQL 1.1 query.
            QueryNotReadOnly: it would write, or reach out of the store.
            QueryTooLong: it took too long, or more than it may; :class:`EngineBusy`: nobody was free to try.
        """
        with self.outcomes.counted():
            return self._answer(question, limits, query)

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

    def _answer(self, question: Question, limits: Limits | None, query: Checked | None) -> Answer:
        ours = limits is not None
        query = query or (check(question.text, limits) if limits else self.check(question.text))
        limits = limits or self.limits
        job: dict[str, Any] = {
            "text": question.text,
            "format": _format(question, query),
            "base": question.base,
            "default_graphs": question.default_graphs,
            "named_graphs": question.named_graphs,
            "rows": min(question.rows or limits.rows, limits.rows),
            "limits": _told(limits, min(question.bytes or limits.bytes, limits.bytes)),
        }
        by = Asker() if ours else asker()
        asked = _Asked(query=query, job=job, limits=limits, by=by, ours=ours)
        if ours or is_volatile(query.tokens):
            return self._in_turn(asked)
        told = {**job, "limits": job["limits"]["bytes"]}
        digest, what = self.generation.digest, tuple(told.values())
        return self.memory.recall(digest, what) or self._in_turn(asked, digest, what)

    def _in_turn(self, asked: _Asked, digest: str = "", what: tuple[object, ...] = ()) -> Answer:
        """The answer, when it is this client's turn; remembered as the answer to ``what``, where that is said."""
        with self._turns.turn(asked.by.name, 2 * asked.limits.quick_seconds, asked.by.is_gone):
            if not what:
                return self._ask_twice(asked)
            return self.memory.answer(digest, what, lambda: self._ask_twice(asked), asked.by.is_gone)

    def _ask_twice(self, asked: _Asked) -> Answer:
        try:
            return self._ask(asked)
        except wire.Lost:
            # A worker that died idle (out of memory elsewhere, say) is not this query's fault: once more.
            pass
        try:
            return self._ask(asked)
        except wire.Lost:
            raise _lost(self.generation) from None

    def _ask(self, asked: _Asked) -> Answer:
        pace = Pace.QUICK if asked.ours else self._history.pace(asked.keys, time.monotonic())
        if pace is Pace.SLOW:
            worker = self._lanes.start_slow(asked.by.name)
            try:
                return self._finish(worker, asked, _send(worker, asked))
            finally:
                self._lanes.end(worker, asked.by.name)
        return self._ask_quickly(asked, Rank.KNOWN if pace is Pace.QUICK or asked.by.asks_ours else Rank.NEW)

    def _ask_quickly(self, asked: _Asked, rank: Rank) -> Answer:
        worker = self._lanes.take(rank, asked.by.is_gone)
        healthy = is_slow = False
        try:
            worker.wait_until_ready()
            began = _send(worker, asked)
            if self._is_quick(worker, asked, began):
                answer = self._receive(worker, asked, began)
                healthy = not worker.is_worn
            else:
                self._lanes.move_to_slow(worker, asked.by.name, ours=asked.ours)
                is_slow = True
                answer = self._finish(worker, asked, began)
        except QueryError as error:
            healthy = isinstance(error, QuerySyntaxError) and not worker.is_worn
            raise
        finally:
            if is_slow:
                self._lanes.end(worker, asked.by.name, ours=asked.ours)
            else:
                self._lanes.put(worker, healthy=healthy)
        return answer

    def _is_quick(self, worker: Worker, asked: _Asked, began: _Began) -> bool:
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

    def _finish(self, worker: Worker, asked: _Asked, began: _Began) -> Answer:
        """The answer of a worker in the slow lane."""
        deadline = began.at + asked.limits.seconds
        while not wire.has_come(worker.line, max(0.0, min(1.0, deadline - time.monotonic())), asked.by):
            is_over = time.monotonic() >= deadline
            if is_over or worker.seconds_worked() - began.worked >= self.limits.quick_seconds:
                self._history.note(asked.keys, Pace.SLOW, time.monotonic())
            if is_over:
                raise _stopped(asked.limits)
        return self._receive(worker, asked, began)

    def _pace(self, worked: float) -> Pace:
        if worked >= self.limits.quick_seconds:
            return Pace.SLOW
        return Pace.QUICK if worked <= _QUICK_SHARE * self.limits.quick_seconds else Pace.UNKNOWN

    def _receive(self, worker: Worker, asked: _Asked, began: _Began) -> Answer:
        """The answer that has come, spooled."""
        deadline = began.at + asked.limits.seconds
        try:
            head = wire.receive(worker.line, deadline)
            worker.is_worn = worker.is_worn or head["worn"]
            worked = worker.seconds_worked() - began.worked
            self._history.note(asked.keys, self._pace(worked), time.monotonic())
            if "error" in head:
                raise _refusal(head, Limits(**asked.job["limits"]))
            body = cast("IO[bytes]", Spool(self._spools, head["size"]))
            try:
                wire.receive_body(worker.line, head["size"], body, deadline)
            except BaseException:
                body.close()
                raise
        except TimeoutError:
            raise _stopped(asked.limits) from None
        except wire.Lost:
            self._history.note(asked.keys, Pace.SLOW, time.monotonic())
            told = "the query needed more memory or a deeper stack than one query may have"
            raise QueryCrashed(told, hint=_FLATTER) from None
        body.seek(0)
        return Answer(
            body=body,
            size=head["size"],
            format=asked.job["format"],
            generation=worker.generation.number,
            digest=worker.generation.digest,
            is_cut=head["cut"],
            rows=head.get("rows"),
        )


def _lost(generation: Generation) -> StoreError:
    return StoreError(f"generation {generation.number} cannot be opened: its workers die at once")


@lru_cache(maxsize=16)
def _told(limits: Limits, most: int) -> dict[str, Any]:
    """The limits as the worker is told them; nobody changes them."""
    return asdict(replace(limits, bytes=most))


def _send(worker: Worker, asked: _Asked) -> _Began:
    """When the worker began with the query."""
    if asked.by.is_gone():
        raise AskerGone("the client hung up")
    began = _Began(at=time.monotonic(), worked=worker.seconds_worked())
    wire.send(worker.line, asked.job)
    return began


def _format(question: Question, query: Checked) -> ResultFormat:
    fallback = ResultFormat.TURTLE if query.form.is_graph else ResultFormat.JSON
    written = question.format or fallback
    if written.is_graph != query.form.is_graph:
        kind = "a graph" if query.form.is_graph else "a table"
        raise QuerySyntaxError(f"the answer of {query.form.upper()} is {kind}: it cannot be written as {written}")
    return written


def _stopped(limits: Limits) -> QueryTooLong:
    return QueryTooLong(
        f"the query was stopped after {limits.seconds:g} second{'' if limits.seconds == 1 else 's'}",
        hint="Ask for less: name a subject, add a FILTER, or a LIMIT inside a subquery.",
    )


def _refusal(head: dict[str, Any], limits: Limits) -> QueryError:
    match head["error"]:
        case "syntax":
            return QuerySyntaxError(head["message"], line=head["line"], column=head["column"], hint=head["hint"])
        case "size":
            most = limits.bytes // 1024**2
            return AnswerTooLarge(f"the answer is larger than {most} MiB", hint="Add a LIMIT, or ask for less.")
        case "memory":
            return AnswerTooLarge("the query needed more memory than one query may have", hint="Ask for less at once.")
        case _:
            return QuerySyntaxError(f"the engine refused the query: {head['message']}")
