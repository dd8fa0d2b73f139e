"""A SPARQL 1.1 server elsewhere: what it is asked and told over HTTP, within a time and a size, over kept connections.

Its address is the operator's. No redirect is followed, no proxy of the environment is asked, and the address is named
without the user and the password that it may hold.
"""

from __future__ import annotations

import contextlib
import http.client
import select
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlencode, urlsplit

from kg import __version__
from kg.errors import ConfigError, StoreError
from kg.store.digest_auth import Credentials, authorization, challenge_of

_LOOK_SECONDS: Final = 0.2
_CONNECT_SECONDS: Final = 5.0
_CHUNK: Final = 1 << 16
_MOST_IDLE: Final = 16
_MOST_TOLD: Final = 4096
# First without a name, then with one, and once more where what it had said is no longer good.
_ASKED_WHO: Final = 3
_WHO: Final = frozenset({http.client.UNAUTHORIZED, http.client.FORBIDDEN})


class ServerAway(StoreError):
    """The server cannot be reached, or says that it cannot answer now."""


class ServerRefused(StoreError):
    """The server will not do what it was asked: ``status`` and ``told`` are what it says."""

    def __init__(self, name: str, status: int, told: str) -> None:
        """Keep both."""
        super().__init__(f"{name} answers {status}: {told or http.client.responses.get(status, 'nothing more')}")
        self.status = status
        self.told = told


class ServerSlow(StoreError):
    """The answer did not come in time."""


class Hurried(Exception):
    """Nobody waits for the answer any more."""


