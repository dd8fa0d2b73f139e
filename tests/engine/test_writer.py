"""The writer's process: what it counts is what there is, it comes back after every death, and one writes at a time."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Limits
from kg.engine.answer import EngineBusy
from kg.engine.tally import FEW
from kg.engine.writer import Writer
from kg.engine.written import Condition, NoSuchGraph, PreconditionFailed, Syntax, Upload, WriterEnded
from kg.errors import QueryNotReadOnly, QuerySyntaxError, StoreError
from kg.store.generation import current, digest, publish, verify
from kg.store.lock import alone
from kg.store.publish import KEPT
from tests.durability.rounds import children

LIMITS = Limits(workers=1, update_seconds=30)


def many() -> Iterator[ox.Quad]:
    for number in range(FEW + 100):
        graph = ox.DefaultGraph() if number % 3 else ox.NamedNode("a:g")
        yield ox.Quad(ox.NamedNode(f"a:s{number}"), ox.NamedNode("a:p"), ox.Literal(number), graph)


def until(truth: Callable[[], bool]) -> None:
    begun = time.monotonic()
    while not truth():
        assert time.monotonic() - begun < 30
        time.sleep(0.05)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    publish(tmp_path / "store", [])
    return tmp_path / "store"


def test_the_quads_are_counted_right_whatever_the_update(tmp_path: Path) -> None:
    publish(tmp_path, many())
    document = tmp_path / "one.ttl"
    document.write_text("<a:s> <a:p> 1 , 2 , [] .")
    upload = Upload(file=document, syntax=Syntax.TURTLE, base="a:base")
    with Writer(tmp_path, LIMITS) as writer:
        for update in (
            "INSERT DATA { <a:s1> <a:p> 1 . <a:new> <a:p> 1 GRAPH <a:g> { <a:new> <a:p> 1 , 1 , 2 } }",
            "DELETE DATA { <a:new> <a:p> 1 . <a:no> <a:p> 1 } ; INSERT DATA { <a:new> <a:p> 1 , [] , [ <a:p> _:x ] }",
            "PREFIX a:<a:> INSERT DATA {GRAPH a:h {a:x a:p 'DELETE DATA {}'}} ; DELETE DATA {GRAPH a:h {a:x a:p 7}}",
            "DELETE WHERE { <a:new> ?p ?o } ; INSERT DATA { <a:s> <a:p> 1 }",
            "INSERT { GRAPH <a:copy> { ?s ?p ?o } } WHERE { GRAPH <a:g> { ?s ?p ?o } FILTER (?o < 30) }",
            "DROP GRAPH <a:copy>",
        ):
            writer.update(update)
            verify(current(tmp_path))
        until(lambda: "count" in {file.name for file in current(tmp_path).path.iterdir()})
        for graph in ("a:g", "a:other", None):
            writer.post(graph, [upload, upload])
            verify(current(tmp_path))
            writer.patch(graph, "DELETE { ?s ?p 1 } INSERT { ?s ?p 3 , 4 } WHERE { ?s ?p 1 }")
            verify(current(tmp_path))
            writer.put(graph, upload)
            verify(current(tmp_path))
            writer.delete(graph)
            verify(current(tmp_path))
        assert current(tmp_path).quads == 1  # of a:h


def test_two_who_count_up_at_once_lose_nothing(root: Path) -> None:
    count = "DELETE { <a:s> <a:n> ?n } INSERT { <a:s> <a:n> ?m } WHERE { <a:s> <a:n> ?n BIND (?n + 1 AS ?m) }"
    with Writer(root, LIMITS) as one, Writer(root, LIMITS) as other:
        one.update("INSERT DATA { <a:s> <a:n> 0 }")
        with ThreadPoolExecutor(4) as people:
            list(people.map(lambda number: (one, other)[number % 2].update(count), range(12)))
    [quad] = current(root).open()
    assert str(quad.object.value) == "12"  # type: ignore[union-attr]


def test_what_fails_midway_leaves_nothing_behind(root: Path) -> None:
    with Writer(root, LIMITS) as writer:
        writer.update("INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 1 } }")
        before = current(root)
        for update in (
            "INSERT DATA { <a:s> <a:p> 1 } ; CREATE GRAPH <a:g>",
            "INSERT DATA { <a:s> <a:p> 1 } ; CLEAR GRAPH <a:x>",
        ):
            with pytest.raises(QuerySyntaxError, match="exist"):
                writer.update(update)
        with pytest.raises(PreconditionFailed):
            writer.delete("a:g", Condition(state="another"))
        assert current(root) == before
        writer.update("INSERT DATA { <a:s> <a:p> 2 }")
    assert digest(current(root).open()) == digest(
        ox.parse("<a:s> <a:p> 2 . <a:g> { <a:s> <a:p> 1 }", format=ox.RdfFormat.TRIG)
    )


def test_those_who_wait_together_share_one_commit_and_no_mistakes(root: Path) -> None:
    document = root.with_name("one.ttl")
    document.write_text("<a:s> <a:p> 1 .")
    upload = Upload(file=document, syntax=Syntax.TURTLE, base="a:base")
    with Writer(root, LIMITS) as writer, ThreadPoolExecutor(40) as people:
        writer.put("a:there", upload)
        seen = current(root).states.of("a:there")
        with alone(root):
            first = people.submit(writer.update, "INSERT DATA { <a:s> <a:first> 0 }")
            until(lambda: writer.state == "busy")
            good = [people.submit(writer.update, f"INSERT DATA {{ <a:s> <a:p> {one} , {-one} }}") for one in range(20)]
            good.append(people.submit(writer.put, "a:new", upload))
            good.append(people.submit(writer.patch, "a:there", "INSERT DATA { <a:s> <a:p> 2 }"))
            until(lambda: writer.waiting == len(good))
            bad = [
                people.submit(writer.update, "INSERT DATA { <a:x> <a:p> 1 } ; CREATE GRAPH <a:there>"),
                people.submit(writer.delete, "a:nowhere"),
                people.submit(writer.put, "a:there", upload, Condition(state=seen)),
                people.submit(writer.put, "a:there", upload, Condition(exists=False)),
            ]
            until(lambda: writer.waiting == len(good) + len(bad))
            before = current(root).number
        assert first.result().generation == before + 1
        commits = {one.result().generation for one in good}
        assert len(commits) <= 3  # one, where the machine has the time for all at once
        for one, reason in zip(
            bad, (QuerySyntaxError, NoSuchGraph, PreconditionFailed, PreconditionFailed), strict=True
        ):
            assert isinstance(one.exception(), reason)
        assert good[-2].result().created
    assert current(root).number == before + 1 + len(commits)
    verify(current(root))
    assert current(root).quads == 1 + 39 + 1 + 2  # the first, the 20 updates (0 is no other than -0), new, there


def test_nobody_waits_for_the_text_of_another(root: Path) -> None:
    many = " ".join(f"<a:s{number}> <a:p> {number} ." for number in range(20_000))
    patient = Limits(workers=1, update_seconds=300)
    with Writer(root, patient) as writer, ThreadPoolExecutor(2) as people:
        writer.ready()
        long = [
            people.submit(writer.update, f"INSERT DATA {{ {many} }} ; {end}") for end in ("LOAD <a:x>", "CLEAR <a:")
        ]
        writer.update("INSERT DATA { <a:s> <a:p> 1 }")
        assert not long[0].done()
        told = [one.exception() for one in long]
    assert isinstance(told[0], QueryNotReadOnly)
    assert isinstance(told[1], QuerySyntaxError)
    assert current(root).number == 2


def test_a_mistake_in_a_text_has_its_place_with_or_without_a_prologue(root: Path) -> None:
    with Writer(root, LIMITS) as writer:
        for prologue in ("", "PREFIX a: <a:> # more\nBASE <a:>\n"):
            for update, column in (("INSERT DATA { <a:s> <a:p> }", 27), ("INSERT DATA { <a:s> <a:p> 1 } ; CLEAR", 38)):
                with pytest.raises(QuerySyntaxError) as caught:
                    writer.update(prologue + update)
                assert (caught.value.line, caught.value.column) == (1 + prologue.count("\n"), column)
            writer.update(f"{prologue}INSERT DATA {{ <a:s> <a:p> 1 }}")


def test_a_writer_killed_in_the_middle_says_so_and_that_nothing_was_done(root: Path) -> None:
    values = " ".join(map(str, range(60)))
    cross = " ".join(f"VALUES ?v{number} {{ {values} }}" for number in range(6))
    endless = f"INSERT {{ <a:s> <a:p> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {cross} }} }}"
    with Writer(root, LIMITS) as writer, ThreadPoolExecutor(4) as people:
        writer.ready()
        first = people.submit(writer.update, endless)
        until(lambda: writer.state == "busy")
        others = [people.submit(writer.update, f"INSERT DATA {{ <a:s> <a:p> {number} }}") for number in range(3)]
        until(lambda: writer.waiting == 3)
        time.sleep(0.2)  # it has begun
        os.kill(process_of(root), signal.SIGKILL)
        with pytest.raises(WriterEnded, match="nothing of it was done"):
            first.result()
        assert {one.result().generation for one in others} == {2}
    assert current(root).quads == 3


def test_those_who_have_not_begun_outlive_the_death_of_the_writer(root: Path) -> None:
    with Writer(root, LIMITS) as writer, ThreadPoolExecutor(8) as people:
        writer.ready()
        with alone(root):
            told = [people.submit(writer.update, f"INSERT DATA {{ <a:s> <a:p> {number} }}") for number in range(8)]
            until(lambda: writer.waiting == 7)
            os.kill(process_of(root), signal.SIGKILL)
        assert {one.result().generation for one in told} <= {2, 3}
    assert current(root).quads == 8


def test_who_waits_too_long_for_the_store_is_told_to_come_again(root: Path) -> None:
    with Writer(root, Limits(workers=1, update_seconds=1)) as writer:
        writer.ready()
        with alone(root), pytest.raises(EngineBusy, match="holds the store"):
            writer.update("INSERT DATA { <a:s> <a:p> 1 }")
        assert writer.update("INSERT DATA { <a:s> <a:p> 1 }").generation == 2


def test_what_is_read_is_not_dropped_and_goes_once_nobody_reads_it(root: Path) -> None:
    with Writer(root, LIMITS) as writer:
        writer.update("INSERT DATA { <a:s> <a:p> 0 }")
        read = current(root)
        with read.lease():
            for number in range(KEPT + 2):
                writer.update(f"INSERT DATA {{ <a:s> <a:p> {number} }}")
            assert read.path.is_dir()
            assert len(list((root / "generations").iterdir())) == KEPT + 2  # the build, and what is read
        writer.update("INSERT DATA { <a:s> <a:p> 100 }")
        assert not read.path.exists()
        with pytest.raises(StoreError, match="is gone"):
            read.lease()


def test_many_commits_do_not_make_each_one_larger(root: Path) -> None:
    with Writer(root, LIMITS) as writer:
        for number in range(8):
            writer.update(f"INSERT DATA {{ <a:s> <a:p> {number} }}")
    names = [file.name for file in current(root).graph_path.iterdir()]
    assert len(names) < 60


def process_of(root: Path) -> int:
    """The process of the writer to this store."""
    (process,) = children(os.getpid(), str(root))
    return process


def test_a_writer_that_was_killed_while_idle_or_at_its_start_is_replaced(root: Path) -> None:
    with Writer(root, LIMITS) as writer:
        os.kill(process_of(root), signal.SIGKILL)  # likely before it is ready: its interpreter starts
        writer.update("INSERT DATA { <a:s> <a:p> 1 }")
        for number in range(3):
            os.kill(process_of(root), signal.SIGKILL)
            writer.update(f"INSERT DATA {{ <a:s> <a:q> {number} }}")
        assert writer.ready()
    assert current(root).quads == 4


def test_a_writer_that_cannot_start_is_tried_again_with_the_next_write(root: Path) -> None:
    with Writer(root, LIMITS) as writer:
        writer.update("INSERT DATA { <a:s> <a:p> 1 }")
        os.kill(process_of(root), signal.SIGKILL)
        away = root.rename(root.with_name("away"))
        with pytest.raises(StoreError, match="cannot work"):
            writer.update("INSERT DATA { <a:s> <a:p> 2 }")
        assert writer.state == "stopped"
        away.rename(root)
        writer.update("INSERT DATA { <a:s> <a:p> 3 }")
    assert current(root).quads == 2


def test_nothing_is_left_of_a_writer_that_has_ended(root: Path) -> None:
    for _ in range(2):
        with Writer(root, LIMITS) as writer:
            writer.update("INSERT DATA { <a:s> <a:p> 1 }")
    assert sorted(file.name for file in root.iterdir()) == ["current", "generations", "lock"]


def test_blank_nodes_of_uploads_at_the_same_moment_are_apart(root: Path) -> None:
    document = root.with_name("blank.ttl")
    document.write_text("_:x <a:p> _:x .")
    upload = Upload(file=document, syntax=Syntax.TURTLE, base="a:base")
    with Writer(root, LIMITS) as writer, ThreadPoolExecutor(3) as people:
        list(people.map(lambda _: writer.post("a:g", [upload]), range(3)))
    assert current(root).quads == 3


def test_nothing_is_written_on_top_of_a_store_that_lost_its_end(root: Path) -> None:
    with Writer(root, LIMITS) as writer:
        writer.update("INSERT DATA { <a:s> <a:p> 1 }")
    manifest = next(current(root).graph_path.glob("MANIFEST-*"))
    manifest.write_bytes(manifest.read_bytes()[:50])
    before = current(root)
    with Writer(root, LIMITS) as writer, pytest.raises(StoreError, match=rf"damaged: the file {manifest.name}"):
        writer.update("INSERT DATA { <a:s> <a:p> 2 }")
    assert current(root) == before
    with pytest.raises(StoreError, match="damaged"):
        before.open()
