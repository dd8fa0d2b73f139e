"""The names of a generation are read by a process of its own, once for all who ask."""

from __future__ import annotations

import mmap
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Limits
from kg.engine.kept_names import NAME, keep, load
from kg.engine.pool import Pool
from kg.engine.reader import Reader
from kg.engine.writer import Writer
from kg.errors import StoreError
from kg.query.names import Name, Names, pack_names
from kg.store.generation import Generation, current, publish
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


def names_at_the_next_start(root: Path) -> list[str]:
    with Pool(root, Limits(workers=1)) as pool:
        return sorted(name.label for name in pool.names()[1])


def keep_others(generation: Generation) -> None:
    """Other names beside the generation than it has, so that it is seen which ones are taken."""
    others = b"".join(pack_names([Name(iri=f"{BASE}leader/9", label="Other", kind="Leader")]))
    content = mmap.mmap(-1, len(others))
    content.write(others)
    keep(generation, content)


def test_the_next_start_opens_the_names_that_were_kept(tmp_path: Path) -> None:
    generation = publish(tmp_path, things())
    assert names_at_the_next_start(tmp_path) == sorted(LABELS)
    assert (generation.path / NAME).is_file()
    assert names_at_the_next_start(tmp_path) == sorted(LABELS)
    keep_others(generation)
    assert names_at_the_next_start(tmp_path) == ["Other"]


def in_its_place(file: Path, put: Callable[[Path], object]) -> None:
    file.unlink()
    put(file)


HARMS: dict[str, Callable[[Path, bytes], object]] = {
    "cut": lambda file, kept: file.write_bytes(kept[:-5]),
    "longer": lambda file, kept: file.write_bytes(kept + b"x"),
    "changed": lambda file, kept: file.write_bytes(kept.replace(b"Other", b"Forge")),
    "no head": lambda file, _: file.write_bytes(b"[" * 5000),
    "a huge head": lambda file, kept: file.write_bytes(kept.replace(b'"size": ', b'"size": 99999999999999999999')),
    "a pipe that nobody writes to": lambda file, _: in_its_place(file, os.mkfifo),
    "no end": lambda file, _: in_its_place(file, lambda at: at.symlink_to("/dev/zero")),
    "a folder": lambda file, _: in_its_place(file, Path.mkdir),
}


@pytest.mark.parametrize("harm", [*HARMS, "of another generation"])
def test_names_that_do_not_fit_are_read_anew_and_kept_anew(tmp_path: Path, harm: str) -> None:
    generation = publish(tmp_path, things())
    keep_others(generation if harm in HARMS else replace(generation, digest="0" * 64))
    file = generation.path / NAME
    if harm in HARMS:
        HARMS[harm](file, file.read_bytes())
    assert names_at_the_next_start(tmp_path) == sorted(LABELS)
    if harm != "a folder":
        assert load(generation) is not None


def test_names_are_written_to_no_pipe_and_through_no_link(tmp_path: Path) -> None:
    generation, other = publish(tmp_path, things()), tmp_path / "other"
    other.write_text("of somebody else")
    begun = generation.path / f"{NAME}.new"
    for put in (os.mkfifo, lambda at: at.symlink_to(other), lambda at: at.write_bytes(b"x" * 10_000)):
        put(begun)
        keep_others(generation)
        assert load(generation) is not None
        assert not os.path.lexists(begun)
        (generation.path / NAME).unlink()
    assert other.read_text() == "of somebody else"
    begun.mkdir()
    keep_others(generation)
    assert load(generation) is None


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="NOT TESTED: open files are counted in /proc")
def test_names_that_are_a_folder_leave_nothing_open(tmp_path: Path) -> None:
    generation = publish(tmp_path, things())
    (generation.path / NAME).mkdir()
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208  # of Path, the listing is read lazily
    assert [load(generation) for _ in range(5)] == [None] * 5
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


def test_names_of_what_was_written_are_not_kept(tmp_path: Path) -> None:
    publish(tmp_path, things())
    with Pool(tmp_path, Limits(workers=1)) as pool, Writer(tmp_path, Limits(workers=1)) as writer:
        text = f'INSERT DATA {{ <{BASE}leader/7> a <{DIP}Leader> ; <{RDFS}label> "Seven" }}'
        written = writer.update(text).generation
        live, names = pool.names()
        assert live.number == written
        assert "Seven" in {name.label for name in names}
        assert not (live.path / NAME).exists()
