"""What came into a graph and what went from it since an earlier build, and a store that is changed by that.

Both are lines of N-Quads. A blank node in them is known by its label, in the store as in the lines.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreDamaged
from kg.store.lines import Change, changes, mapped

# Quads that are inserted at a time.
_BATCH: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The lines that came and those that went, sorted, in a file each; how many they are together.

    The ``later`` ones went, too, but are not among them: the build is about to add most of them again.
    """

    came: Path
    gone: Path
    size: int
    later: tuple[bytes, ...] = ()

    def read(self) -> Iterator[Change]:
        """All of them, in the order of their lines."""
        with self.came.open("rb") as came, self.gone.open("rb") as gone:
            yield from heapq.merge(
                (Change(line, came=True) for line in came), (Change(line, came=False) for line in gone)
            )

    def apply(self, store: ox.Store) -> None:
        """Nothing; the store, which held what was before, holds what is now, and was looked up for each change.

        Raises:
            StoreDamaged: it does not.
        """
        touched = set()
        for quad in _quads(self.gone):
            store.remove(quad)
            touched.add(quad.graph_name)
        came = _quads(self.came)
        while batch := list(islice(came, _BATCH)):
            store.extend(batch)
        drop_empty(store, touched)
        store.flush()
        self._check(store)

    def _check(self, store: ox.Store) -> None:
        if any(quad in store for quad in _quads(self.gone)) or not all(quad in store for quad in _quads(self.came)):
            raise StoreDamaged("a quad was not stored, or not removed")


def difference(before: Path, now: Path, folder: Path, most: int, later: tuple[bytes, ...] = ()) -> Difference | None:
    """How two files of sorted lines differ, kept in the folder; ``None`` where that is in more than so many lines.

    ``later`` are the beginnings of lines that may have gone only because they are yet to come.
    """
    came, gone, size = folder / "came.lines", folder / "gone.lines", 0
    apart: list[bytes] = []
    with mapped(before) as old, mapped(now) as new, came.open("wb") as into, gone.open("wb") as out:
        for change in changes(old, new):
            if not change.came and change.line.startswith(later):
                apart.append(change.line)
                continue
            size += 1
            if size > most:
                return None
            (into if change.came else out).write(change.line)
    return Difference(came=came, gone=gone, size=size, later=tuple(apart))


def together(*told: Iterable[Change]) -> Iterator[Change]:
    """What changes that follow each other come to, in the order of lines: a line that came and went did neither."""
    for _, same in groupby(heapq.merge(*told), key=lambda change: change.line):
        first, *others = same
        if not others:
            yield first


def _quads(file: Path) -> Iterator[ox.Quad]:
    return ox.parse(path=file, format=ox.RdfFormat.N_QUADS, lenient=True)


def drop_empty(store: ox.Store, names: Iterable[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]) -> None:
    """Nothing; of these graphs the store names none that holds nothing."""
    for name in names:
        if not isinstance(name, ox.DefaultGraph) and _is_empty(store, name):
            store.remove_graph(name)


def _is_empty(store: ox.Store, name: ox.NamedNode | ox.BlankNode) -> bool:
    return next(store.quads_for_pattern(None, None, None, name), None) is None
