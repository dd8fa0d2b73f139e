"""Whole answers for requests that came before in the same words: sent again without asking the app.

Only what the app marked as an answer of one generation is kept (a strong ``ETag``, ``KG-Generation``), and only while
that generation is live and the day is the same; then all is forgotten at once. Whoever sends other bytes, be it one
header, asks the app; but for those that browsers send about themselves and that nobody here reads.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from kg.store.generation import Generation
from kg.web.journal import Entry

_MOST_ASKED: Final = 1 << 14
_END: Final = b"\r\n\r\n"
# In visible characters, and not continued on the next line: whatever else it is, it is for the app.
_UNREAD: Final = re.compile(
    rb"\r\n(?:User-Agent|Accept-Language|Referer|DNT|Priority|Upgrade-Insecure-Requests|Sec-(?:Fetch|CH)-[a-z-]+)"
    rb":[\x20-\x7e]*(?=\r\n[^ \t])",
    re.IGNORECASE,
)
_AGENT: Final = re.compile(rb"\r\nUser-Agent:[ ]*([\x20-\x7e]*)\r\n", re.IGNORECASE)
_BY_PROXY: Final = b"by a proxy"
_SHARE: Final = 8
_OVERHEAD: Final = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What an answer may depend on beside its request."""

    number: int
    digest: str
    day: dt.date

    @classmethod
    def of(cls, generation: Generation, day: dt.date) -> State:
        """The state of this generation on this day."""
        return cls(number=generation.number, digest=generation.digest, day=day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """An answer: its head without the ``Date``, its body; ``told`` is what the journal says of such a request."""

    head: bytes
    body: bytes
    told: Entry

    @property
    def size(self) -> int:
        """The room that it takes."""
        return len(self.head) + len(self.body) + len(self.told.path) + len(self.told.query) + _OVERHEAD


class Recall:
    """Answers of so many bytes together, those sent last; safe to use from many threads."""

    def __init__(self, most: int, state: Callable[[], State]) -> None:
        """Nothing is kept yet; ``state`` is asked at each request. Where ``most`` is 0, nothing ever is."""
        self.most = most
        self.size = 0
        self.hits = 0
        self._now = state
        self._state: State | None = None
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, Recalled] = OrderedDict()

    def __len__(self) -> int:
        """How many answers are kept."""
        return len(self._kept)

    def key(self, data: bytes, *, is_proxied: bool = False) -> bytes | None:
        """What such a request is kept under; ``None`` where the bytes are no single short GET.

        What a trusted proxy says of its client and of the scheme is nothing where somebody else says it.
        """
        is_one = data.startswith(b"GET /") and data.find(_END) == len(data) - len(_END) and len(data) <= _MOST_ASKED
        if not is_one or not self.most:
            return None
        person = _BY_PROXY if is_proxied else b""
        return hashlib.blake2b(_UNREAD.sub(b"", data), digest_size=20, person=person).digest()

    @property
    def seen(self) -> State | None:
        """The state of now, as it was seen last."""
        return self._state

    def state(self) -> State:
        """The state of now; what was kept in another is forgotten."""
        now = self._now()
        if now != self._state:
            with self._lock:
                self._state = now
                self._kept.clear()
                self.size = 0
        return now

    def find(self, key: bytes) -> Recalled | None:
        """The answer to the same request in the state of now."""
        self.state()
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                self.hits += 1
            return found

    def keep(self, key: bytes, state: State, answer: Recalled) -> None:
        """Nothing; the answer, asked for in this state, is kept, unless it is too large or the state has passed."""
        if answer.size > self.most // _SHARE:
            return
        # The next who asks says what program asks.
        answer = replace(answer, told=replace(answer.told, agent=""))
        with self._lock:
            if state != self._state:
                return
            if (before := self._kept.pop(key, None)) is not None:
                self.size -= before.size
            self._kept[key] = answer
            self.size += answer.size
            while self.size > self.most:
                _, oldest = self._kept.popitem(last=False)
                self.size -= oldest.size


def agent_of(data: bytes) -> str:
    """What a short request says of the program that sent it."""
    found = _AGENT.search(data)
    return found[1].decode("ascii").strip() if found else ""
