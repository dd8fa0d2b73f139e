"""Messages between pool and worker: a short one is taken at once only where all of it is there, and it is an answer."""

from __future__ import annotations

import io
import json
import socket
import struct
from collections.abc import Iterator

import pytest

from kg.engine import wire
from kg.engine.asker import Asker


@pytest.fixture
def line() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_an_answer_is_whole_when_its_last_byte_is_there(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    head = json.dumps({"cut": False, "size": 3}).encode()
    message = struct.pack("!I", len(head)) + head + b"abc"
    for byte in message[:-1]:
        assert not wire.is_whole(ours)
        theirs.sendall(bytes([byte]))
    assert not wire.is_whole(ours)
    theirs.sendall(message[-1:])
    for _ in range(2):
        assert wire.is_whole(ours)
    sink = io.BytesIO()
    wire.receive_body(ours, wire.receive(ours)["size"], sink)
    assert sink.getvalue() == b"abc"
    assert not wire.is_whole(ours)


@pytest.mark.parametrize(
    "head",
    [b'{"error": "syntax", "size": 0}', b"[]", b"{}", b'{"size": null}', b"{", b"[" * 5000, b'{"size": 100000000}'],
)
def test_nothing_else_is(line: tuple[socket.socket, socket.socket], head: bytes) -> None:
    ours, theirs = line
    theirs.sendall(struct.pack("!I", len(head)) + head)
    assert not wire.is_whole(ours)


def test_the_end_of_the_line_is_no_answer(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    theirs.close()
    assert not wire.is_whole(ours)


def test_a_line_that_this_side_closed_is_lost(line: tuple[socket.socket, socket.socket]) -> None:
    ours, _ = line
    assert not wire.has_come(ours, 0, Asker())
    ours.close()
    with pytest.raises(wire.Lost):
        wire.has_come(ours, 0, Asker())
