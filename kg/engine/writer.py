"""The writer as the server sees it: one process that owns the writable store, killed and started anew when it must be.

What it does stands in :mod:`kg.engine.writing`. A call returns when the write is durable and readers see it.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Self

from kg.config import Limits
from kg.engine import child, wire
from kg.engine.answer import EngineBusy, QueryTooLarge
from kg.engine.upload import read_upload
from kg.engine.writable import remove_forsaken
from kg.engine.written import Condition, NoSuchGraph, PreconditionFailed, StoreFull, Upload, Written
from kg.errors import QueryError, QueryNotReadOnly, QuerySyntaxError, QueryTooLong, StoreError
from kg.store.generation import current
from kg.store.manifest import read_manifest

_START_SECONDS: Final = 60.0
# What the process needs to say that it was not done in time, before it is killed.
_GRACE: Final = 1.0
_TIDY_SECONDS: Final = 2.0
_ALWAYS: Final = Condition()


class Writer:
    """Writes to the store in one folder, one command at a time; safe to use from many threads."""

    def __init__(self, root: Path, limits: Limits) -> None:
        """Start its process.

        Raises:
            StoreError: there is no store in the folder.
        """
        current(root)
        self._root = root
        self._limits = limits
        self._turn = threading.Lock()
        self._closed = False
        self._process: _Process | None = _Process(root, limits)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self.close()

    def ready(self) -> bool:
        """Whether its process has started with its network blocked.

        Raises:
            StoreError: it cannot start.
        """
        with self._turn:
            return self._running().wait_until_ready()

    @property
    def state(self) -> str:
        """``ready``, ``busy``, or ``stopped``: its process has ended, and the next write starts another."""
        if self._turn.locked():
            return "busy"
        return "ready" if self._process is not None and self._process.is_running else "stopped"

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
            StoreError: it could not be written; :class:`StoreFull`: for want of room on the disk.
        """
        return self._do("update", text=text, graphs=list(using_graphs), named=list(using_named_graphs), base=base)

    def patch(self, graph: str | None, text: str, condition: Condition = _ALWAYS) -> Written:
        """The update, done to one graph; ``None`` is the default graph. Raises as :meth:`update` does."""
        return self._do("patch", condition, graph=graph, text=text)

    def put(self, graph: str | None, upload: Upload, condition: Condition = _ALWAYS) -> Written:
        """The graph holds what the upload does and nothing else.

        Raises:
            UploadRefused: the upload is no RDF that is taken; :class:`UploadTooLarge`: too much of it.
            PreconditionFailed: the graph is not as the condition has it.
            QueryTooLong, EngineBusy, StoreError, StoreFull: as :meth:`update`.
        """
        with self._read([upload]) as file:
            return self._do("put", condition, graph=graph, file=str(file))

    def post(self, graph: str | None, uploads: Sequence[Upload], condition: Condition = _ALWAYS) -> Written:
        """The graph holds also what the uploads do. Raises as :meth:`put` does."""
        with self._read(uploads) as file:
            return self._do("post", condition, graph=graph, file=str(file))

    def delete(self, graph: str | None, condition: Condition = _ALWAYS) -> Written:
        """The graph is gone; the default graph is empty.

        Raises:
            NoSuchGraph: it was not there. The others as :meth:`update`.
        """
        return self._do("delete", condition, graph=graph)

    def close(self) -> None:
        """Nothing; the process is ended, and none starts again."""
        self._closed = True
        process, self._process = self._process, None
        if process is not None:
            process.hang_up()
        remove_forsaken(self._root)

    @contextmanager
    def _read(self, uploads: Sequence[Upload]) -> Iterator[Path]:
        """The triples of all uploads in one file, as N-Triples."""
        folder = Path(tempfile.mkdtemp(prefix="kg-upload-"))
        try:
            whole = folder / "whole.nt"
            # Blank nodes are those of one document, whoever else uploads at the same moment.
            label = f"g{secrets.token_hex(8)}"
            for number, upload in enumerate(uploads):
                part = folder / f"{number}.nt"
                read_upload(upload, part, f"{label}d{number}", self._limits)
                with part.open("rb") as source, whole.open("ab") as sink:
                    shutil.copyfileobj(source, sink)
                part.unlink()
            yield whole
        except OSError as error:
            raise StoreFull(f"the upload could not be kept: {error}") from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _do(self, what: str, condition: Condition = _ALWAYS, **told: Any) -> Written:
        deadline = time.monotonic() + self._limits.update_seconds
        if not self._turn.acquire(timeout=self._limits.update_seconds):
            raise EngineBusy("others are writing", hint="Try again in a few seconds.")
        try:
            return self._ask({"do": what, **told}, condition, deadline)
        finally:
            self._turn.release()

    def _ask(self, command: dict[str, Any], condition: Condition, deadline: float) -> Written:
        request = secrets.token_hex(8)
        try:
            process = self._told({**command, "condition": asdict(condition), "request": request}, deadline)
            head = wire.receive(process.line, deadline + _GRACE)
        except (wire.Lost, TimeoutError) as error:
            self._restart()
            written = self._published(request)
            if written is not None:
                return written
            raise _stopped(error, self._limits) from None
        if head.get("error") in {"full", "memory", "store"}:
            # An Oxigraph store never writes again after a full disk; a new process begins from the last generation.
            self._restart()
        if "error" in head:
            raise _refusal(head)
        return Written(generation=head["generation"], created=head["created"])

    def _published(self, request: str) -> Written | None:
        """The write of this request, if its process came to publish it before it ended."""
        generation = current(self._root)
        manifest = read_manifest(generation.path, generation.number)
        return Written(generation=generation.number) if manifest.get("request") == request else None

    def _told(self, command: dict[str, Any], deadline: float) -> _Process:
        """The process that has taken the command; one that ended before it could is replaced, once.

        Raises:
            StoreError: none can start; the next command tries again.
            TimeoutError: it was not taken in time.
        """
        for is_last in (False, True):
            try:
                process = self._running()
                limits = asdict(self._limits) | {"update_seconds": max(0.0, deadline - time.monotonic())}
                wire.send(process.line, {**command, "limits": limits})
                wire.receive(process.line, deadline + _GRACE)
            except (wire.Lost, StoreError) as error:
                self._drop()
                if is_last or time.monotonic() > deadline:
                    raise StoreError(str(error) or "the writer ended as soon as it had started") from error
            else:
                return process
        raise AssertionError

    def _running(self) -> _Process:
        """The process, ready; another one, if it has ended."""
        if self._process is None or not self._process.is_running:
            self._restart()
        process = self._process
        assert process is not None
        try:
            process.wait_until_ready()
        except StoreError:
            self._drop()
            raise
        return process

    def _drop(self) -> None:
        """Nothing; there is no process until the next is needed."""
        process, self._process = self._process, None
        if process is not None:
            process.end()

    def _restart(self) -> None:
        self._drop()
        if self._closed:
            raise StoreError("the writer has ended")
        self._process = _Process(self._root, self._limits)


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
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_TIDY_SECONDS)
        self.end()

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def end(self) -> None:
        """Nothing; the process is gone."""
        self._process.kill()
        self._process.wait()
        self.line.close()


