"""How the C library keeps memory that is free again: a server of many threads gives large pieces back at once."""

from __future__ import annotations

import ctypes
from typing import Final

# mallopt(3): the numbers of malloc.h of the GNU C library.
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
_LARGE_BYTES: Final = 256 * 1024
_ARENAS: Final = 2


def give_back_large_pieces() -> bool:
    """Whether large pieces go back to the system when they are freed; not every C library can be told.

    Without it, each thread has a store of its own that keeps the room of the largest request it ever read.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    return bool(mallopt(_MMAP_THRESHOLD, _LARGE_BYTES) and mallopt(_ARENA_MAX, _ARENAS))
