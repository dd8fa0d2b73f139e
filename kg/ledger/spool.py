"""The words that facts rest on, kept in a file while a build puts facts together: most of what reports hold is these.

A fact holds its place in the file; the words are read when it is written into the graph. The file has no name and goes
with the build.
"""

from __future__ import annotations

import marshal
import os
import struct
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Self, overload

from kg.errors import StoreError
from kg.facts.report import KINDS, Report
from kg.model.date import PartialDate
from kg.model.fact import Evidence

_LENGTH: Final = struct.Struct("<I")
_FIRST: Final = 2048  # bytes that are read at first: most facts rest on fewer
_HELD: Final = 1 << 20  # bytes that wait until they are written


class Spool:
    """The file."""

    def __init__(self, folder: Path | None = None) -> None:
        """Begin an empty one, on the disk of that folder.

        Raises:
            StoreError: it cannot be written.
        """
        try:
            self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115  # it is closed by close()
        except OSError as error:
            raise StoreError(f"what articles tell could not be written: {error}") from error
        self._written = 0
        self._waiting = bytearray()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """The file is gone, and with it the words of all facts that were light."""
        self._file.close()

    def light(self, report: Report) -> Report:
        """The same report, the words of its facts in the file.

        Raises:
            StoreError: the disk is full.
        """
        facts: dict[str, Any] = {
            kind: tuple(replace(fact, evidence=self._put(fact.evidence)) for fact in getattr(report, kind))
            for kind in KINDS
        }
        return replace(report, **facts)

    def read(self, place: int) -> tuple[Evidence, ...]:
        """The words at that place."""
        if place >= self._written:
            self._write()
        told = os.pread(self._file.fileno(), _FIRST, place)
        (length,) = _LENGTH.unpack_from(told)
        end = _LENGTH.size + length
        if end > len(told):
            told = os.pread(self._file.fileno(), end, place)
        return tuple(map(_unpacked, marshal.loads(told[_LENGTH.size : end])))  # noqa: S302  # nobody else writes it

    def _put(self, words: Sequence[Evidence]) -> Sequence[Evidence]:
        if not words:
            return ()
        packed = marshal.dumps([_packed(each) for each in words])
        place = self._written + len(self._waiting)
        self._waiting += _LENGTH.pack(len(packed)) + packed
        if len(self._waiting) >= _HELD:
            self._write()
        return Spooled(self, place)

    def _write(self) -> None:
        """Nothing; what waited is in the file."""
        waiting, self._waiting = memoryview(self._waiting), bytearray()
        try:
            while waiting:
                count = self._file.write(waiting)
                self._written += count
                waiting = waiting[count:]
        except OSError as error:
            raise StoreError(f"what articles tell could not be written: {error}") from error


class Spooled(Sequence[Evidence]):
    """The words of one fact, where they lie; equal to the same words in memory."""

    __slots__ = ("_place", "_spool")

    def __init__(self, spool: Spool, place: int) -> None:
        """At that place."""
        self._spool = spool
        self._place = place

    def __len__(self) -> int:
        """How many spans."""
        return len(self.read())

    def __iter__(self) -> Iterator[Evidence]:
        """Each span."""
        return iter(self.read())

    @overload
    def __getitem__(self, place: int) -> Evidence: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Evidence, ...]: ...

    def __getitem__(self, place: int | slice) -> Evidence | tuple[Evidence, ...]:
        """The span at a place, or those at several."""
        return self.read()[place]

    def __eq__(self, other: object) -> bool:
        """Whether they are the same words."""
        return isinstance(other, Sequence) and self.read() == tuple(other)

    def __hash__(self) -> int:
        """The hash of the same words in memory."""
        return hash(self.read())

    def __repr__(self) -> str:
        """The words as they are shown in memory."""
        return repr(self.read())

    def read(self) -> tuple[Evidence, ...]:
        """The same words in memory."""
        return self._spool.read(self._place)


def _packed(words: Evidence) -> tuple[Any, ...]:
    stated = None if words.stated_date is None else str(words.stated_date)
    return (words.begin, words.end, words.quote, words.rule, words.date_text, stated, words.attributed_to,
            words.antecedents)  # fmt: skip


def _unpacked(told: tuple[Any, ...]) -> Evidence:
    begin, end, quote, rule, date_text, stated, attributed_to, antecedents = told
    return Evidence(
        begin=begin,
        end=end,
        quote=quote,
        rule=rule,
        date_text=date_text,
        stated_date=None if stated is None else PartialDate.parse(stated),
        attributed_to=attributed_to,
        antecedents=antecedents,
    )