def _stopped(error: Exception, limits: Limits) -> QueryError:
    if isinstance(error, TimeoutError):
        return QueryTooLong(
            f"the update was stopped after {limits.update_seconds:g} seconds; nothing of it was done",
            hint="Do less at once.",
        )
    return QueryTooLong(
        "the update needed more memory or a deeper stack than it may; nothing of it was done", hint="Do less at once."
    )


_REFUSALS: Final[Mapping[str, type[QueryError]]] = MappingProxyType(
    {
        "syntax": QuerySyntaxError,
        "QuerySyntaxError": QuerySyntaxError,
        "QueryNotReadOnly": QueryNotReadOnly,
        "QueryTooLarge": QueryTooLarge,
        "condition": PreconditionFailed,
        "missing": NoSuchGraph,
    }
)


def _refusal(head: dict[str, Any]) -> Exception:
    """The error that the process told of."""
    match head["error"]:
        case "busy":
            return EngineBusy("a build or another writer holds the store", hint="Try again in a few seconds.")
        case "full":
            return StoreFull(f"the disk is full: {head['message']}")
        case "memory":
            return QueryTooLong("the update needed more memory than it may", hint="Do less at once.")
        case "engine":
            return QuerySyntaxError(f"the engine refused the update: {head['message'][:300]}")
        case kind if kind in _REFUSALS:
            return _REFUSALS[kind](head["message"], **{name: head.get(name) for name in ("line", "column", "hint")})
        case _:
            return StoreError(f"the store could not be written: {head['message']}")
