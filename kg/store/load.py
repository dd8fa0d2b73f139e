"""A build loaded into a SPARQL server elsewhere, so that its readers go from one whole graph to the next.

Quads go into staging graphs first, in batches; a loading that breaks off goes on from the last of them. Then the
staging graphs take the places of those that are served: in one request where there are not too many, so that a server
that carries out a request as a whole never shows half of it; else the assembled graph comes first, those of single
articles after it. What the build no longer has goes, graphs of other names stay, and the mark comes last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.generation import Generation
from kg.store.loaded import Loaded, mark_of, query, read
from kg.store.server import ServerRefused
from kg.store.talk import Talk

_EXPORT: Final = "diplomacy.nq"
_BATCH: Final = 2000
# Graphs that change places in one request.
_AT_ONCE: Final = 1000
_DURATION: Final = "^^<http://www.w3.org/2001/XMLSchema#duration>"
_DAY_TIME: Final = "^^<http://www.w3.org/2001/XMLSchema#dayTimeDuration>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was loaded; ``is_new`` says whether the server did not have this build already.

    ``left_out`` are quads in graphs that are none of the build's, ``changed`` durations that had to take another type.
    """

    quads: int
    graphs: int
    is_new: bool
    removed: int = 0
    left_out: int = 0
    changed: int = 0


def load(generation: Generation, base: str, talk: Talk) -> Done:
    """What was done so that the server has this build.

    Raises:
        StoreError: it has not; what it served before it serves still, unless its graphs were just changing places.
    """
    before = read(talk.rows(query(base)))
    if before.digest == generation.digest:
        return Done(quads=before.quads, graphs=0, is_new=False)
    return _Loading(generation, base, talk, before.home or _home(base, talk)).run()


def _home(base: str, talk: Talk) -> str:
    """The graph that stands for the default graph, where the server shows all graphs in that; else nothing."""
    probe = f"<{base}graph/probe>"
    triple = f"{probe} {probe} {probe}"
    talk.update(f"INSERT DATA {{ GRAPH {probe} {{ {triple} }} }}")
    try:
        return f"{base}graph/default" if talk.rows(f"SELECT * WHERE {{ {triple} . ?s {probe} ?o }}") else ""
    finally:
        talk.update(f"DROP SILENT GRAPH {probe}")


