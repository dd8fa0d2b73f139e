"""Signals that stop a server: it obeys them itself, its processes wait for it, to whomever else they are sent.

A shell sends Ctrl-C, a terminal that is closed SIGHUP, and systemd SIGTERM, to all processes at once. Ours end when the
server hangs up or ends them.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_STOPS: Final = frozenset({signal.SIGINT, signal.SIGTERM, *({signal.SIGHUP} if hasattr(signal, "SIGHUP") else ())})


@contextmanager
def held_back() -> Iterator[None]:
    """A process that is started meanwhile gets no such signal before it can say :func:`ignore`."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows has no such signals
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ignore() -> None:
    """Nothing; such signals have no effect on this process, and on those that it forks."""
    for stop in _STOPS:
        signal.signal(stop, signal.SIG_IGN)
