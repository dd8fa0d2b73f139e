"""Exports made of those of an earlier build: what is the same is copied as bytes, the rest is put in its place."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO, Final

from kg.errors import StoreDamaged
from kg.store.difference import Difference, together
from kg.store.earlier import Earlier
from kg.store.export import ExportFormat
from kg.store.lines import Change, Text, lines_with, mapped, place_of
from kg.store.terse import DECLARED, blocks, written_out
from kg.store.written import Content, is_in_default_graph

SPLICED: Final = (ExportFormat.NQUADS, ExportFormat.NTRIPLES, ExportFormat.TURTLE)
_CHUNK: Final = 1 << 20
_HEAD: Final = DECLARED.encode()


class Poured:
    """A file that is written, with the checksum and the number of lines of what is in it."""

    def __init__(self, file: IO[bytes]) -> None:
        """Nothing is written yet."""
        self._file = file
        self._total = hashlib.sha256()
        self.lines = 0

    @property
    def checksum(self) -> str:
        """The SHA-256 of what was written so far."""
        return self._total.hexdigest()

    def write(self, chunk: bytes) -> None:
        """Nothing; it is written."""
        self._total.update(chunk)
        self.lines += chunk.count(b"\n")
        self._file.write(chunk)

    def copy(self, text: Text, begin: int, end: int) -> None:
        """Nothing; this part of the text is written."""
        for at in range(begin, end, _CHUNK):
            self.write(text[at : min(at + _CHUNK, end)])

    def finish(self) -> None:
        """Nothing; all of it is on the disk for good."""
        self._file.flush()
        os.fsync(self._file.fileno())


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """From an earlier build to a graph as it is: how the sorted ``lines`` of it differ, and what changed on top."""

    before: Earlier
    since: Difference
    lines: Path
    more: tuple[Change, ...] = ()

    def can_splice(self, exports: Mapping[str, ExportFormat]) -> bool:
        """Whether these exports can be made of those of the earlier build."""
        if sorted(exports.values()) != sorted(SPLICED) or not set(SPLICED) <= set(self.before.files):
            return False
        with mapped(self.before.files[ExportFormat.TURTLE]) as text:
            return text[: len(_HEAD)] == _HEAD

    def splice(self, folder: Path, exports: Mapping[str, ExportFormat]) -> tuple[Content, dict[str, str]]:
        """What the graph holds, and the checksum of each export, which is in the folder."""
        files = {form: folder / name for name, form in exports.items()}
        triples, net = files[ExportFormat.NTRIPLES], self._net()
        with mapped(self.lines) as old:
            whole = _poured(files[ExportFormat.NQUADS], lambda sink: splice_lines(old, self.more, sink))
        with self._before(ExportFormat.NTRIPLES) as old:
            default = _poured(triples, lambda sink: splice_lines(old, self._told(net), sink))
        with self._before(ExportFormat.TURTLE) as old, mapped(triples) as new:
            blocks = _poured(
                files[ExportFormat.TURTLE], lambda sink: splice_turtle(old, self._subjects(net), new, sink)
            )
        sums = {ExportFormat.NQUADS: whole, ExportFormat.NTRIPLES: default, ExportFormat.TURTLE: blocks}
        content = Content(digest=whole.checksum, count=whole.lines, is_checked=True)
        return content, {name: sums[form].checksum for name, form in exports.items()}

    def _before(self, form: ExportFormat) -> AbstractContextManager[Text]:
        return mapped(self.before.files[form])

    def _told(self, net: Iterable[Change]) -> Iterator[Change]:
        """What came into the default graph and went from it."""
        return (change for change in together(self.since.read(), net) if is_in_default_graph(change.line))

    def _net(self) -> tuple[Change, ...]:
        """What changed on top, but for what was on top before."""
        later = frozenset(self.since.later)
        came = {change.line for change in self.more if change.came}
        stayed = (change for change in self.more if not (change.came and change.line in later))
        return tuple(sorted([*stayed, *(Change(line, came=False) for line in later - came)]))

    def _subjects(self, net: Iterable[Change]) -> Iterator[bytes]:
        return (subject for subject, _ in groupby(self._told(net), key=lambda change: change.line.split(b" ", 1)[0]))


def splice_lines(old: Text, changes: Iterable[Change], sink: Poured) -> None:
    """Nothing; the sorted lines are in the sink, as they are after these changes.

    Raises:
        StoreDamaged: a line that went was not there.
    """
    at = 0
    for line, came in changes:
        place = place_of(old, line, at)
        sink.copy(old, at, place)
        at = place
        if came:
            sink.write(line)
        elif old[place : place + len(line)] == line:
            at += len(line)
        else:
            raise StoreDamaged("the exports of the last build do not hold what it holds")
    sink.copy(old, at, len(old))


def splice_turtle(old: Text, subjects: Iterable[bytes], triples: Text, sink: Poured) -> None:
    """Nothing; the Turtle is in the sink, with the blocks of these subjects as the sorted triples tell them now."""
    at, seen = len(_HEAD), 0
    sink.copy(old, 0, at)
    for subject in subjects:
        place = place_of(old, subject, at, _subject_at)
        sink.copy(old, at, place)
        told, seen = lines_with(triples, subject + b" ", seen)
        sink.write(b"".join(blocks(told)))
        is_there = place < len(old) and _subject_at(old, place) == subject
        at = _block_end(old, place) if is_there else place
    sink.copy(old, at, len(old))


def _subject_at(text: Text, offset: int) -> bytes:
    """Of the block of Turtle in which the offset is, the subject as N-Triples have it."""
    # An empty line is before each block, and nowhere else: its own line end belongs to the block.
    begin = text.rfind(b"\n\n", 0, offset + 1) + 2
    return written_out(text[begin : text.find(b" ", begin)])


def _block_end(text: Text, begin: int) -> int:
    return text.find(b"\n\n", begin + 1) + 1 or len(text)


def _poured(file: Path, pour: Callable[[Poured], None]) -> Poured:
    with file.open("wb") as sink:
        poured = Poured(sink)
        pour(poured)
        poured.finish()
    return poured
