"""Answers that are remembered: true ones only, of the live generation, so many bytes of them, asked for once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Limits
from kg.engine.answer import Answer, EngineBusy, Question, ResultFormat
from kg.engine.memory import Memory
from kg.engine.pool import Pool
from kg.errors import QueryError, QueryTooLong
from kg.store.generation import publish
from kg.store.live import Live

NODE = ox.NamedNode("http://example.org/a")
LIMITS = Limits(seconds=5, workers=1)


def answer(content: bytes = b"{}", digest: str = "d") -> Answer:
    return Answer(body=BytesIO(content), size=len(content), format=ResultFormat.JSON, generation=1, digest=digest)


def never() -> Answer:
    raise AssertionError("asked again")


def count(pool: Pool, text: str = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") -> int:
    told = json.loads(pool.run(Question(text=text)).read())
    return int(told["results"]["bindings"][0]["n"]["value"])


def test_what_was_asked_is_remembered_with_all_it_depends_on() -> None:
    memory = Memory(100_000)
    assert memory.recall("d", ("q", "json")) is None
    assert memory.answer("d", ("q", "json"), answer).read() == b"{}"
    for _ in range(2):
        known = memory.recall("d", ("q", "json"))
        assert known is not None
        assert known.read() == b"{}"
    for other in (("e", ("q", "json")), ("d", ("q", "xml")), ("d", ("qj", "son")), ("d", (("q",), "json"))):
        assert memory.recall(*other) is None
    assert (memory.hits, memory.misses) == (2, 1)


def test_an_answer_is_kept_under_the_generation_that_gave_it() -> None:
    memory = Memory(100_000)
    memory.answer("old", ("q",), lambda: answer(digest="new"))
    assert memory.recall("old", ("q",)) is None
    assert memory.recall("new", ("q",)) is not None


def test_it_holds_so_many_bytes_and_forgets_what_was_asked_for_longest_ago() -> None:
    memory = Memory(80_000)
    for number in range(10):
        memory.answer("d", (number,), lambda: answer(bytes(9_000)))
        assert memory.recall("d", (0,)) is not None
        assert memory.size <= 80_000
    assert len(memory) == 7
    assert memory.recall("d", (1,)) is None
    memory.answer("d", ("large",), lambda: answer(bytes(10_001)))
    assert memory.recall("d", ("large",)) is None
    assert len(memory) == 7


def test_where_it_has_no_room_everybody_is_asked_for() -> None:
    memory = Memory(0)
    asked = []
    for _ in range(2):
        memory.answer("d", ("q",), lambda: asked.append(1) or answer())
    assert len(asked) == 2
    assert len(memory) == 0


def crowd(memory: Memory, ask: Callable[[], Answer], size: int) -> list[object]:
    """What each of so many gets who ask the same while the first of them is being answered."""
    got: list[object] = []

    def one() -> None:
        try:
            got.append(memory.answer("d", ("q",), ask).read())
        except QueryError as error:
            got.append(error)

    threads = [threading.Thread(target=one) for _ in range(size)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return got


def test_what_many_ask_at_once_is_asked_once() -> None:
    memory = Memory(100_000)
    asked: list[int] = []
    others = threading.Event()

    def ask() -> Answer:
        asked.append(1)
        others.wait(0.5)
        return answer()

    assert crowd(memory, ask, 8) == [b"{}"] * 8
    assert len(asked) == 1


@pytest.mark.parametrize(("refusal", "times"), [(QueryTooLong("too long", hint="less"), 1), (EngineBusy("busy"), 4)])
def test_a_refusal_of_the_query_holds_for_all_who_wait_and_is_never_kept(refusal: QueryError, times: int) -> None:
    memory = Memory(100_000)
    asked: list[int] = []

    def ask() -> Answer:
        asked.append(1)
        threading.Event().wait(0.3)
        raise refusal

    got = crowd(memory, ask, 4)
    assert [str(one) for one in got] == [str(refusal)] * 4
    assert {getattr(one, "hint", None) for one in got} == {refusal.hint}
    assert len(asked) == times
    assert memory.answer("d", ("q",), answer).read() == b"{}"


def test_who_hung_up_waits_no_longer() -> None:
    memory = Memory(100_000)
    landing = threading.Event()
    first = threading.Thread(target=memory.answer, args=("d", ("q",), lambda: landing.wait(20) and answer()))
    first.start()
    while not memory.misses:
        threading.Event().wait(0.005)
    with pytest.raises(EngineBusy):
        memory.answer("d", ("q",), refuse, lambda: True)
    landing.set()
    first.join()


def refuse() -> Answer:
    raise EngineBusy("gone")


def test_the_pool_remembers_and_a_new_generation_is_seen_at_once(tmp_path: Path) -> None:
    publish(tmp_path, [])
    with Pool(tmp_path, LIMITS) as pool:
        for number in range(1, 4):
            assert [count(pool), count(pool)] == [number - 1] * 2
            assert pool.memory.hits == number
            publish(tmp_path, [ox.Quad(NODE, NODE, ox.Literal(str(one))) for one in range(number)])
        assert count(pool) == 3


def test_formats_graphs_and_limits_are_told_apart(tmp_path: Path) -> None:
    publish(tmp_path, [ox.Quad(NODE, NODE, ox.Literal(str(one))) for one in range(9)])
    with Pool(tmp_path, LIMITS) as pool:
        asked = Question(text="SELECT ?o { ?s ?p ?o }")
        several = [
            replace(asked, rows=3), replace(asked, rows=4), asked, replace(asked, format=ResultFormat.CSV),
            replace(asked, default_graphs=("http://example.org/g",)), replace(asked, named_graphs=("http://example.org/g",)),
        ]  # fmt: skip
        first = [pool.run(one) for one in several]
        again = [pool.run(one) for one in several]
        assert pool.memory.hits == len(several)
        assert [one.read() for one in first] == [one.read() for one in again]
        assert [one.is_cut for one in again] == [True, True, False, False, False, False]


def test_chance_and_time_are_asked_for_each_time(tmp_path: Path) -> None:
    publish(tmp_path, [])
    with Pool(tmp_path, LIMITS) as pool:
        told = {pool.run(Question(text="SELECT (RAND() AS ?x) (NOW() AS ?y) {}")).read() for _ in range(3)}
        assert len(told) == 3
        assert len(pool.memory) == 0


def test_the_live_generation_is_read_anew_only_when_it_changes(tmp_path: Path) -> None:
    publish(tmp_path, [])
    live = Live(tmp_path)
    first = live.generation
    assert live.generation is first
    publish(tmp_path, [ox.Quad(NODE, NODE, NODE)])
    assert (live.generation.number, live.generation.quads) == (2, 1)
    name = (tmp_path / "current").read_text()
    for damage in ("99\n", "x", ""):
        (tmp_path / "current").write_text(damage)
        assert live.generation.number == 2
    (tmp_path / "current").unlink()
    assert live.generation.number == 2
    (tmp_path / "current").write_text(name.replace("2", "1"))
    assert live.generation.number == 1
