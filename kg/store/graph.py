"""The live graph for Python programs: an rdflib ``Dataset`` over the current generation, read-only."""

from __future__ import annotations

from pathlib import Path

from oxrdflib import OxigraphStore
from rdflib import Dataset

from kg.store.generation import current
from kg.store.prefixes import PREFIXES


def open_graph(root: Path | str) -> Dataset:
    """The current generation as a read-only ``Dataset``; its default graph is the assembled knowledge.

    A later build does not change what was opened; open it again to see it.

    Raises:
        StoreError: there is no store in this folder, or it is damaged.
    """
    dataset = Dataset(store=OxigraphStore(store=current(Path(root)).open()))
    for prefix, namespace in PREFIXES.items():
        dataset.namespace_manager.bind(prefix, namespace, override=True, replace=True)
    return dataset
