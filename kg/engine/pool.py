"""A pool of workers over the live generation: each query has a deadline, and what overstays is killed and replaced.

There are two lanes. Every query begins in the quick one; what is not answered soon goes on in the slow lane, which
has few places, and a fresh worker takes its place in the quick one. So nobody waits for the long queries of others.
"""

from __future__ import annotations

import contextlib
import tempfile
import threading
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO, Any, Final, Self

from kg.config import Limits
from kg.engine import wire
from kg.engine.answer import Answer, AnswerTooLarge, EngineBusy, Question, ResultFormat
from kg.engine.bench import Bench
from kg.engine.guard import Checked, check
from kg.engine.process import Worker
from kg.errors import QueryError, QuerySyntaxError, QueryTooLong, StoreError
from kg.store.generation import Generation, current

_IN_MEMORY: Final = 1 << 20
# However many wait, a query gets this share of its quick time.
_LEAST_SHARE: Final = 0.1


class Pool:
    """Workers over the store in one folder; safe to use from many threads."""

    def __init__(self, root: Path, limits: Limits) -> None:
        """Start the workers.

        Raises:
            StoreError: there is no store in the folder.
        """
        self._root = root
        self.limits = limits
        generation = current(root)
        self._live = generation
        self._bench = Bench()
        self._slow_places = threading.Semaphore(limits.slow_places)
        self._all: set[Worker] = set()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(limits.workers):
            self._bench.put(self._start(generation))

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers."""
        self.close()

    @property
    def generation(self) -> Generation:
        """The live generation; where that is damaged or gone, the last one that was not."""
        with contextlib.suppress(StoreError):
            self._live = current(self._root)
        return self._live

    def ready(self) -> bool:
        """Whether a worker has opened its store; its network is then blocked, or it says so.

        Raises:
            StoreError: it cannot be opened.
        """
        worker = self._take()
        try:
            worker.wait_until_ready()
            return bool(worker.network_blocked)
        finally:
            self._bench.put(worker)

    def run(self, question: Question, limits: Limits | None = None) -> Answer:
        """The answer; ``limits`` are other than the pool's for questions of our own.

        Raises:
            QuerySyntaxError: it is no SPARQL 1.1 query.
            QueryNotReadOnly: it would write, or reach out of the store.
            QueryTooLong: it took too long, or more than it may; :class:`EngineBusy`: nobody was free to try.
        """
        ours = limits is not None
        limits = limits or self.limits
        query = check(question.text, limits)
        job = {
            "text": question.text,
            "format": _format(question, query),
            "default_graphs": question.default_graphs,
            "named_graphs": question.named_graphs,
            "rows": min(question.rows or limits.rows, limits.rows),
            "limits": asdict(replace(limits, bytes=min(question.bytes or limits.bytes, limits.bytes))),
        }
        try:
            return self._ask(job, limits, ours=ours)
        except wire.Lost:
            # A worker that died idle (out of memory elsewhere, say) is not this query's fault: once more.
            return self._ask(job, limits, ours=ours)

    def close(self) -> None:
        """Nothing; every worker is ended, and none starts again."""
        with self._lock:
            self._closed = True
            workers = list(self._all)
            self._all.clear()
        for worker in workers:
            worker.kill()

    def _ask(self, job: dict[str, Any], limits: Limits, *, ours: bool) -> Answer:
        worker = self._take()
        healthy = is_slow = False
        try:
            worker.wait_until_ready()
            deadline = time.monotonic() + limits.seconds
            wire.send(worker.line, job)
            is_slow = not wire.has_come(worker.line, min(self._quick_seconds(), limits.seconds))
            if is_slow:
                self._enter_slow_lane(worker, ours=ours)
            answer = self._receive(worker, job, deadline)
            healthy = True
        except EngineBusy:
            is_slow = False
            raise
        except QueryError as error:
            healthy = not isinstance(error, QueryTooLong) or isinstance(error, AnswerTooLarge)
            raise
        finally:
            if is_slow:
                self._leave_slow_lane(worker, ours=ours)
            else:
                self._give_back(worker, healthy=healthy)
        return answer

    def _quick_seconds(self) -> float:
        """How long a query may take before it is a slow one: the less, the more others wait for a worker."""
        return self.limits.quick_seconds * max(_LEAST_SHARE, 1 / (1 + self._bench.waiting))

    def _enter_slow_lane(self, worker: Worker, *, ours: bool) -> None:
        """Nothing; a place is taken, and another worker stands in the quick lane. Questions of our own need no place.

        Raises:
            EngineBusy: no place is free.
        """
        if not ours and not self._slow_places.acquire(blocking=False):
            raise EngineBusy("other long queries are running", hint="Try again in a few seconds, or ask for less.")
        worker.step_back()
        self._bench.put(self._start(worker.generation))

    def _leave_slow_lane(self, worker: Worker, *, ours: bool) -> None:
        self._discard(worker)
        if not ours:
            self._slow_places.release()

    def _receive(self, worker: Worker, job: dict[str, Any], deadline: float) -> Answer:
        body = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # the receiver of the answer closes it
        try:
            head = _read(worker, body, Limits(**job["limits"]), deadline)
        except BaseException:
            body.close()
            raise
        body.seek(0)
        return Answer(
            body=body,
            size=head["size"],
            format=job["format"],
            generation=worker.generation.number,
            is_cut=head["cut"],
            rows=head.get("rows"),
        )

    def _take(self) -> Worker:
        worker = self._bench.take(self.limits.seconds)
        if worker is None:
            raise EngineBusy("all workers are busy with other queries", hint="Try again in a few seconds.")
        return self._renewed(worker)

    def _renewed(self, worker: Worker) -> Worker:
        """The worker, or another where a newer generation has gone live since it started."""
        live = self.generation
        if (live.number, live.digest) == (worker.generation.number, worker.generation.digest):
            return worker
        self._discard(worker)
        return self._start(live)

    def _give_back(self, worker: Worker, *, healthy: bool) -> None:
        if not healthy:
            self._discard(worker)
            worker = self._start(worker.generation)
        self._bench.put(worker)

    def _start(self, generation: Generation) -> Worker:
        worker = Worker(generation, self.limits)
        with self._lock:
            if not self._closed:
                self._all.add(worker)
                return worker
        worker.kill()
        return worker

    def _discard(self, worker: Worker) -> None:
        with self._lock:
            self._all.discard(worker)
        worker.kill()


def _format(question: Question, query: Checked) -> ResultFormat:
    fallback = ResultFormat.TURTLE if query.form.is_graph else ResultFormat.JSON
    written = question.format or fallback
    if written.is_graph != query.form.is_graph:
        kind = "a graph" if query.form.is_graph else "a table"
        raise QuerySyntaxError(f"the answer of {query.form.upper()} is {kind}: it cannot be written as {written}")
    return written


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


def _read(worker: Worker, body: IO[bytes], limits: Limits, deadline: float) -> dict[str, Any]:
    """The head of a worker's answer; its body is in the spool."""
    try:
        head = wire.receive(worker.line, deadline)
        wire.receive_body(worker.line, head["size"], body, deadline)
    except TimeoutError:
        raise QueryTooLong(
            f"the query was stopped after {limits.seconds:g} second{'' if limits.seconds == 1 else 's'}",
            hint="Ask for less: name a subject, add a FILTER, or a LIMIT inside a subquery.",
        ) from None
    except wire.Lost:
        raise QueryTooLong(
            "the query needed more memory or a deeper stack than one query may have",
            hint="Ask for less at once, or write the query flatter.",
        ) from None
    if "error" in head:
        raise _refusal(head, limits)
    return head
