"""Diplomacy KG: news articles in, a knowledge graph with evidence for every fact out.

What Python programs use stands here: :func:`extract_text` and :func:`extract_files` read articles, :func:`fact_rows`
puts their facts into a table, :func:`build_graph` makes a store of them, :func:`open_store` asks it, and
:func:`open_graph` opens it as an rdflib ``Dataset``. Each is loaded when it is first asked for, so that importing
``kg`` costs nothing. What they raise stands in :mod:`kg.errors`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kg.api.building import build_graph
    from kg.api.reading import extract_files, extract_text, fact_rows
    from kg.api.rows import Rows
    from kg.api.store import Store, open_store
    from kg.store.graph import open_graph

__version__ = "0.1.0"
__all__ = (
    "Rows",
    "Store",
    "__version__",
    "build_graph",
    "extract_files",
    "extract_text",
    "fact_rows",
    "open_graph",
    "open_store",
)

_WHERE: Final = {
    "Rows": "kg.api.rows",
    "Store": "kg.api.store",
    "build_graph": "kg.api.building",
    "extract_files": "kg.api.reading",
    "extract_text": "kg.api.reading",
    "fact_rows": "kg.api.reading",
    "open_graph": "kg.store.graph",
    "open_store": "kg.api.store",
}


def __getattr__(name: str) -> Any:
    """The public function or class of this name, imported now.

    Raises:
        AttributeError: there is none.
    """
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    """Also the public names that nobody has asked for yet."""
    return sorted({*globals(), *__all__})
