"""The exports of a build as files: written line by line, whatever their size."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from kg.errors import StoreDamaged
from kg.store.export import ExportFormat, stream_graph
from kg.store.sorting import SortedLines
from kg.store.terse import terse

_BY_LINE: Final = frozenset({ExportFormat.NQUADS, ExportFormat.NTRIPLES, ExportFormat.TURTLE})
# Lines that are written at a time; the first of them is looked up in the store when it is published.
_BATCH: Final = 2048
# Bytes of lines that are loaded at a time: the loader takes several times as much memory as they.
_LOADED: Final = 32 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a graph holds: its digest (:func:`kg.store.generation.digest`), its number of quads, some of its lines.

    ``is_checked`` where every quad in which it differs from one that was sound was looked up already.
    """

    digest: str
    count: int
    sample: tuple[bytes, ...] = ()
    is_checked: bool = False

    def check(self, store: ox.Store) -> None:
        """Nothing; the store has as many quads, and among them those of the sample.

        Raises:
            StoreDamaged: it has not.
        """
        if self.is_checked:
            return
        if len(store) != self.count:
            raise StoreDamaged(f"{len(store)} quads were stored instead of {self.count}")
        for quad in ox.parse(b"".join(self.sample), format=ox.RdfFormat.N_QUADS):
            if quad not in store:
                raise StoreDamaged(f"a quad was not stored: {quad}")


def sorted_into(file: Path, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of the chunks, sorted, each once, in large pieces; the file has them, too."""
    lines = SortedLines(file.parent)
    for chunk in chunks:
        lines.write(chunk)
    with file.open("wb") as sink:
        for batch in _batches(lines.lines()):
            piece = b"".join(batch)
            sink.write(piece)
            yield piece


def load_lines(store: ox.Store, chunks: Iterable[bytes]) -> None:
    """Nothing; the store has the quads of these lines of N-Quads, made of terms that were checked when they were."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= _LOADED:
            store.bulk_load(b"".join(held), format=ox.RdfFormat.N_QUADS, lenient=True)
            held, size = [], 0
    store.bulk_load(b"".join(held), format=ox.RdfFormat.N_QUADS, lenient=True)


def load_file(store: ox.Store, file: Path) -> None:
    """Nothing; the store has the quads of the lines of a file, as :func:`load_lines` takes them."""
    with file.open("rb") as source:
        load_lines(store, iter(lambda: b"".join(source.readlines(_LOADED)), b""))


def in_memory(lines: Iterable[bytes]) -> ox.Store:
    """A store in memory with the quads of these lines of N-Quads."""
    store = ox.Store()
    load_lines(store, lines)
    return store


def changed(file: Path, more: Iterable[bytes], gone: Collection[bytes]) -> Iterator[bytes]:
    """The sorted lines of a file, with those that came since, sorted too, and without those that went; each once."""
    with file.open("rb", buffering=1 << 20) as source:
        for line, _ in groupby(heapq.merge(source, more)):
            if line not in gone:
                yield line


def write_exports(
    store: ox.Store, lines: Iterable[bytes], folder: Path, exports: Mapping[str, ExportFormat]
) -> Content:
    """What the graph holds; its exports are in the folder, by name. ``lines`` are those of the store, sorted."""
    late = [name for name, form in exports.items() if form is ExportFormat.TURTLE]
    triples = folder / "triples.part"
    with ExitStack() as files:
        whole = _opened(files, folder, exports, ExportFormat.NQUADS)
        default = [*_opened(files, folder, exports, ExportFormat.NTRIPLES), files.enter_context(triples.open("wb"))]
        content = _write(lines, whole, default)
    for name in late:
        with triples.open("rb") as source, (folder / name).open("wb") as sink:
            sink.writelines(terse(source))
    triples.unlink()
    for name in exports.keys() - {name for name, form in exports.items() if form in _BY_LINE}:
        with (folder / name).open("wb") as sink:
            stream_graph(store, exports[name], sink, folder)
    return content


def _write(lines: Iterable[bytes], whole: Iterable[IO[bytes]], default: Iterable[IO[bytes]]) -> Content:
    total, count, sample = hashlib.sha256(), 0, []
    for batch in _batches(lines):
        told = b"".join(batch)
        total.update(told)
        for sink in whole:
            sink.write(told)
        triples = b"".join(line for line in batch if is_in_default_graph(line))
        for sink in default:
            sink.write(triples)
        count += len(batch)
        sample.append(batch[0])
    return Content(digest=total.hexdigest(), count=count, sample=tuple(sample))


def _batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    source = iter(lines)
    while batch := list(islice(source, _BATCH)):
        yield batch


def _opened(files: ExitStack, folder: Path, exports: Mapping[str, ExportFormat], form: ExportFormat) -> list[IO[bytes]]:
    return [files.enter_context((folder / name).open("wb")) for name, told in exports.items() if told is form]


def default_quads(file: Path) -> Iterator[ox.Quad]:
    """The quads of the default graph in a file of lines."""
    quads = ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS, lenient=True)
    return (quad for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph))


def is_in_default_graph(line: bytes) -> bool:
    """Whether a line of canonical N-Quads names no graph."""
    begin = line.rfind(b'"') + 1
    term = line.rfind(b")>>", begin)  # the end of a triple that is an object
    if term >= 0:
        begin = term
    # After a literal, or such a triple, there are the graph, if any, and the full stop; else four terms and that.
    return line.count(b" ", begin) == (1 if begin else 3)
