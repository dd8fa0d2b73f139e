"""What comes in to be written is read first, where it harms nobody: each update and upload by a process of its own.

So nobody who writes waits for the text of another. What such a process does stands in :mod:`kg.engine.proof`.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from kg.config import Limits
from kg.engine import wire
from kg.engine.answer import EngineBusy
from kg.engine.forked import Forked
from kg.engine.history import Keys
from kg.engine.nursery import Nursery
from kg.engine.refusals import EngineRefused, refusal
from kg.engine.upload import GROWTH
from kg.engine.written import Upload, UploadRefused
from kg.errors import QueryError, QuerySyntaxError, QueryTooLong, StoreError

# What is no longer than this is read in a moment.
_SHORT: Final = 20_000
_SHORT_AT_A_TIME: Final = 4
_LONG_AT_A_TIME: Final = 2
_BEHIND: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """An update that can be carried out: its text, held to the graphs that it may see.

    ``insertions`` are as :func:`kg.engine.update_guard.as_insertions` has them.
    """

    text: str
    insertions: str | None
    keys: Keys


class Proofreaders:
    """The processes, from this side; safe to use from many threads."""

    def __init__(self, limits: Limits) -> None:
        """None yet; the first starts with what is first to be read."""
        self._limits = limits
        self._nursery = Nursery()
        self._short = threading.Semaphore(_SHORT_AT_A_TIME)
        self._long = threading.Semaphore(_LONG_AT_A_TIME)
        self._spares: queue.SimpleQueue[Forked] = queue.SimpleQueue()
        self._tidier = ThreadPoolExecutor(1, thread_name_prefix="tidier")

    def warm_up(self) -> None:
        """Nothing; what comes next is read at once."""
        self._nursery.warm_up()

    def update(
        self, text: str, deadline: float, base: str | None, graphs: Sequence[str], named: Sequence[str]
    ) -> Proof:
        """The update over the graphs that the protocol gives.

        Raises:
            QuerySyntaxError: it is no SPARQL 1.1 Update; :class:`QueryNotReadOnly`: it reaches out of the store.
            QueryTooLarge: it is too long; :class:`QueryTooLong`: it took too long, or more than it may.
            EngineBusy: others were to be read first, which took too long.
        """
        told = {"do": "update", "text": text, "base": base, "graphs": list(graphs), "named": list(named)}
        return _proof(self._read(told, len(text), deadline))

    def patch(self, text: str, deadline: float, graph: str | None) -> Proof:
        """The update, held to one graph. Raises as :meth:`update` does."""
        return _proof(self._read({"do": "patch", "text": text, "base": graph, "graph": graph}, len(text), deadline))

    def explain(self, text: str, refused: EngineRefused, deadline: float) -> QuerySyntaxError:
        """Why the engine would not do what it had read, with the place where the text says so."""
        try:
            head = self._read({"do": "explain", "text": text, "says": refused.engine_says}, len(text), deadline)
        except (QueryError, StoreError):
            head = {}
        if not head:
            return refused
        return QuerySyntaxError(head["message"], **{name: head[name] for name in ("line", "column", "hint")})

    def upload(self, upload: Upload, target: Path, label: str, deadline: float) -> None:
        """Nothing; the triples of the upload are in the target, as N-Triples.

        Raises:
            UploadRefused: it is no RDF of this syntax, or RDF that is not taken; :class:`UploadTooLarge`: too many.
            QueryTooLong: it took too long, or needed more memory than it may; :class:`StoreFull`: the disk is full.
        """
        told = {"source": str(upload.file), "syntax": upload.syntax, "base": upload.base, "label": label}
        self._read({"do": "upload", "target": str(target), **told}, upload.file.stat().st_size, deadline)

    def close(self) -> None:
        """Nothing; whatever is being read is not read to its end."""
        self._tidier.shutdown()
        while (spare := self._spare()) is not None:
            spare.kill()
        self._nursery.close()

    def _read(self, job: dict[str, Any], size: int, deadline: float) -> dict[str, Any]:
        is_long = size > _SHORT
        with _turn(self._long if is_long else self._short, deadline):
            limits = asdict(replace(self._limits, update_seconds=max(0.0, deadline - time.monotonic())))
            head = self._ask({**job, "limits": limits}, deadline, is_long=is_long)
        if "error" in head:
            raise refusal(head, self._limits)
        return head

    def _ask(self, job: dict[str, Any], deadline: float, *, is_long: bool) -> dict[str, Any]:
        for _ in range(2):
            # One that died while it waited is not the fault of this text: once more.
            with contextlib.suppress(wire.Lost), self._process(is_long=is_long) as process:
                try:
                    wire.send(process.line, job)
                    return wire.receive(process.line, deadline)
                except TimeoutError:
                    raise _late(self._limits) from None
        raise _crashed(job["do"])

    @contextmanager
    def _process(self, *, is_long: bool) -> Iterator[Forked]:
        """A process that has read nothing yet; it is gone afterwards, and the next one starts before it is needed."""
        process = None if is_long else self._spare()
        process = process or self._fork(_BEHIND if is_long else 0)
        try:
            yield process
        finally:
            try:
                self._tidier.submit(self._tidy, process)
            except RuntimeError:  # closed meanwhile
                process.kill()

    def _spare(self) -> Forked | None:
        with contextlib.suppress(queue.Empty):
            return self._spares.get_nowait()
        return None

    def _tidy(self, process: Forked) -> None:
        process.kill()
        with contextlib.suppress(StoreError):
            if self._spares.empty():
                self._spares.put(self._fork())

    def _fork(self, nice: int = 0) -> Forked:
        limits = {"memory": self._limits.worker_memory, "file_size": self._limits.upload_bytes * GROWTH}
        return Forked(self._nursery, {"role": "proof", "nice": nice, **limits})


@contextmanager
def _turn(turns: threading.Semaphore, deadline: float) -> Iterator[None]:
    if not turns.acquire(timeout=max(0.0, deadline - time.monotonic())):
        raise EngineBusy("others have much to be read", hint="Try again in a few seconds.")
    try:
        yield
    finally:
        turns.release()


def _proof(head: dict[str, Any]) -> Proof:
    text, shape = map(bytes.fromhex, head["keys"])
    return Proof(text=head["text"], insertions=head["insertions"], keys=Keys(text=text, shape=shape))


def _late(limits: Limits) -> QueryError:
    told = f"reading it was stopped after {limits.update_seconds:g} seconds; nothing of it was done"
    return QueryTooLong(told, hint="Send it in parts.")


def _crashed(what: str) -> QueryError:
    told = "needed more memory or a deeper stack than it may; nothing of it was done"
    if what == "upload":
        return UploadRefused(f"reading the upload {told}", hint="Send it in parts, as N-Triples.")
    return QueryTooLong(f"reading the update {told}", hint="Do less at once, or write it flatter.")
