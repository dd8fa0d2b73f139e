"""A backup is a store; what is restored is what was backed up, and a damaged one is named and never goes live."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Limits
from kg.engine.writer import Writer
from kg.errors import StoreError
from kg.store.backup import back_up, restore
from kg.store.by_hand import ByHand, WrittenByHand
from kg.store.export import ExportFormat, write_graph
from kg.store.generation import current, digest, publish, verify
from kg.store.rebuild import rebuild
from kg.store.recover import loss, recover

LIMITS = Limits(workers=1, update_seconds=20)
EXPORTS = {"diplomacy.nq": ExportFormat.NQUADS}


def graph(text: str = "<a:one> <a:p> 1 .") -> ox.Store:
    store = ox.Store()
    store.load(text, format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "store"
    rebuild(root, graph(), EXPORTS, ByHand.REFUSE)
    with Writer(root, LIMITS) as writer:
        for number in range(3):
            writer.update(f"INSERT DATA {{ GRAPH <a:mine> {{ <a:x> <a:y> {number} }} }}")
    return root


def content(root: Path) -> str:
    return digest(current(root).open())


def test_a_backup_brings_back_what_it_was_made_of(root: Path, tmp_path: Path) -> None:
    before = content(root)
    back_up(root, tmp_path / "copy")
    assert content(tmp_path / "copy") == before
    verify(current(tmp_path / "copy"))
    with Writer(root, LIMITS) as writer:
        writer.update("DROP ALL")
        restored = restore(root, tmp_path / "copy")
        assert content(root) == before
        assert writer.update("INSERT DATA { <a:x> <a:y> 7 }").generation == restored.number + 1
    new = tmp_path / "new"
    restore(new, tmp_path / "copy")
    assert content(new) == before
    with Writer(new, LIMITS) as writer:
        writer.update("INSERT DATA { <a:x> <a:y> 7 }")
    with pytest.raises(WrittenByHand):
        rebuild(new, graph(), EXPORTS, ByHand.REFUSE)
    rebuild(new, graph(), EXPORTS, ByHand.DISCARD)
    assert content(new) == before


def test_what_is_taken_while_others_write_is_of_one_moment(root: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write(writer: Writer) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            both = f"<a:left> <a:n> {number} . <a:right> <a:n> {number}"
            writer.update(f"DELETE WHERE {{ ?s ?p ?o }} ; INSERT DATA {{ {both} }}")

    with Writer(root, LIMITS) as writer:
        writer.update("DELETE WHERE { ?s ?p ?o } ; INSERT DATA { <a:left> <a:n> 0 . <a:right> <a:n> 0 }")
        writing = threading.Thread(target=write, args=(writer,))
        writing.start()
        try:
            for number in range(3):
                back_up(root, tmp_path / str(number))
                for place in (root, tmp_path / str(number)):
                    left, right = write_graph(current(place).open(), ExportFormat.NTRIPLES).decode().splitlines()
                    assert left.replace("left", "right") == right
        finally:
            stop.set()
            writing.join()


def test_a_backup_shares_nothing_with_what_it_was_made_of(root: Path, tmp_path: Path) -> None:
    back_up(root, tmp_path / "copy")
    for file in current(root).graph_path.iterdir():
        file.write_bytes(b"")
    verify(current(tmp_path / "copy"))


def test_a_backup_is_never_made_over_something(root: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "mine").touch()
    with pytest.raises(StoreError, match="there already"):
        back_up(root, tmp_path / "copy")
    assert [file.name for file in (tmp_path / "copy").iterdir()] == ["mine"]


@pytest.mark.parametrize("kind", ["CURRENT", "MANIFEST", ".sst", "manifest.json", "diplomacy.nq"])
def test_a_damaged_backup_is_named_and_not_restored(root: Path, tmp_path: Path, kind: str) -> None:
    back_up(root, tmp_path / "copy")
    before = content(root)
    for file in (tmp_path / "copy" / "generations").rglob(f"*{kind}*"):
        file.write_bytes(file.read_bytes()[:-1] + b"\x00")
    with pytest.raises(StoreError, match="damaged"):
        restore(root, tmp_path / "copy")
    assert content(root) == before
    assert not list((root / "generations").glob("*.part"))


def _say(told: str) -> Callable[[Path], None]:
    def say(generation: Path) -> None:
        (generation / "manifest.json").write_text(told)

    return say


def _change(**told: object) -> Callable[[Path], None]:
    def change(generation: Path) -> None:
        manifest = generation / "manifest.json"
        manifest.write_text(json.dumps(json.loads(manifest.read_text()) | told))

    return change


@pytest.mark.parametrize(
    "forge",
    [
        _say("[" * 100_000),
        _say("[]"),
        _change(number=None),
        _change(number=7_000),
        _change(number="../.."),
        _change(built="../.."),
        _change(built=[]),
        _change(quads={}),
        _change(files=["../../../etc/passwd"]),
        _change(sums=[]),
        _change(exports="diplomacy.nq"),
        lambda generation: (generation.parents[1] / "current").write_text("9" * 5_000),
        lambda generation: (generation.parents[1] / "current").write_text("../../.."),
    ],
)
def test_a_forged_backup_is_named_and_not_restored(root: Path, tmp_path: Path, forge: Callable[[Path], object]) -> None:
    kept = back_up(root, tmp_path / "copy")
    before = content(root)
    forge(tmp_path / "copy" / "generations" / str(kept.number))
    with pytest.raises(StoreError, match="the backup is of no use"):
        restore(root, tmp_path / "copy")
    assert content(root) == before
    assert not list((root / "generations").glob("*.part"))


def test_a_link_in_a_backup_leads_to_nothing_elsewhere(root: Path, tmp_path: Path) -> None:
    kept = back_up(root, tmp_path / "copy")
    secret = tmp_path / "secret"
    secret.write_text("of the operator's machine")
    (tmp_path / "copy" / "generations" / str(kept.number) / "graph" / "more.sst").symlink_to(secret)
    restored = restore(root, tmp_path / "copy")
    assert not (restored.graph_path / "more.sst").exists()
    verify(restored)


def test_a_damaged_store_is_not_backed_up(root: Path, tmp_path: Path) -> None:
    file = next(current(root).graph_path.glob("*.sst"))
    file.write_bytes(file.read_bytes()[:-3])
    with pytest.raises(StoreError, match=f"damaged: the file {file.name}"):
        back_up(root, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    assert not (tmp_path / "copy.part").exists()


@pytest.mark.parametrize("kind", ["CURRENT", "MANIFEST", "000", "OPTIONS", "manifest.json", "graph", "generation"])
@pytest.mark.parametrize("harm", ["cut", "flip", "remove"])
def test_what_is_damaged_is_named_put_aside_and_the_last_sound_generation_goes_live(
    root: Path, kind: str, harm: str
) -> None:
    generation = current(root)
    before = current(root).number
    place = {"manifest.json": generation.path / kind, "graph": generation.graph_path, "generation": generation.path}
    for file in [place[kind]] if kind in place else sorted(generation.graph_path.glob(f"*{kind}*")):
        _harm(file, harm)
    found = recover(root)
    assert found.generation == current(root)
    assert found.generation.number < before
    assert all(
        f"generation {number}" in " ".join(found.faults) for number in range(found.generation.number + 1, before + 1)
    )
    verify(found.generation)
    assert loss(root)
    assert recover(root).faults == ()
    publish(root, graph())
    assert loss(root) is None
    assert current(root).number > before


def _harm(file: Path, harm: str) -> None:
    if file.is_dir():
        file.rename(file.with_name("elsewhere"))
    elif harm == "remove":
        # A new file under the old name is no file that another generation has a link to.
        file.unlink()
    else:
        content = file.read_bytes()
        file.unlink()
        middle = len(content) // 2
        flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :] if content else b"x"
        file.write_bytes(content[:-1] or b"x" if harm == "cut" else flipped)


def test_a_store_without_a_sound_generation_says_so(root: Path) -> None:
    for file in (root / "generations").rglob("CURRENT"):
        file.write_bytes(b"")
    with pytest.raises(StoreError, match="restore a backup"):
        recover(root)


@pytest.mark.parametrize("text", ["", "x", "99", "1\n2"])
def test_a_current_that_names_nothing_is_mended(root: Path, text: str) -> None:
    newest = current(root)
    (root / "current").write_text(text)
    assert recover(root).generation == newest


def test_a_store_that_is_written_to_is_not_taken_for_a_damaged_one(root: Path) -> None:
    stop = threading.Event()

    def write(writer: Writer) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            writer.update(f"INSERT DATA {{ <a:s> <a:n> {number} }}")

    with Writer(root, LIMITS) as writer:
        writing = threading.Thread(target=write, args=(writer,))
        writing.start()
        try:
            for _ in range(30):
                assert recover(root).faults == ()
        finally:
            stop.set()
            writing.join()
    assert loss(root) is None
