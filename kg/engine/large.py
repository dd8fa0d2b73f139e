"""Large answers that were given lately, as files: each who asks reads the same one, at a place of their own.

Their bytes count in the budget of the spools, and what nobody reads yields to an answer that needs the room.
"""

from __future__ import annotations

import contextlib
import io
import os
import threading
from collections import OrderedDict
from dataclasses import replace
from typing import IO, Any, Final, cast

from kg.engine.answer import Answer, EngineBusy
from kg.engine.budget import Spool

# Each is an open file, and a process may have only so many; connections need theirs.
_MOST_FILES: Final = 256
# A compressed form of more than this part is made each time.
_WORTH: Final = 2


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
        self._is_pressed = False
        self._pressed: Shared | None = None

    @property
    def room(self) -> int:
        """The bytes that it takes, with those of its compressed form."""
        pressed = self._pressed
        return self.size + (0 if pressed is None else pressed.size)

    @property
    def files(self) -> int:
        """How many files it is, with its compressed form."""
        return 1 if self._pressed is None else 2

    @property
    def pressed(self) -> Copy | None:
        """Its compressed form from the first byte, where somebody had it before; whoever calls this has it too."""
        with self._lock:
            return None if self._pressed is None else Copy(self._pressed)

    def press(self) -> Pressing | None:
        """What takes its compressed form as it is made; ``None`` where it is made already, or there is no room."""
        with self._lock:
            if self._is_pressed:
                return None
            self._is_pressed = True
        try:
            return Pressing(self, self._spool.another(self.size // _WORTH))
        except EngineBusy:
            self.give_up_pressing()
            return None

    def give_up_pressing(self) -> None:
        """Nothing; its compressed form is for another to make."""
        with self._lock:
            self._is_pressed = False

    def take_pressed(self, pressed: Shared) -> None:
        """Nothing; this is its compressed form, which goes with it."""
        with self._lock:
            is_wanted = self._holders > 0
            if is_wanted:
                self._pressed = pressed
        if not is_wanted:
            pressed.let_go()

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
            if self._pressed is not None:
                self._pressed.let_go()

    def copy(self, answer: Answer) -> Answer:
        """The answer with a body for one who reads it."""
        return replace(answer, body=cast("IO[bytes]", Copy(self)))


class Pressing:
    """The compressed form of a large answer as it is made; kept where it is whole, and worth its room."""

    def __init__(self, whole: Shared, spool: Spool) -> None:
        """Nothing of it is there yet."""
        whole.hold()
        self._whole = whole
        self._spool: Spool | None = spool
        self._size, self._most = 0, whole.size // _WORTH

    def add(self, piece: bytes) -> None:
        """Nothing; this comes next."""
        if self._spool is None:
            return
        self._size += len(piece)
        if self._size <= self._most:
            with contextlib.suppress(EngineBusy):
                self._spool.write(piece)
                return
        self._spool.close()
        self._spool = None

    def finish(self) -> None:
        """Nothing; it is whole, and given to all who want it from now on."""
        if self._spool is not None:
            with contextlib.suppress(EngineBusy):
                self._spool.shrink(self._size)
                self._whole.take_pressed(Shared(self._spool, self._size))
                self._spool = None

    def close(self) -> None:
        """Nothing; what is not whole is gone, and the next one tries."""
        if self._spool is not None:
            self._spool.close()
            self._spool = None
            self._whole.give_up_pressing()
        self._whole.let_go()


class Copy(io.RawIOBase):
    """The bytes of a shared spool, read at a place of its own."""

    def __init__(self, shared: Shared) -> None:
        """It begins at the first byte."""
        super().__init__()
        shared.hold()
        self._shared = shared
        self._place = 0

    @property
    def shared(self) -> Shared:
        """What it is a copy of."""
        return self._shared

    @property
    def notes(self) -> dict[str, str]:
        """What was found out about all bytes; who finds out more writes it down."""
        return self._shared.notes

    @property
    def size(self) -> int:
        """How many bytes there are in all."""
        return self._shared.size

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
        self._digest = ""
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, tuple[Answer, Shared]] = OrderedDict()

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)

    @property
    def size(self) -> int:
        """The bytes of all that are kept."""
        return sum(shared.room for _, shared in tuple(self._kept.values()))

    def recall(self, digest: str, key: bytes) -> Answer | None:
        """The answer under this key; those of other generations than this are dropped."""
        with self._lock:
            self._be_of(digest)
            if (kept := self._kept.get(key)) is None:
                return None
            self._kept.move_to_end(key)
            mine = kept[1].copy(kept[0])
            # Some may have got a compressed form since.
            self._drop_files()
            return mine

    def keep(self, key: bytes, answer: Answer, shared: Shared) -> None:
        """Nothing; the answer is kept, unless it is larger than all may be."""
        if shared.size > self.most:
            return
        with self._lock:
            self._be_of(answer.digest)
            self._drop(key)
            shared.hold()
            self._kept[key] = (answer, shared)
            while self.size > self.most:
                self._drop(next(iter(self._kept)))
            self._drop_files()

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

    def _drop_files(self) -> None:
        while sum(shared.files for _, shared in self._kept.values()) > _MOST_FILES:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: bytes) -> None:
        if (kept := self._kept.pop(key, None)) is not None:
            kept[1].let_go()
