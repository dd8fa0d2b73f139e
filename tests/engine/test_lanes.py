"""Two lanes: long queries wait for each other, nobody waits for them."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.config import Limits
from kg.engine.answer import AnswerTooLarge, AskerGone, EngineBusy, Question
from kg.engine.bench import Bench
from kg.engine.nursery import Nursery
from kg.engine.pool import Pool
from kg.engine.process import Rank, Worker
from kg.engine.reader import Reader
from kg.errors import KgError, QueryError, QueryTooLong
from kg.store.generation import current

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LIMITS = Limits(seconds=1, workers=1, quick_seconds=0.3, slow_places=1, memory_bytes=0)


@pytest.fixture(scope="module")
def narrow(sample_store: Path) -> Iterator[Pool]:
    with Pool(sample_store, LIMITS) as pool:
        pool.ready()
        yield pool


def alive(pool: Pool) -> bool:
    return bool(json.loads(pool.run(Question(text="ASK { ?s ?p ?o }")).read())["boolean"])


def test_a_flood_of_long_queries_leaves_room_for_quick_ones(narrow: Pool) -> None:
    refused: list[type[QueryError]] = []

    def bomb() -> None:
        try:
            narrow.run(Question(text=CROSS))
        except QueryError as error:
            refused.append(type(error))

    crowd = [threading.Thread(target=bomb) for _ in range(5)]
    for thread in crowd:
        thread.start()
    time.sleep(0.1)
    began = time.monotonic()
    assert alive(narrow)
    assert time.monotonic() - began < 4
    for thread in crowd:
        thread.join()
    assert len(refused) == 5
    assert set(refused) == {QueryTooLong, EngineBusy}
    assert alive(narrow)
    ended = time.monotonic() + 20
    while narrow._lanes._memory.free != LIMITS.slow_places * LIMITS.worker_memory:
        assert time.monotonic() < ended
        time.sleep(0.01)


def test_a_place_in_the_slow_lane_comes_free_again(narrow: Pool) -> None:
    stopped, ended = 0, time.monotonic() + 60
    while stopped < 3:
        assert time.monotonic() < ended
        with pytest.raises(QueryTooLong) as caught:
            narrow.run(Question(text=CROSS))
        stopped += "stopped after 1 second" in str(caught.value)


def test_a_query_in_the_slow_lane_is_answered(sample_store: Path) -> None:
    with Pool(sample_store, Limits(seconds=120, workers=1, quick_seconds=0.0)) as pool:
        text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
        assert b'"bindings":[{' in pool.run(Question(text=text)).read()
        assert alive(pool)


def test_the_newest_query_has_the_next_worker_but_every_fourth_is_for_the_oldest(sample_store: Path) -> None:
    bench = Bench()
    taken: list[str] = []

    def wait(name: str) -> None:
        if bench.take(60) is not None:
            taken.append(name)

    crowd = {name: threading.Thread(target=wait, args=(name,)) for name in ("oldest", "old", "fifth", "fourth", "new")}
    for count, thread in enumerate(crowd.values(), 1):
        thread.start()
        while bench.waiting < count:
            time.sleep(0.005)
    nursery = Nursery()
    worker = Worker(nursery, current(sample_store), LIMITS, Rank.NEW)
    expected = ["new", "fourth", "fifth", "oldest", "old"]
    for name in expected:
        bench.put(worker)
        crowd[name].join()
    worker.kill()
    nursery.close()
    assert taken == expected
    assert bench.take(0.01) is None
    assert bench.waiting == 0


def test_who_hung_up_while_waiting_leaves_the_worker_to_the_next(narrow: Pool) -> None:
    assert alive(narrow)
    lanes = narrow._lanes
    before = {worker.process for worker in lanes.all}
    with pytest.raises(AskerGone):
        lanes.take(Rank.KNOWN, lambda: True)
    assert {worker.process for worker in lanes.all} == before
    assert alive(narrow)
    assert {worker.process for worker in lanes.all} == before


def test_an_answer_is_no_larger_than_the_question_allows(narrow: Pool) -> None:
    with pytest.raises(AnswerTooLarge):
        Reader(narrow).table("SELECT * { ?s ?p ?o }", size=2000)
    assert len(Reader(narrow).table("SELECT * { ?s ?p ?o }").rows) > 20


@pytest.mark.parametrize("limit", ["9" * 5000, "99999999999999999999"])
def test_a_limit_beyond_all_numbers_is_a_limit_all_the_same(narrow: Pool, limit: str) -> None:
    assert len(narrow.run(Question(text=f"SELECT * {{ ?s ?p ?o }} LIMIT {limit}")).read()) > 100


def test_a_worker_starts_without_the_libraries_it_does_not_need() -> None:
    asked = "import sys, kg.engine.worker; sys.exit(bool({'rdflib', 'flask', 'lxml', 'pyshacl'} & set(sys.modules)))"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", asked], check=False, cwd=root, timeout=30).returncode == 0


def test_workers_that_know_more_take_the_place_of_others(sample_store: Path) -> None:
    with Pool(sample_store, Limits(workers=2, memory_bytes=0)) as pool:
        pool.ready()
        before = {process for lane in pool.workers.values() for process in lane}
        pool.warm_up()
        after = {process for lane in pool.workers.values() for process in lane}
        assert not before & after
        assert [len(lane) for lane in pool.workers.values()] == [2, 2]
        assert alive(pool)


def test_who_asks_meanwhile_is_answered(sample_store: Path) -> None:
    with Pool(sample_store, Limits(workers=2, memory_bytes=0, client_queries=8)) as pool:
        pool.ready()
        before = {process for lane in pool.workers.values() for process in lane}
        is_over = threading.Event()
        answers: list[bool] = []

        def ask() -> None:
            while not is_over.is_set():
                answers.append(alive(pool))

        crowd = [threading.Thread(target=ask) for _ in range(4)]
        for thread in crowd:
            thread.start()
        pool.warm_up()
        is_over.set()
        for thread in crowd:
            thread.join()
        assert all(answers)
        deadline = time.monotonic() + 60
        # Who was at work then goes when it is done, and nobody comes in its stead.
        while before & {process for lane in pool.workers.values() for process in lane}:
            assert time.monotonic() < deadline
            assert alive(pool)
            pool.run(Question(text=f"ASK {{ ?s ?p {time.monotonic_ns()} }}"))
        assert [len(lane) for lane in pool.workers.values()] == [2, 2]


def end_some(pool: Pool) -> None:
    for _ in range(12):
        for lane in pool.workers.values():
            for process in lane[:1]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
        time.sleep(0.02)


def until_full(pool: Pool, workers: int) -> None:
    end = time.monotonic() + 30
    while [len(lane) for lane in pool.workers.values()] != [workers, workers]:
        assert time.monotonic() < end, pool.workers
        assert alive(pool)
        time.sleep(0.05)


def test_workers_that_are_renewed_while_they_end_and_are_asked_are_as_many_as_before(sample_store: Path) -> None:
    with Pool(sample_store, Limits(workers=2, memory_bytes=0, client_queries=8)) as pool:
        pool.ready()
        is_over = threading.Event()

        def ask() -> None:
            while not is_over.is_set():
                with contextlib.suppress(KgError):
                    alive(pool)

        crowd = [threading.Thread(target=ask) for _ in range(2)]
        others = [
            *(threading.Thread(target=pool.warm_up) for _ in range(4)),
            threading.Thread(target=end_some, args=(pool,)),
        ]
        for thread in (*crowd, *others):
            thread.start()
        for thread in others:
            thread.join()
        is_over.set()
        for thread in crowd:
            thread.join()
        until_full(pool, 2)
        assert alive(pool)


def test_a_worker_that_is_replaced_while_it_is_looked_at_goes(
    sample_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Pool(sample_store, Limits(workers=1, memory_bytes=0)) as pool:
        pool.ready()
        lanes = pool._lanes
        [worker] = [each for each in lanes.all if each.rank is Rank.KNOWN]

        def renewed() -> bool:
            lanes._renew(worker)
            return False

        monkeypatch.setattr(Worker, "is_ready", lambda each: each is not worker or renewed())
        assert lanes.take_now(Rank.KNOWN, pool.generation) is None
        end = time.monotonic() + 30
        while worker in lanes.all:
            assert time.monotonic() < end
            time.sleep(0.01)
        assert alive(pool)
