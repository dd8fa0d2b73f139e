"""Who asks: a name to count by, and the line they wait on, so that work ends when they hang up.

Whoever takes a request in says it once, around all that the request does (:func:`asking`); the pool looks here.
"""

from __future__ import annotations

import contextlib
import select
import socket
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final

# Linux tells of a closed line also behind bytes that nobody has read yet.
HUNG_UP: Final = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """One who asks; without a name nobody counts, without a line nobody can hang up.

    ``asks_ours`` says that the text of the query is our own: a page's, or a saved question's.
    """

    name: str | None = None
    asks_ours: bool = False
    line: socket.socket | None = field(default=None, repr=False)

    def is_gone(self) -> bool:
        """Whether they have hung up."""
        if self.line is None or self.line.fileno() < 0:
            return self.line is not None
        poll = select.poll()
        poll.register(self.line, HUNG_UP)
        return bool(poll.poll(0))


_ASKER: Final[ContextVar[Asker]] = ContextVar("asker", default=Asker())  # noqa: B039  # frozen


def asker() -> Asker:
    """Who asks now."""
    return _ASKER.get()


@contextlib.contextmanager
def asking(by: Asker) -> Iterator[None]:
    """Nothing; within, it is they who ask."""
    token = _ASKER.set(by)
    try:
        yield
    finally:
        _ASKER.reset(token)
