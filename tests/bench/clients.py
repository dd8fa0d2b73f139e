"""Clients that ask one thing again and again: plain sockets, a connection each, so that they cost little themselves."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

_RECEIVED = 1 << 18


class Refused(Exception):
    """An answer that is none: the status, or that there is none at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where queries are asked by GET; the path may have parameters."""

    port: int
    path: str

    def request(self, query: str) -> bytes:
        """The whole request, as a small client writes it."""
        more = "&" if "?" in self.path else "?"
        return (
            f"GET {self.path}{more}query={quote(query, safe='')} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            "Accept: application/sparql-results+json\r\nUser-Agent: bench\r\n\r\n"
        ).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long each answer took, in seconds, sorted; how many failed; how long all of it took."""

    seconds: Sequence[float]
    failed: int
    elapsed: float

    def percentile(self, share: float) -> float:
        """The time within which this share of the answers came; infinite where there is none."""
        return (
            self.seconds[min(int(share * len(self.seconds)), len(self.seconds) - 1)] if self.seconds else float("inf")
        )

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.elapsed


class Client:
    """One connection, from an address of its own where the platform has more than one on loopback."""

    def __init__(self, endpoint: Endpoint, number: int, patience: float) -> None:
        """Not connected yet."""
        self._endpoint = endpoint
        self._source = (f"127.0.{1 + number // 200}.{1 + number % 200}", 0)
        self._patience = patience
        self._line: socket.socket | None = None

    def ask(self, request: bytes) -> int:
        """The size of the answer.

        Raises:
            Refused: it is no 200.
        """
        try:
            if self._line is None:
                address = ("127.0.0.1", self._endpoint.port)
                self._line = socket.create_connection(address, self._patience, self._source)
                self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._line.sendall(request)
            return self._receive(self._line)
        except (OSError, Refused):
            self.close()
            raise

    def close(self) -> None:
        """Nothing; the connection is ended."""
        if self._line is not None:
            self._line.close()
        self._line = None

    def _receive(self, line: socket.socket) -> int:
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._some(line)
        head = received[:end].lower()
        body = received[end + 4 :]
        if not head.startswith(b"http/1.1 200"):
            raise Refused(head[:80].decode(errors="replace"))
        found = head.partition(b"content-length:")[2]
        if not found:
            return self._receive_chunks(line, body)
        size = int(found.partition(b"\r\n")[0])
        count = len(body)
        while count < size:
            count += len(self._some(line))
        return size

    def _receive_chunks(self, line: socket.socket, body: bytes) -> int:
        # Only the end of the last chunk matters here: none of our answers holds it.
        size, tail = len(body), body[-16:]
        while not tail.endswith(b"0\r\n\r\n"):
            chunk = self._some(line)
            size += len(chunk)
            tail = (tail + chunk)[-16:]
        return size

    @staticmethod
    def _some(line: socket.socket) -> bytes:
        chunk = line.recv(_RECEIVED)
        if not chunk:
            raise Refused("the connection was closed")
        return chunk


def ask_again_and_again(endpoint: Endpoint, query: str, clients: int, *, seconds: float, patience: float) -> Times:
    """The times of so many clients that ask for so many seconds; each asks once at least."""
    request = endpoint.request(query)
    took: list[float] = []
    failures: list[Exception] = []
    start = threading.Barrier(clients + 1)

    def one(number: int) -> None:
        client = Client(endpoint, number, patience)
        start.wait()
        end = time.perf_counter() + seconds
        while True:
            began = time.perf_counter()
            try:
                client.ask(request)
                took.append(time.perf_counter() - began)
            except (OSError, Refused) as error:
                failures.append(error)
            if time.perf_counter() >= end:
                break
        client.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return Times(seconds=sorted(took), failed=len(failures), elapsed=time.perf_counter() - began)
