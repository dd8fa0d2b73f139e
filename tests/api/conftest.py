"""A real store of the sample articles, built from Python."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import Store, build_graph, open_store

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("api") / "kg-store"
    run = build_graph(ROOT / "seeds" / "articles", store)
    assert run.generation is not None
    return store


@pytest.fixture(scope="session")
def store(built: Path) -> Iterator[Store]:
    with open_store(built) as opened:
        yield opened


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT
