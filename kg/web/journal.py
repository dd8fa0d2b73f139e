"""The log: one JSON object a line, for each answer and whatever else is worth telling; never a token.

The texts of queries stand in it only where told, addresses as told. It is written by a thread of its own, so that a
slow disk holds up nobody.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import json
import logging
import queue
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

_LONGEST: Final = 300
_MOST_WAITING: Final = 100_000
_MOST_AT_ONCE: Final = 1000
_GATHERING_SECONDS: Final = 0.02
_HIDDEN: Final = "(token)"


class Addresses(StrEnum):
    """How much of a client's address is written."""

    FULL = "full"
    SHORT = "short"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One answer; ``view`` is what gave it, ``query`` what was asked, where that is written.

    ``generation`` is the state of the graph that answered, where one did.
    ``client`` is the address of which a trusted proxy told; empty where the connection's own is meant.
    """

    client: str
    method: str
    path: str
    view: str
    status: int
    bytes: int
    seconds: float
    agent: str = ""
    recalled: bool = False
    generation: int | None = None
    query: str = ""

    def again(self, seconds: float, agent: str) -> Entry:
        """The entry of the same answer to the next who asked in the same words, with this program."""
        return replace(self, seconds=seconds, agent=agent, recalled=True)


class Journal:
    """Takes what is to be told and writes it in order; under too much of it the rest is left out, never waited for."""

    def __init__(
        self, sink: logging.StreamHandler[Any], addresses: Addresses, *, queries: bool, secret: str | None = None
    ) -> None:
        """Write there, query texts only where told, and the ``secret`` never, wherever somebody put it."""
        self.queries = queries
        self._secret = secret
        self._addresses = addresses
        self._sink = sink
        self._waiting: queue.SimpleQueue[tuple[float, dict[str, object] | Entry, str] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write_all, daemon=True)
        self._thread.start()

    def write(self, entry: Entry, address: str) -> None:
        """Nothing; the entry is on its way to the log; ``address`` is where the connection comes from."""
        if self._waiting.qsize() < _MOST_WAITING:
            self._waiting.put((time.time(), entry, address))

    def note(self, record: logging.LogRecord) -> None:
        """Nothing; what some part of the program told is on its way to the log."""
        message = self._safe(record.getMessage())
        told: dict[str, object] = {"level": record.levelname, "part": record.name, "message": message}
        if record.exc_info:
            told["trace"] = self._safe("".join(traceback.format_exception(*record.exc_info)))
        if self._waiting.qsize() < _MOST_WAITING:
            self._waiting.put((record.created, told, ""))

    def close(self) -> None:
        """Nothing; what was told so far is written."""
        self._waiting.put(None)
        self._thread.join(5)

    def _write_all(self) -> None:
        is_open = True
        while is_open:
            lines = []
            told = self._waiting.get()
            # Many are written at once, so that this thread seldom takes the processor from those that answer.
            time.sleep(_GATHERING_SECONDS if told is not None else 0)
            while told is not None:
                lines.append(self._line(*told))
                if len(lines) == _MOST_AT_ONCE or self._waiting.empty():
                    break
                told = self._waiting.get()
            is_open = told is not None
            # A full disk is no reason to stop answering.
            with contextlib.suppress(OSError, ValueError):
                if isinstance(self._sink, WatchedFileHandler):
                    self._sink.reopenIfNeeded()
                self._sink.stream.write("".join(lines))
                self._sink.flush()

    def _line(self, moment: float, told: dict[str, object] | Entry, address: str) -> str:
        written = f"{dt.datetime.fromtimestamp(moment, dt.UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
        if isinstance(told, Entry):
            told = self._told(told, address)
        # JSON escapes line ends and control characters: nobody writes lines of their own into the log.
        return json.dumps({"time": written, **told}) + "\n"

    def _told(self, entry: Entry, address: str) -> dict[str, object]:
        told: dict[str, object] = {
            "client": shortened(entry.client or address, self._addresses),
            "method": self._safe(entry.method)[:_LONGEST],
            "path": self._safe(entry.path)[:_LONGEST],
            "view": entry.view,
            "status": entry.status,
            "bytes": entry.bytes,
            "milliseconds": round(entry.seconds * 1000, 3),
            "recalled": entry.recalled,
            "generation": entry.generation,
            "agent": self._safe(entry.agent)[:_LONGEST],
        }
        return {**told, "query": self._safe(entry.query)} if self.queries and entry.query else told

    def _safe(self, text: str) -> str:
        """The text without the secret, plain or percent-encoded."""
        if not self._secret:
            return text
        for spelt in {self._secret, quote(self._secret), quote(self._secret, safe="")}:
            text = text.replace(spelt, _HIDDEN)
        return text


class _Forward(logging.Handler):
    def __init__(self, journal: Journal) -> None:
        super().__init__(logging.WARNING)
        self._journal = journal

    def emit(self, record: logging.LogRecord) -> None:
        self._journal.note(record)


@contextlib.contextmanager
def journal(
    target: Path | None, addresses: Addresses, *, queries: bool, secret: str | None = None
) -> Iterator[Journal]:
    """A journal that writes into this file, which may be moved away meanwhile; ``None`` is standard error.

    What the program warns of goes there, too.

    Raises:
        OSError: the file cannot be written.
    """
    sink = logging.StreamHandler(sys.stderr) if target is None else WatchedFileHandler(target, encoding="utf-8")
    kept = Journal(sink, addresses, queries=queries, secret=secret)
    forward = _Forward(kept)
    root = logging.getLogger()
    root.addHandler(forward)
    try:
        yield kept
    finally:
        root.removeHandler(forward)
        kept.close()
        if target is not None:
            sink.close()


def shortened(address: str, how: Addresses) -> str:
    """The address as it may be written: whole, its network alone (/24, /48), or nothing."""
    if how is Addresses.NONE:
        return ""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if how is Addresses.FULL:
        return str(known)
    network = ipaddress.ip_network((str(known), 24 if known.version == 4 else 48), strict=False)
    return str(network.network_address)
