"""``from kg import open_graph`` gives the store as an rdflib ``Dataset``, and importing ``kg`` loads nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Dataset, URIRef

import kg as package
from kg import open_graph
from kg.errors import StoreError

pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own, from within its query
MET = "PREFIX dip: <https://w3id.org/diplomacy-kg/ns#> SELECT ?one ?other { ?one dip:met ?other } ORDER BY ?one ?other"


def test_importing_kg_loads_no_library(root: Path):
    script = (
        "import sys, kg; print(kg.__version__, *(m for m in ('rdflib', 'pyoxigraph', 'click') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [package.__version__]


def test_the_store_opens_as_a_dataset_that_knows_who_met(sample: Path):
    graph = open_graph(str(sample))
    assert isinstance(graph, Dataset)
    pairs = [(str(one), str(other)) for one, other in graph.query(MET)]
    assert pairs
    assert {(other, one) for one, other in pairs} == set(pairs)


def test_the_dataset_cannot_be_written(sample: Path):
    graph = open_graph(sample)
    before = len(list(graph.query(MET)))
    with pytest.raises(Exception, match="read"):
        graph.add((URIRef("urn:a"), URIRef("urn:b"), URIRef("urn:c")))
    assert len(list(open_graph(sample).query(MET))) == before


def test_a_folder_without_a_store_is_told(tmp_path: Path):
    with pytest.raises(StoreError, match="there is no store"):
        open_graph(tmp_path)


def test_the_package_has_nothing_else_and_says_that_it_is_typed():
    assert (Path(package.__file__).parent / "py.typed").is_file()
    with pytest.raises(AttributeError, match="no attribute 'close_graph'"):
        package.close_graph  # noqa: B018
