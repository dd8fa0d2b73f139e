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
        assert (found := wire.look(ours)) is None or not found.is_whole
        theirs.sendall(bytes([byte]))
    assert wire.look(ours) == wire.Message(
        head={"cut": False, "size": 3}, body=b"ab", is_whole=False, length=len(message)
    )
    theirs.sendall(message[-1:])
    for _ in range(2):
        found = wire.look(ours)
        assert found is not None
        assert (found.is_whole, found.body) == (True, b"abc")
    found.take(ours)
    assert wire.look(ours) is None


def test_what_was_looked_at_is_received_as_well(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    wire.send(theirs, {"cut": False}, b"abc")
    assert wire.look(ours)
    sink = io.BytesIO()
    wire.receive_body(ours, wire.receive(ours)["size"], sink)
    assert sink.getvalue() == b"abc"


def test_what_is_there_no_longer_is_lost(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    wire.send(theirs, {"cut": False}, b"abc")
    found = wire.look(ours)
    assert found is not None
    found.take(ours)
    with pytest.raises(wire.Lost):
        found.take(ours)


@pytest.mark.parametrize("size", [1 << 15, 50_000, 1 << 16])
def test_an_answer_of_some_length_is_short_too(line: tuple[socket.socket, socket.socket], size: int) -> None:
    ours, theirs = line
    wire.send(theirs, {"cut": False}, b"x" * size)
    found = wire.look(ours)
    assert found is not None
    assert (found.is_whole, found.body) == (True, b"x" * size)


@pytest.mark.parametrize(
    "head",
    [
        b'{"error": "syntax", "size": 0}',
        b"[]",
        b"{}",
        b'{"size": null}',
        b"{",
        b"[" * 5000,
        b'{"size": 100000000}',
        b'{"size": -1}',
    ],
)
def test_nothing_else_is(line: tuple[socket.socket, socket.socket], head: bytes) -> None:
    ours, theirs = line
    theirs.sendall(struct.pack("!I", len(head)) + head)
    assert wire.look(ours) is None


def test_what_says_more_than_it_should_is_no_answer(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    wire.send(theirs, {"cut": False}, b"abc")
    theirs.sendall(b"d")
    assert wire.look(ours) is None


def test_the_end_of_the_line_is_no_answer(line: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = line
    theirs.close()
    assert wire.look(ours) is None


def test_a_line_that_this_side_closed_is_lost(line: tuple[socket.socket, socket.socket]) -> None:
    ours, _ = line
    assert not wire.has_come(ours, 0, Asker())
    ours.close()
    with pytest.raises(wire.Lost):
        wire.has_come(ours, 0, Asker())
