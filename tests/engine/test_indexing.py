"""The names of a generation are read by a process of its own, once for all who ask."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Limits
from kg.engine.pool import Pool
from kg.engine.reader import Reader
from kg.errors import StoreError
from kg.query.names import Names
from kg.store.generation import current, publish
from kg.store.prefixes import DIP, RDF, RDFS
from tests.bench.asking import names_of

pytestmark = pytest.mark.server
BASE = "https://w3id.org/diplomacy-kg/id/"
LABELS = ("Anna Novak", 'Quote " and, comma\nand line', "Émil Bråndt ☃")


def things(labels: tuple[str, ...] = LABELS) -> list[ox.Quad]:
    quads = []
    for number, label in enumerate(labels):
        node = ox.NamedNode(f"{BASE}leader/{number}")
        quads.append(ox.Quad(node, ox.NamedNode(RDF + "type"), ox.NamedNode(DIP + "Leader")))
        quads.append(ox.Quad(node, ox.NamedNode(RDFS + "label"), ox.Literal(label)))
    return quads


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[Pool]:
    publish(tmp_path, things())
    with Pool(tmp_path, Limits(workers=1)) as pool:
        yield pool


def test_another_process_reads_what_this_one_would(pool: Pool) -> None:
    generation, names = pool.names()
    assert generation.number == 1
    assert sorted(name.label for name in names) == sorted(LABELS)
    assert list(names) == list(names_of(pool.generation.open()))
    assert names.matches("anna").names[0].iri == f"{BASE}leader/0"


def test_many_who_ask_at_once_have_the_same(pool: Pool) -> None:
    reader = Reader(pool)
    found: list[Names] = []
    crowd = [threading.Thread(target=lambda: found.append(reader.names())) for _ in range(12)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    assert len({id(names) for names in found}) == 1
    assert len(found) == 12


def test_the_names_of_a_new_generation_follow(pool: Pool, tmp_path: Path) -> None:
    reader = Reader(pool)
    assert not reader.names().find("Mia Lund")
    publish(tmp_path, things((*LABELS, "Mia Lund")))
    # At once, or, on a machine that has much to do, soon.
    for _ in range(120):
        if reader.are_of(names := reader.names(), 2):
            break
    assert names.find("Mia Lund")
    assert reader.are_of(names, 2)


def test_where_no_names_can_be_read_that_is_said(pool: Pool) -> None:
    reader = Reader(pool)
    for table in current(pool.generation.path.parent.parent).graph_path.glob("*.sst"):
        content = table.read_bytes()
        table.write_bytes(b"\0" * len(content))
    with pytest.raises(StoreError):
        reader.names()


def test_a_pool_that_is_closed_reads_no_names(tmp_path: Path) -> None:
    publish(tmp_path, things())
    pool = Pool(tmp_path, Limits(workers=1))
    reader = Reader(pool)
    pool.close()
    with pytest.raises(StoreError):
        reader.names()
