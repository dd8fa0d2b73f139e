"""The ledger on the disk: by the hash of an item's bytes what it told. A damaged one is begun anew, never believed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
import zlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, TypeVar

from kg.errors import StoreError
from kg.read.item import Item
from kg.store.lock import alone

T = TypeVar("T")
FILE: Final = "ledger.sqlite"
_KEY: Final = 20
_MARK: Final = 8
# What is not on the disk yet, in seconds: whoever is killed loses no more work than that.
_SECONDS: Final = 1.0
# Finished builds whose entries stay.
_BUILDS: Final = 2
_FULL: Final = ("full", "disk I/O error", "readonly", "unable to open")
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS entries (number INTEGER PRIMARY KEY, key BLOB NOT NULL, told BLOB NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS by_key ON entries (key);
CREATE TABLE IF NOT EXISTS builds (number INTEGER PRIMARY KEY, last INTEGER NOT NULL, used BLOB NOT NULL);
"""
# What most entries have in common, so that each is packed well by itself.
_COMMON: Final = (
    b'["",{"article":{"id":"","path":"","headline":"","publisher":null,"agency":null,"byline":null,"published":"20'
    b'","updated":null,"dateline":null,"dateline_date":null,"language":"en","names":["U.S."]},"leaders":[{"name":"'
    b'","office":"Foreign Minister","country":"","wikidata":null,"written":"Prime Minister","office":"President"}],'
    b'"places":[{"name":"","country":""}],"contacts":[{"id":"c1","kind":"meeting","status":"held","format":"bilateral",'
    b'"participants":["","date":"20","earliest":"20","latest":"20","precision":"day","place":null,"summit":null,'
    b'"duration":null,"first_meeting":false,"evidence":[{"begin":,"end":,"rule":"contact.","quote":"","date_text":"",'
    b'"stated_date":null,"attributed_to":null,"antecedents":[]}]}],"summits":[],"agreements":[],"anniversaries":[],'
    b'"tenures":[],"statements":[],"problems":[]}]'
)


