"""The names of a generation as a file beside it, which the next start of a server opens at once.

It is worth what its head says and no more: names of another generation, packed by another program or cut short are
none. They are read into memory, so that nobody who shortens the file harms a server that has them.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import mmap
import os
import sys
from functools import cache
from pathlib import Path
from typing import Final

from kg import query
from kg.query.naming import NAMES_QUERY
from kg.store.generation import Generation

NAME: Final = "names"
_LONGEST_HEAD: Final = 1024
_CHUNK: Final = 1 << 20
# What decides how names are read and packed.
_ROOM: Final = Path(query.__file__).parent


def load(generation: Generation) -> mmap.mmap | None:
    """The packed names of the generation; ``None`` where nobody kept them, or they do not fit."""
    try:
        with open(generation.path / NAME, "rb", opener=_open_at_once) as file:
            head = json.loads(file.readline(_LONGEST_HEAD))
            size = os.fstat(file.fileno()).st_size - file.tell()
            if head != _head(generation, size, head["sum"]):
                return None
            content = mmap.mmap(-1, head["size"])
            while chunk := file.read(_CHUNK):
                content.write(chunk)
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    return content if content.tell() == head["size"] and _sum(content) == head["sum"] else None


def keep(generation: Generation, content: mmap.mmap) -> None:
    """Nothing; the packed names stand beside the generation, where that may be written."""
    begun = generation.path / f"{NAME}.new"
    head = _head(generation, len(content), _sum(content))
    try:
        # Whatever stands there, be it a pipe or a link to something else, is not written to.
        begun.unlink(missing_ok=True)
        with begun.open("xb") as file:
            file.write(json.dumps(head).encode() + b"\n")
            file.write(content)
        begun.replace(generation.path / NAME)
    except OSError:
        with contextlib.suppress(OSError):
            begun.unlink(missing_ok=True)


def _open_at_once(path: str, flags: int) -> int:
    """A descriptor; a pipe has nobody at its other end to wait for."""
    return os.open(path, flags | os.O_NONBLOCK)


def _head(generation: Generation, size: int, checksum: str) -> dict[str, object]:
    return {"generation": generation.digest, "program": _program(), "size": size, "sum": checksum}


def _sum(content: mmap.mmap) -> str:
    return hashlib.sha256(content).hexdigest()


@cache
def _program() -> str:
    """What tells this program from others that name or pack otherwise."""
    told = hashlib.sha256(f"{sys.byteorder} {NAMES_QUERY}".encode())
    for file in sorted(_ROOM.glob("*.py")):
        told.update(file.read_bytes())
    return told.hexdigest()
