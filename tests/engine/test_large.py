"""Large answers are remembered as files: one for all who ask the same, in so much room, and never in anybody's way."""

from __future__ import annotations

import gc
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox
import pytest

from kg.config import Limits
from kg.engine.answer import Answer, AskerGone, EngineBusy, Question, ResultFormat
from kg.engine.asker import Asker, asking
from kg.engine.budget import Budget, Spool
from kg.engine.large import Copy
from kg.engine.memory import Memory
from kg.engine.pool import Pool
from kg.store.generation import publish

LONG = "a" * 110
TEXT = f'SELECT (REPLACE(REPLACE("{LONG}", "a", "{LONG}"), "a", "{LONG}") AS ?x) {{}}'
OTHER = TEXT + " # another"
MANY = Limits(seconds=60, quick_seconds=30, workers=2)
SIZE = 2_000_000


def never() -> Answer:
    raise AssertionError("asked again")


def spooled(budget: Budget, content: bytes, memory: Memory) -> Answer:
    body = Spool(budget, len(content), memory.large.yield_one)
    body.write(content)
    body.seek(0)
    return Answer(body=cast("IO[bytes]", body), size=len(content), format=ResultFormat.JSON, generation=1, digest="d")


def files() -> int:
    """How many files without a name are open, those of tests before this one aside."""
    gc.collect()
    opened = 0
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # what the listing itself opened
            opened += entry.readlink().name.endswith(" (deleted)")
    return opened


def test_who_asks_the_same_reads_the_same_file_from_its_first_byte() -> None:
    memory, budget = Memory(1 << 26, 3 * SIZE), Budget(6 * SIZE)
    content = os.urandom(SIZE)
    first = memory.answer("d", ("q",), lambda: spooled(budget, content, memory))
    assert first.body.read(1000) == content[:1000]
    again = [memory.recall("d", ("q",)) for _ in range(3)]
    assert [one and one.body.read(10) for one in again] == [content[:10]] * 3
    assert [one and one.read() for one in again] == [content[10:]] * 3
    assert first.read() == content[1000:]
    assert budget.free == 5 * SIZE
    assert memory.hits == 3


def test_it_keeps_so_many_bytes_and_drops_the_oldest_with_its_file() -> None:
    memory, budget = Memory(1 << 26, 2 * SIZE), Budget(10 * SIZE)
    before = files()
    for number in range(4):
        memory.answer("d", (number,), lambda: spooled(budget, bytes(SIZE), memory)).body.close()
        kept = memory.recall("d", (0,))
        assert kept is not None
        kept.body.close()
    assert memory.recall("d", (2,)) is None
    assert (len(memory.large), memory.large.size, budget.free, files() - before) == (2, 2 * SIZE, 8 * SIZE, 2)
    assert memory.recall("new", (0,)) is None
    assert (len(memory.large), budget.free, files()) == (0, 10 * SIZE, before)


def test_it_keeps_so_many_files_however_much_room_there_is() -> None:
    memory, budget = Memory(8, 1000 * SIZE), Budget(1000 * SIZE)
    before = files()
    for number in range(300):
        memory.answer("d", (number,), lambda: spooled(budget, b"much", memory)).body.close()
    assert len(memory.large) == files() - before == 256
    assert memory.recall("d", (0,)) is None
    last = memory.recall("d", (299,))
    assert last is not None
    assert last.read() == b"much"
    last.body.close()
    memory.large.clear()
    assert files() == before


def test_compressed_forms_are_files_as_well() -> None:
    memory, budget = Memory(8, 1000 * SIZE), Budget(1000 * SIZE)
    before = files()
    for number in range(200):
        body = memory.answer("d", (number,), lambda: spooled(budget, b"much", memory)).body
        pressing = cast("Copy", body).shared.press()
        assert pressing is not None
        pressing.finish()
        pressing.close()
        body.close()
    last = memory.recall("d", (199,))
    assert last is not None
    last.body.close()
    assert (len(memory.large), files() - before) == (128, 256)
    memory.large.clear()
    assert (budget.free, files()) == (1000 * SIZE, before)


def test_what_nobody_reads_makes_room_and_what_is_read_stays_whole() -> None:
    memory, budget = Memory(1 << 26, 2 * SIZE), Budget(2 * SIZE)
    memory.answer("d", (0,), lambda: spooled(budget, bytes(SIZE), memory)).body.close()
    read = memory.answer("d", (1,), lambda: spooled(budget, b"x" * SIZE, memory))
    new = memory.answer("d", (2,), lambda: spooled(budget, b"y" * SIZE, memory))
    assert memory.recall("d", (0,)) is None
    with pytest.raises(EngineBusy):
        memory.answer("d", (3,), lambda: spooled(budget, bytes(SIZE), memory))
    assert (read.read(), new.read()) == (b"x" * SIZE, b"y" * SIZE)
    memory.large.clear()
    assert budget.free == 2 * SIZE