class Ledger:
    """The entries of one store, for whoever holds its lock; ``damage`` says why it had to be begun anew, if it had."""

    def __init__(self, folder: Path, rules: bytes) -> None:
        """Open it; ``rules`` is the digest of all that decides what an item tells."""
        self.file = folder / FILE
        self.rules = rules
        self.damage: str | None = None
        self.known = 0
        self.fresh = 0
        self._used = array("Q")
        self._waiting: dict[bytes, bytes] = {}
        self._since = time.monotonic()
        self._base = self._opened()

    def key(self, item: Item) -> bytes:
        """What an item is known by: its bytes, and everything else that its lines depend on."""
        total = hashlib.blake2b(self.rules, digest_size=_KEY)
        total.update(json.dumps([item.suffix, item.told]).encode() + b"\n")
        total.update(item.content)
        return total.digest()

    def find(self, key: bytes) -> tuple[str, ...] | None:
        """The lines of an item that was read before."""
        number, told = 0, self._waiting.get(key)
        if told is None:
            query = "SELECT number, told FROM entries WHERE key = ?"
            number, told = self._try(lambda: self._base.execute(query, (key,)).fetchone()) or (0, None)
        if told is None:
            return None
        lines = _unpacked(key, told)
        if lines is None:
            self._renew("an entry is not as it was written")
            return None
        if number:
            self._used.append(number)
        self.known += 1
        return lines

    def add(self, key: bytes, lines: Sequence[str]) -> None:
        """Nothing; the lines are on the disk within a second or so.

        Raises:
            StoreError: the disk is full.
        """
        self._waiting[key] = _packed(key, lines)
        self.fresh += 1
        if time.monotonic() - self._since > _SECONDS:
            self._write()

    def _write(self) -> None:
        """Nothing; what waits is written and durable."""
        self._since = time.monotonic()
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}

        def write() -> None:
            with self._base:
                for row in waiting.items():
                    found = self._base.execute("INSERT OR REPLACE INTO entries (key, told) VALUES (?, ?)", row)
                    self._used.append(found.lastrowid or 0)

        self._try(write)

    def finish(self) -> None:
        """Nothing; the build is done: what neither it nor the one before used or made is forgotten."""
        self._write()
        self._try(self._sweep)

    def _sweep(self) -> None:
        with self._base:
            used = zlib.compress(self._used.tobytes(), 1)
            self._base.execute(
                "INSERT INTO builds (last, used) VALUES ((SELECT coalesce(max(number), 0) FROM entries), ?)", (used,)
            )
            rows = self._base.execute("SELECT last, used FROM builds ORDER BY number DESC").fetchmany(_BUILDS)
            self._base.execute("DELETE FROM builds WHERE number <= (SELECT max(number) FROM builds) - ?", (_BUILDS,))
            # What was made since the older one is kept: perhaps by a build that was broken off.
            floor = rows[-1][0] if len(rows) == _BUILDS else 0
            is_used = bytearray(floor + 1)
            for _, used in rows:
                for number in array("Q", zlib.decompress(used)):
                    if number <= floor:
                        is_used[number] = 1
            numbers = self._base.execute("SELECT number FROM entries WHERE number <= ?", (floor,))
            gone = array("Q", (number for (number,) in numbers if not is_used[number]))
            self._base.executemany("DELETE FROM entries WHERE number = ?", ((number,) for number in gone))
        # A script is stepped to its end; a single statement would give back one page.
        self._base.executescript("PRAGMA incremental_vacuum")

    def close(self) -> None:
        """Nothing; everything is written, and the file is closed."""
        try:
            self._write()
        finally:
            self._base.close()

    def _opened(self) -> sqlite3.Connection:
        try:
            return _connect(self.file)
        except sqlite3.DatabaseError as error:
            _raise_if_full(error)
            self._forget(str(error))
            return _connect(self.file)

    def _try(self, work: Callable[[], T]) -> T | None:
        """The result; ``None`` where the ledger is damaged and was begun anew."""
        try:
            return work()
        except sqlite3.DatabaseError as error:
            _raise_if_full(error)
            self._renew(str(error))
            return None

    def _renew(self, reason: str) -> None:
        self._base.close()
        self._forget(reason)
        self._base = _connect(self.file)

    def _forget(self, reason: str) -> None:
        self.damage = reason
        self._used = array("Q")
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                self.file.with_name(self.file.name + end).unlink()


@contextmanager
def opened(root: Path, rules: bytes) -> Iterator[Ledger]:
    """The ledger of the store in that folder, and nobody else's meanwhile: who builds at the same time waits.

    Raises:
        StoreError: it cannot be written.
    """
    folder = root / "ledger"
    with alone(folder):
        ledger = Ledger(folder, rules)
        try:
            yield ledger
        finally:
            ledger.close()


def _connect(file: Path) -> sqlite3.Connection:
    base = sqlite3.connect(file)
    base.execute("PRAGMA auto_vacuum = INCREMENTAL")
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = NORMAL")
    base.execute("PRAGMA cache_size = -32768")
    base.executescript(_TABLES)
    return base


def _raise_if_full(error: sqlite3.DatabaseError) -> None:
    if isinstance(error, sqlite3.OperationalError) and any(words in str(error) for words in _FULL):
        told = "the disk is full" if "full" in str(error) else str(error)
        raise StoreError(f"the ledger could not be written: {told}") from error


def _packed(key: bytes, lines: Sequence[str]) -> bytes:
    packer: Any = zlib.compressobj(6, zdict=_COMMON)
    told = packer.compress("\n".join(lines).encode()) + packer.flush()
    return hashlib.blake2b(told, key=key, digest_size=_MARK).digest() + bytes(told)


def _unpacked(key: bytes, entry: bytes) -> tuple[str, ...] | None:
    """The lines; ``None`` where they are not as they were written."""
    mark, told = entry[:_MARK], entry[_MARK:]
    if hashlib.blake2b(told, key=key, digest_size=_MARK).digest() != mark:
        return None
    text = zlib.decompressobj(zdict=_COMMON).decompress(told).decode()
    return tuple(text.split("\n")) if text else ()
