"""The default graph as counts and assertions look at it: what stands at the ends of a path, now and before a change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, Protocol

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

Term = NamedNode | BlankNode | Literal | Triple
_WHOLE: Final = DefaultGraph()
# Articles, leaders and places that many things name.
_REMEMBERED: Final = 1 << 14


class View(Protocol):
    """The triples of a graph, by the things that they are about."""

    def of(self, thing: NamedNode) -> Mapping[NamedNode, Sequence[Term]]:
        """What it says of a thing, by property."""

    def ends(self, thing: NamedNode, path: NamedNode) -> Sequence[Term]:
        """The ends of one path of a thing."""

    def subjects(self, path: NamedNode, end: Term) -> set[NamedNode]:
        """The things that have this end of a path."""


class Now:
    """The default graph of a store as it is; who asks does not change it meanwhile."""

    def __init__(self, store: Store) -> None:
        """Of this store."""
        self._store = store
        self.ends = lru_cache(maxsize=_REMEMBERED)(self._ends)

    def of(self, thing: NamedNode) -> Mapping[NamedNode, Sequence[Term]]:
        """What it says of a thing, by property."""
        told: dict[NamedNode, list[Term]] = {}
        for quad in self._store.quads_for_pattern(thing, None, None, _WHOLE):
            told.setdefault(quad.predicate, []).append(quad.object)
        return told

    def _ends(self, thing: NamedNode, path: NamedNode) -> Sequence[Term]:
        return tuple(quad.object for quad in self._store.quads_for_pattern(thing, path, None, _WHOLE))

    def subjects(self, path: NamedNode, end: Term) -> set[NamedNode]:
        """The things that have this end of a path."""
        found = self._store.quads_for_pattern(None, path, end, _WHOLE)
        return {quad.subject for quad in found if isinstance(quad.subject, NamedNode)}


class Before:
    """The same graph before some triples came and others went."""

    def __init__(self, now: View, came: Iterable[Quad], gone: Iterable[Quad]) -> None:
        """What there was then follows from what there is."""
        self._now = now
        self._came, self._gone = _by_subject(came), _by_subject(gone)
        self._others: tuple[_Ends, _Ends] = _by_end(self._came), _by_end(self._gone)

    @property
    def changed(self) -> Iterable[Quad]:
        """The triples that came, and those that went."""
        for side in (self._came, self._gone):
            for quads in side.values():
                yield from quads

    def of(self, thing: NamedNode) -> Mapping[NamedNode, Sequence[Term]]:
        """What it said of a thing, by property."""
        paths = {*(now := self._now.of(thing)), *(quad.predicate for quad in self._gone.get(thing, ()))}
        told = {path: self._then(thing, path, now.get(path, ())) for path in paths}
        return {path: ends for path, ends in told.items() if ends}

    def ends(self, thing: NamedNode, path: NamedNode) -> Sequence[Term]:
        """The ends of one path of a thing."""
        return self._then(thing, path, self._now.ends(thing, path))

    def _then(self, thing: NamedNode, path: NamedNode, now: Sequence[Term]) -> Sequence[Term]:
        came = {quad.object for quad in self._came.get(thing, ()) if quad.predicate == path}
        gone = (quad.object for quad in self._gone.get(thing, ()) if quad.predicate == path)
        return (*(end for end in now if end not in came), *gone)

    def subjects(self, path: NamedNode, end: Term) -> set[NamedNode]:
        """The things that had this end of a path."""
        came, gone = (ends.get((path, end), set()) for ends in self._others)
        return (self._now.subjects(path, end) - came) | gone


_Ends = Mapping[tuple[NamedNode, Term], set[NamedNode]]


def _by_subject(quads: Iterable[Quad]) -> Mapping[NamedNode, Sequence[Quad]]:
    found: dict[NamedNode, list[Quad]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            found[quad.subject].append(quad)
    return dict(found)


def _by_end(told: Mapping[NamedNode, Sequence[Quad]]) -> _Ends:
    ends: dict[tuple[NamedNode, Term], set[NamedNode]] = defaultdict(set)
    for subject, quads in told.items():
        for quad in quads:
            ends[quad.predicate, quad.object].add(subject)
    return dict(ends)
