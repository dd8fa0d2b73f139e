"""The small invented world as a published store, and workers over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Limits
from kg.engine.pool import Pool
from kg.store.generation import publish

SAMPLE = Path(__file__).parents[1] / "queries" / "sample.ttl"


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("store")
    quads = ox.parse(path=SAMPLE, format=ox.RdfFormat.TURTLE)
    publish(root, quads)
    return root


@pytest.fixture(scope="session")
def pool(sample_store: Path) -> Iterator[Pool]:
    with Pool(sample_store, Limits(seconds=30, quick_seconds=10, workers=2)) as workers:
        yield workers
