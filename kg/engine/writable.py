"""The one writable copy of a store: made of a generation by hard links, thrown away whenever in doubt.

What is durable are the generations. The copy is as good as the last of them, never better.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.store.generation import COUNT, Generation
from kg.store.linked import link_graph
from kg.store.publish import publish_count
from kg.store.scratch import Scratch, sweep_forsaken

# RocksDB's own record of its files grows with each commit, and is copied into each generation.
_COMMITS: Final = 200
_PREFIX: Final = "writing-"
# The heads of a record and of a batch (7 and 12 bytes), and a mark of two phases that some have; a change takes a key
# of 33 bytes at least, or names a graph in 17.
_EMPTY_COMMIT: Final = 24


def remove_forsaken(root: Path) -> None:
    """Nothing; the folders of writers that are gone are gone."""
    sweep_forsaken(root, _PREFIX)


class Writable:
    """A writable store beside the generations."""

    def __init__(self, root: Path) -> None:
        """Take a folder of one's own; those of writers that are gone go."""
        self._scratch = Scratch(root, _PREFIX)
        self._folder = self._scratch.path
        self._store: ox.Store | None = None
        self._base: tuple[int, str] | None = None
        self._now: Generation | None = None
        self._commits = 0

    def at(self, generation: Generation) -> ox.Store:
        """The store with exactly what the generation holds.

        Raises:
            StoreError: it is damaged.
            OSError, RuntimeError: its files cannot be linked or opened.
        """
        if self._store is None or self._base != (generation.number, generation.digest) or self._commits >= _COMMITS:
            self.forget()
            self._store = ox.Store(str(link_graph(generation, self._folder / "graph")))
            self._base = (generation.number, generation.digest)
        return self._store

    def records(self) -> Mapping[str, int]:
        """The size of each file in which RocksDB writes down what is committed, before all else."""
        return {file.name: file.stat().st_size for file in (self._folder / "graph").glob("*.log")}

    def is_as_it_was(self, before: Mapping[str, int]) -> bool:
        """Whether no update has changed anything since the :meth:`records` were so.

        A commit of nothing is shorter than any key. What is loaded in bulk stands in no record.
        """
        now = self.records()
        return now.keys() == before.keys() and sum(now.values()) - sum(before.values()) <= _EMPTY_COMMIT

    def is_counted(self, generation: Generation) -> bool:
        """Whether the number of quads that the generation tells is right."""
        return generation.is_exact or (generation.path / COUNT).is_file()

    def count(self) -> None:
        """Nothing; the generation that the store was made of, or became, tells how many quads it holds."""
        if self._store is not None and self._now is not None and not self.is_counted(self._now):
            publish_count(self._now, len(self._store))

    def is_now(self, generation: Generation) -> None:
        """Nothing; the generation is known to hold exactly what the store does."""
        self._now = generation
        self._base = (generation.number, generation.digest)
        self._commits += 1

    def forget(self) -> None:
        """Nothing; the next one is made anew."""
        self._store = self._base = self._now = None
        self._commits = 0
        shutil.rmtree(self._folder / "graph", ignore_errors=True)

    def close(self) -> None:
        """Nothing; the folder is gone."""
        self.forget()
        self._scratch.close()