class _Loading:
    """One build on its way."""

    def __init__(self, generation: Generation, base: str, talk: Talk, home: str) -> None:
        self._generation = generation
        self._talk = talk
        self._home = home
        self._mark = mark_of(base)
        self._ours = f"{base}graph/"
        self._staging = f"{base}graph/staging/"
        self._progress = f"{base}graph/loading"
        self._left_out = self._changed = 0
        self._graphs: set[str] = set()

    def run(self) -> Done:
        """All of it."""
        done = self._done()
        if done is None:
            self._each({name: _drop(name) for name in (*self._present(self._staging), self._progress)})
            done = 0
        quads = self._stage(done)
        removed = self._switch(quads)
        return Done(
            quads=quads,
            graphs=len(self._graphs),
            is_new=True,
            removed=removed,
            left_out=self._left_out,
            changed=self._changed,
        )

    def _done(self) -> int | None:
        """How many quads of this very build a loading that broke off has staged; ``None`` of another one."""
        told = f"<{self._progress}>"
        rows = self._talk.rows(f"SELECT ?build ?count WHERE {{ GRAPH {told} {{ {told} ?build ?count }} }}")
        mine = [row["count"] for row in rows if row.get("build") == self._build]
        return max(map(int, mine)) if mine else None

    @property
    def _build(self) -> str:
        return f"{self._progress}/{self._generation.digest}"

    def _quads(self) -> Iterator[ox.Quad]:
        """The quads of the build, sorted."""
        file = self._generation.export(_EXPORT)
        if file is None:
            raise StoreError(f"generation {self._generation.number} has no N-Quads: build it anew")
        for quad in ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS):
            name = quad.graph_name
            if isinstance(name, ox.DefaultGraph) or name.value.startswith(self._ours):
                yield quad
            else:
                self._left_out += 1

    def _stage(self, done: int) -> int:
        """How many quads there are, all of them staged now."""
        quads = self._quads()
        for quad in islice(quads, done):
            self._graphs.add(self._place(quad))
        count = done
        while batch := list(islice(quads, _BATCH)):
            self._graphs.update(map(self._place, batch))
            count += len(batch)
            self._insert(batch, count)
        return count

    def _place(self, quad: ox.Quad) -> str:
        """The graph of the server's that a quad belongs in; empty is the default graph."""
        name = quad.graph_name
        return self._home if isinstance(name, ox.DefaultGraph) else str(name.value)

    def _staged(self, place: str) -> str:
        """The staging graph of a place."""
        return self._staging + (place.removeprefix(self._ours) or "default")

    def _insert(self, batch: Sequence[ox.Quad], count: int) -> None:
        """Nothing; these quads are staged, and it is written down how far that is."""
        blocks: defaultdict[str, list[str]] = defaultdict(list)
        for quad in batch:
            line = f"{quad.subject} {quad.predicate} {self._literal(str(quad.object))} ."
            blocks[self._staged(self._place(quad))].append(line)
        told = "".join(f"GRAPH <{name}> {{\n{chr(10).join(lines)}\n}}\n" for name, lines in blocks.items())
        far = f'GRAPH <{self._progress}> {{ <{self._progress}> <{self._build}> "{count}" }}'
        try:
            self._talk.update(f"INSERT DATA {{\n{told}{far}\n}}")
        except ServerRefused as refused:
            # Some take only so much at a time.
            if len(batch) == 1:
                raise StoreError(f"{refused}; it was about: {batch[0]}") from None
            half = len(batch) // 2
            self._insert(batch[:half], count - len(batch) + half)
            self._insert(batch[half:], count)

    def _literal(self, term: str) -> str:
        if not (self._talk.is_virtuoso and term.endswith(_DURATION)):
            return term
        # Virtuoso takes no xsd:duration; of ours all are of days, hours, minutes.
        self._changed += 1
        return term.removesuffix(_DURATION) + _DAY_TIME

    def _present(self, begin: str) -> list[str]:
        """The graphs whose names begin so, sorted."""
        found = self._talk.rows(
            f'SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?graph), "{begin}")) }}'
        )
        return sorted(row["graph"] for row in found)

    def _switch(self, quads: int) -> int:
        """How many graphs the server no longer has; those of the build are in their places."""
        places = {self._staged(place): place for place in self._graphs}
        present = self._present(self._ours)
        # Of a loading that broke off here, some have moved already.
        staged = [name for name in present if name in places]
        own = {self._mark, self._progress, *self._graphs}
        gone = [name for name in present if name not in own and not name.startswith(self._staging)]
        loaded = Loaded(
            number=self._generation.number, digest=self._generation.digest, quads=quads, home=self._home
        ).triples(self._mark)
        close = {
            "forget": _drop(self._mark),
            "mark": f"INSERT DATA {{ GRAPH <{self._mark}> {{ {loaded} }} }}",
            "end": _drop(self._progress),
        }
        moves = {name: self._move(name, places[name]) for name in sorted(staged, key=self._comes_late)}
        self._each({**moves, **{name: _drop(name) for name in gone}, **close})
        return len(gone)

    def _each(self, steps: Mapping[str, str]) -> None:
        """Nothing; the steps are done in their order, as many at a time as the server takes.

        Those that make a graph go are under its name.
        """
        left, size, at = list(steps), _AT_ONCE, 0
        while these := left[at : at + size]:
            try:
                self._talk.update(" ;\n".join(map(steps.__getitem__, these)))
            except ServerRefused:
                if len(these) == 1:
                    raise
                size = len(these) // 2
                # What went before it was refused is not asked for again: what it became would be emptied.
                present = frozenset(self._present(self._ours))
                left = [name for name in left[at:] if name in present or not name.startswith(self._ours)]
                at = 0
            else:
                at += len(these)

    def _comes_late(self, staged: str) -> tuple[bool, str]:
        return staged.startswith(f"{self._staging}article/"), staged

    def _move(self, staged: str, place: str) -> str:
        return f"MOVE SILENT GRAPH <{staged}> TO {f'GRAPH <{place}>' if place else 'DEFAULT'}"


def _drop(name: str) -> str:
    return f"DROP SILENT GRAPH <{name}>"
