"""How many quads a change adds or takes, where that is known without counting all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyoxigraph as ox

# Up to here counting all is quicker than thinking about it.
FEW: Final = 20_000


def touched_quads(insertions: str | None, base: str | None) -> Sequence[ox.Quad] | None:
    """Every quad that an update names, by :func:`kg.engine.update_guard.as_insertions`."""
    if insertions is None:
        return None
    scratch = ox.Store()
    scratch.update(insertions, base_iri=base)
    return list(scratch)


def graphs_of(quads: Sequence[ox.Quad]) -> set[str | None]:
    """The graphs that the quads are in; ``None`` is the default graph."""
    return {quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None for quad in quads}


def there(store: ox.Store, quads: Sequence[ox.Quad]) -> list[bool]:
    """Of each of the quads, whether it is in the store."""
    return [quad in store for quad in quads]


def named_there(store: ox.Store, quads: Sequence[ox.Quad]) -> set[str]:
    """The named graphs of the quads that are in the store, empty ones among them."""
    return {name for name in graphs_of(quads) if name is not None and store.contains_named_graph(ox.NamedNode(name))}


def new_blanks(quads: Sequence[ox.Quad]) -> int:
    """How many of the quads are new whatever is in the store: each blank node of an update is one of its own."""
    return sum(1 for quad in quads if ox.BlankNode in {type(quad.subject), type(quad.object)})


def size(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> int:
    """The number of triples in a graph."""
    return sum(1 for _ in store.quads_for_pattern(None, None, None, graph))
