"""Messages between the pool and a worker: a JSON head with its length before it, then a body of bytes."""

from __future__ import annotations

import json
import select
import socket
import struct
import time
from dataclasses import dataclass
from typing import IO, Any, Final

from kg.engine.answer import AskerGone
from kg.engine.asker import HUNG_UP, Asker

_LENGTH: Final = struct.Struct("!I")
_CHUNK: Final = 1 << 18
# A short answer with its head is sent, and taken, in one piece.
_AT_ONCE: Final = 1 << 16
_HEAD: Final = 1 << 12


class Lost(Exception):
    """The other side is gone."""


def send(line: socket.socket, head: dict[str, Any], body: bytes = b"") -> None:
    """Nothing; the message is on its way.

    Raises:
        Lost: the other side is gone.
    """
    message = write(head, len(body))
    if len(body) <= _AT_ONCE:
        # The other side wakes up once.
        send_written(line, message + body)
    else:
        send_written(line, message)
        send_written(line, body)


def write(head: dict[str, Any], size: int = 0) -> bytes:
    """The head of a message, with its length before it; the body has so many bytes."""
    written = json.dumps({**head, "size": size}).encode()
    return _LENGTH.pack(len(written)) + written


def send_written(line: socket.socket, message: bytes) -> None:
    """Nothing; what was written so is on its way. Raises as :func:`send` does."""
    try:
        if line.gettimeout() is not None:
            # Whatever the last answer left of its time is no limit of this message.
            line.settimeout(None)
        line.sendall(message)
    except OSError as error:
        raise Lost from error


def has_come(line: socket.socket, seconds: float, asker: Asker) -> bool:
    """Whether something came within so many seconds, be it only the end of the line.

    Raises:
        AskerGone: whoever waits for it hung up before.
        Lost: this side closed the line meanwhile, as a server does that ends.
    """
    number = line.fileno()
    if number < 0:
        raise Lost
    poll = select.poll()
    poll.register(number, select.POLLIN)
    if asker.line is not None and asker.line.fileno() >= 0:
        poll.register(asker.line, HUNG_UP)
    events = poll.poll(seconds * 1000)
    if any(come == number for come, _ in events):
        return True
    if events:
        raise AskerGone("the client hung up")
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A short answer that has come: its head and, where all of it is here, its body."""

    head: dict[str, Any]
    body: bytes
    is_whole: bool
    length: int

    def take(self, line: socket.socket) -> None:
        """Nothing; what was looked at is no longer on the line. It is whole.

        Raises:
            Lost: it never was there.
        """
        try:
            taken = line.recv(self.length, socket.MSG_DONTWAIT)
        except OSError as error:
            raise Lost from error
        if len(taken) != self.length:
            raise Lost


def look(line: socket.socket) -> Message | None:
    """A short answer that is there, or begins to be; ``None`` where there is none, and where it tells of an error."""
    try:
        told = line.recv(_AT_ONCE + _HEAD, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        (length,) = _LENGTH.unpack_from(told)
        begin = _LENGTH.size + length
        head = json.loads(told[_LENGTH.size : begin])
        size = int(head["size"])
    except (OSError, struct.error, ValueError, TypeError, KeyError, RecursionError):
        return None
    if "error" in head or not 0 <= size <= _AT_ONCE or len(told) > begin + size:
        return None
    return Message(head=head, body=told[begin:], is_whole=len(told) == begin + size, length=begin + size)


def receive(line: socket.socket, deadline: float | None = None) -> dict[str, Any]:
    """The next head; its body of ``size`` bytes is still to be read by :func:`receive_body`.

    Raises:
        Lost: the other side is gone.
        TimeoutError: nothing whole came before the deadline (of ``time.monotonic``).
    """
    (length,) = _LENGTH.unpack(_exactly(line, _LENGTH.size, deadline))
    head: dict[str, Any] = json.loads(_exactly(line, length, deadline))
    return head


def receive_body(line: socket.socket, size: int, sink: IO[bytes], deadline: float | None = None) -> None:
    """Nothing; that many bytes are in the sink. Raises as :func:`receive` does."""
    while size:
        chunk = _some(line, min(size, _CHUNK), deadline)
        sink.write(chunk)
        size -= len(chunk)


def _exactly(line: socket.socket, size: int, deadline: float | None) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        parts += _some(line, size - len(parts), deadline)
    return bytes(parts)


def _some(line: socket.socket, most: int, deadline: float | None) -> bytes:
    left = None if deadline is None else deadline - time.monotonic()
    if left is not None and left <= 0:
        raise TimeoutError
    try:
        if left is not None:
            line.settimeout(left)
        chunk = line.recv(most)
    except TimeoutError:
        raise
    except OSError as error:
        raise Lost from error
    if not chunk:
        raise Lost
    return chunk
