"""Large answers that were given lately, as files: each who asks reads the same one, at a place of their own.

Their bytes count in the budget of the spools, and what nobody reads yields to an answer that needs the room.
"""

from __future__ import annotations

import io
import os
import threading
from collections import OrderedDict
from dataclasses import replace
from typing import IO, Any, Final, cast

from kg.engine.answer import Answer
from kg.engine.budget import Spool

# Each is an open file, and a process may have only so many; connections need theirs.
_MOST_FILES: Final = 256


class Shared:
    """A spool that many have, whoever made this first among them; it is closed when the last one lets it go."""

    def __init__(self, spool: Spool, size: int) -> None:
        """One has it."""
        self.size = size
        self.number = spool.settle()
        # What was found out about it, for all who read it.
        self.notes: dict[str, str] = {}
        self._spool = spool
        self._lock = threading.Lock()
        self._holders = 1

    @property
    def is_idle(self) -> bool:
        """Whether only one has it."""
        return self._holders == 1

    def hold(self) -> None:
        """Nothing; one more has it; whoever calls this has it too."""
        with self._lock:
            self._holders += 1

    def let_go(self) -> None:
        """Nothing; one less has it."""
        with self._lock:
            self._holders -= 1
            is_last = self._holders == 0
        if is_last:
            self._spool.close()

    def copy(self, answer: Answer) -> Answer:
        """The answer with a body for one who reads it."""
        return replace(answer, body=cast("IO[bytes]", Copy(self)))


class Copy(io.RawIOBase):
    """The bytes of a shared spool, read at a place of its own."""

    def __init__(self, shared: Shared) -> None:
        """It begins at the first byte."""
        super().__init__()
        shared.hold()
        self._shared = shared
        self._place = 0

    @property
    def notes(self) -> dict[str, str]:
        """What was found out about all bytes; who finds out more writes it down."""
        return self._shared.notes

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """The number of bytes that are in the buffer."""
        count = os.preadv(self._shared.number, [buffer], self._place)
        self._place += count
        return count

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """The new place."""
        self._place = max(0, offset + (0, self._place, self._shared.size)[whence])
        return self._place

    def tell(self) -> int:
        """The place."""
        return self._place

    def close(self) -> None:
        """Nothing; it is let go."""
        if not self.closed:
            super().close()
            self._shared.let_go()


class Large:
    """Large answers of so many bytes together, those asked for last, all of one generation; for many threads."""

    def __init__(self, most: int) -> None:
        """Nothing is kept yet; where ``most`` is 0, nothing ever is."""
        self.most = most
        self.size = 0
        self._digest = ""
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, tuple[Answer, Shared]] = OrderedDict()

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)

    def recall(self, digest: str, key: bytes) -> Answer | None:
        """The answer under this key; those of other generations than this are dropped."""
        with self._lock:
            self._be_of(digest)
            if (kept := self._kept.get(key)) is None:
                return None
            self._kept.move_to_end(key)
            return kept[1].copy(kept[0])

    def keep(self, key: bytes, answer: Answer, shared: Shared) -> None:
        """Nothing; the answer is kept, unless it is larger than all may be."""
        if shared.size > self.most:
            return
        with self._lock:
            self._be_of(answer.digest)
            self._drop(key)
            shared.hold()
            self._kept[key] = (answer, shared)
            self.size += shared.size
            while self.size > self.most or len(self._kept) > _MOST_FILES:
                self._drop(next(iter(self._kept)))

    def yield_one(self) -> bool:
        """Whether there was one that nobody reads; its room is free now."""
        with self._lock:
            idle = next((key for key, (_, shared) in self._kept.items() if shared.is_idle), None)
            if idle is not None:
                self._drop(idle)
            return idle is not None

    def clear(self) -> None:
        """Nothing; nothing is kept."""
        with self._lock:
            for key in tuple(self._kept):
                self._drop(key)

    def _be_of(self, digest: str) -> None:
        if digest != self._digest:
            self._digest = digest
            for key in tuple(self._kept):
                self._drop(key)

    def _drop(self, key: bytes) -> None:
        if (kept := self._kept.pop(key, None)) is not None:
            self.size -= kept[1].size
            kept[1].let_go()
