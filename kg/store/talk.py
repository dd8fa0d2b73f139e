"""What is asked of and told to a server while a build is loaded: again after a while where it is away for a moment."""

from __future__ import annotations

import json
import time
from typing import Final, Self
from urllib.parse import urlencode

from kg.errors import StoreError
from kg.store.server import Address, Reply, Request, Server, ServerAway, ServerSlow

_TRIES: Final = 6
_PAUSE: Final = 0.5
_SECONDS: Final = 600.0
_MOST: Final = 1 << 30
_ROWS: Final = "application/sparql-results+json"
_FORM: Final = "application/x-www-form-urlencoded"
_UPDATE: Final = "application/sparql-update"
# The ends of the addresses where servers take updates, and those where the same servers answer queries.
_ENDS: Final = (("/update", "/query"), ("/sparql-auth", "/sparql"), ("/statements", ""))


class Talk:
    """A server with an address for updates and one for queries."""

    def __init__(self, told: Address, asked: Address, pause: float = _PAUSE) -> None:
        """Nothing is said yet."""
        self._update = Server(told)
        self._query = Server(asked)
        self._pause = pause
        self.is_virtuoso = False

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """No connection is open any more."""
        self._update.close()
        self._query.close()

    def update(self, text: str) -> None:
        """Nothing; the server has carried it out.

        Raises:
            ServerRefused: it will not; :class:`ServerAway`: it is not there, and did not come back.
        """
        self._again(self._update, Request(body=text.encode(), media=_UPDATE, seconds=_SECONDS))

    def rows(self, text: str) -> list[dict[str, str]]:
        """The rows of a query, as plain texts. Raises as :meth:`update` does."""
        body = urlencode([("query", text)]).encode()
        reply = self._again(self._query, Request(body=body, media=_FORM, seconds=_SECONDS, accept=_ROWS, most=_MOST))
        try:
            rows = json.loads(reply.content)["results"]["bindings"]
            return [{name: str(term["value"]) for name, term in row.items()} for row in rows]
        except (ValueError, KeyError, TypeError, AttributeError):
            told = f"{self._query.address} gives {reply.media}, not the results of a query: is it a query endpoint?"
            raise StoreError(told) from None

    def _again(self, server: Server, request: Request) -> Reply:
        for number in range(_TRIES):
            try:
                reply = server.send(request)
            except (ServerAway, ServerSlow):
                if number == _TRIES - 1:
                    raise
                time.sleep(self._pause * 2**number)
            else:
                self.is_virtuoso = self.is_virtuoso or reply.server.startswith("Virtuoso")
                return reply
        raise AssertionError  # the last one returned or raised


def query_address(update: str) -> str:
    """Where a server that takes updates at this address most likely answers queries."""
    address, mark, rest = update.partition("?")
    for end, other in _ENDS:
        if address.endswith(end):
            return address.removesuffix(end) + other + mark + rest
    return update