def test_those_whom_the_first_asker_left_are_answered_by_one_query_and_leave_no_file() -> None:
    memory, budget, before = Memory(1 << 26, 2 * SIZE), Budget(4 * SIZE), files()
    waiting, asked = threading.Event(), []

    def leave() -> Answer:
        waiting.wait(30)
        raise AskerGone("the client hung up")

    def ask() -> Answer:
        asked.append(1)
        return spooled(budget, bytes(SIZE), memory)

    with ThreadPoolExecutor(9) as threads:
        gone = threads.submit(memory.answer, "d", ("q",), leave)
        while not memory.misses:
            threading.Event().wait(0.005)
        others = [threads.submit(memory.answer, "d", ("q",), ask) for _ in range(8)]
        while sum(flight.waiting for flight in memory._flights.values()) < 8:
            threading.Event().wait(0.005)
        waiting.set()
        assert isinstance(gone.exception(30), AskerGone)
        assert all(one.result(30).read() == bytes(SIZE) for one in others)
    assert len(asked) < 8
    memory.large.clear()
    assert (budget.free, files()) == (4 * SIZE, before)


def test_sixteen_who_ask_a_pool_at_once_cause_one_query(sample_store: Path) -> None:
    with Pool(sample_store, MANY) as pool, ThreadPoolExecutor(16) as threads:
        told = [one.read() for one in threads.map(lambda _: pool.run(Question(text=TEXT)), range(16))]
        assert len(set(told)) == 1
        assert len(told[0]) > 1 << 20
        assert (pool.memory.misses, pool.memory.hits) == (1, 15)


def test_sixty_four_threads_of_one_client_share_one_turn_and_one_query(sample_store: Path) -> None:
    def ask(pool: Pool) -> bytes:
        barrier.wait(60)
        with asking(Asker(name="192.0.2.1")):
            return pool.run(Question(text=TEXT)).read()

    barrier = threading.Barrier(64)
    with Pool(sample_store, MANY) as pool, ThreadPoolExecutor(64) as threads:
        assert len(set(threads.map(ask, 64 * [pool]))) == 1
        assert pool.memory.hits == 63
        assert pool.outcomes()["answered"] == 64


def test_who_cannot_ask_at_once_keeps_nobody_else_waiting(sample_store: Path) -> None:
    with Pool(sample_store, MANY) as pool, ThreadPoolExecutor(1) as threads:
        with pool._turns.turn("busy", 0, bool), pool._turns.turn("busy", 0, bool):

            def ask() -> Answer:
                with asking(Asker(name="busy")):
                    return pool.run(Question(text=TEXT))

            waits = threads.submit(ask)
            while not pool._turns._waiting["busy"]:
                threading.Event().wait(0.005)
            with asking(Asker(name="free")):
                told = pool.run(Question(text=TEXT)).read()
            assert not waits.done()
        assert waits.result().read() == told
        assert pool.memory.hits == 1


def test_remembered_answers_leave_room_for_new_ones_and_go_with_their_generation(tmp_path: Path) -> None:
    publish(tmp_path, [])
    limits = Limits(seconds=60, quick_seconds=30, workers=2, spool_bytes=2_800_000)
    with Pool(tmp_path, limits) as pool:
        for text in (TEXT, OTHER, TEXT + "#", OTHER + "#"):
            assert len(pool.run(Question(text=text)).read()) > 1 << 20
        assert len(pool.memory.large) == 1
        publish(tmp_path, [ox.Quad(*(ox.NamedNode("http://example.org/a"),) * 3)])
        pool.run(Question(text="ASK {}")).body.close()
        assert (len(pool.memory.large), pool._spools.free) == (0, 2_800_000)


def test_a_compressed_form_is_kept_beside_it_in_the_same_room_and_goes_with_it() -> None:
    before, memory, budget = files(), Memory(1 << 26, 3 * SIZE), Budget(6 * SIZE)
    memory.answer("d", ("q",), lambda: spooled(budget, bytes(SIZE), memory)).body.close()
    known = memory.recall("d", ("q",))
    assert isinstance(known and known.body, Copy)
    shared = cast("Copy", known.body).shared  # type: ignore[union-attr]
    pressing = shared.press()
    assert pressing is not None
    assert (shared.press(), shared.pressed) == (None, None)
    for piece in (b"small ", b"form"):
        pressing.add(piece)
    pressing.finish()
    pressing.close()
    assert memory.large.size == SIZE + len(b"small form") == 6 * SIZE - budget.free
    for _ in range(2):
        with cast("Copy", shared.pressed) as body:
            assert body.read() == b"small form"
    known.body.close()  # type: ignore[union-attr]
    memory.large.clear()
    assert (budget.free, files()) == (6 * SIZE, before)


@pytest.mark.parametrize("ends", ["too long", "broken off"])
def test_a_compressed_form_that_is_too_long_or_not_whole_is_not_kept(ends: str) -> None:
    before, memory, budget = files(), Memory(1 << 26, 3 * SIZE), Budget(6 * SIZE)
    body = memory.answer("d", ("q",), lambda: spooled(budget, bytes(SIZE), memory)).body
    shared = cast("Copy", body).shared
    pressing = shared.press()
    assert pressing is not None
    pressing.add(bytes(SIZE if ends == "too long" else 10))
    if ends == "too long":
        pressing.finish()
    pressing.close()
    assert shared.pressed is None
    if ends == "broken off":
        another = shared.press()
        assert another is not None
        another.close()
    else:
        assert shared.press() is None
    body.close()
    memory.large.clear()
    assert (budget.free, files()) == (6 * SIZE, before)
