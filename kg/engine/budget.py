"""A sum that all draw on together and that nobody overdraws: bytes of memory, bytes of spools."""

from __future__ import annotations

import io
import tempfile
import threading
from collections.abc import Callable
from typing import IO, Any, Final, cast

from kg.engine.answer import EngineBusy

_IN_MEMORY: Final = 1 << 20
_LATER: Final = "Try again in a few seconds, or ask for less."


class Budget:
    """So much of something; safe to use from many threads."""

    def __init__(self, most: int) -> None:
        """All of it is free."""
        self._lock = threading.Lock()
        self.free = most

    def take(self, amount: int) -> bool:
        """Whether there was as much; it is taken then."""
        with self._lock:
            if amount > self.free:
                return False
            self.free -= amount
            return True

    def give(self, amount: int) -> None:
        """Nothing; as much is free again."""
        with self._lock:
            self.free += amount


class Spool(io.BufferedIOBase):
    """A whole answer until its receiver has read it, on disk where it is long; its bytes count until it is closed."""

    def __init__(self, budget: Budget, size: int, make_room: Callable[[], bool] = bool) -> None:
        """Room for an answer of this size; where there is none, ``make_room`` is asked for as long as it makes some.

        Raises:
            EngineBusy: too many answers are still being read.
        """
        super().__init__()
        self._budget, self._size = budget, 0
        while not budget.take(size):
            if make_room():
                continue
            raise EngineBusy("too many large answers are still being read", hint=_LATER)
        self._size = size
        self._file = cast("IO[bytes]", tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115  # closed with this

    def readable(self) -> bool:
        """True."""
        return True

    def writable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes."""
        return self._file.read(-1 if size is None else size)

    def write(self, chunk: Any, /) -> int:
        """The number of bytes taken.

        Raises:
            EngineBusy: the disk is full.
        """
        try:
            return self._file.write(chunk)
        except OSError as error:
            raise EngineBusy("there is no room to keep the answer until it is read", hint=_LATER) from error

    def another(self, size: int) -> Spool:
        """Another one, of the same budget. Raises as this one does."""
        return Spool(self._budget, size)

    def shrink(self, size: int) -> None:
        """Nothing; it takes so many bytes, which are no more than were told, and the others are free."""
        self._budget.give(self._size - size)
        self._size = size

    def settle(self) -> int:
        """The descriptor of the file with all of it; it is on disk now, and belongs to this.

        Raises:
            EngineBusy: the disk is full.
        """
        try:
            self._file.flush()
            number = self._file.fileno()
            self._file.flush()
        except OSError as error:
            raise EngineBusy("there is no room to keep the answer until it is read", hint=_LATER) from error
        return number

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """The new place."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """The place."""
        return self._file.tell()

    def close(self) -> None:
        """Nothing; the bytes are given back."""
        if not self.closed:
            super().close()
            self._budget.give(self._size)
            self._size = 0
            if hasattr(self, "_file"):
                self._file.close()
