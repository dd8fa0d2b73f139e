"""A process that reads one thing from outside, an update or an upload, before the writer hears of it; then it is gone.

It has a limit on memory and time, and no network. Its owner's side stands in :mod:`kg.engine.proofreaders`.
"""

from __future__ import annotations

import contextlib
import math
import re
import signal
import socket
import threading
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import pyoxigraph as ox

from kg.config import Limits
from kg.engine import wire
from kg.engine.confine import confine, limit_files
from kg.engine.history import keys
from kg.engine.update_guard import Update, as_insertions, body_begins, check_update, with_dataset, within
from kg.engine.upload import read_document
from kg.errors import QueryError
from kg.query.lint import LONG, explain_refusal, explain_update
from kg.query.tokens import position

_STACK: Final = 512 * 1024 * 1024
_GRACE: Final = 5
# Before its first operation this makes the engine read all of an update and do nothing: there is no such graph.
_DRY: Final = "CLEAR GRAPH <kg:none> ; "
_PLACE: Final = re.compile(r"(?<=error at )(\d+):(\d+)")


def serve(number: int, memory: int, file_size: int) -> None:
    """Nothing; the one job that came over the socket was done, and how that went was told."""
    line = socket.socket(fileno=number)
    limit_files(file_size)
    confine(memory)
    threading.stack_size(_STACK)
    # Oxigraph's parsers recurse: they run where the stack is deep.
    thread = threading.Thread(target=_work, args=(line,))
    thread.start()
    thread.join()


def _work(line: socket.socket) -> None:
    with contextlib.suppress(wire.Lost):
        job = wire.receive(line)
        limits = Limits(**job["limits"])
        # Should nobody be there any more to end it, its time is over all the same.
        signal.alarm(math.ceil(limits.update_seconds) + _GRACE)
        try:
            head = _JOBS[job["do"]](job, limits)
        except QueryError as error:
            told = {"message": str(error), "line": error.line, "column": error.column, "hint": error.hint}
            head = {"error": type(error).__name__, **told}
        except MemoryError:
            head = {"error": "memory"}
        wire.send(line, head)


def _read_update(job: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """What the writer is to do; or what is wrong with the update, and where."""
    text, base, is_long = job["text"], job["base"], len(job["text"]) > LONG
    try:
        if is_long:
            # Its pieces take seconds to look at: not before the engine has found it to be an update at all.
            _parse(text, base)
        update = check_update(text, limits)
        held = _held(update, job)
        if not is_long or held != text:
            _parse(held, base)
    except SyntaxError as error:
        # The engine's places are of another text, where that was changed.
        is_as_sent = is_long or (job["do"] == "update" and not (job["graphs"] or job["named"]))
        return {"error": "syntax", **explain_update(text, str(error.msg or error), is_as_sent=is_as_sent)}
    known = keys(update)
    return {
        "text": held,
        "insertions": as_insertions(update),
        "keys": [known.text.hex(), known.shape.hex()],
    }


def _held(update: Update, job: dict[str, Any]) -> str:
    """The update over the graphs that it may see."""
    if job["do"] == "patch":
        return within(update, job["graph"])
    return with_dataset(update, tuple(job["graphs"]), tuple(job["named"]))


def _parse(text: str, base: str | None) -> None:
    """Nothing; the engine can read the update.

    Raises:
        SyntaxError: it cannot; the place it tells is that of the text.
        MemoryError: it is too large to be read.
    """
    at = body_begins(text)
    try:
        ox.Store().update(f"{text[:at]}{_DRY}{text[at:]}", base_iri=base)
    except SyntaxError as error:
        line, column = position(text, at)

        def placed(told: re.Match[str]) -> str:
            is_behind = int(told[1]) == line and int(told[2]) > column
            return f"{told[1]}:{max(column, int(told[2]) - len(_DRY)) if is_behind else told[2]}"

        raise SyntaxError(_PLACE.sub(placed, str(error.msg or error), count=1)) from None
    except (ValueError, RuntimeError, OSError):
        return


def _explain(job: dict[str, Any], _: Limits) -> dict[str, Any]:
    """Why the engine will not do what it has read; empty where the text is not why."""
    return explain_refusal(job["text"], job["says"]) or {}


_JOBS: Final[Mapping[str, Callable[[dict[str, Any], Limits], dict[str, Any]]]] = MappingProxyType(
    {"update": _read_update, "patch": _read_update, "explain": _explain, "upload": read_document}
)
