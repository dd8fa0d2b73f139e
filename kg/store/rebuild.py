"""A build takes its place: with what people wrote carried over, and no write lost that comes meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.by_hand import ByHand, Carried, carry, live_number
from kg.store.difference import Difference, difference, together
from kg.store.earlier import DRIFT, FORMS, PROGRAM, Earlier, earlier, program
from kg.store.export import ExportFormat
from kg.store.generation import Generation, GenerationGone, canonical_lines
from kg.store.lines import Change
from kg.store.linked import link_graph
from kg.store.lock import alone
from kg.store.publish import Draft, publish_draft
from kg.store.scratch import Scratch
from kg.store.spliced import Steps
from kg.store.written import Content, changed, load_file, load_lines, sorted_into, write_exports

_TRIES: Final = 3
# A build that differs in more than one in so many quads is loaded whole, as is one after many that differed in less.
_FEW: Final = 10


class Workplace:
    """Where a build works: a folder under the store's root, and in it the store that it fills.

    The store is made from the files of the build before, where the new graph differs from that in few quads.
    """

    def __init__(self, root: Path, folder: Path, held: ExitStack) -> None:
        """Nothing is in the store yet; what is ``held`` goes with the place."""
        self._root = root
        self._held = held
        self._graph: ox.Store | None = None
        self.folder = folder
        self.lines = folder / "graph.lines"
        self.earlier: Earlier | None = None
        self.since: Difference | None = None
        self.more: list[ox.Quad] = []

    @property
    def graph(self) -> ox.Store:
        """The store."""
        if self._graph is None:
            self._graph = ox.Store(str(self.folder / "graph"))
        return self._graph

    def fill(self, lines: Iterable[bytes]) -> ox.Store:
        """The store with the quads of these lines of N-Quads.

        ``lines`` is the file that has them sorted; ``since`` is how they differ from those of the build before, where
        the store is made of that one's.
        """
        before = earlier(self._root, self._held)
        if before is None:
            load_lines(self.graph, sorted_into(self.lines, lines))
            return self.graph
        self.earlier = before
        for _ in sorted_into(self.lines, lines):
            pass
        most = before.generation.counted // _FEW
        self.since = difference(before.lines, self.lines, self.folder, most - before.drift)
        if self.since is None:
            load_file(self.graph, self.lines)
        else:
            link_graph(before.generation, self.folder / "graph")
            self.since.apply(self.graph)
        return self.graph

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Nothing; the graph has these quads, too."""
        told = [quad for quad in quads if quad not in self.graph]
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
        with ExitStack() as held:
            yield Workplace(root, scratch.path, held)
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
        place.fill([b"".join(canonical_lines(graph))])
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
    known = None if place.earlier is None else place.earlier.generation.number
    for _ in range(_TRIES):
        try:
            carried = carry(root, graph, choice, known)
        except GenerationGone:
            continue
        draft = _draft(place, exports, carried)
        with alone(root):
            if live_number(root) == carried.base:
                return Rebuilt(generation=publish_draft(root, draft), carried=carried)
        carried.undo(graph)
    with alone(root):
        carried = carry(root, graph, choice, known)
        return Rebuilt(generation=publish_draft(root, _draft(place, exports, carried)), carried=carried)


def _draft(place: Workplace, exports: Mapping[str, ExportFormat], carried: Carried) -> Draft:
    with written():
        place.graph.flush()
        if place.since is None:
            place.graph.optimize()
        content, sums = _write_exports(place, exports, carried)
    drift = 0 if place.earlier is None or place.since is None else place.earlier.drift + place.since.size
    return Draft(
        quads=place.graph,
        content=content,
        exports={name: place.folder / name for name in exports},
        people=carried.people,
        states=carried.states,
        by_hand=carried.files,
        sums=sums,
        base=place.earlier.generation if place.earlier is not None and place.since is not None else None,
        told={PROGRAM: program(), FORMS: {name: form.value for name, form in exports.items()}, DRIFT: drift},
    )


def _write_exports(
    place: Workplace, exports: Mapping[str, ExportFormat], carried: Carried
) -> tuple[Content, Mapping[str, str]]:
    """What the graph holds, and the checksums of exports where they are known."""
    more, gone = canonical_lines([*place.more, *carried.put]), canonical_lines(carried.taken)
    if place.earlier is not None and place.since is not None:
        on_top = together((Change(line, came=True) for line in more), (Change(line, came=False) for line in gone))
        steps = Steps(before=place.earlier, since=place.since, lines=place.lines, more=tuple(on_top))
        if steps.can_splice(exports):
            return steps.splice(place.folder, exports)
    content = write_exports(place.graph, changed(place.lines, more, frozenset(gone)), place.folder, exports)
    return replace(content, is_checked=place.since is not None), {}
