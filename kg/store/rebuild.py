"""A build takes its place: with what people wrote carried over, and no write lost that comes meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.by_hand import ByHand, Carried, carry, live_number
from kg.store.difference import Difference, difference, drop_empty, together
from kg.store.earlier import DRIFT, FORMS, NOTES, PROGRAM, Earlier, earlier, program
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

    def __init__(self, root: Path, folder: Path, held: ExitStack, later: tuple[bytes, ...] = ()) -> None:
        """Nothing is in the store yet; what is ``held`` goes with the place.

        ``later`` are the beginnings of lines that are added when the rest is there.
        """
        self._root = root
        self._held = held
        self._graph: ox.Store | None = None
        self.folder = folder
        self.lines = folder / "graph.lines"
        self.earlier: Earlier | None = None
        self.since: Difference | None = None
        self.more: list[ox.Quad] = []
        self.notes: dict[str, bytes] = {}
        self._later = later
        self._kept: dict[ox.Quad, bool] = {}
        self._added = 0

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
        self.since = difference(before.lines, self.lines, self.folder, most - before.drift, self._later)
        if self.since is None:
            load_file(self.graph, self.lines)
        else:
            link_graph(before.generation, self.folder / "graph")
            self.since.apply(self.graph)
            self._kept = dict.fromkeys(_parsed(self.since.later), False)
        return self.graph

    @property
    def kept(self) -> Collection[ox.Quad]:
        """What the build before added, and is there still until :meth:`settle`."""
        return self._kept.keys()

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Nothing; the graph has these quads, too."""
        told = dict.fromkeys(quads)
        stay = [quad for quad in told if quad in self._kept]
        new = [quad for quad in told if quad not in self._kept and quad not in self.graph]
        self._kept.update(dict.fromkeys(stay, True))
        self.graph.extend(new)
        self._added += len(new)
        self.more += stay
        self.more += new

    def settle(self) -> None:
        """Nothing; what the build before added and this one did not is gone."""
        gone = [quad for quad, stays in self._kept.items() if not stays]
        for quad in gone:
            self.graph.remove(quad)
            del self._kept[quad]
        drop_empty(self.graph, {quad.graph_name for quad in gone})
        self._added += len(gone)

    @property
    def drift(self) -> int:
        """How many quads came and went since a build that was loaded whole."""
        if self.earlier is None or self.since is None:
            return 0
        return self.earlier.drift + self.since.size + self._added

    def note(self, name: str) -> bytes | None:
        """What the build of which the store was made noted of its graph."""
        return None if self.earlier is None or self.since is None else self.earlier.note(name)


@contextmanager
def workplace(root: Path, later: tuple[bytes, ...] = ()) -> Iterator[Workplace]:
    """A place to build in, which is gone afterwards; what an earlier build that was killed has left is gone, too.

    ``later`` are the beginnings of the lines of quads that are added when the rest is there.

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
            yield Workplace(root, scratch.path, held, later)
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


def _parsed(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    return ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS, lenient=True)


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
    place.settle()
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
    return Draft(
        quads=place.graph,
        content=content,
        exports={name: place.folder / name for name in exports},
        people=carried.people,
        states=carried.states,
        by_hand=carried.files,
        notes=place.notes,
        sums=sums,
        base=place.earlier.generation if place.earlier is not None and place.since is not None else None,
        told={
            PROGRAM: program(),
            FORMS: {name: form.value for name, form in exports.items()},
            DRIFT: place.drift,
            NOTES: {name: hashlib.sha256(noted).hexdigest() for name, noted in place.notes.items()},
        },
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