class TooLarge(Exception):
    """The answer has more bytes than it may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a server is: the URL without a user and a password, which stand in the credentials."""

    is_tls: bool
    host: str
    port: int
    path: str
    query: str = field(repr=False, default="")
    credentials: Credentials = field(repr=False, default_factory=Credentials)

    @classmethod
    def read(cls, url: str, credentials: Credentials | None = None) -> Address:
        """The address in a URL; what it says of user and password holds where nothing else does.

        Raises:
            ConfigError: it is none.
        """
        try:
            told = urlsplit(url)
            port = told.port
        except ValueError as error:
            raise ConfigError(f"the address of the server cannot be read: {error}") from None
        if told.scheme not in {"http", "https"} or not told.hostname or not url.isascii() or not url.isprintable():
            raise ConfigError("the address of a server is http://HOST/PATH or https://HOST/PATH, in ASCII")
        known = credentials or Credentials()
        if told.username is not None and not known:
            known = Credentials(user=unquote(told.username), password=unquote(told.password or ""))
        is_tls = told.scheme == "https"
        return cls(
            is_tls=is_tls,
            host=told.hostname,
            port=port or (443 if is_tls else 80),
            path=told.path or "/",
            query=told.query,
            credentials=known,
        )

    def __str__(self) -> str:
        """The URL for people and logs: no user, no password, no parameters."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.is_tls else 'http'}://{host}:{self.port}{self.path}"

    def target(self, parameters: Sequence[tuple[str, str]] = ()) -> str:
        """What a request asks for."""
        told = "&".join(part for part in (self.query, urlencode(parameters)) if part)
        return f"{self.path}?{told}" if told else self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent: a form or a document, and what may come back, in which time."""

    body: bytes
    media: str
    seconds: float
    accept: str = "*/*"
    most: int = 1 << 20
    is_gone: Callable[[], bool] = bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back."""

    content: bytes
    media: str
    server: str


class Server:
    """One address of a server; safe to use from many threads."""

    def __init__(self, address: Address) -> None:
        """Nobody is asked yet."""
        self.address = address
        self._lock = threading.Lock()
        self._idle: list[http.client.HTTPConnection] = []
        # What it said when it asked who we are: for a digest its nonce; `None` where it has not asked yet.
        self._challenge: Mapping[str, str] | None = None
        self._count = 0
        self._is_closed = False

    def close(self) -> None:
        """Nothing; every connection that waits is closed."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for line in idle:
            line.close()

    def send(self, request: Request) -> Reply:
        """What the server answers to a POST.

        Raises:
            ServerAway: it is not there; :class:`ServerRefused`: it answers anything but success.
            ServerSlow: it took too long; :class:`TooLarge`: more came than may; :class:`Hurried`: nobody waits.
        """
        until = time.monotonic() + request.seconds
        for _ in range(_ASKED_WHO):
            known = self._challenge
            status, headers, reply = self._try(request, until)
            if status not in _WHO or not self._answer_to(headers, known):
                break
        self._check(status, reply)
        return reply

    def _answer_to(self, headers: http.client.HTTPMessage, known: Mapping[str, str] | None) -> bool:
        """Whether we have something else to say to a server that asks who we are than what we said."""
        if not self.address.credentials.user:
            return False
        told = challenge_of(headers.get("WWW-Authenticate", ""))
        with self._lock:
            if known is not None and told.get("nonce") == known.get("nonce"):
                return False
            self._challenge, self._count = told, 0
        return True

    def _check(self, status: int, reply: Reply) -> None:
        if 200 <= status < 300:
            return
        if status in {429, 502, 503}:
            raise ServerAway(f"{self.address} answers {status}: {_told(reply)}")
        raise ServerRefused(str(self.address), status, _told(reply))

    def _try(self, request: Request, until: float) -> tuple[int, http.client.HTTPMessage, Reply]:
        """What comes back; a connection that was closed while nobody used it is no reason to give up."""
        if (spare := self._spare()) is not None:
            with contextlib.suppress(ConnectionError, http.client.HTTPException):
                return self._exchange(spare, request, until)
        try:
            return self._exchange(self._connected(until), request, until)
        except (OSError, http.client.HTTPException) as error:
            raise ServerAway(f"{self.address} broke off: {error or type(error).__name__}") from None

    def _connected(self, until: float) -> http.client.HTTPConnection:
        wait = max(0.1, min(_CONNECT_SECONDS, until - time.monotonic()))
        place = self.address
        line: http.client.HTTPConnection
        if place.is_tls:
            context = ssl.create_default_context()
            line = http.client.HTTPSConnection(place.host, place.port, timeout=wait, context=context)
        else:
            line = http.client.HTTPConnection(place.host, place.port, timeout=wait)
        try:
            line.connect()
        except OSError as error:
            line.close()
            raise ServerAway(f"{place} cannot be reached: {error}") from None
        return line

    def _spare(self) -> http.client.HTTPConnection | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _exchange(
        self, line: http.client.HTTPConnection, request: Request, until: float
    ) -> tuple[int, http.client.HTTPMessage, Reply]:
        is_whole = False
        try:
            line.sock.settimeout(max(0.1, until - time.monotonic()))
            line.request("POST", self.address.target(), body=request.body, headers=self._headers(request))
            self._wait(line, request, until)
            # Where the server ends the connection, it is the answer that holds it.
            with contextlib.closing(line.getresponse()) as response:
                content = self._read(line, response, request, until)
                is_whole = not response.will_close
        except TimeoutError:
            raise ServerSlow(f"{self.address} did not answer in time") from None
        finally:
            self._put(line, is_whole=is_whole)
        reply = Reply(
            content=content,
            media=response.headers.get_content_type(),
            server=response.headers.get("Server", ""),
        )
        return response.status, response.headers, reply

    def _put(self, line: http.client.HTTPConnection, *, is_whole: bool) -> None:
        if is_whole:
            with self._lock:
                if len(self._idle) < _MOST_IDLE and not self._is_closed:
                    self._idle.append(line)
                    return
        line.close()

    def _headers(self, request: Request) -> dict[str, str]:
        headers = {"Content-Type": request.media, "Accept": request.accept, "User-Agent": f"diplomacy-kg/{__version__}"}
        with self._lock:
            self._count += 1
            count = self._count
        told = authorization(self.address.credentials, self._challenge, "POST", self.address.target(), count)
        return {**headers, "Authorization": told} if told else headers

    def _wait(self, line: http.client.HTTPConnection, request: Request, until: float) -> None:
        """Nothing; the first byte of the answer is there, or the line is closed."""
        poll = select.poll()
        poll.register(line.sock, select.POLLIN)
        while not poll.poll(1000 * _LOOK_SECONDS):
            if request.is_gone():
                raise Hurried
            if time.monotonic() > until:
                raise TimeoutError

    def _read(
        self, line: http.client.HTTPConnection, response: http.client.HTTPResponse, request: Request, until: float
    ) -> bytes:
        most = request.most if response.status < 300 else _MOST_TOLD
        parts: list[bytes] = []
        size = 0
        while True:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            if line.sock is not None:
                line.sock.settimeout(left)
            chunk = response.read1(_CHUNK)
            if not chunk:
                return b"".join(parts)
            size += len(chunk)
            if size > most:
                if response.status < 300:
                    raise TooLarge
                # Of what is wrong, the beginning is enough; the rest goes with the connection.
                response.will_close = True
                return b"".join(parts)[:most]
            parts.append(chunk)


def _told(reply: Reply) -> str:
    """What a server says of a refusal, in one line, if it says it as text."""
    if reply.media not in {"text/plain", "application/json", "application/problem+json"}:
        return ""
    text = reply.content.decode(errors="replace").partition("\n\n")[0]
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:300]
