"""The lock of a store: one build or writer publishes at a time; and the lease that keeps what is being read.

Readers need no lock, they see whole generations only; their lease keeps the files from being dropped meanwhile.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from kg.errors import StoreError

try:
    import fcntl
except ImportError:  # Windows has no such locks
    fcntl = None  # type: ignore[assignment]

_PAUSE: Final = 0.01
# Of each thread: the folders whose lock it has.
_mine: Final = threading.local()


class StoreBusy(StoreError):
    """Somebody else publishes, and went on doing so for as long as we would wait."""


@contextlib.contextmanager
def alone(root: Path, seconds: float | None = None) -> Iterator[None]:
    """Nobody else publishes in this folder meanwhile, where the platform can keep them out; who comes later waits.

    Whoever has the lock may take it again.

    Raises:
        StoreBusy: they were not done within so many seconds.
        StoreError: nothing can be written there.
    """
    mine = _mine.__dict__.setdefault("roots", set())
    if root in mine:
        yield
        return
    try:
        root.mkdir(parents=True, exist_ok=True)
        lock = (root / "lock").open("ab")
    except OSError as error:
        raise StoreError(f"nothing can be written in {root}: {error}") from error
    with lock:
        if fcntl is not None:
            _enter(lock, seconds)
        mine.add(root)
        try:
            yield
        finally:
            mine.discard(root)


def lease(file: Path) -> IO[bytes]:
    """The file, opened: until it is closed, :func:`unleased` says no to whoever would drop it.

    Raises:
        OSError: it is not there, or just being dropped.
    """
    held = file.open("rb")
    try:
        if fcntl is not None:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        file.stat()
    except OSError:
        held.close()
        raise
    return held


@contextlib.contextmanager
def unleased(file: Path) -> Iterator[bool]:
    """Whether nobody has a lease on the file; while this lasts, nobody gets one."""
    try:
        held = file.open("rb")
    except OSError:
        # What has no such file was never whole.
        yield True
        return
    with held:
        try:
            if fcntl is not None:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def _enter(lock: IO[bytes], seconds: float | None) -> None:
    if seconds is None:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return
    until = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise StoreBusy("somebody else is writing to this store") from None
            time.sleep(_PAUSE)
        else:
            return
