"""The comparison, for the tests of this folder."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph

Compare = Callable[..., list[str]]


@pytest.fixture(scope="session")
def compare() -> Compare:
    """What differs between an answer key and a graph of ours, a line each."""
    spec = importlib.util.spec_from_file_location("compare", Path(__file__).parent / "compare.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[[Graph, Graph, Graph | None], list[str]] = module.compare
    return found
