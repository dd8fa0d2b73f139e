"""A graph that was filled, and what follows from what was known of it before: its counts, and that it is sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import NamedNode, Quad, Store

from kg.assemble.audit import Violation, check_assertions
from kg.assemble.derive import counts
from kg.assemble.suspects import is_suspect
from kg.assemble.tallies import Tallies, brought_up, classes, from_lines, tally, to_lines, touched
from kg.assemble.views import Before, Now
from kg.store.rebuild import Workplace
from kg.store.written import default_quads

# The file in which a build notes what it counted, beside its graph.
TALLIES: Final = "tallies.jsonl"
# Lines in which two graphs differ: with more of them it is no dearer to count anew.
_MOST: Final = 1_000_000


@dataclass(frozen=True)
class Grown:
    """A store; where it was made of a sound one, how that was, and what was counted in it.

    ``apart`` are quads of the build before that are there still, and belong to nothing that is audited.
    """

    store: Store
    before: Before | None = None
    counted: Tallies | None = None
    apart: frozenset[Quad] = frozenset()

    @cached_property
    def _now(self) -> Now:
        return Now(self.store)

    @cached_property
    def _touched(self) -> frozenset[NamedNode]:
        return frozenset() if self.before is None else touched(self._now, self.before)

    @cached_property
    def tallies(self) -> Tallies:
        """What is counted in its default graph."""
        if self.before is None or self.counted is None:
            return tally(self.store)
        return brought_up(self.counted, self._now, self.before, self._touched)

    @property
    def classes(self) -> dict[str, int]:
        """How many things of each of our classes there are."""
        return counts(self.store) if self.before is None else classes(self.tallies)

    def violations(self) -> Iterator[Violation]:
        """What breaks an assertion; of a graph that was sound, nothing does unless what changed is suspect."""
        if self.before is None or is_suspect(self._now, self.before, self._touched):
            yield from check_assertions(self.store)


def grown_in(place: Workplace) -> Grown:
    """The graph that was filled there; it grew where the build before noted what it counted, and found it sound."""
    noted = place.note(TALLIES)
    if noted is None or place.since is None or place.since.size > _MOST:
        place.settle()  # the counts of the build before are not to be counted
        return Grown(place.graph)
    came, gone = (default_quads(file) for file in (place.since.came, place.since.gone))
    return Grown(
        store=place.graph,
        before=Before(Now(place.graph), came, gone),
        counted=from_lines(noted.splitlines()),
        apart=frozenset(place.kept),
    )


def note(place: Workplace, graph: Grown) -> None:
    """Nothing; the build after this one finds what was counted."""
    place.notes[TALLIES] = b"".join(to_lines(graph.tallies))
