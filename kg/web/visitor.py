"""Who asks, as the engine counts them: the address of a client, also behind a proxy that is trusted, and its line."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.engine.asker import Asker, asking

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

LINE: Final = "kg.line"
_NETWORK: Final = 64
# Where the text of a query comes with the request.
_STRANGE: Final = ("/sparql", "/update")
# Behind a proxy that writes what nobody can read, all are one.
_UNREAD: Final = "unknown"
_PORT: Final = re.compile(r"(\[[^\]]*\]|[0-9.]+):[0-9]{1,5}")
_FORWARDED: Final = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO")


class Proxies:
    """Those whose word is taken on who asks."""

    def __init__(self, told: Iterable[str]) -> None:
        """Trust these addresses or networks."""
        self._networks = tuple(ipaddress.ip_network(one, strict=False) for one in told)

    def trusts(self, peer: str) -> bool:
        """Whether this is the address of one of them."""
        address = _address(peer)
        return address is not None and self._is_one(address)

    def client(self, peer: str, forwarded: str) -> tuple[_Address | None, bool]:
        """The last address that no trusted proxy has, and whether what the proxy says can be read."""
        address = _address(peer)
        if address is None or not self._is_one(address):
            return address, True
        for told in reversed(forwarded.split(",")):
            found = _address(told)
            if found is None:
                return address, not told.strip()
            address = found
            if not self._is_one(found):
                break
        return address, True

    def name(self, peer: str, forwarded: str = "") -> str | None:
        """What to count this client by; ``None`` for this machine's own."""
        address, is_read = self.client(peer, forwarded)
        return _name(address) if is_read else _UNREAD

    def asker(self, peer: str, forwarded: str, path: str, line: socket.socket | None) -> tuple[Asker, str]:
        """Who asks, on this line, for what is at this path; and the client's address, empty where there is none."""
        address, is_read = self.client(peer, forwarded)
        by = Asker(name=_name(address) if is_read else _UNREAD, line=line, asks_ours=not path.startswith(_STRANGE))
        return by, "" if address is None else str(address)

    def _is_one(self, address: _Address) -> bool:
        return any(address in network for network in self._networks)


class Visitors:
    """An app around another: within each request the engine knows who asks.

    Behind a trusted proxy the client is the last one in ``X-Forwarded-For`` that is no such proxy; nobody else's word
    is taken. This machine's own addresses are the operator's, or those of a proxy that nobody named: not counted.
    """

    def __init__(self, app: WSGIApplication, proxies: Iterable[str]) -> None:
        """Take requests for this app; ``proxies`` are addresses or networks."""
        self._app = app
        self._proxies = Proxies(proxies)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The answer of the app."""
        forwarded, proto = (environ.pop(name, "") for name in _FORWARDED)
        peer = environ.get("REMOTE_ADDR", "")
        if proto.strip() in {"http", "https"} and self._proxies.trusts(peer):
            environ["wsgi.url_scheme"] = proto.strip()
        line = environ.get(LINE)
        by, address = self._proxies.asker(
            peer, forwarded, environ.get("PATH_INFO", ""), line if isinstance(line, socket.socket) else None
        )
        if address:
            environ["REMOTE_ADDR"] = address
        with asking(by):
            return self._app(environ, start_response)


_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@lru_cache(maxsize=1024)
def _address(told: str) -> _Address | None:
    told = told.strip()
    told = with_port[1] if (with_port := _PORT.fullmatch(told)) else told
    try:
        address = ipaddress.ip_address(told.strip("[]").partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address


@lru_cache(maxsize=1024)
def _name(address: _Address | None) -> str | None:
    """What to count the client by: its address, of IPv6 the network that one subscriber has."""
    if address is None or address.is_loopback:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, _NETWORK), strict=False))
    return str(address)
