"""Requests as they come off the socket: in whatever pieces, of whatever bytes, the verdict is the same, and soon."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from waitress.adjustments import Adjustments

from kg.web.access import Door
from kg.web.reception import Arriving, receive
from kg.web.site import KEY
from tests.web.protocol.cases import ASK, CASES, FORM, Case, get, post, sent

SHORT = [case for case in CASES if len(case.request) < 3000]
HEAD = b"GET / HTTP/1.1\r\nHost: kg.example\r\n"


@pytest.fixture(scope="module")
def settings() -> Any:
    """What the parser knows of a server without a writer, where a query has 10,000 bytes."""
    told = Adjustments(max_request_header_size=262_144, max_request_body_size=1_000_000)
    receive(SimpleNamespace(extensions={KEY: SimpleNamespace(door=None)}), [], told, 10_000)  # type: ignore[arg-type]
    return told


def verdict(settings: Any, request: bytes, pieces: list[int]) -> tuple[Any, ...]:
    """What is made of a request that comes in pieces: refused with a status, or whole, or not yet at its end."""
    arriving = Arriving(settings)
    begins = sorted({0, *(piece % (len(request) + 1) for piece in pieces)})
    for begin, end in zip(begins, [*begins[1:], len(request)], strict=True):
        piece = request[begin:end]
        while piece and not arriving.completed:
            piece = piece[arriving.received(piece) :]
    if arriving.error is not None:
        return (arriving.error.code,)
    body = arriving.get_body_stream().read() if arriving.completed else b""
    return arriving.completed, getattr(arriving, "path", None), getattr(arriving, "query", None), body


@pytest.mark.parametrize(
    ("size", "token", "expected"),
    [
        (10_001, "secret", True),
        (1_000_000, "secret", 413),
        (10_001, "wrong", 403),
        (10_001, None, 401),
        (10_000, None, True),
        (10_000, "wrong", True),
    ],
)
def test_a_large_upload_is_taken_from_who_has_the_token(size: int, token: str | None, expected: object) -> None:
    told = Adjustments(max_request_header_size=262_144, max_request_body_size=1_000_000)
    # The door's lock alone is tried here; there is no writer behind it.
    door = Door.locked(None, "secret")  # type: ignore[arg-type]
    receive(SimpleNamespace(extensions={KEY: SimpleNamespace(door=door)}), [], told, 10_000)  # type: ignore[arg-type]
    lines = (f"Authorization: Bearer {token}",) if token else ()
    assert verdict(told, post(b"#" * size, "text/turtle", *lines, path="/store?default"), [])[0] == expected


@given(st.sampled_from(SHORT), st.lists(st.integers(0, 3000), max_size=6))
def test_pieces_change_nothing(settings: Any, case: Case, pieces: list[int]) -> None:
    assert verdict(settings, case.request, pieces) == verdict(settings, case.request, [])


@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_break_it(settings: Any, noise: bytes, within: bool) -> None:
    request = HEAD + noise + b"\r\n\r\n" if within else noise + b"\r\n\r\n"
    assert verdict(settings, request, [])[0] in {True, False, 400, 413, 414, 431, 501, 505}


@pytest.mark.parametrize(
    "request_",
    [
        HEAD + b"X:" + b"\t " * 120_000 + b"\x00\r\n\r\n",
        HEAD + b"X:" + b" " * 250_000 + b"\x7f\r\n\r\n",
        HEAD + b"X:" + b" a" * 120_000 + b"\r\n\r\n",
        HEAD + b"X:a\r\n" * 50_000 + b"\r\n",
        HEAD + b"X:a\r\n" + b" b\r\n" * 50_000 + b"\r\n",
        b"\r\n" * 130_000,
        b"GET /" + b"%41" * 80_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /?" + b"?#" * 120_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: " + b"chunked," * 30_000 + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1" + b';a="\\"' * 1_600 + b"\r\n",
    ],
    ids=["tabs", "spaces", "words", "fields", "folds", "lines", "escapes", "marks", "codings", "extensions"],
)
def test_nothing_takes_long_to_judge(settings: Any, request_: bytes) -> None:
    # All connections are read by one thread: who keeps it busy keeps everybody waiting.
    began = time.process_time()
    verdict(settings, request_, list(range(0, len(request_), 8192)))
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (post(b"#" * 10_000), True),
        (post(b"#" * 10_001), 413),
        (post(b"#" * 10_001, FORM, path="/store?default"), 403),
        (post(ASK, None, "Expect: 100-continue"), True),
        (sent("POST", "/sparql", "Content-Length: 99999999999999999999"), 413),
        (get("/", "Transfer-Encoding: chunked").replace(b"HTTP/1.1", b"HTTP/1.0"), 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400),
        (b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", True),
    ],
)
def test_the_limits_hold_at_the_byte(settings: Any, request_: bytes, expected: object) -> None:
    assert verdict(settings, request_, [])[0] == expected


@pytest.mark.parametrize("name", ["If-None-Match", "If-Match", "If-Range"])
def test_a_condition_without_an_end_is_not_read(settings: Any, name: str) -> None:
    rest = f"/ HTTP/1.1\r\nHost: a\r\n{name}: {'a,' * 5000}\r\nContent-Length: 0\r\n\r\n".encode()
    reader, writer = Arriving(settings), Arriving(settings)
    reader.received(b"GET " + rest)
    writer.received(b"PUT " + rest)
    assert reader.error is None
    assert name.upper().replace("-", "_") not in reader.headers
    assert writer.error.code == 431


@pytest.mark.parametrize(
    ("told", "version", "closes"),
    [
        ("Upgrade, close", "1.1", True),
        ("CLOSE", "1.1", True),
        ("keep-alive, x", "1.1", False),
        ("closed", "1.1", False),
    ],
)
def test_the_end_of_a_connection_stands_in_a_list(settings: Any, told: str, version: str, closes: bool) -> None:
    asked = Arriving(settings)
    asked.received(f"GET / HTTP/{version}\r\nHost: a\r\nConnection: {told}\r\n\r\n".encode())
    assert (asked.headers["CONNECTION"] == "close") is closes


@pytest.mark.parametrize(("path", "expected"), [("/search", 414), ("/store", 414), ("/sparql", True)])
def test_only_queries_come_in_long_addresses(settings: Any, path: str, expected: object) -> None:
    assert verdict(settings, get(f"{path}?q={'a' * 66_000}"), [])[0] == expected
