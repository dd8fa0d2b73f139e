"""The writer's process: takes a few commands at a time, and those that succeed become one generation.

It may be killed at any moment: what it had not yet published never was. The texts that it is told were read before
(:mod:`kg.engine.proof`).
"""

from __future__ import annotations

import contextlib
import math
import signal
import socket
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from kg.engine import stops, wire
from kg.engine.asker import Asker
from kg.engine.batch import Batch, fault
from kg.engine.confine import confine
from kg.engine.writable import Writable
from kg.errors import StoreError
from kg.store.generation import current
from kg.store.lock import StoreBusy, alone
from kg.store.publish import publish_checkpoint

_STACK: Final = 512 * 1024 * 1024
_GRACE: Final = 5
# How long nobody must want anything before there is time to count.
_PAUSE: Final = 0.3


def serve(number: int, root: str, memory: int) -> None:
    """Nothing; commands that came over the socket were carried out until the other side hung up."""
    line = socket.socket(fileno=number)
    stops.ignore()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    blocked = confine(memory)
    threading.stack_size(_STACK)
    # Oxigraph's evaluator recurses: it runs where the stack is deep.
    thread = threading.Thread(target=_obey, args=(line, Path(root), blocked))
    thread.start()
    thread.join()


def _obey(line: socket.socket, root: Path, blocked: bool) -> None:  # noqa: FBT001  # sent on as it is
    try:
        live = Writable(root)
    except OSError as error:
        wire.send(line, {"ready": False, "message": str(error)})
        return
    wire.send(line, {"ready": True, "network_blocked": blocked})
    with contextlib.suppress(wire.Lost):
        while True:
            commands = wire.receive(line)["commands"]
            seconds = max(command["seconds"] for command in commands)
            # Should the server die first, the kernel ends this process all the same.
            signal.alarm(math.ceil(seconds) + _GRACE)
            # Before this, nothing of it can have been done.
            wire.send(line, {"taken": True})
            heads = _reply(live, root, commands, line)
            wire.send(line, {"heads": heads})
            signal.alarm(0)
            if not wire.has_come(line, _PAUSE, Asker()):
                _count(live)
    live.close()


def _reply(live: Writable, root: Path, commands: Sequence[dict[str, Any]], line: socket.socket) -> list[dict[str, Any]]:
    """What became of each command; where anything is in doubt, the writable copy is made anew for the next ones."""
    began = time.monotonic()
    try:
        with alone(root, max(command["seconds"] for command in commands)):
            return _carry_out(live, root, Batch(commands, began), line)
    except StoreBusy:
        return [{"error": "busy"}] * len(commands)
    except (StoreError, OSError, ValueError, RuntimeError, MemoryError) as error:
        live.forget()
        return [fault(error)] * len(commands)


def _carry_out(live: Writable, root: Path, batch: Batch, line: socket.socket) -> list[dict[str, Any]]:
    base = current(root)
    if not batch.carry_out(live, base, lambda number: wire.send(line, {"begun": number})):
        live.forget()
        return batch.heads
    if batch.requests:
        # From here on no command is at fault, whatever happens.
        wire.send(line, {"begun": len(batch.heads)})
        try:
            generation = publish_checkpoint(
                root, base, batch.checkpoint(live.at(base), base, is_counted=live.is_counted(base))
            )
        except (StoreError, OSError, ValueError, RuntimeError, MemoryError) as error:
            live.forget()
            return batch.failed(fault(error))
        live.is_now(generation)
        return batch.published(generation.number)
    # What changed nothing is done: readers see it already.
    return batch.published(base.number)


def _count(live: Writable) -> None:
    """Nothing; the quads of a large store are counted, now that nobody waits."""
    with contextlib.suppress(OSError, RuntimeError):
        live.count()
