"""What people wrote outlives the next build; what the build would overwrite is told, kept or discarded as is said."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Limits
from kg.engine.writer import Writer
from kg.errors import StoreDamaged
from kg.store import rebuild as rebuilding
from kg.store.backup import back_up, restore
from kg.store.by_hand import ByHand, WrittenByHand
from kg.store.generation import current, digest, verify
from kg.store.rebuild import rebuild
from kg.store.recover import recover

BUILT = """
<a:one> <a:p> 1 . <a:two> <a:p> 2 .
<a:article> { <a:one> <a:said> "yes" }
"""
NEWER = BUILT.replace("<a:two> <a:p> 2", "<a:three> <a:p> 3")
LIMITS = Limits(workers=1, update_seconds=20)


def graph(trig: str) -> ox.Store:
    store = ox.Store()
    store.load(trig, format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture
def root(tmp_path: Path) -> Path:
    rebuild(tmp_path, graph(BUILT), {}, ByHand.REFUSE)
    return tmp_path


@pytest.fixture
def writer(root: Path) -> Iterator[Writer]:
    with Writer(root, LIMITS) as writer:
        yield writer


def content(root: Path) -> str:
    return digest(current(root).open())


def test_graphs_of_people_are_carried_over(root: Path, writer: Writer) -> None:
    writer.update("INSERT DATA { GRAPH <a:mine> { <a:x> <a:y> 'kept' . _:b <a:y> 1 } }")
    [node] = [str(quad.subject) for quad in current(root).open() if str(quad.subject).startswith("_:")]
    for build in (BUILT, NEWER, NEWER):
        rebuild(root, graph(build), {}, ByHand.REFUSE)
        verify(current(root))
        mine = f"<a:mine> {{ <a:x> <a:y> 'kept' . {node} <a:y> 1 }}"
        store = current(root).open()
        assert digest(store) == digest(q for q in ox.parse(build + mine, format=ox.RdfFormat.TRIG))
    writer.update("DROP GRAPH <a:mine>")
    rebuild(root, graph(NEWER), {}, ByHand.REFUSE)
    assert content(root) == digest(graph(NEWER))


@pytest.mark.parametrize(
    ("update", "named"),
    [
        ("INSERT DATA { <a:x> <a:y> 1 }", "the default graph (1 quad)"),
        ("DELETE DATA { <a:one> <a:p> 1 }", "the default graph (1 quad)"),
        ("INSERT DATA { GRAPH <a:article> { <a:x> <a:y> 1 } }", "<a:article> (1 quad)"),
        ("DROP GRAPH <a:article>", "<a:article> (1 quad)"),
        ("DROP ALL", "3 quads|2 quads"),
    ],
)
def test_a_build_that_would_overwrite_a_change_refuses_and_says_how_to_go_on(
    root: Path, writer: Writer, update: str, named: str
) -> None:
    writer.update(update)
    before = content(root)
    with pytest.raises(WrittenByHand, match="--by-hand keep") as refused:
        rebuild(root, graph(BUILT), {}, ByHand.REFUSE)
    assert any(words in str(refused.value) for words in named.split("|"))
    assert content(root) == before


def test_changes_are_kept_on_top_of_every_later_build(root: Path, writer: Writer) -> None:
    writer.update("INSERT DATA { <a:x> <a:y> 1 } ; DELETE DATA { <a:one> <a:p> 1 }")
    expected = NEWER.replace("<a:one> <a:p> 1 .", "<a:x> <a:y> 1 .")
    for _ in range(2):
        rebuild(root, graph(NEWER), {}, ByHand.KEEP)
        assert content(root) == digest(graph(expected))
        with pytest.raises(WrittenByHand):
            rebuild(root, graph(NEWER), {}, ByHand.REFUSE)
    writer.update("DELETE DATA { <a:x> <a:y> 1 } ; INSERT DATA { <a:one> <a:p> 1 }")
    rebuild(root, graph(NEWER), {}, ByHand.REFUSE)
    assert content(root) == digest(graph(NEWER))


def test_changes_can_be_discarded_and_graphs_of_people_stay(root: Path, writer: Writer) -> None:
    writer.update("DROP GRAPH <a:article> ; INSERT DATA { <a:x> <a:y> 1 GRAPH <a:mine> { <a:x> <a:y> 2 } }")
    rebuild(root, graph(NEWER), {}, ByHand.DISCARD)
    assert content(root) == digest(graph(NEWER + "<a:mine> { <a:x> <a:y> 2 }"))
    rebuild(root, graph(NEWER), {}, ByHand.REFUSE)


def test_a_change_that_the_build_makes_too_is_none(root: Path, writer: Writer) -> None:
    writer.update("DELETE DATA { <a:two> <a:p> 2 } ; INSERT DATA { <a:three> <a:p> 3 }")
    rebuild(root, graph(NEWER), {}, ByHand.REFUSE)
    assert content(root) == digest(graph(NEWER))
    with pytest.raises(WrittenByHand):
        rebuild(root, graph(BUILT), {}, ByHand.REFUSE)


def test_a_build_does_not_take_over_a_graph_of_people_without_a_word(root: Path, writer: Writer) -> None:
    writer.update("INSERT DATA { GRAPH <a:next> { <a:x> <a:y> 1 } }")
    build = NEWER + "<a:next> { <a:built> <a:y> 2 }"
    with pytest.raises(WrittenByHand, match="<a:next>"):
        rebuild(root, graph(build), {}, ByHand.REFUSE)
    rebuild(root, graph(build), {}, ByHand.KEEP)
    assert content(root) == digest(graph(build + "<a:next> { <a:x> <a:y> 1 }"))
    rebuild(root, graph(build), {}, ByHand.DISCARD)
    assert content(root) == digest(graph(build))


def test_a_write_that_comes_while_a_build_is_made_is_not_lost(
    root: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    draft = rebuilding._draft

    def slowly(*told: object) -> object:
        made.append(len(made))
        if len(made) <= 2:
            writer.update(f"INSERT DATA {{ GRAPH <a:mine> {{ <a:x> <a:y> {len(made)} }} }}")
        return draft(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(rebuilding, "_draft", slowly)
    rebuild(root, graph(NEWER), {}, ByHand.REFUSE)
    assert made == [0, 1, 2]
    assert content(root) == digest(graph(NEWER + "<a:mine> { <a:x> <a:y> 1 , 2 }"))
    assert writer.update("INSERT DATA { GRAPH <a:mine> { <a:x> <a:y> 3 } }").generation == current(root).number
    assert content(root) == digest(graph(NEWER + "<a:mine> { <a:x> <a:y> 1 , 2 , 3 }"))


MINE = "<a:mine> { <a:x> <a:y> 1 }"


@pytest.fixture(params=["store", "copied", "backed up", "restored"])
def mine(root: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a graph of people, of one generation beside its build; as it was made, or as it came elsewhere."""
    with Writer(root, LIMITS) as writer:
        writer.update(f"INSERT DATA {{ GRAPH {MINE} }}")
    folder = tmp_path_factory.mktemp("elsewhere")
    match request.param:
        case "copied":
            shutil.copytree(root, folder / "it")
            return folder / "it"
        case "backed up" | "restored":
            back_up(root, folder / "copy")
            if request.param == "backed up":
                return folder / "copy"
            restore(folder / "it", folder / "copy")
            return folder / "it"
    return root


