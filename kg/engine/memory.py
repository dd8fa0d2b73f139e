"""Answers that were given lately, for those who ask the same again; what many ask at once is asked once.

An answer is kept under all that it depends on: the digest of its generation, and what was asked (text, format, graphs,
limits). So a new generation makes it unreachable, and it falls out in its turn. Refusals are never kept.
"""

from __future__ import annotations

import hashlib
import io
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from kg.engine.answer import Answer, AnswerTooLarge, AskerGone, QueryCrashed
from kg.engine.budget import Spool
from kg.engine.large import Large, Shared
from kg.errors import QueryError, QuerySyntaxError, QueryTooLong

# No answer takes more than this share of the memory, and none that is large enough to be streamed from its spool is
# held in memory for as long as somebody reads it. An entry takes about so much beside its bytes.
_SHARE: Final = 8
_LARGE: Final = 1 << 20
_OVERHEAD: Final = 1024
_LOOK_SECONDS: Final = 0.25


@dataclass(slots=True, kw_only=True)
class Flight:
    """An answer on its way: what those who wait for it are given, if it is anything that concerns them."""

    memory: Memory
    key: bytes
    what: tuple[object, ...]
    landed: threading.Event = field(default_factory=threading.Event)
    given: tuple[Answer, bytes | Shared] | None = None
    waiting: int = 0
    is_left: bool = False
    refused: QueryError | None = None

    def land(self, ask: Callable[[], Answer]) -> Answer:
        """The answer, asked for now, and kept; raises what ``ask`` raises."""
        try:
            answer = ask()
            if not self.memory.has_room(answer.size):
                return self._share(answer)
            content = answer.read()
            self.given = (answer, content)
            self.memory.keep(self.what, answer, content)
            return _copy(answer, content)
        except QueryError as error:
            if _is_of_the_query(error):
                self.refused = error
            self.is_left = isinstance(error, AskerGone)
            raise
        finally:
            self.give_up()

    def _share(self, answer: Answer) -> Answer:
        """The same answer, as a file that others read as well, where there may be room for it."""
        if not isinstance(answer.body, Spool) or answer.size > self.memory.large.most:
            return answer
        try:
            shared = Shared(answer.body, answer.size)
        except QueryError:
            answer.body.close()
            raise
        mine = shared.copy(answer)
        self.memory.keep_large(self, answer, shared)
        return mine

    def give_up(self) -> None:
        """Nothing; nobody waits for it any more: those who have no answer yet ask for themselves."""
        self.memory.forget(self)
        self.landed.set()


