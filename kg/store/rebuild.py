"""A build takes its place: with what people wrote carried over, and no write lost that comes meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.store.by_hand import ByHand, Carried, carry, live_number
from kg.store.export import ExportFormat, write_graph
from kg.store.generation import Generation, GenerationGone
from kg.store.lock import alone
from kg.store.publish import Draft, publish_draft

_TRIES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """A build that is live, what was carried over into it, and what was damaged and could not be."""

    generation: Generation
    carried: Carried


def rebuild(root: Path, graph: ox.Store, exports: Mapping[str, ExportFormat], choice: ByHand) -> Rebuilt:
    """The graph of a build, with what people wrote, published as the live generation.

    What takes long is done before the lock is taken; who writes meanwhile makes it be done again.

    Raises:
        WrittenByHand: it would overwrite what people wrote.
        StoreDamaged: it would go on from less than was live, and the choice does not say that it may.
        StoreError: it could not be written; what was live is live still.
    """
    for _ in range(_TRIES):
        try:
            carried = carry(root, graph, choice)
        except GenerationGone:
            continue
        draft = _draft(graph, exports, carried)
        with alone(root):
            if live_number(root) == carried.base:
                return Rebuilt(generation=publish_draft(root, draft), carried=carried)
        carried.undo(graph)
    with alone(root):
        carried = carry(root, graph, choice)
        return Rebuilt(generation=publish_draft(root, _draft(graph, exports, carried)), carried=carried)


def _draft(graph: ox.Store, exports: Mapping[str, ExportFormat], carried: Carried) -> Draft:
    return Draft(
        quads=graph,
        exports={name: write_graph(graph, form) for name, form in exports.items()},
        people=carried.people,
        states=carried.states,
        by_hand=carried.files,
    )
