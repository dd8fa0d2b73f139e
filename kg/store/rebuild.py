"""A build takes its place: with what people wrote carried over, and no write lost that comes meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.by_hand import ByHand, Carried, carry, live_number
from kg.store.export import ExportFormat
from kg.store.generation import Generation, GenerationGone, canonical_lines
from kg.store.lock import alone
from kg.store.publish import Draft, publish_draft
from kg.store.scratch import Scratch
from kg.store.written import changed, dumped, load_lines, sorted_into, write_exports

_TRIES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """Where a build works: a folder under the store's root, and in it the store that it fills.

    ``more`` are quads that were added after the others.
    """

    folder: Path
    graph: ox.Store
    more: list[ox.Quad] = field(default_factory=list)

    @property
    def lines(self) -> Path:
        """The file with the sorted lines of what the store was filled with, if it was filled with lines."""
        return self.folder / "graph.lines"

    def fill(self, lines: Iterable[bytes]) -> ox.Store:
        """The store with the quads of these lines of N-Quads."""
        load_lines(self.graph, sorted_into(self.lines, lines))
        return self.graph

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Nothing; the graph has these quads, too."""
        told = list(quads)
        self.graph.extend(told)
        self.more.extend(told)


@contextmanager
def workplace(root: Path) -> Iterator[Workplace]:
    """A place to build in, which is gone afterwards; what an earlier build that was killed has left is gone, too.

    Raises:
        StoreError: it cannot be made.
    """
    is_new = not root.exists()
    try:
        root.mkdir(parents=True, exist_ok=True)
        scratch = Scratch(root, "build.")
    except OSError as error:
        raise StoreError(f"nothing can be written in {root}: {error}") from error
    try:
        with written():
            graph = ox.Store(str(scratch.path / "graph"))
        yield Workplace(folder=scratch.path, graph=graph)
    finally:
        scratch.close()
        if is_new:
            with suppress(OSError):  # something was published in it
                root.rmdir()


@contextmanager
def written() -> Iterator[None]:
    """Nothing; where the disk is full, or anything else is wrong with it, that is said.

    Raises:
        StoreError: it could not be written.
    """
    try:
        yield
    except OSError as error:
        raise StoreError(f"the graph could not be written: {error}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """A build that is live, what was carried over into it, and what was damaged and could not be."""

    generation: Generation
    carried: Carried


def rebuild(root: Path, graph: ox.Store, exports: Mapping[str, ExportFormat], choice: ByHand) -> Rebuilt:
    """The graph of a build that was made in memory, published as :func:`publish_build` does."""
    with workplace(root) as place:
        place.graph.bulk_extend(graph)
        return publish_build(root, place, exports, choice)


def publish_build(root: Path, place: Workplace, exports: Mapping[str, ExportFormat], choice: ByHand) -> Rebuilt:
    """The graph of a build, with what people wrote, published as the live generation.

    What takes long is done before the lock is taken; who writes meanwhile makes it be done again.

    Raises:
        WrittenByHand: it would overwrite what people wrote.
        StoreDamaged: it would go on from less than was live, and the choice does not say that it may.
        StoreError: it could not be written; what was live is live still.
    """
    graph = place.graph
    for _ in range(_TRIES):
        try:
            carried = carry(root, graph, choice)
        except GenerationGone:
            continue
        draft = _draft(place, exports, carried)
        with alone(root):
            if live_number(root) == carried.base:
                return Rebuilt(generation=publish_draft(root, draft), carried=carried)
        carried.undo(graph)
    with alone(root):
        carried = carry(root, graph, choice)
        return Rebuilt(generation=publish_draft(root, _draft(place, exports, carried)), carried=carried)


def _draft(place: Workplace, exports: Mapping[str, ExportFormat], carried: Carried) -> Draft:
    with written():
        place.graph.flush()
        place.graph.optimize()
        if place.lines.is_file():
            more, gone = canonical_lines([*place.more, *carried.put]), canonical_lines(carried.taken)
            lines = changed(place.lines, more, frozenset(gone))
        else:
            lines = dumped(place.graph, place.folder)
        content = write_exports(place.graph, lines, place.folder, exports)
    return Draft(
        quads=place.graph,
        content=content,
        exports={name: place.folder / name for name in exports},
        people=carried.people,
        states=carried.states,
        by_hand=carried.files,
    )
