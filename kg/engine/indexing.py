"""The names of a generation, read, ordered and packed by a process of its own, so that nobody else waits for it.

:func:`packed_names` is the side of whoever wants them; :func:`serve` runs in the process, which lets all others go
first and is gone afterwards.
"""

from __future__ import annotations

import math
import mmap
import signal
import socket
import threading
import time
from contextlib import closing
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from kg.config import Limits
from kg.engine import kept_names, stops, wire
from kg.engine.asked import refusal
from kg.engine.confine import confine, seal
from kg.engine.forked import Forked
from kg.engine.serialising import Overfull, Spool
from kg.errors import StoreError
from kg.query.names import Names, pack_names
from kg.query.naming import NAMES_QUERY, each_name, read_rows
from kg.query.packed import Packed
from kg.store.generation import Generation

_SECONDS: Final = 600.0
_MOST_BYTES: Final = 1 << 30
_STACK: Final = 64 * 1024 * 1024
_BEHIND: Final = 5


def read_names(fork: Any, generation: Generation, limits: Limits) -> Names:
    """The names of this generation, as they were kept, or read now; ``fork`` makes a process of what it is told.

    Raises:
        GenerationGone: a newer one took its place.
        StoreError: they cannot be read.
    """
    with closing(generation.lease()):
        # What is written over HTTP is soon another generation: only those of builds are kept.
        content = kept_names.load(generation) if generation.is_build else None
        if content is None:
            content = _read(fork, generation, limits)
            if generation.is_build:
                kept_names.keep(generation, content)
    return Names(Packed(content))


def _read(fork: Any, generation: Generation, limits: Limits) -> mmap.mmap:
    deadline = time.monotonic() + _SECONDS
    told = {"path": str(generation.graph_path), "memory": limits.worker_memory, "nice": _BEHIND}
    process: Forked = fork({"role": "names", **told})
    try:
        head = wire.receive(process.line, deadline)
        if "error" in head:
            raise refusal(head, _MOST_BYTES)
        # Memory of its own, given back as a whole when nobody has these names any more.
        content = mmap.mmap(-1, head["size"])
        wire.receive_body(process.line, head["size"], cast("IO[bytes]", content), deadline)
    except (wire.Lost, TimeoutError) as error:
        raise StoreError(f"the names of generation {generation.number} cannot be read") from error
    finally:
        process.kill()
    return content


def serve(number: int, path: str, memory: int) -> None:
    """Nothing; the names of the store in this folder were sent over the socket."""
    line = socket.socket(fileno=number)
    stops.ignore()
    # Should whoever wants them die first, the kernel ends this process all the same.
    signal.alarm(math.ceil(_SECONDS))
    confine(memory)
    threading.stack_size(_STACK)
    thread = threading.Thread(target=_send, args=(line, path))
    thread.start()
    thread.join()


def _send(line: socket.socket, path: str) -> None:
    try:
        content = _packed(path)
    except (Overfull, MemoryError):
        wire.send(line, {"error": "memory"})
    except (OSError, ValueError, RuntimeError) as error:
        wire.send(line, {"error": "engine", "message": str(error)})
    else:
        wire.send(line, {}, content)


def _packed(path: str) -> bytes:
    store = ox.Store.read_only(path)
    seal()
    spool = Spool(_MOST_BYTES)
    solutions = store.query(NAMES_QUERY)
    assert isinstance(solutions, ox.QuerySolutions)
    solutions.serialize(spool, format=ox.QueryResultsFormat.CSV)
    spool.seek(0)
    return b"".join(pack_names(each_name(read_rows(cast("IO[bytes]", spool)))))