class Memory:
    """Answers of so many bytes together, those that were asked for last; safe to use from many threads."""

    def __init__(self, most: int, large: int = 0) -> None:
        """Nothing is remembered yet; where ``most`` is 0, nothing ever is; ``large`` is the most of large answers."""
        self.most = most
        self.large = Large(large if most else 0)
        self.size = 0
        self.hits = 0
        self.misses = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, tuple[Answer, bytes]] = OrderedDict()
        self._flights: dict[bytes, Flight] = {}

    def __len__(self) -> int:
        """How many answers are remembered."""
        return len(self._kept)

    def recall(self, digest: str, what: tuple[object, ...]) -> Answer | None:
        """What the generation with this digest answered when it was asked this; ``None`` where nobody remembers."""
        if not self.most:
            return None
        key = _key(digest, what)
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                self.hits += 1
                return _copy(*kept)
        found = self.large.recall(digest, key)
        if found is not None:
            with self._lock:
                self.hits += 1
        return found

    def answer(
        self, digest: str, what: tuple[object, ...], ask: Callable[[], Answer], is_gone: Callable[[], bool] = bool
    ) -> Answer:
        """What the generation with this digest, or a newer one, answers: asked for now, or waited for with others.

        Raises what ``ask`` raises; who waits for the same answer hears the same refusal, where it is of the query.
        """
        # Where nothing came of it, one asks by oneself, and hears what is to be said to those who hung up.
        return self.together(digest, what, lambda flight: flight.land(ask), is_gone) or ask()

    def together(
        self,
        digest: str,
        what: tuple[object, ...],
        lead: Callable[[Flight], Answer | None],
        is_gone: Callable[[], bool],
        seconds: float = math.inf,
    ) -> Answer | None:
        """What the first to ask this brings, who lands the flight or gives it up; the others wait for so many seconds.

        ``None`` where nothing came of it. Raises what ``lead`` raises; who waits hears refusals of the query.
        """
        flight, is_mine = self._flight(digest, what)
        if is_mine:
            return lead(flight)
        until = time.monotonic() + seconds
        try:
            while not flight.landed.wait(_LOOK_SECONDS):
                if is_gone() or time.monotonic() > until:
                    return None
            if flight.refused is not None:
                raise _again(flight.refused)
            if flight.given is not None:
                with self._lock:
                    self.hits += 1
                return _copy(*flight.given)
        finally:
            self._leave(flight)
        known = self.recall(digest, what)
        # One of those whom the first one left goes on for all.
        return self.together(digest, what, lead, is_gone, seconds) if known is None and flight.is_left else known

    def take_off(self, digest: str, what: tuple[object, ...]) -> Flight | None:
        """An answer on its way, to be landed or given up; ``None`` where it is on its way already."""
        flight, is_mine = self._flight(digest, what)
        return flight if is_mine else None

    def has_room(self, size: int) -> bool:
        """Whether answers of this size are kept."""
        return size <= min(self.most // _SHARE, _LARGE)

    def keep_large(self, flight: Flight, answer: Answer, shared: Shared) -> None:
        """Nothing; the answer is kept as a file, and those who wait for it have it."""
        self.large.keep(_key(answer.digest, flight.what), answer, shared)
        with self._lock:
            flight.given = (answer, shared)
            flight.waiting += 1
        self.forget(flight)
        self._leave(flight)

    def _leave(self, flight: Flight) -> None:
        """Nothing; one less waits for it; the last one lets go of what it brought."""
        with self._lock:
            flight.waiting -= 1
            given = flight.given if not flight.waiting and self._flights.get(flight.key) is not flight else None
        if given is not None and isinstance(given[1], Shared):
            given[1].let_go()

    def forget(self, flight: Flight) -> None:
        """Nothing; it is on its way no longer."""
        with self._lock:
            if self._flights.get(flight.key) is flight:
                del self._flights[flight.key]

    def _flight(self, digest: str, what: tuple[object, ...]) -> tuple[Flight, bool]:
        """The answer on its way, and whether it is for the caller to bring; where nothing is kept, each has its own."""
        key = _key(digest, what) if self.most else b""
        with self._lock:
            flight = self._flights.get(key)
            if flight is not None:
                flight.waiting += 1
                return flight, False
            flight = Flight(memory=self, key=key, what=what)
            if self.most:
                self.misses += 1
                self._flights[key] = flight
            return flight, True

    def keep(self, what: tuple[object, ...], answer: Answer, content: bytes) -> None:
        """Nothing; the answer to this is kept."""
        key = _key(answer.digest, what)
        with self._lock:
            if (before := self._kept.pop(key, None)) is not None:
                self.size -= _size(before[1])
            self._kept[key] = (answer, content)
            self.size += _size(content)
            while self.size > self.most:
                _, (_, oldest) = self._kept.popitem(last=False)
                self.size -= _size(oldest)


@lru_cache(maxsize=64)
def _key(digest: str, what: tuple[object, ...]) -> bytes:
    """All that an answer depends on, in a few bytes, however long the query."""
    return hashlib.blake2b(repr((digest, what)).encode(errors="surrogatepass"), digest_size=20).digest()


def _size(content: bytes) -> int:
    return len(content) + _OVERHEAD


def _copy(answer: Answer, content: bytes | Shared) -> Answer:
    if isinstance(content, Shared):
        return content.copy(answer)
    return replace(answer, body=io.BytesIO(content))


def _is_of_the_query(error: QueryError) -> bool:
    """Whether anybody who asks this is refused so; not those that came too many, or hung up."""
    return isinstance(error, QuerySyntaxError | AnswerTooLarge | QueryCrashed) or type(error) is QueryTooLong


def _again(error: QueryError) -> QueryError:
    """The same refusal for another one: an exception belongs to one thread."""
    return type(error)(str(error), line=error.line, column=error.column, hint=error.hint)
