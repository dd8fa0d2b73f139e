"""The real server over a store that each case fills anew, asked over real HTTP."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

from kg.store.generation import publish
from tests.serving import served
from tests.w3c.manifests import Dataset

FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip()


class Way(StrEnum):
    """How a query is sent (SPARQL 1.1 Protocol, 2.1.1 to 2.1.3)."""

    GET = "get"
    FORM = "form"
    DIRECT = "direct"


class Endpoint:
    """The server at one address, and the store below it."""

    def __init__(self, store: Path, site: str) -> None:
        self.site = site
        self._store = store
        self._held: Dataset | None = None
        self._line = http.client.HTTPConnection(urlsplit(site).netloc, timeout=120)

    def close(self) -> None:
        """Nothing; the line to the server is closed."""
        self._line.close()

    def hold(self, dataset: Dataset) -> None:
        """Nothing; the store holds this dataset, published as a generation where it held another."""
        if self._held != dataset:
            self._held = None
            publish(self._store, dataset.quads())
            self._held = dataset

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """The answer to one request."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            self._line.request(method, path, body, named)
            response = self._line.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            # A server may end a connection between two requests (RFC 9112, 9.3.1).
            self._line.close()
            self._line.request(method, path, body, named)
            response = self._line.getresponse()
        told = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, told, response.read())

    def query(self, text: str, accept: str, graphs: Sequence[tuple[str, str]] = (), way: Way = Way.FORM) -> Reply:
        """The answer to a query."""
        match way:
            case Way.GET:
                return self.send("GET", f"/sparql?{urlencode([('query', text), *graphs])}", Accept=accept)
            case Way.FORM:
                body = urlencode([("query", text), *graphs]).encode()
                return self.send("POST", "/sparql", body, Content_Type=FORM, Accept=accept)
            case Way.DIRECT:
                path, media = f"/sparql?{urlencode(graphs)}", "application/sparql-query"
                return self.send("POST", path, text.encode(), Content_Type=media, Accept=accept)


class WritableEndpoint(Endpoint):
    """The server at one address that takes updates, and what it is written with."""

    def __init__(self, store: Path, site: str, token: str) -> None:
        super().__init__(store, site)
        self.key = f"Bearer {token}"

    def update(self, text: str) -> Reply:
        """The answer to an update, sent by POST as it is (SPARQL 1.1 Protocol, 2.2.2)."""
        media = "application/sparql-update"
        return self.send("POST", "/update", text.encode(), Content_Type=media, Authorization=self.key)


@contextmanager
def serving(store: Path) -> Iterator[Endpoint]:
    """The server over this store."""
    publish(store, [])
    with served(store, "--workers", "1", "--query-timeout", "60") as site:
        here = Endpoint(store, site)
        try:
            yield here
        finally:
            here.close()


@contextmanager
def serving_writers(store: Path, token: str) -> Iterator[WritableEndpoint]:
    """The server over this store, which whoever has the token writes to."""
    publish(store, [])
    (store / "token").write_text(token, encoding="ascii")
    options = ("--update", "--token-file", str(store / "token"), "--workers", "1", "--query-timeout", "60")
    with served(store, *options) as site:
        here = WritableEndpoint(store, site, token)
        try:
            yield here
        finally:
            here.close()
