"""Who asks, as the engine counts them: the address of a client, also behind a proxy that is trusted, and its line."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
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


class Visitors:
    """An app around another: within each request the engine knows who asks.

    Behind a trusted proxy the client is the last one in ``X-Forwarded-For`` that is no such proxy; nobody else's word
    is taken. This machine's own addresses are the operator's, or those of a proxy that nobody named: not counted.
    """

    def __init__(self, app: WSGIApplication, proxies: Iterable[str]) -> None:
        """Take requests for this app; ``proxies`` are addresses or networks."""
        self._app = app
        self._proxies = tuple(ipaddress.ip_network(proxy, strict=False) for proxy in proxies)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The answer of the app."""
        forwarded, proto = (environ.pop(name, "") for name in _FORWARDED)
        address, is_read = _address(environ.get("REMOTE_ADDR", "")), True
        if address is not None and self._trusts(address):
            if proto.strip() in {"http", "https"}:
                environ["wsgi.url_scheme"] = proto.strip()
            address, is_read = self._behind(address, forwarded)
        if address is not None:
            environ["REMOTE_ADDR"] = str(address)
        line = environ.get(LINE)
        by = Asker(
            name=_name(address) if is_read else _UNREAD,
            line=line if isinstance(line, socket.socket) else None,
            asks_ours=not environ.get("PATH_INFO", "").startswith(_STRANGE),
        )
        with asking(by):
            return self._app(environ, start_response)

    def _behind(self, address: _Address, forwarded: str) -> tuple[_Address, bool]:
        """The last address that no trusted proxy has, and whether what the proxy says can be read."""
        for told in reversed(forwarded.split(",")):
            found = _address(told)
            if found is None:
                return address, not told.strip()
            address = found
            if not self._trusts(found):
                break
        return address, True

    def _trusts(self, address: _Address) -> bool:
        return any(address in proxy for proxy in self._proxies)


_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def _address(told: str) -> _Address | None:
    told = told.strip()
    told = with_port[1] if (with_port := _PORT.fullmatch(told)) else told
    try:
        address = ipaddress.ip_address(told.strip("[]").partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address


def _name(address: _Address | None) -> str | None:
    """What to count the client by: its address, of IPv6 the network that one subscriber has."""
    if address is None or address.is_loopback:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, _NETWORK), strict=False))
    return str(address)
