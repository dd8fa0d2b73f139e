"""What clients share: memory, room for answers, turns; and that work ends when a client hangs up."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.config import Limits
from kg.engine.answer import AskerGone, EngineBusy, Question, TooManyQueries
from kg.engine.asked import Asked
from kg.engine.asker import Asker, asking
from kg.engine.budget import Budget, Spool
from kg.engine.guard import check
from kg.engine.history import History, Pace, keys
from kg.engine.pool import Pool
from kg.engine.turns import Turns
from kg.errors import ConfigError
from kg.store.prefixes import RDF

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


def nobody_gone() -> bool:
    return False


@pytest.fixture
def small(sample_store: Path) -> Iterator[Pool]:
    with Pool(sample_store, Limits(seconds=60, workers=1, slow_places=1, quick_seconds=0.2)) as pool:
        pool.ready()
        yield pool


def alive(pool: Pool) -> bool:
    return bool(json.loads(pool.run(Question(text="ASK { ?s ?p ?o }")).read())["boolean"])


def test_memory_is_never_more_than_all_may_have(sample_store: Path) -> None:
    limits = Limits(seconds=60, workers=1, slow_places=9, quick_seconds=0.2, total_memory=3 * Limits().worker_memory)
    with Pool(sample_store, limits) as pool:
        pool.ready()
        first = threading.Thread(target=lambda: ask(pool, CROSS))
        first.start()
        until(lambda: pool._lanes._memory.free == 0)
        with pytest.raises(EngineBusy, match="all the memory"):
            pool.run(Question(text=CROSS + "#"))
        until(lambda: len(pool._lanes.all) == 3)
        assert alive(pool)
        pool.close()
        first.join(30)
        assert not first.is_alive()


def ask(pool: Pool, text: str) -> None:
    with contextlib.suppress(Exception):
        pool.run(Question(text=text)).read()


def until(true: object, seconds: float = 30) -> None:
    ended = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < ended, "it did not come true"
        time.sleep(0.01)


def test_too_little_memory_for_the_workers_is_said_at_once(sample_store: Path) -> None:
    with pytest.raises(ConfigError, match="do not fit"):
        Pool(sample_store, Limits(workers=2, total_memory=Limits().worker_memory))


def test_answers_that_nobody_has_read_have_so_much_room(sample_store: Path) -> None:
    text = 'SELECT (REPLACE(REPLACE("%s", "a", "%s"), "a", "%s") AS ?x) {}' % (("a" * 100,) * 3)
    with Pool(sample_store, Limits(seconds=60, quick_seconds=30, spool_bytes=1_500_000, memory_bytes=0)) as pool:
        first = pool.run(Question(text=text))
        with pytest.raises(EngineBusy, match="still being read"):
            pool.run(Question(text=text))
        first.body.close()
        assert len(pool.run(Question(text=text)).read()) > 1_000_000
        assert pool._spools.free == 1_500_000


def test_a_spool_gives_its_bytes_back_once() -> None:
    budget = Budget(10)
    with Spool(budget, 8) as spool:
        with pytest.raises(EngineBusy):
            Spool(budget, 3)
        assert spool.write(b"12345678") == 8
        spool.seek(0)
        assert spool.read() == b"12345678"
    spool.close()
    assert budget.free == 10


def test_a_client_runs_two_queries_at_a_time_and_others_run_meanwhile() -> None:
    turns = Turns(2)
    with turns.turn("one", 5, nobody_gone), turns.turn("one", 5, nobody_gone):
        with pytest.raises(TooManyQueries), turns.turn("one", 0.05, nobody_gone):
            pytest.fail("a third one runs")
        with turns.turn("other", 0, nobody_gone), turns.turn(None, 0, nobody_gone):
            pass
    with turns.turn("one", 0, nobody_gone):
        pass
    assert not turns._running
    assert not turns._waiting


def test_a_third_query_has_its_turn_when_one_ends() -> None:
    turns = Turns(1)
    done = threading.Event()

    def wait() -> None:
        with turns.turn("one", 60, nobody_gone):
            done.set()

    with turns.turn("one", 0, nobody_gone):
        waiting = threading.Thread(target=wait)
        waiting.start()
        until(lambda: turns._waiting["one"] == 1)
        assert not done.is_set()
    waiting.join(30)
    assert done.is_set()


def test_of_one_client_only_so_many_wait() -> None:
    turns = Turns(1)
    told: list[type] = []

    def wait() -> None:
        try:
            with turns.turn("one", 60, nobody_gone):
                told.append(int)
        except TooManyQueries:
            told.append(TooManyQueries)

    with turns.turn("one", 0, nobody_gone):
        crowd = [threading.Thread(target=wait) for _ in range(20)]
        for thread in crowd:
            thread.start()
        until(lambda: len(told) == 4)
    for thread in crowd:
        thread.join(30)
    assert told.count(TooManyQueries) == 4
    assert told.count(int) == 16


def test_work_ends_when_the_client_hangs_up(small: Pool) -> None:
    ours, theirs = socket.socketpair()
    caught: list[BaseException] = []

    def bomb() -> None:
        try:
            with asking(Asker(line=ours)):
                small.run(Question(text=CROSS))
        except AskerGone as error:
            caught.append(error)

    thread = threading.Thread(target=bomb)
    thread.start()
    until(lambda: len(small._lanes.all) == 3)  # it has moved to the slow lane
    theirs.send(b"more, that nobody has read yet")
    theirs.close()
    thread.join(20)
    assert len(caught) == 1
    until(lambda: small._lanes._memory.free == Limits().worker_memory)
    assert alive(small)
    ours.close()


def test_a_client_that_is_gone_is_not_begun_with(small: Pool) -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    with pytest.raises((AskerGone, EngineBusy)), asking(Asker(line=ours)):
        small.run(Question(text=CROSS))
    assert alive(small)
    ours.close()


def test_what_was_slow_begins_in_the_slow_lane_for_a_while() -> None:
    history = History(60)
    bomb, same, other = (keys(check(text, Limits())) for text in ("ASK { ?a ?b 1 }", "ASK { ?x ?y 2 }", "ASK {}"))
    assert bomb.shape == same.shape != other.shape
    history.note(bomb, Pace.QUICK, 0)
    assert history.pace(same, 1) is Pace.QUICK
    history.note(bomb, Pace.SLOW, 1)
    assert history.pace(bomb, 2) is Pace.SLOW
    assert history.pace(same, 2) is Pace.UNKNOWN  # nobody blackens the questions of others
    assert history.pace(bomb, 62) is Pace.UNKNOWN
    assert history.pace(other, 2) is Pace.UNKNOWN


def test_who_asks_something_slow_as_if_it_were_quick_is_not_believed_for_a_while() -> None:
    history = History(60)
    known = keys(check("ASK { ?a ?b 1 }", Limits()))
    history.note(known, Pace.QUICK, 0)
    history.doubt("192.0.2.1", 0)
    assert history.pace(known, 1, "192.0.2.1") is Pace.UNKNOWN
    assert history.pace(known, 1, "192.0.2.2") is history.pace(known, 1) is Pace.QUICK
    assert history.pace(known, 61, "192.0.2.1") is Pace.QUICK
    history.doubt(None, 0)  # this machine's own are not counted
    assert history.pace(known, 1) is Pace.QUICK


def test_a_bomb_in_the_shape_of_a_quick_query_comes_to_the_known_lane_once(small: Pool) -> None:
    # The shape is the same; only the one finds anything.
    dud, bomb = (
        f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'?a{n} <{iri}> ?b{n} .' for n in range(9))} }}"
        for iri in ("urn:none", f"{RDF}type")
    )
    bomber, other = Asker(name="192.0.2.1"), Asker(name="192.0.2.2")

    def is_known(text: str, by: Asker) -> bool:
        asked = Asked.of(Question(text=text), check(text, small.limits), small.limits, by)
        return small.begin(asked) is not None

    def throw() -> None:
        with asking(bomber):
            ask(small, bomb)

    def learned() -> bool:
        with asking(other):
            small.run(Question(text=f"{dud}#{time.monotonic()}"))
        return is_known(bomb, bomber)

    until(learned)
    bombing = threading.Thread(target=throw)
    bombing.start()
    until(lambda: len(small._lanes.all) == 3)  # it has moved to the slow lane
    assert is_known(dud, other)
    small.close()
    bombing.join(30)
    assert not is_known(dud, bomber)


def test_a_join_is_not_mistaken_for_a_cross_product() -> None:
    joined, crossed = (
        keys(check(f"ASK {{ ?a <p:p> ?b . {more} }}", Limits())) for more in ("?b <p:p> ?c", "?c <p:p> ?d")
    )
    assert joined.shape != crossed.shape


def test_a_known_query_is_answered_while_newcomers_fill_their_lane(small: Pool) -> None:
    assert alive(small)
    crowd = [threading.Thread(target=ask, args=(small, f"{CROSS}#{number}")) for number in range(4)]
    for thread in crowd:
        thread.start()
    for _ in range(50):
        assert alive(small)
    small.close()
    for thread in crowd:
        thread.join(30)


def test_a_long_text_is_read_only_when_it_is_its_clients_turn(pool: Pool) -> None:
    text = f"ASK {{}} # {'x' * 3000}"
    with socket.socket() as hung_up:
        pass
    with contextlib.ExitStack() as stack:
        for _ in range(pool.limits.client_queries):
            stack.enter_context(pool._turns.turn("192.0.2.9", 0, nobody_gone))
        with asking(Asker(name="192.0.2.9", line=hung_up)), pytest.raises(TooManyQueries):
            pool.check(text)
        with asking(Asker(name="192.0.2.8", line=hung_up)):
            assert pool.check(text).text == text


def test_long_texts_are_read_one_at_a_time_and_short_ones_beside_them(small: Pool) -> None:
    with small._reading:
        with pytest.raises(EngineBusy, match="being read"):
            small.run(Question(text=f"ASK {{}} # {'x' * 3000}"))
        assert alive(small)
    assert small.run(Question(text=f"ASK {{}} # {'x' * 3000}")).read()


def test_one_client_never_has_all_places_of_the_slow_lane(sample_store: Path) -> None:
    with Pool(sample_store, Limits(seconds=60, workers=1, slow_places=2)) as pool:
        first = pool._lanes.start_slow("one")
        with pytest.raises(EngineBusy, match="yours"):
            pool._lanes.start_slow("one")
        second = pool._lanes.start_slow("other")
        for worker, name in ((first, "one"), (second, "other")):
            pool._lanes.end(worker, name)
        until(lambda: not pool._lanes._slow_of)
        pool._lanes.end(pool._lanes.start_slow("one"), "one")


def test_so_many_wait_for_their_turn_that_threads_are_left() -> None:
    turns, names = Turns(1), [str(number) for number in range(4)]
    leave = threading.Event()

    def wait(name: str) -> None:
        with contextlib.suppress(TooManyQueries), turns.turn(name, 60, leave.is_set):
            pass

    crowd = [threading.Thread(target=wait, args=(name,)) for name in names[:3] for _ in range(8)]
    with contextlib.ExitStack() as stack:
        for name in names:
            stack.enter_context(turns.turn(name, 0, nobody_gone))
        for thread in crowd:
            thread.start()
        until(lambda: turns._waiting.total() == 24)
        with pytest.raises(TooManyQueries):
            stack.enter_context(turns.turn(names[3], 60, nobody_gone))
        leave.set()
        for thread in crowd:
            thread.join(30)
    assert not turns._waiting
