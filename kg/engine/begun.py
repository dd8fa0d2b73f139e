"""Queries of those who can wait for many answers at a time, in one thread: begun now, finished when something comes.

Only what is known to be quick goes this way (:meth:`kg.engine.pool.Pool.begin`); whoever waited long enough goes on in
a thread of its own, by the same :meth:`Sent.finish`.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass

from kg.engine import wire
from kg.engine.answer import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A query that may run, and that nobody was asked yet.

    ``recall`` gives the answer where it is remembered; ``may_wait`` says whether its client is there, and has a turn;
    ``send`` gives ``None`` where that is not so, where others ask the same just now, and where no worker is free.
    """

    recall: Callable[[], Answer | None]
    may_wait: Callable[[], bool]
    send: Callable[[], Sent | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A query on its way to a worker, whose answer comes on this line.

    Either ``finish``, which waits for the answer and raises as :meth:`kg.engine.pool.Pool.run` does, or ``drop`` is to
    be called, once.
    """

    line: socket.socket
    end: Callable[[wire.Message | None], Answer]
    drop: Callable[[], None]

    def look(self) -> wire.Message | None:
        """A short answer that is here, or begins to be; no error is that."""
        return wire.look(self.line)

    def finish(self, message: wire.Message | None = None) -> Answer:
        """The answer; nobody waits where it is this message, which is whole."""
        return self.end(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """An answer that is here already, for whoever would finish a query that was sent."""

    answer: Answer

    def finish(self) -> Answer:
        """The answer."""
        return self.answer

    def drop(self) -> None:
        """Nothing; nobody wants it."""
        self.answer.body.close()
