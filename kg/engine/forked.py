"""A process that the nursery forked, as its owner sees it: its number, our end of its line, and its end."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
from typing import Any, Final

from kg.engine.nursery import Nursery

_DEATH_SECONDS: Final = 10.0


class Forked:
    """The process, from this side."""

    def __init__(self, nursery: Nursery, told: dict[str, Any]) -> None:
        """Fork it; ``told`` is what it is to do.

        Raises:
            StoreError: there is no room for another process.
        """
        self._nursery = nursery
        self.line, theirs = socket.socketpair()
        with theirs:
            try:
                self.number = nursery.fork(theirs, told)
            except BaseException:
                self.line.close()
                raise
        # Its number is its own until it is buried; a descriptor of it stays true even should the nursery die.
        self._held = _held(self.number)

    def kill(self) -> None:
        """Nothing; the process is gone, and its memory with it."""
        with contextlib.suppress(ProcessLookupError):
            if self._held is None:
                os.kill(self.number, signal.SIGKILL)
            else:
                signal.pidfd_send_signal(self._held, signal.SIGKILL)
        # Its end of the line closes once its memory is given back.
        poll = select.poll()
        poll.register(self.line, 0)
        poll.poll(_DEATH_SECONDS * 1000)
        self.line.close()
        if self._held is not None:
            os.close(self._held)
            self._held = None
        self._nursery.bury(self.number)


def _held(process: int) -> int | None:
    if not hasattr(os, "pidfd_open"):
        return None
    try:
        return os.pidfd_open(process)
    except OSError:
        return None
