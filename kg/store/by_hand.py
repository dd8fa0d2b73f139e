"""What people wrote over HTTP, beside what builds make: carried over by the next build, and never lost without a word.

A named graph that no build made is people's own: every build carries it over. The default graph and the graphs of the
build belong to the build; where people changed one of these, it is for whoever builds to say what becomes of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.generation import BY_HAND, Generation, canonical_lines, current, read_generation
from kg.store.going_on import base_of

ADDED, REMOVED = BY_HAND
_NAMED: Final = 5
_DEFAULT: Final = "DEFAULT"


class ByHand(StrEnum):
    """What a build does with changes that people made to its graphs."""

    REFUSE = "refuse"
    KEEP = "keep"
    DISCARD = "discard"


class WrittenByHand(StoreError):
    """A build that would overwrite what people wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What people did to the graphs of a build."""

    added: frozenset[ox.Quad] = frozenset()
    removed: frozenset[ox.Quad] = frozenset()

    @classmethod
    def kept_by(cls, build: Generation) -> Changes:
        """Those that this build put on top of its own graphs."""
        added, removed = (build.path / name for name in (ADDED, REMOVED))
        return cls(added=_quads_of(added), removed=_quads_of(removed))

    def and_then(self, *others: Changes) -> Changes:
        """These, and then the others: what came last holds."""
        added, removed = self.added, self.removed
        for other in others:
            added, removed = (added | other.added) - other.removed, (removed | other.removed) - other.added
        return Changes(added=added, removed=removed)

    def missing_in(self, graph: ox.Store) -> Changes:
        """Those that the graph has not of itself."""
        added = frozenset(quad for quad in self.added if quad not in graph)
        return Changes(added=added, removed=frozenset(quad for quad in self.removed if quad in graph))

    @property
    def graphs(self) -> dict[str, int]:
        """How many quads differ in each graph."""
        counted: dict[str, int] = {}
        for quad in (*self.added, *self.removed):
            name = str(quad.graph_name)
            counted[name] = counted.get(name, 0) + 1
        return dict(sorted(counted.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What came from the live generation into a new graph, and can go again; ``base`` is ``None`` without a store.

    ``lost`` says what was damaged and is not in it; ``states`` are those of people's graphs, by IRI, which stay.
    """

    base: int | None
    lost: str | None = None
    people: frozenset[str] = frozenset()
    states: Mapping[str, str] = field(default_factory=dict)
    changes: Changes = Changes()
    put: tuple[ox.Quad, ...] = ()
    taken: tuple[ox.Quad, ...] = ()

    def undo(self, graph: ox.Store) -> None:
        """Nothing; the graph is as it was before."""
        for quad in self.put:
            graph.remove(quad)
        for name in self.people:
            graph.remove_graph(ox.NamedNode(name[1:-1]))
        graph.extend(self.taken)

    @property
    def files(self) -> dict[str, bytes]:
        """The changes that were kept, to be found again by the build after this one."""
        told = {ADDED: self.changes.added, REMOVED: self.changes.removed}
        return {name: b"".join(canonical_lines(quads)) for name, quads in told.items() if quads}


def carry(root: Path, graph: ox.Store, choice: ByHand, known: int | None = None) -> Carried:
    """What people wrote is in the new graph, too, as far as it is to stay.

    The generation whose number is ``known`` was verified already, and held since.

    Raises:
        WrittenByHand: people changed what the build would overwrite, and nobody has said what becomes of it.
        StoreDamaged: what was live is damaged, and nobody has said that the build goes on without it.
    """
    base = base_of(root, may_lose=choice is not ByHand.REFUSE, may_lose_all=choice is ByHand.DISCARD, known=known)
    if base.generation is None:
        return Carried(base=live_number(root), lost=base.lost)
    build = read_generation(root, base.generation.built or base.generation.number)
    with base.generation.lease(), build.lease():
        return replace(_carry(graph, choice, base.generation, build), lost=base.lost)


def _carry(graph: ox.Store, choice: ByHand, base: Generation, build: Generation) -> Carried:
    store, built = base.peek(), build.peek()
    own = {str(name) for name in built.named_graphs()} - build.people
    people = {str(name) for name in store.named_graphs()} - own
    # A name that from now on belongs to the build.
    taken_over = people & {str(name) for name in graph.named_graphs()}
    changes = Changes.kept_by(build).and_then(
        _difference(store, built, set() if base.number == build.number else {_DEFAULT, *own}),
        _difference(store, None, taken_over),
    )
    if choice is ByHand.REFUSE and (lost := changes.missing_in(graph)).graphs:
        raise _refusal(lost)
    changes = Changes() if choice is ByHand.DISCARD else changes
    carried = sorted(people - taken_over)
    quads = (quad for name in carried for quad in _quads(store, name))
    put = tuple(quad for quad in (*quads, *changes.added) if quad not in graph)
    graph.extend(put)
    taken = tuple(quad for quad in changes.removed if quad in graph)
    for quad in taken:
        graph.remove(quad)
    states = base.states.only(name[1:-1] for name in carried)
    return Carried(base=base.number, people=frozenset(carried), states=states, changes=changes, put=put, taken=taken)


def live_number(root: Path) -> int | None:
    """The number of the live generation; ``None`` where there is none that can be read."""
    try:
        return current(root).number
    except StoreError:
        return None


def _difference(store: ox.Store, before: ox.Store | None, names: Iterable[str]) -> Changes:
    """How these graphs of the store differ from what they were before, or from nothing."""
    added: set[ox.Quad] = set()
    removed: set[ox.Quad] = set()
    for name in names:
        now, then = _lines(store, name), _lines(before, name)
        added |= _read(now - then, name)
        removed |= _read(then - now, name)
    return Changes(added=frozenset(added), removed=frozenset(removed))


def _lines(store: ox.Store | None, name: str) -> set[bytes]:
    """The triples of a graph: as text they take less room than as terms."""
    if store is None:
        return set()
    written = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=_term(name))
    assert written is not None  # without an output it returns the bytes
    return set(written.splitlines())


def _read(lines: set[bytes], name: str) -> set[ox.Quad]:
    parsed = ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
    return {ox.Quad(quad.subject, quad.predicate, quad.object, _term(name)) for quad in parsed}


def _quads(store: ox.Store, name: str) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, None, None, _term(name))


def _term(name: str) -> ox.NamedNode | ox.DefaultGraph:
    return ox.DefaultGraph() if name == _DEFAULT else ox.NamedNode(name[1:-1])


def _quads_of(file: Path) -> frozenset[ox.Quad]:
    return frozenset(ox.parse(path=file, format=ox.RdfFormat.N_QUADS)) if file.is_file() else frozenset()


def _refusal(changes: Changes) -> WrittenByHand:
    told = [
        f"{'the default graph' if name == _DEFAULT else name} ({count} quad{'' if count == 1 else 's'})"
        for name, count in changes.graphs.items()
    ]
    more = f" and {len(told) - _NAMED} more" if len(told) > _NAMED else ""
    return WrittenByHand(
        f"people changed what this build would overwrite: {', '.join(told[:_NAMED])}{more}. Nothing was published. "
        "Build with --by-hand keep to have their changes on top of the new graph, with --by-hand discard to lose them"
    )
