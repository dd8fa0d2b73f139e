"""The writer as the server sees it: what comes in is read and kept, and done when it is its turn.

A call returns when the write is durable and readers see it. Texts are read by :mod:`kg.engine.proofreaders`, who waits
for whom stands in :mod:`kg.engine.waiting`, and the process that owns the writable store in :mod:`kg.engine.scribe`.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, Final, Self

from kg.config import Limits
from kg.engine.history import History, Pace
from kg.engine.proofreaders import Proof, Proofreaders
from kg.engine.refusals import EngineRefused
from kg.engine.scribe import Scribe
from kg.engine.waiting import Task, Waiting
from kg.engine.writable import remove_forsaken
from kg.engine.written import Condition, StoreFull, Upload, Written
from kg.store.generation import current
from kg.store.scratch import Scratch, sweep_forsaken

_UPLOADS: Final = "uploads-"
_ALWAYS: Final = Condition()
# What is as small as this, and says itself what it changes, is done in a moment.
_SMALL: Final = 100_000
_QUICK_SECONDS: Final = 0.05
_SLOW_FOR_SECONDS: Final = 60.0


class Writer:
    """Writes to the store in one folder; safe to use from many threads."""

    def __init__(self, root: Path, limits: Limits) -> None:
        """Start its process.

        Raises:
            StoreError: there is no store in the folder, or nothing can be written there.
        """
        current(root)
        self._root = root
        self._limits = limits
        try:
            self._scratch = Scratch(root, _UPLOADS)
        except OSError as error:
            raise StoreFull(f"no upload could be kept: {error}") from error
        self._proofreaders = Proofreaders(limits)
        self._scribe = Scribe(root, limits)
        self._waiting = Waiting(self._scribe.carry_out)
        self._history = History(_SLOW_FOR_SECONDS)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes."""
        self.close()

    def ready(self) -> bool:
        """Whether its process has started with its network blocked; what comes next is read at once.

        Raises:
            StoreError: it cannot start.
        """
        self._proofreaders.warm_up()
        return self._scribe.ready()

    @property
    def state(self) -> str:
        """``ready``, ``busy``, or ``stopped``: its process has ended, and the next write starts another."""
        if self._waiting.is_busy:
            return "busy"
        return "ready" if self._scribe.is_running else "stopped"

    @property
    def waiting(self) -> int:
        """How many writes wait for others to be done."""
        return self._waiting.length

    def update(
        self,
        text: str,
        using_graphs: Sequence[str] = (),
        using_named_graphs: Sequence[str] = (),
        *,
        base: str | None = None,
    ) -> Written:
        """The update, done as a whole; the graphs, absolute IRIs, are those of SPARQL 1.1 Protocol, 2.2.3.

        Relative IRIs are read against ``base``.

        Raises:
            QuerySyntaxError: it is no SPARQL 1.1 Update; :class:`QueryNotReadOnly`: it reaches out of the store.
            QueryTooLong: it took too long, or more than it may; :class:`EngineBusy`: others were writing meanwhile.
            WriterEnded: its process was ended by somebody else.
            StoreError: it could not be written; :class:`StoreFull`: for want of room on the disk.
        """
        deadline = self._deadline()
        proof = self._proofreaders.update(text, deadline, base, using_graphs, using_named_graphs)
        return self._run(text, proof, deadline, {"do": "update", "base": base})

    def patch(self, graph: str | None, text: str, condition: Condition = _ALWAYS) -> Written:
        """The update, done to one graph; ``None`` is the default graph. Raises as :meth:`update` does."""
        deadline = self._deadline()
        proof = self._proofreaders.patch(text, deadline, graph)
        return self._run(text, proof, deadline, {"do": "patch", "graph": graph}, condition)

    def put(self, graph: str | None, upload: Upload, condition: Condition = _ALWAYS) -> Written:
        """The graph holds what the upload does and nothing else.

        Raises:
            UploadRefused: the upload is no RDF that is taken; :class:`UploadTooLarge`: too much of it.
            PreconditionFailed: the graph is not as the condition has it.
            QueryTooLong, EngineBusy, WriterEnded, StoreError, StoreFull: as :meth:`update`.
        """
        return self._load("put", graph, [upload], condition)

    def post(self, graph: str | None, uploads: Sequence[Upload], condition: Condition = _ALWAYS) -> Written:
        """The graph holds also what the uploads do. Raises as :meth:`put` does."""
        return self._load("post", graph, uploads, condition)

    def delete(self, graph: str | None, condition: Condition = _ALWAYS) -> Written:
        """The graph is gone; the default graph is empty.

        Raises:
            NoSuchGraph: it was not there. The others as :meth:`update`.
        """
        return self._settle(_task({"do": "delete", "graph": graph}, self._deadline(), condition))

    @contextmanager
    def kept(self, document: IO[bytes]) -> Iterator[Path]:
        """What is in the document, as a file that is gone afterwards, whatever happens.

        Raises:
            StoreFull: there is no room for it.
        """
        with ExitStack() as stack:
            try:
                file = stack.enter_context(tempfile.NamedTemporaryFile(dir=self._scratch.path))
            except OSError as error:
                raise StoreFull(f"the upload could not be kept: {error}") from error
            # What cannot be read of the document is not our business.
            while chunk := document.read(1 << 20):
                _keep(file, chunk)
            yield Path(file.name)

    def close(self) -> None:
        """Nothing; the processes are ended, and none starts again."""
        self._scribe.close()
        self._proofreaders.close()
        self._scratch.close()
        remove_forsaken(self._root)

    def _run(
        self, text: str, proof: Proof, deadline: float, told: dict[str, Any], condition: Condition = _ALWAYS
    ) -> Written:
        """The update, done; if the engine will not do it, the place in the text that was sent is told."""
        is_data = proof.insertions is not None and len(text) <= _SMALL
        is_quick = is_data or self._history.pace(proof.keys, time.monotonic()) is Pace.QUICK
        task = _task({**told, "text": proof.text, "insertions": proof.insertions}, deadline, condition)
        task.alone = not is_quick
        try:
            return self._settle(task)
        except EngineRefused as refused:
            raise self._proofreaders.explain(text, refused, deadline) from None
        finally:
            if task.seconds is not None:
                pace = Pace.QUICK if task.seconds <= _QUICK_SECONDS else Pace.UNKNOWN
                self._history.note(proof.keys, pace, time.monotonic())

    def _load(self, how: str, graph: str | None, uploads: Sequence[Upload], condition: Condition) -> Written:
        deadline = self._deadline()
        with self._read(uploads, deadline) as file:
            task = _task({"do": how, "graph": graph, "file": str(file)}, deadline, condition)
            task.alone = file.stat().st_size > _SMALL
            return self._settle(task)

    @contextmanager
    def _read(self, uploads: Sequence[Upload], deadline: float) -> Iterator[Path]:
        """The triples of all uploads in one file, as N-Triples."""
        try:
            folder = Path(tempfile.mkdtemp(dir=self._scratch.path))
        except OSError as error:
            raise StoreFull(f"the upload could not be kept: {error}") from error
        try:
            whole = folder / "whole.nt"
            # Blank nodes are those of one document, whoever else uploads at the same moment.
            label = f"g{secrets.token_hex(8)}"
            for number, upload in enumerate(uploads):
                part = folder / f"{number}.nt"
                self._proofreaders.upload(upload, part, f"{label}d{number}", deadline)
                _append(part, whole)
            yield whole
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _settle(self, task: Task) -> Written:
        return self._waiting.settle(task)

    def _deadline(self) -> float:
        return time.monotonic() + self._limits.update_seconds


def sweep_killed(root: Path) -> None:
    """Nothing; what writers to this store left behind that were killed is gone."""
    remove_forsaken(root)
    sweep_forsaken(root, _UPLOADS)


def _task(told: dict[str, Any], deadline: float, condition: Condition) -> Task:
    told["condition"] = asdict(condition)
    return Task(told=told, deadline=deadline, request=secrets.token_hex(8), alone=False)


def _keep(file: IO[bytes], chunk: bytes) -> None:
    try:
        file.write(chunk)
        file.flush()
    except OSError as error:
        raise StoreFull(f"the upload could not be kept: {error}") from error


def _append(part: Path, whole: Path) -> None:
    try:
        with part.open("rb") as source, whole.open("ab") as sink:
            shutil.copyfileobj(source, sink)
        part.unlink()
    except OSError as error:
        raise StoreFull(f"the upload could not be kept: {error}") from error
