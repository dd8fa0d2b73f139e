"""A connection to the real server, on which requests are sent as bytes and answers are read one by one."""

from __future__ import annotations

import re
import socket


class Line:
    """One connection."""

    def __init__(self, address: str) -> None:
        """Connect."""
        host, port = re.fullmatch(r"http://([^:]+):(\d+)/", address).groups()
        self.host = f"{host}:{port}"
        self.socket = socket.create_connection((host, int(port)), 20)
        self.reader = self.socket.makefile("rb")

    def get(self, path: str, *headers: str) -> tuple[str, dict[str, str], bytes]:
        """Status line, headers and body of the answer to a GET."""
        head = "".join(f"{line}\r\n" for line in (f"GET {path} HTTP/1.1", f"Host: {self.host}", *headers))
        return self.send(f"{head}\r\n".encode())

    def send(self, request: bytes) -> tuple[str, dict[str, str], bytes]:
        """The same for any request."""
        self.socket.sendall(request)
        return self.receive()

    def receive(self) -> tuple[str, dict[str, str], bytes]:
        """The next answer."""
        status = self.reader.readline().decode().strip()
        headers = {}
        while line := self.reader.readline().decode().strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        return status, headers, self.reader.read(int(headers.get("content-length", "0")))

    def close(self) -> None:
        """Nothing; the connection is ended."""
        self.reader.close()
        self.socket.close()
