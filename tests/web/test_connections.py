"""Thousands of lines that say nothing or never end: the server keeps few of them, and answers all others."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.config import Limits, Settings
from kg.engine.pool import Pool
from kg.web import create_app
from kg.web.listen import listening
from kg.web.reception import Arriving
from kg.web.visitor import Proxies
from kg.web.waiting import Queue
from tests.web.conftest import TODAY

LIMITS = Limits(workers=1, connections=40, request_bytes=600_000, query_characters=30_000)
SHAPE = {"status", "error", "message", "line", "column", "hint"}
HALF = "POST /sparql HTTP/1.1\r\nHost: here\r\nContent-Type: application/sparql-query\r\nContent-Length: {}\r\n{}\r\n"


class House:
    """A server in this process, whose clock can be put forward."""

    def __init__(self, address: str, servers: list[Any], pool: Pool) -> None:
        place = urllib.parse.urlsplit(address)
        self.pool = pool
        self._place = (place.hostname or "", place.port or 0)
        self.server = servers[0]

    def line(self, source: str = "") -> socket.socket:
        return socket.create_connection(self._place, 20, (source, 0))

    def get(self, path: str, *lines: str) -> tuple[int, str, bytes]:
        with self.line() as line:
            return said(line, path, "Connection: close", *lines)

    def held(self) -> int:
        return sum(channel.held(trusted=False) for channel in self.channels)

    @property
    def channels(self) -> list[Any]:
        return list(self.server.active_channels.values())

    def until(self, what: Any) -> None:
        ended = time.monotonic() + 20
        while not what():
            assert time.monotonic() < ended
            time.sleep(0.01)

    def later(self, seconds: float, then: Callable[[], object] = lambda: None) -> None:
        """Nothing; the server looks after its connections as if so much time had passed, in its own thread.

        What is done `then` comes in the same round of its loop.
        """
        done = threading.Event()

        def look(_: float) -> None:
            self.server.maintenance = usual
            usual(time.time() + seconds)
            then()
            done.set()

        usual, self.server.maintenance = self.server.maintenance, look
        assert done.wait(20)


@contextmanager
def housed(store: Path, limits: Limits = LIMITS, proxies: tuple[str, ...] = ()) -> Iterator[House]:
    with Pool(store, limits) as pool:
        app = create_app(Settings(store=store, limits=limits, proxies=proxies), pool, today=lambda: TODAY)
        with listening(app, "127.0.0.1", 0, limits) as (address, run):
            thread = threading.Thread(target=run, args=(20,))
            thread.start()
            try:
                yield House(address, run._servers, pool)
            finally:
                run.leave()
                thread.join(30)


@pytest.fixture(scope="module")
def house(sample_store: Path) -> Iterator[House]:
    with housed(sample_store) as found:
        yield found


def said(line: socket.socket, path: str = "/livez", *lines: str) -> tuple[int, str, bytes]:
    line.sendall("\r\n".join([f"GET {path} HTTP/1.1", "Host: here", *lines, "", ""]).encode())
    return answer(line)


def answer(line: socket.socket) -> tuple[int, str, bytes]:
    told = b""
    with contextlib.suppress(TimeoutError, ConnectionError):
        while b"\r\n\r\n" not in told and (chunk := line.recv(65_536)):
            told += chunk
        head, _, body = told.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]
        while length and len(body) < int(length) and (chunk := line.recv(65_536)):
            body += chunk
        return int(head.split()[1]) if head else 0, head.decode("latin-1"), body
    return 0, "", b""


def is_closed(line: socket.socket) -> bool:
    line.settimeout(0.01)
    try:
        return line.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True


def test_where_places_are_few_those_that_do_nothing_make_room_the_longest_idle_first(house: House) -> None:
    with ExitStack() as stack:
        lines = [stack.enter_context(house.line()) for _ in range(150)]
        assert house.get("/livez")[0] == 200
        assert said(lines[-1])[0] == 200
        house.until(lambda: len(house.channels) <= 40)
        closed = [is_closed(line) for line in lines]
        assert closed == sorted(closed, reverse=True)
        assert closed[:100] == [True] * 100


def test_who_has_begun_a_request_stays_longer_than_who_says_nothing(house: House) -> None:
    with ExitStack() as stack:
        begun = stack.enter_context(house.line())
        begun.sendall(HALF.format(6, "").encode() + b"ASK")
        house.until(lambda: house.held() > 0)
        idle = [stack.enter_context(house.line()) for _ in range(150)]
        begun.sendall(b" {}")
        assert answer(begun)[0] == 200
        assert is_closed(idle[0])


def test_unfinished_bodies_have_so_much_room_together_and_no_more(house: House) -> None:
    with ExitStack() as stack:
        lines = [stack.enter_context(house.line()) for _ in range(30)]
        for line in lines:
            with contextlib.suppress(OSError):
                line.sendall(HALF.format(90_001, "").encode() + b"#" * 90_000)
        house.until(lambda: house.held() >= 90_000)
        assert house.get("/livez")[0] == 200
        assert house.held() <= LIMITS.request_bytes * 17 // 16 + 90_000
        status, head, body = answer(lines[0])
        assert status == 503
        assert "Retry-After: 5" in head
        assert set(json.loads(body)) == SHAPE
        assert "too large together" in json.loads(body)["message"]
        with house.line() as line:
            line.sendall(HALF.format(6, "").encode() + b"ASK {}")
            assert answer(line)[0] == 200
    house.until(lambda: house.held() == 0)


def test_heads_without_an_end_count_among_them(house: House) -> None:
    with ExitStack() as stack:
        lines = [stack.enter_context(house.line()) for _ in range(20)]
        for line in lines:
            with contextlib.suppress(OSError):
                line.sendall(b"GET / HTTP/1.1\r\nHost: here\r\nX: " + b"a" * 200_000)
        assert house.get("/livez")[0] == 200
        assert house.held() <= LIMITS.request_bytes * 17 // 16 + 200_000
    house.until(lambda: house.held() == 0)


@pytest.mark.parametrize("begun", [b"GET / HTTP/1.1\r\nHost: h", HALF.format(600, "").encode() + b"ASK"])
def test_a_request_has_its_time_to_come(house: House, begun: bytes) -> None:
    with house.line() as line:
        line.sendall(begun)
        house.until(lambda: house.held() == len(begun))
        house.later(20)
        assert house.held() == len(begun)
        house.later(40)
        status, head, body = answer(line)
        assert (status, json.loads(body)["status"]) == (408, 408)
        assert "Connection: close" in head
    house.until(lambda: not house.channels)


def test_who_was_refused_and_does_not_hang_up_is_not_waited_for(house: House) -> None:
    with house.line() as line:
        line.sendall(b"NONSENSE\r\n\r\n")
        assert answer(line)[0] == 400
        house.until(lambda: all(channel._until for channel in house.channels))
        for channel in house.channels:
            channel._until = time.monotonic() - 1
        house.later(0)
        house.until(lambda: not house.channels)


def test_an_answer_without_a_body_does_not_end_the_connection(house: House) -> None:
    with house.line() as line:
        tag = said(line, "/sparql?query=ASK%7B%7D")[1].partition("Etag: ")[2].split("\r\n")[0]
        for _ in range(2):
            status, head, _ = said(line, "/sparql?query=ASK%7B%7D", f"If-None-Match: {tag}")
            assert (status, "Connection" in head, "Content-Length" in head) == (304, False, False)
        line.sendall(b"OPTIONS /sparql HTTP/1.1\r\nHost: here\r\n\r\n")
        status, head, _ = answer(line)
        assert (status, "Connection" in head) == (204, False)
        status, head, _ = said(line, "/sparql?query=ASK%7B%7D", f"If-None-Match: {tag}", "Connection: close")
        assert (status, "Connection: close" in head) == (304, True)
        assert line.recv(1) == b""


@pytest.mark.parametrize(
    ("peer", "forwarded", "name"),
    [
        ("::ffff:192.0.2.1", "", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("10.0.0.1", "2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("10.0.0.1", "nonsense", "unknown"),
        ("127.0.0.1", "", None),
    ],
)
def test_connections_are_counted_by_the_name_that_queries_are(peer: str, forwarded: str, name: str | None) -> None:
    assert Proxies(["10.0.0.0/8"]).name(peer, forwarded) == name


def test_a_client_behind_a_trusted_proxy_has_so_many_requests_under_way(sample_store: Path) -> None:
    limits = replace(LIMITS, connections=1000, request_bytes=10_000_000)
    with housed(sample_store, limits, ("127.0.0.1",)) as house, ExitStack() as stack:
        crowd = [stack.enter_context(house.line()) for _ in range(260)]
        for number, line in enumerate(crowd):
            line.sendall(HALF.format(6, f"X-Forwarded-For: 2001:db8::{number}\r\n").encode())
        house.until(lambda: sum(channel.request is not None for channel in house.channels) == 256)
        assert sum(answer(line)[0] == 429 for line in crowd[-4:]) >= 1
        assert house.get("/livez", "X-Forwarded-For: 2001:db8::1")[0] == 429
        assert house.get("/livez", "X-Forwarded-For: 2001:db8:1::1")[0] == 200
        for line in crowd[:8]:
            line.sendall(b"ASK {}")
            assert answer(line)[0] == 200
        assert house.get("/livez", "X-Forwarded-For: 2001:db8::1")[0] == 200


def test_who_asks_whether_it_lives_waits_for_nobody_who_asks_whether_it_is_well(sample_store: Path) -> None:
    with housed(sample_store) as house, ExitStack() as stack:
        assert house.get("/healthz")[0] == 200
        stopped = [number for numbers in house.pool.workers.values() for number in numbers]
        for number in stopped:
            os.kill(number, signal.SIGSTOP)
        try:
            sick = [stack.enter_context(house.line()) for _ in range(6)]
            for line in sick:
                line.sendall(b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n")
            for _ in range(5):
                assert house.get("/livez")[0] == 200
            assert not any(is_closed(line) for line in sick)
            began = time.monotonic()
            told = []
            for line in sick:
                line.settimeout(30)
                told.append(answer(line)[0])
            # They share what one of them, or two, found out; on a busy machine the last may meet a worker that is new.
            assert 503 in told
            assert set(told) <= {200, 503}
            assert time.monotonic() - began < 20
        finally:
            for number in stopped:
                with contextlib.suppress(OSError):
                    os.kill(number, signal.SIGCONT)


@pytest.mark.parametrize("path", ["/metrics", "/healthz"])
def test_each_of_them_has_threads_of_its_own(house: House, path: str) -> None:
    done = threading.Event()
    app = house.server.application

    def held_up(environ: dict[str, Any], start: Any) -> Any:
        if environ["PATH_INFO"] == path:
            done.wait(20)
        return app(environ, start)

    house.server.application = held_up
    try:
        with ExitStack() as stack:
            waiting = [stack.enter_context(house.line()) for _ in range(8)]
            for line in waiting:
                line.sendall(f"GET {path} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
            assert house.get("/livez")[0] == 200
            assert house.get("/sparql?query=ASK%7B%7D")[0] == 200
            done.set()
            assert {answer(line)[0] for line in waiting} == {200}
    finally:
        done.set()
        house.server.application = app


def test_a_request_that_is_given_up_holds_nothing(house: House) -> None:
    asked = Arriving(house.server.adj)
    for part in (HALF.format(60_000, "").encode(), b"#" * 50_000):
        asked.received(part)
    assert asked.body_bytes_received == 50_000
    asked.give_up(ValueError())  # type: ignore[arg-type]
    assert (asked.body_bytes_received, asked.header_bytes_received, asked.completed) == (0, 0, True)
    asked.close()


def test_what_says_nothing_rests_and_is_awake_as_soon_as_something_comes(house: House) -> None:
    with ExitStack() as stack:
        lines = [stack.enter_context(house.line()) for _ in range(20)]
        lines[1].sendall(b"GET /livez HTTP/1.1\r\nHo")
        house.until(lambda: len(house.channels) == 20 and house.held() > 0)
        house.later(3)
        park = house.server.park
        assert len(park) == 20
        assert not set(house.server._map.values()) & set(house.channels)
        assert said(lines[0])[0] == 200
        lines[1].sendall(b"st: here\r\n\r\n")
        assert answer(lines[1])[0] == 200
        assert len(park) == 18
        lines[2].close()
        house.until(lambda: len(park) == 17)
        # Those that rest are still told when their time is over.
        lines[3].sendall(b"GET / HTTP/1.1\r\n")
        house.until(lambda: house.held() > 0)
        house.later(3)
        house.later(40)
        assert answer(lines[3])[0] == 408
        assert is_closed(lines[4])
    house.until(lambda: not house.channels)
    assert not len(park)


def test_what_comes_in_the_moment_in_which_its_line_goes_to_rest_is_read_once(house: House) -> None:
    with house.line() as line:
        for _ in range(3):
            house.until(lambda: len(house.channels) == 1)
            house.later(3, lambda: line.sendall(b"GET /livez HTTP/1.1\r\nHost: here\r\n\r\n"))
            assert answer(line)[0] == 200


def test_who_waits_for_a_thread_waits_for_one_of_each_client() -> None:
    queue = Queue(lambda task: task[0])
    for task in ("a1", "a2", "a3", "b1", "c1", "b2"):
        queue.append(task)
    assert [queue.popleft() for _ in range(3)] == ["a1", "b1", "c1"]
    queue.append("d1")
    queue.append("a4")
    assert len(queue) == 5
    assert [queue.popleft() for _ in range(5)] == ["a2", "b2", "d1", "a3", "a4"]
    assert not queue
    with pytest.raises(IndexError):
        queue.popleft()


def test_a_client_with_many_requests_lets_others_go_before(sample_store: Path) -> None:
    limits = replace(LIMITS, connections=1000, request_bytes=10_000_000)
    with housed(sample_store, limits, ("127.0.0.1",)) as house, ExitStack() as stack:
        threads = house.server.adj.threads
        go_on, app, order = threading.Semaphore(0), house.server.application, []

        def held_up(environ: dict[str, Any], start: Any) -> Any:
            order.append(environ["HTTP_X_FORWARDED_FOR"])
            go_on.acquire(timeout=20)
            return app(environ, start)

        house.server.application = held_up
        try:
            crowd = []
            for client in ("192.0.2.1",) * (threads + 86) + ("192.0.2.2",):
                line = stack.enter_context(house.line())
                line.sendall(f"GET /queries/ HTTP/1.1\r\nHost: here\r\nX-Forwarded-For: {client}\r\n\r\n".encode())
                crowd.append(line)
            house.until(lambda: len(house.server.task_dispatcher.queue) == 87)
            go_on.release(2)
            house.until(lambda: len(order) == threads + 2)
            assert "192.0.2.2" in order
        finally:
            house.server.application = app
            go_on.release(1000)
        assert {answer(line)[0] for line in crowd} == {200}


def test_what_a_trusted_proxy_says_is_nothing_where_another_says_the_same(sample_store: Path) -> None:
    path = "/queries/meetings-by-place"
    told = ("Accept: text/html", "X-Forwarded-Proto: https", "X-Forwarded-For: 192.0.2.7")

    def asked(house: House, source: str) -> bytes:
        with house.line(source) as line:
            # What came once is known at the next time.
            return [said(line, path, *told) for _ in range(2)][1][2]

    with housed(sample_store, proxies=("127.0.0.2",)) as house:
        for _ in range(2):
            assert b"http://here/queries/" in (direct := asked(house, "127.0.0.1"))
            assert b"https://here/queries/" not in direct
            assert b"https://here/queries/" in (proxied := asked(house, "127.0.0.2"))
            assert b"http://here/queries/" not in proxied
