"""An attack as its file tells it: what is sent, and what is right to get."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import tomllib
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.described import is_untold

HERE = Path(__file__).parent
SHAPE = {"status", "error", "message", "line", "column", "hint"}
_REPEATED = re.compile(r"⟦(.*?)⟧×(\d+)", re.DOTALL)
_TRY_AGAIN = ("other long queries are running", "all workers are busy")
_NEVER_TOLD = ("Traceback (most recent", "site-packages", "waitress", str(HERE.parents[1]))


@dataclass(frozen=True, kw_only=True)
class Attack:
    """One entry of a file."""

    family: str
    name: str
    status: tuple[int, ...]
    query: str | None = None
    get: str | None = None
    post: str | None = None
    to: str = "/sparql"
    type: str | None = None
    method: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    raw: str | None = None
    bare: bool = False
    before: str | None = None
    conduct: str | None = None
    server: str = "hasty"
    says: str | None = None
    holds: str | None = None
    lacks: str | None = None
    head_lacks: str | None = None

    def earlier(self) -> bytes:
        """The bytes that somebody else sends first."""
        return self._bytes(self.before or "")

    def _bytes(self, text: str) -> bytes:
        told = expanded(text)
        return told.encode("latin-1") if self.bare else told.replace("\n", "\r\n").encode("latin-1")

    def request(self, turn: int = 1) -> bytes:
        """The bytes to send."""
        if self.raw is not None:
            return self._bytes(self.raw)
        kind = self.type
        if self.query is not None:
            asked = expanded(self.query).replace("§", str(turn))
            body = urllib.parse.urlencode({"query": asked}).encode()
            method, path, kind = "POST", self.to, "application/x-www-form-urlencoded"
        elif self.post is not None:
            method, path, body = self.method or "POST", self.to, expanded(self.post).encode("utf-8")
        else:
            method, path, body = self.method or "GET", expanded(self.get or "/"), b""
        lines = [f"{method} {path} HTTP/1.1", "Host: here", "Connection: close"]
        lines += [f"{name}: {value.replace('§', str(turn))}" for name, value in self.headers.items()]
        lines += [f"Content-Type: {expanded(kind)}"] if kind else []
        lines += [f"Content-Length: {len(body)}"] if method != "GET" else []
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back; of status 0: nothing."""

    status: int
    head: str
    body: bytes

    @property
    def message(self) -> str:
        """What a refusal says."""
        try:
            told = json.loads(self.body)
        except ValueError:
            return ""
        return str(told.get("message", "")) if isinstance(told, dict) else ""

    @property
    def says_try_again(self) -> bool:
        """Whether it is refused for a while only."""
        return self.status == 503 and any(words in self.message for words in _TRY_AGAIN)


def load() -> list[Attack]:
    """All attacks, file by file."""
    return [
        Attack(family=file.stem, **_read(entry))
        for file in sorted(HERE.glob("*.toml"))
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["attack"]
    ]


def _read(entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry, "status": tuple(entry["status"])}


def expanded(text: str) -> str:
    """The text with everything that stands for many of it."""

    def many(match: re.Match[str]) -> str:
        return "".join(match[1].replace("§", str(turn)) for turn in range(1, int(match[2]) + 1))

    return _REPEATED.sub(many, text)


def connect(address: str, seconds: float = 90) -> socket.socket:
    """A line to the server."""
    place = urllib.parse.urlsplit(address)
    return socket.create_connection((place.hostname or "", place.port or 0), timeout=seconds)


def read(line: socket.socket) -> Answer:
    """What comes until the line ends, or nothing more for long."""
    parts = []
    try:
        while chunk := line.recv(1 << 18):
            parts.append(chunk)
    except (TimeoutError, ConnectionError):
        pass
    return parsed(b"".join(parts))


def parsed(told: bytes) -> Answer:
    """The first answer in these bytes, with all that follows as its body."""
    head, _, body = told.partition(b"\r\n\r\n")
    found = re.match(rb"HTTP/1\.[01] (\d{3})", head)
    return Answer(status=int(found[1]) if found else 0, head=head.decode("latin-1"), body=body)


def ask(address: str, request: bytes) -> Answer:
    """The answer to one request."""
    with connect(address) as line:
        # It may have been refused before its end.
        with contextlib.suppress(ConnectionError):
            line.sendall(request)
        return read(line)


def complaints(attack: Attack, answer: Answer) -> list[str]:
    """What is wrong with the answer; nothing, as it should be."""
    found = []
    whole = f"{answer.head}\n{answer.body.decode('utf-8', 'replace')}"
    if answer.status not in attack.status:
        found.append(f"{answer.status} instead of {attack.status}: {whole[:600]}")
    if attack.says and attack.says not in answer.message:
        found.append(f"does not say {attack.says!r} but {answer.message!r}")
    if attack.holds and attack.holds not in whole:
        found.append(f"does not hold {attack.holds!r}: {whole[:600]}")
    if attack.lacks and attack.lacks.lower() in whole.lower():
        found.append(f"holds {attack.lacks!r}")
    if attack.head_lacks and attack.head_lacks.lower() in answer.head.lower():
        found.append(f"holds {attack.head_lacks!r} in its head: {answer.head}")
    found += [f"tells {told!r}" for told in _NEVER_TOLD if told in whole]
    method, _, path = attack.request().partition(b"\r\n")[0].decode("latin-1").rpartition(" ")[0].partition(" ")
    if is_untold(method, path, answer.status):
        found.append(f"{answer.status} is not in the OpenAPI document")
    if "\nexpires:" in answer.head.lower():
        found.append(f"tells a moment by which it ends, which is another in each answer: {answer.head}")
    return found + _of_shape(answer)


def _of_shape(answer: Answer) -> list[str]:
    if answer.status < 400:
        return []
    found = []
    if "content-type: application/json" in answer.head.lower() and "head /" not in answer.head.lower():
        told = json.loads(answer.body)
        if set(told) != SHAPE or told["status"] != answer.status:
            found.append(f"not of the one shape: {told}")
        elif not (told["message"] and told["hint"]):
            found.append(f"does not say what went wrong and what to do: {told}")
    if answer.status in {429, 503} and "retry-after:" not in answer.head.lower():
        found.append("no Retry-After")
    if answer.status == 405 and "allow:" not in answer.head.lower():
        found.append("no Allow")
    if "content-security-policy: default-src 'none'" not in answer.head.lower():
        found.append("no Content-Security-Policy")
    return found