def cut(file: Path) -> None:
    """The file is half as long; others that share its content by a hard link are left alone."""
    content = file.read_bytes()
    file.unlink()
    file.write_bytes(content[: len(content) // 2])


@pytest.mark.parametrize("name", ["manifest.json", "graph/CURRENT", "graph/MANIFEST-*", "graph/*.sst"])
def test_no_build_goes_on_from_a_damaged_store_without_being_told(mine: Path, name: str) -> None:
    newest = current(mine)
    cut(next(newest.path.glob(name)))
    with pytest.raises(StoreDamaged, match="Nothing was published") as refused:
        rebuild(mine, graph(NEWER), {}, ByHand.REFUSE)
    assert f"generation {newest.number} is damaged" in str(refused.value)
    assert f"--by-hand keep to go on from generation {newest.number - 1}" in refused.value.hint
    assert newest.path.is_dir()
    recover(mine)
    # Also not after a server has gone back to the one before.
    with pytest.raises(StoreDamaged, match=f"generation {newest.number} is damaged"):
        rebuild(mine, graph(NEWER), {}, ByHand.REFUSE)
    lost = rebuild(mine, graph(NEWER), {}, ByHand.KEEP).carried.lost
    assert lost is not None
    assert f"goes on from generation {newest.number - 1}" in lost
    assert content(mine) == digest(graph(NEWER))
    assert newest.path.with_name(f"{newest.number}.damaged").is_dir()
    assert rebuild(mine, graph(NEWER), {}, ByHand.REFUSE).carried.lost is None


def test_where_nothing_is_sound_a_build_begins_anew_when_told(mine: Path) -> None:
    numbers = [current(mine).number, current(mine).built]
    for number in numbers:
        cut(mine / "generations" / str(number) / "manifest.json")
    for choice in (ByHand.REFUSE, ByHand.KEEP):
        with pytest.raises(StoreDamaged, match="damaged") as refused:
            rebuild(mine, graph(NEWER), {}, choice)
        assert "--by-hand discard" in refused.value.hint
    lost = rebuild(mine, graph(NEWER), {}, ByHand.DISCARD).carried.lost
    assert lost is not None
    assert "Nothing that people wrote was carried over" in lost
    assert content(mine) == digest(graph(NEWER))
    assert {int(one.stem) for one in mine.glob("generations/*.damaged")} == set(numbers)
    verify(current(mine))


def test_what_people_wrote_is_told_from_a_build_that_is_damaged_by_nobody(mine: Path) -> None:
    live = current(mine)
    cut(mine / "generations" / str(live.built) / "graph" / "CURRENT")
    for choice in (ByHand.REFUSE, ByHand.KEEP):
        with pytest.raises(StoreDamaged, match=f"generation {live.built} is damaged"):
            rebuild(mine, graph(NEWER), {}, choice)
    verify(current(mine))
    assert "Nothing that people wrote" in str(rebuild(mine, graph(NEWER), {}, ByHand.DISCARD).carried.lost)
    verify(live)


def test_a_store_that_lost_only_the_name_of_its_live_generation_loses_nothing(mine: Path) -> None:
    (mine / "current").unlink()
    with pytest.raises(StoreDamaged, match=r"'current' of .* is missing"):
        current(mine)
    assert rebuild(mine, graph(NEWER), {}, ByHand.REFUSE).carried.lost is None
    assert content(mine) == digest(graph(NEWER + MINE))
