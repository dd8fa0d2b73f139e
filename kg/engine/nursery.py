"""Where processes come from that are needed at once: one that has Python and the engine loaded forks them.

:class:`Nursery` is its owner's side; :func:`tend` runs in it. It has one thread and opens no store, so that a fork is
sound; when its owner is gone, it ends, and what it forked with it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import socket
import subprocess
import threading
from typing import Any

from kg.engine import child, proof, stops, wire, worker
from kg.engine.confine import be_called, die_with
from kg.errors import StoreError
from kg.query.lint import load_parser


class Nursery:
    """The process that forks others, from this side; safe to use from many threads."""

    def __init__(self) -> None:
        """It starts with the first one that is needed, and again should it ever die."""
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def fork(self, theirs: socket.socket, told: dict[str, Any]) -> int:
        """The number of the new process, which has the other end of a line and is told these things.

        Raises:
            StoreError: there is no room for another process.
        """
        with self._lock:
            for _ in range(0 if self._closed else 2):
                with contextlib.suppress(wire.Lost):
                    return int(self._ask({"task": "fork", **told}, theirs)["process"])
                self._end()
        if self._closed:
            raise StoreError("no process is started any more")
        raise StoreError("no process can be started: too many processes, or too little memory")

    def bury(self, process: int) -> None:
        """Nothing; a process that was killed is gone from the system's table."""
        with self._lock, contextlib.suppress(wire.Lost):
            if self._line is not None:
                self._ask({"task": "bury", "process": process})

    def warm_up(self) -> None:
        """Nothing; it has loaded also what explains mistakes, which takes longer than most queries."""
        with self._lock, contextlib.suppress(wire.Lost):
            if not self._closed:
                self._ask({"task": "warm up"})

    def close(self) -> None:
        """Nothing; it is ended, and all that it forked with it; it starts no more."""
        with self._lock:
            self._closed = True
            self._end()

    def _ask(self, task: dict[str, Any], theirs: socket.socket | None = None) -> dict[str, Any]:
        line = self._line or self._start()
        wire.send(line, task)
        if theirs is not None:
            try:
                socket.send_fds(line, [b"."], [theirs.fileno()])
            except OSError as error:
                raise wire.Lost from error
        return wire.receive(line)

    def _start(self) -> socket.socket:
        self._process, self._line = child.start("kg.engine.nursery", "tend")
        return self._line

    def _end(self) -> None:
        if self._line is not None and self._process is not None:
            self._line.close()
            self._process.kill()
            self._process.wait()
        self._line = self._process = None


def tend(number: int) -> None:
    """Nothing; processes were forked and buried as told over this socket, until the other side hung up."""
    line = socket.socket(fileno=number)
    stops.ignore()
    gc.freeze()
    with contextlib.suppress(wire.Lost):
        while True:
            job = wire.receive(line)
            match job["task"]:
                case "fork":
                    wire.send(line, {"process": _fork(line, job)})
                case "bury":
                    with contextlib.suppress(ChildProcessError):
                        os.waitpid(job["process"], 0)
                    wire.send(line, {})
                case _:
                    load_parser()
                    gc.freeze()
                    wire.send(line, {})


def _fork(line: socket.socket, job: dict[str, Any]) -> int:
    """The number of the new process; in that itself it never returns."""
    _, (given,), _, _ = socket.recv_fds(line, 1, 1)
    parent = os.getpid()
    process = os.fork()
    if process == 0:
        try:
            line.close()
            die_with(parent)
            os.nice(job["nice"])
            _live(given, job)
        finally:
            os._exit(0)
    os.close(given)
    return process


def _live(given: int, job: dict[str, Any]) -> None:
    """Nothing; the process has done what it was forked for."""
    be_called(f"kg-{job['role']}")
    match job["role"]:
        case "worker":
            worker.serve(given, job["path"], job["memory"])
        case "names":
            # Loaded here: only few need it.
            from kg.engine import indexing

            indexing.serve(given, job["path"], job["memory"])
        case _:
            proof.serve(given, job["memory"], job["file_size"])
