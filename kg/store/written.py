"""The exports of a build as files: written line by line, whatever their size."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from kg.store.export import ExportFormat, write_graph
from kg.store.sorting import SortedLines
from kg.store.terse import terse

_BY_LINE: Final = frozenset({ExportFormat.NQUADS, ExportFormat.NTRIPLES, ExportFormat.TURTLE})


def write_exports(store: ox.Store, folder: Path, exports: Mapping[str, ExportFormat]) -> str:
    """The digest of the graph (:func:`kg.store.generation.digest`); its exports are in the folder, by name.

    They are read from the store once, in whatever size: what memory does not hold is sorted on the disk.
    """
    total = hashlib.sha256()
    lines = SortedLines(folder)
    store.dump(lines.sink, format=ox.RdfFormat.N_QUADS)
    late = [name for name, form in exports.items() if form is ExportFormat.TURTLE]
    triples = folder / "triples.part"
    with ExitStack() as files:
        whole = _opened(files, folder, exports, ExportFormat.NQUADS)
        default = [*_opened(files, folder, exports, ExportFormat.NTRIPLES), files.enter_context(triples.open("wb"))]
        for line in lines.lines():
            total.update(line)
            for sink in whole:
                sink.write(line)
            if is_in_default_graph(line):
                for sink in default:
                    sink.write(line)
    for name in late:
        with triples.open("rb") as source, (folder / name).open("wb") as sink:
            sink.writelines(terse(source))
    triples.unlink()
    for name in exports.keys() - {name for name, form in exports.items() if form in _BY_LINE}:
        (folder / name).write_bytes(write_graph(store, exports[name]))
    return total.hexdigest()


def _opened(files: ExitStack, folder: Path, exports: Mapping[str, ExportFormat], form: ExportFormat) -> list[IO[bytes]]:
    return [files.enter_context((folder / name).open("wb")) for name, told in exports.items() if told is form]


def is_in_default_graph(line: bytes) -> bool:
    """Whether a line of canonical N-Quads names no graph."""
    begin = line.rfind(b'"') + 1
    term = line.rfind(b")>>", begin)  # the end of a triple that is an object
    if term >= 0:
        begin = term
    # After a literal, or such a triple, there are the graph, if any, and the full stop; else four terms and that.
    return line.count(b" ", begin) == (1 if begin else 3)
