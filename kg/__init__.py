"""Diplomacy KG: news articles in, a knowledge graph with evidence for every fact out.

``open_graph`` opens a store as an rdflib ``Dataset``; it is loaded when it is first asked for, so that importing ``kg``
costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.store.graph import open_graph

__version__ = "0.1.0"
__all__ = ("__version__", "open_graph")


def __getattr__(name: str) -> Any:
    """The public function of this name, imported now.

    Raises:
        AttributeError: there is none.
    """
    if name == "open_graph":
        from kg.store.graph import open_graph

        return open_graph
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
