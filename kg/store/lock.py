"""The lock of a store: one build publishes at a time. Readers need none, they see whole generations only."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from kg.errors import StoreError

try:
    import fcntl
except ImportError:  # Windows has no such locks
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Nobody else publishes in this folder meanwhile, where the platform can keep them out; who comes later waits.

    Raises:
        StoreError: nothing can be written there.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        lock = (root / "lock").open("ab")
    except OSError as error:
        raise StoreError(f"nothing can be written in {root}: {error}") from error
    with lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
