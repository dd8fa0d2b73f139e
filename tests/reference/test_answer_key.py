"""The two sample articles give exactly the facts of their answer key, in either order, and each alone says no more."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store
from rdflib import Graph

import kg
from kg.config import BASE_IRI, shipped
from kg.store.generation import current

# Beside the repository, where there are any; the articles are not ours to ship.
SAMPLES = Path(kg.__file__).parents[2] / "shared"
ARTICLES, KEY = SAMPLES / "seeds", SAMPLES / "reference" / "seeds.ttl"
PREFIX = "PREFIX dip: <https://w3id.org/diplomacy-kg/ns#>\n"
pytestmark = pytest.mark.skipif(not (ARTICLES.is_dir() and KEY.is_file()), reason="the sample articles are not here")


def files() -> list[Path]:
    return sorted(ARTICLES.glob("*.txt"))


def built(folder: Path, *sources: Path, seed: str = "0") -> Path:
    """The folder of the store that ``kg build`` made of the sources."""
    run = subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; main()", "build", *map(str, sources), "--store", str(folder)],
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    return folder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("both"), ARTICLES)


def graph(quads: Iterator[Quad]) -> Graph:
    return Graph().parse(data="".join(f"{quad.triple} .\n" for quad in quads), format="nt11")


def whole(store: Store) -> Graph:
    return graph(store.quads_for_pattern(None, None, None, DefaultGraph()))


def reference(store: Store) -> Graph:
    return graph(store.quads_for_pattern(None, None, None, NamedNode(f"{BASE_IRI}graph/reference")))


def test_the_graph_says_what_the_key_says_and_nothing_else(store: Path, compare: Callable[..., list[str]]) -> None:
    opened = current(store).open()
    differences = compare(Graph().parse(KEY), whole(opened), reference(opened))
    assert not differences, "\n" + "\n".join(differences)


def test_the_graph_is_sound(store: Path) -> None:
    from kg.assemble.audit import check_assertions, check_shapes

    opened = current(store).open()
    assert list(check_assertions(opened)) == []
    quads = opened.quads_for_pattern(None, None, None, DefaultGraph())
    assert check_shapes(quads, shipped("ontology") / "shapes.ttl", shipped("ontology") / "diplomacy.ttl") == []


def test_either_order_and_every_hash_seed_give_the_same_bytes(store: Path, tmp_path: Path) -> None:
    digests = {
        current(built(tmp_path / seed, *order, seed=seed)).digest
        for seed, order in (("1", files()), ("2", files()[::-1]))
    }
    turtle = {(current(tmp_path / seed).path / "exports" / "diplomacy.ttl").read_bytes() for seed in ("1", "2")}
    assert digests == {current(store).digest}
    assert len(turtle) == 1


def test_without_a_publication_date_an_article_alone_knows_no_year(tmp_path: Path) -> None:
    dates = []
    for number, file in enumerate(files()):
        opened = current(built(tmp_path / str(number), file)).open()
        (row,) = opened.query(  # type: ignore[misc]
            PREFIX + "SELECT ?date ?day WHERE { ?m a dip:Meeting ; dip:firstMeeting true ; dip:format dip:bilateral ;"
            " dip:onMarginsOf ?s ; dip:date ?date . ?s dip:organizedBy ?org OPTIONAL { ?m dip:earliest ?day }"
            " FILTER (STRENDS(STR(?org), '/g7')) }"
        )
        dates.append((row["date"].value, row["day"].value if row["day"] else None))
    assert dates == [("2025-06-17", "2025-06-17"), ("--06-17", None)]


def test_in_the_graph_of_both_each_article_still_says_only_what_it_said(store: Path) -> None:
    rows = current(store).open().query(
        PREFIX + "SELECT DISTINCT ?date WHERE { ?m a dip:Meeting ; dip:onMarginsOf ?s . ?s dip:date '2025-06'^^"
        "<http://www.w3.org/2001/XMLSchema#gYearMonth> . GRAPH ?g { ?m dip:date ?date } } ORDER BY ?date"
    )  # fmt: skip
    assert [row["date"].value for row in rows] == ["--06-17", "2025-06-17"]  # type: ignore[union-attr, index]
