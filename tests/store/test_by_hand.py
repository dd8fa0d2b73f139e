"""What people wrote outlives the next build; what the build would overwrite is told, kept or discarded as is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Limits
from kg.engine.writer import Writer
from kg.errors import StoreError
from kg.store import rebuild as rebuilding
from kg.store.by_hand import ByHand, WrittenByHand
from kg.store.generation import current, digest, verify
from kg.store.rebuild import rebuild

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
        ("INSERT DATA { <a:x> <a:y> 1 }", "DEFAULT (1 quads)"),
        ("DELETE DATA { <a:one> <a:p> 1 }", "DEFAULT (1 quads)"),
        ("INSERT DATA { GRAPH <a:article> { <a:x> <a:y> 1 } }", "<a:article> (1 quads)"),
        ("DROP GRAPH <a:article>", "<a:article> (1 quads)"),
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


def test_a_damaged_store_that_held_writing_is_not_built_over(root: Path, writer: Writer) -> None:
    writer.update("INSERT DATA { GRAPH <a:mine> { <a:x> <a:y> 1 } }")
    (current(root).path / "manifest.json").write_text("{")
    with pytest.raises(StoreError, match="damaged"):
        rebuild(root, graph(NEWER), {}, ByHand.REFUSE)
    rebuild(root, graph(NEWER), {}, ByHand.DISCARD)
    assert content(root) == digest(graph(NEWER))
