"""What every engine does, whoever works for it: it guards, gives each client its turn, and remembers what it said.

What works is a pool of processes of our own (:mod:`kg.engine.pool`), or a server elsewhere (:mod:`kg.engine.remote`).
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Final, Self

from kg.config import Limits
from kg.engine.answer import Answer, EngineBusy, Question, ResultFormat
from kg.engine.asked import Asked
from kg.engine.asker import Asker, asker
from kg.engine.begun import Begun
from kg.engine.guard import SHORT, Checked, check
from kg.engine.memory import Flight, Memory
from kg.engine.outcomes import Outcomes
from kg.engine.turns import Turns
from kg.query.names import Names
from kg.query.naming import NAMES_QUERY, each_name, read_rows
from kg.store.generation import Generation

# Who wait for an answer that another asks for: each holds a thread of the server.
_MOST_TOGETHER: Final = 64
# For questions of our own: far above what a stranger may ask for.
_ROWS: Final = 10_000_000
_BYTES: Final = 1 << 30
_SECONDS: Final = 120.0


class Engine(ABC):
    """Answers queries under limits; safe to use from many threads."""

    def __init__(self, limits: Limits) -> None:
        """Nothing is asked yet."""
        self.limits = limits
        self.memory = Memory(limits.memory_bytes * 3 // 4, limits.spool_bytes // 2)
        self.outcomes = Outcomes()
        self._turns = Turns(limits.client_queries)
        self._places = threading.BoundedSemaphore(_MOST_TOGETHER)
        self._reading = threading.Semaphore(1)

    @property
    @abstractmethod
    def generation(self) -> Generation:
        """The state of the graph that is live; where nobody can tell, the last one that was."""

    @property
    @abstractmethod
    def waiting(self) -> int:
        """How many queries wait for somebody to work on them."""

    @property
    def workers(self) -> Mapping[str, Sequence[int]]:
        """Processes of our own that answer, by their lane."""
        return {}

    def begin(self, asked: Asked) -> Begun | None:  # noqa: ARG002
        """A query for those who wait for many answers in one thread; ``None`` where that is no way to ask it."""
        return None

    @abstractmethod
    def ready(self) -> bool:
        """Whether it answers, and queries are known to be kept from the network.

        Raises:
            StoreError: it does not answer.
        """

    @abstractmethod
    def warm_up(self) -> None:
        """Nothing; mistakes in queries are explained at once from now on."""

    def names(self) -> tuple[Generation, Names]:
        """The names of all things, and the state of the graph in which they were read.

        Raises:
            KgError: they cannot be read.
        """
        live = self.generation
        limits = replace(self.limits, rows=_ROWS, bytes=_BYTES, seconds=_SECONDS)
        with self.run(Question(text=NAMES_QUERY, format=ResultFormat.CSV), limits).body as table:
            return live, Names(each_name(read_rows(table)))

    @abstractmethod
    def close(self) -> None:
        """Nothing; whoever works here stops."""

    @abstractmethod
    def _give(self, asked: Asked) -> Answer:
        """The answer, from whoever works here."""

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Whoever works here stops."""
        self.close()

    def check(self, text: str) -> Checked:
        """The query, if it may run; long texts are read one at a time, each when it is its client's turn.

        Raises as :func:`kg.engine.guard.check` does, and:
            EngineBusy: too many others are to be read first.
        """
        with self.reading(0 if len(text) > self.limits.query_characters else len(text)):
            return check(text, self.limits)

    @contextmanager
    def reading(self, size: int) -> Iterator[None]:
        """Nothing; within, what is so long is read: long texts one at a time, each when it is its client's turn.

        Raises:
            EngineBusy: too many others are to be read first; :class:`TooManyQueries`, too many of this client's.
        """
        if size <= SHORT:
            yield
            return
        by, seconds = asker(), 2 * self.limits.quick_seconds
        with self._turns.turn(by.name, seconds, by.is_gone):
            if not self._reading.acquire(timeout=seconds):
                raise EngineBusy("other long queries are being read", hint="Try again in a few seconds.")
            try:
                yield
            finally:
                self._reading.release()

    def run(self, question: Question, limits: Limits | None = None, query: Checked | None = None) -> Answer:
        """The answer; ``limits`` are other than the pool's for questions of our own; ``query``, where it is checked.

        Raises:
            QuerySyntaxError: it is no SPARQL 1.1 query.
            QueryNotReadOnly: it would write, or reach out of the store.
            QueryTooLong: it took too long, or more than it may; :class:`EngineBusy`: nobody was free to try.
        """
        with self.outcomes.counted():
            return self._answer(question, limits, query)

    def _answer(self, question: Question, limits: Limits | None, query: Checked | None) -> Answer:
        ours = limits is not None
        query = query or (check(question.text, limits) if limits else self.check(question.text))
        asked = Asked.of(question, query, limits or self.limits, Asker() if ours else asker(), ours=ours)
        if not asked.what:
            return self._in_turn(asked)
        digest = self.generation.digest
        return self.memory.recall(digest, asked.what) or self._together(asked, digest) or self._in_turn(asked, digest)

    def _together(self, asked: Asked, digest: str) -> Answer | None:
        """The answer, which many may wait for while one asks; ``None`` where it is not for this one to ask at once."""
        if not self._places.acquire(blocking=False):
            return None
        try:
            lead = partial(self._lead, asked, digest)
            return self.memory.together(digest, asked.what, lead, asked.by.is_gone, asked.limits.seconds)
        finally:
            self._places.release()

    def _lead(self, asked: Asked, digest: str, flight: Flight) -> Answer | None:
        """The answer, asked for by the one who came first, where it is this client's turn without waiting."""
        # It may have come just before.
        known = self.memory.recall(digest, asked.what)
        if known is not None or not self._turns.begin_now(asked.by.name):
            flight.give_up()
            return known

        def ask() -> Answer:
            try:
                return self._give(asked)
            finally:
                self._turns.end(asked.by.name)

        return flight.land(ask)

    def _in_turn(self, asked: Asked, digest: str = "") -> Answer:
        """The answer, when it is this client's turn; remembered as that of the generation ``digest``, if said."""
        with self._turns.turn(asked.by.name, 2 * asked.limits.quick_seconds, asked.by.is_gone):
            if not digest:
                return self._give(asked)
            # It may have come while this client waited for its turn.
            known = self.memory.recall(digest, asked.what)
            return known or self.memory.answer(digest, asked.what, lambda: self._give(asked), asked.by.is_gone)
