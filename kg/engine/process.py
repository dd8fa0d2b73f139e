"""A worker process as its owner sees it: started, ready, killed. What it does stands in :mod:`kg.engine.worker`."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from typing import Final

from kg.config import Limits
from kg.engine import wire
from kg.errors import StoreError
from kg.store.generation import Generation

_BOOT: Final = (
    "import json, sys; path, *told = json.loads(sys.argv[1]); sys.path[:] = path; "
    "from kg.engine.worker import serve; serve(*told)"
)
_START_SECONDS: Final = 60.0
_BEHIND: Final = 10


class Worker:
    """A worker process, from this side."""

    def __init__(self, generation: Generation, limits: Limits) -> None:
        """Start it; it gets ready while we do something else."""
        self.generation = generation
        self.line, theirs = socket.socketpair()
        told = [sys.path, theirs.fileno(), str(generation.graph_path), limits.worker_memory]
        with theirs:
            # The environment stays here: a worker has no business with our settings.
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and code
                [sys.executable, "-c", _BOOT, json.dumps(told)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            )
        self.network_blocked: bool | None = None
        self._thread = self._process.pid

    def wait_until_ready(self) -> None:
        """Nothing; it has opened its store.

        Raises:
            StoreError: it has not, and says why.
        """
        if self.network_blocked is not None:
            return
        try:
            head = wire.receive(self.line, time.monotonic() + _START_SECONDS)
        except (wire.Lost, TimeoutError):
            head = {"ready": False, "message": "the worker did not start"}
        if not head["ready"]:
            raise StoreError(f"generation {self.generation.number} cannot be opened: {head['message']}")
        self.network_blocked = bool(head["network_blocked"])
        if sys.platform == "linux":
            self._thread = int(head["thread"])

    def step_back(self) -> None:
        """Nothing; others come first from now on, where the platform can tell."""
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                # On Linux a priority is a thread's own.
                os.setpriority(os.PRIO_PROCESS, self._thread, _BEHIND)

    def kill(self) -> None:
        """Nothing; the process is gone."""
        self._process.kill()
        self._process.wait()
        self.line.close()
