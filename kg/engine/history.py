"""What became of queries: the quick go first, the slow begin in the slow lane, and of the rest nobody knows.

Slow is a query by its very text alone, so that nobody can blacken the questions of others. Quick it is also by its
shape: the text without what it names, variables by the order of their first use, and every IRI, name, string and number
as one of its kind. So a question that is asked of another leader is known. Whoever asks something slow in the shape of
what is quick is believed no more for a while.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final, Protocol

from kg.query.tokens import Kind, Token

_MOST: Final = 10_000


class Pace(Enum):
    """How queries of a shape went of late."""

    UNKNOWN = 0
    QUICK = 1
    SLOW = 2


class History:
    """The last queries and their paces; safe to use from many threads."""

    def __init__(self, seconds: float) -> None:
        """Nothing yet; who was slow is given another chance after so many seconds."""
        self._seconds = seconds
        self._lock = threading.Lock()
        self._slow: OrderedDict[bytes, float] = OrderedDict()
        self._quick: OrderedDict[bytes, None] = OrderedDict()
        self._doubted: OrderedDict[str, float] = OrderedDict()

    def pace(self, keys: Keys, now: float, name: str | None = None) -> Pace:
        """How such queries went; for a client of this name, if that is believed."""
        with self._lock:
            if self._slow.get(keys.text, now) > now:
                return Pace.SLOW
            if name is not None and self._doubted.get(name, now) > now:
                return Pace.UNKNOWN
            return Pace.QUICK if keys.text in self._quick or keys.shape in self._quick else Pace.UNKNOWN

    def note(self, keys: Keys, pace: Pace, now: float) -> None:
        """Nothing; one more went so."""
        with self._lock:
            if pace is Pace.QUICK:
                self._slow.pop(keys.text, None)
                for key in (keys.text, keys.shape):
                    self._quick[key] = None
                    self._quick.move_to_end(key)
            else:
                self._quick.pop(keys.text, None)
                self._quick.pop(keys.shape, None)
            if pace is Pace.SLOW:
                self._slow[keys.text] = now + self._seconds
                self._slow.move_to_end(keys.text)
            for known in (self._slow, self._quick):
                while len(known) > _MOST:
                    known.popitem(last=False)

    def doubt(self, name: str | None, now: float) -> None:
        """Nothing; for a while nothing that this client asks is known to be quick."""
        if name is None:
            return
        with self._lock:
            self._doubted[name] = now + self._seconds
            self._doubted.move_to_end(name)
            while len(self._doubted) > _MOST:
                self._doubted.popitem(last=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """A query's very text and its shape, as digests."""

    text: bytes
    shape: bytes


class Read(Protocol):
    """A query or an update that was read."""

    @property
    def text(self) -> str:
        """What the engine reads."""

    @property
    def shape(self) -> bytes:
        """Its :func:`shape`."""


def keys(query: Read, *more: str) -> Keys:
    """The keys of a query; ``more`` is what else makes it another one."""
    return Keys(text=_digest("\0".join((query.text, *more))), shape=query.shape)


def shape(tokens: Iterable[Token]) -> bytes:
    """The shape of what has these tokens."""
    order: dict[str, int] = {}
    parts = []
    for token in tokens:
        match token.kind:
            case Kind.VARIABLE | Kind.BLANK:
                parts.append(f"?{order.setdefault(token.text[1:], len(order))}")
            case Kind.WORD:
                parts.append(token.word)
            case Kind.SIGN:
                parts.append(token.text)
            case _:
                parts.append(token.kind)
    return _digest(" ".join(parts))


def _digest(text: str) -> bytes:
    # A lone half of a surrogate pair is no text of UTF-8, and no query of Oxigraph's.
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=16).digest()
