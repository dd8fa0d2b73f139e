"""Requests that came before, in the same words: answered from memory by the real server, and never wrongly."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from werkzeug.test import EnvironBuilder

from kg.config import Limits, Settings
from kg.engine.pool import Pool
from kg.store.generation import publish
from kg.web import create_app
from kg.web.desk import PASSING
from kg.web.journal import Entry
from kg.web.recall import Recall, Recalled, State
from kg.web.site import KEY
from tests.web.lines import Line

pytestmark = pytest.mark.server
Running = Callable[..., AbstractContextManager[str]]
Connect = Callable[[str], Line]
NODE = ox.NamedNode("http://example.org/a")
SAMPLE = Path(__file__).parents[1] / "queries" / "sample.ttl"
COUNT = "/sparql?query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D"


@pytest.fixture
def connect() -> Iterator[Callable[[str], Line]]:
    """How to connect to an address."""
    with contextlib.ExitStack() as stack:

        def one(address: str) -> Line:
            line = Line(address)
            stack.callback(line.close)
            return line

        yield one


def hits(address: str) -> int:
    with urllib.request.urlopen(f"{address}metrics", timeout=20) as response:
        told = response.read().decode()
    return int(re.search(r'^kg_cache_hits_total\{kind="response"\} (\d+)$', told, re.MULTILINE)[1])


def test_the_same_request_gets_the_same_answer_from_memory(server: str, connect: Connect) -> None:
    line = connect(server)
    before = hits(server)
    answers = [line.get(COUNT, "Accept: text/csv", "X-Test: same") for _ in range(4)]
    assert hits(server) == before + 3
    for status, headers, body in answers:
        assert status == "HTTP/1.1 200 OK"
        assert body == answers[0][2]
        assert {**headers, "date": ""} == {**answers[0][1], "date": ""}
        assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", headers["date"])


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/sparql?query=SELECT%20(RAND()%20AS%20%3Fx)%20%7B%7D", ()),
        ("/sparql?query=SELECT", ()),
        ("/page/leader/nobody-at-all", ("Accept: text/html",)),
        ("/queries/meetings-of-leader?leader=nobody-at-all", ("Accept: text/html",)),
        ("/healthz", ()),
        ("/metrics", ()),
        (COUNT, ("Connection: close",)),
    ],
)
def test_what_may_change_is_asked_for_each_time(
    server: str, path: str, headers: tuple[str, ...], connect: Connect
) -> None:
    before = hits(server)
    for _ in range(3):
        connect(server).get(path, *headers)
    assert hits(server) == before


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=anna",
        "/page/leader/anna-novak",
        "/queries/",
        "/queries/calls",
        "/queries/meetings-of-leader?leader=anna-novak",
    ],
)
def test_pages_of_the_same_state_are_made_once(server: str, path: str, connect: Connect) -> None:
    line = connect(server)
    before = hits(server)
    pages = [line.get(path, "Accept: text/html", "X-Test: page") for _ in range(3)]
    assert hits(server) == before + 2
    assert [page[0] for page in pages] == ["HTTP/1.1 200 OK"] * 3
    assert len({page[2] for page in pages}) == 1


def test_what_browsers_say_of_themselves_makes_no_other_request(server: str, connect: Connect) -> None:
    line = connect(server)
    before = hits(server)
    agents = ("User-Agent: one", "user-agent: two", "Sec-Fetch-Mode: navigate", 'sec-ch-ua: "x"', "Referer: http://x/")
    answers = [line.get(COUNT, "Accept: text/csv", "X-Test: agents", agent) for agent in agents]
    assert hits(server) == before + len(agents) - 1
    assert len({answer[2] for answer in answers}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Accept: text/csv\r\nUser-Agent: a\r\n b", "Accept: text/csv\r\n b"),
        ("Accept: text/csv\r\nReferer: a\x00b", "Accept: text/csv"),
        ("Accept: text/csv\r\nUser-Agent: a\nAccept: text/html", "Accept: text/csv"),
        ("X-User-Agent: a", "X-"),
        ("X: y\r\nSec-Fetch-Mode : a", "X: y"),
    ],
)
def test_what_only_looks_so_makes_another_request(one: str, other: str) -> None:
    recall = Recall(20_000, lambda: State(number=1, digest="a", day=dt.date(2025, 6, 18)))
    keys = {recall.key(f"GET / HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n".encode()) for head in (one, other)}
    assert None not in keys
    assert len(keys) == 2


def test_every_header_makes_another_request(server: str, connect: Connect) -> None:
    line = connect(server)
    table, _, csv = (line.get(COUNT, f"Accept: {media}")[2] for media in ("application/json", "text/csv", "text/csv"))
    assert json.loads(table)
    assert csv.startswith(b"n")
    tag = line.get(COUNT, "Accept: text/csv")[1]["etag"]
    for _ in range(2):
        assert connect(server).get(COUNT, "Accept: text/csv", f"If-None-Match: {tag}")[0] == "HTTP/1.1 304 NOT MODIFIED"
    _, headers, _ = line.get(COUNT, "Accept: text/csv", "Accept-Encoding: gzip")
    assert headers["vary"]


def test_requests_that_come_together_are_answered_in_their_order(server: str, connect: Connect) -> None:
    line = connect(server)
    rest = "HTTP/1.1\r\nHost: x\r\nAccept: text/csv"
    one, other = (
        f"GET /sparql?query=SELECT%20({number}%20AS%20%3Fn)%20%7B%7D {rest}\r\n\r\n".encode() for number in (111, 222)
    )
    for request in (one, other):
        line.send(request)
    line.socket.sendall(one + other)
    assert [b"111" in line.receive()[2], b"222" in line.receive()[2]] == [True, True]
    line.socket.sendall(one[:20])
    line.socket.sendall(one[20:])
    assert b"111" in line.receive()[2]


def test_a_new_generation_is_seen_by_the_very_next_request(tmp_path: Path, running: Running, connect: Connect) -> None:
    publish(tmp_path, [])
    with running(tmp_path) as address:
        line = connect(address)
        for size in range(1, 6):
            for _ in range(3):
                _, headers, body = line.get(COUNT, "Accept: text/csv")
                assert body.split() == [b"n", str(size - 1).encode()]
                assert headers["kg-generation"] == str(size)
            publish(tmp_path, [ox.Quad(NODE, NODE, ox.Literal(str(one))) for one in range(size)])
        assert hits(address) == 10


def test_it_holds_so_many_bytes_of_one_state() -> None:
    state = State(number=1, digest="a", day=dt.date(2025, 6, 18))
    now = [state]
    recall = Recall(20_000, lambda: now[0])
    assert recall.state() == state
    told = Entry(client="", method="GET", path="/", view="r", status=200, bytes=1, seconds=0.0)

    def answer(size: int) -> Recalled:
        return Recalled(head=b"", body=bytes(size), told=told)

    for number in range(30):
        recall.keep(bytes([number]), state, answer(1000))
        assert recall.size <= 20_000
    assert len(recall) == 9
    recall.keep(b"large", state, answer(3000))
    assert recall.find(b"large") is None
    assert recall.find(bytes([29])) is not None
    now[0] = State(number=1, digest="a", day=dt.date(2025, 6, 19))
    assert recall.find(bytes([29])) is None
    assert (len(recall), recall.size) == (0, 0)
    recall.keep(b"late", state, answer(10))
    assert recall.find(b"late") is None
    for request in (
        b"POST / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n",
        b"GET / HTTP/1.1\r\n\r\nGET",
        b"GET /" + bytes(20_000),
    ):
        assert recall.key(request) is None


def test_an_answer_found_by_names_of_the_generation_before_is_not_kept(tmp_path: Path) -> None:
    publish(tmp_path, ox.parse(path=SAMPLE, format=ox.RdfFormat.TURTLE))
    limits = Limits(workers=1)
    with Pool(tmp_path, limits) as pool:
        app = create_app(Settings(store=tmp_path, limits=limits), pool, today=lambda: dt.date(2025, 6, 18))
        reader = app.extensions[KEY].reader
        names = reader.names()

        def is_passing() -> bool:
            environ = EnvironBuilder(path="/queries/calls.json").get_environ()
            told: list[str] = []
            b"".join(app(environ, lambda status, *_: told.append(status)))
            assert told[0].startswith("200")
            return bool(environ[PASSING])

        assert not is_passing()
        publish(tmp_path, [ox.Quad(NODE, NODE, NODE)])
        # Another one is reading the new names, so that this one makes do with the old ones.
        with reader._lock:
            assert is_passing()
        assert not is_passing()
        assert reader.names() is not names


def test_what_a_client_says_of_itself_takes_no_room_beside_the_answers() -> None:
    now = State(number=1, digest="one", day=dt.date(2025, 6, 17))
    recall = Recall(1 << 20, lambda: now)
    recall.state()
    told = Entry(client="", method="GET", path="/", view="", status=200, bytes=2, seconds=0, agent="a" * 14_000)
    recall.keep(b"key", now, Recalled(head=b"", body=b"{}", told=told))
    found = recall.find(b"key")
    assert found is not None
    assert found.told.agent == ""
    asked = replace(told, query="q" * 14_000)
    assert Recalled(head=b"", body=b"{}", told=asked).size == found.size + 14_000
