"""The site on a socket: how many may connect; how each connection is kept stands in :mod:`kg.web.connections`."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, Final

import waitress
from flask import Flask

from kg.config import Limits
from kg.engine.allocator import give_back_large_pieces
from kg.errors import StoreError
from kg.web.connections import police
from kg.web.crowd import STILL_SECONDS
from kg.web.direct import Direct
from kg.web.front import attend
from kg.web.leaving import Run
from kg.web.reception import receive
from kg.web.site import KEY
from kg.web.visitor import Proxies

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

# Most of them wait: for a worker, or for an answer that others ask for. A flood of these leaves some for the others.
_THREADS: Final = 128
# Of threads that compute (a page, the names of a new generation) the loop of the sockets need not wait for longer.
_SLICE_SECONDS: Final = 0.001
# One thread reads all requests: in larger pieces, it has fewer to look at.
_AT_ONCE: Final = 32 * 1024
# Of each answer that is being read; the rest of it is on disk.
_IN_MEMORY: Final = 256 * 1024
_HOSTS: Final = "give --host an address of this machine, or 0.0.0.0 for all of them"
_HINTS: Final[Mapping[int, str]] = MappingProxyType(
    {
        errno.EADDRINUSE: "end who listens there, or try --port 0",
        errno.EADDRNOTAVAIL: _HOSTS,
        errno.EACCES: "take a --port above 1023",
    }
)


@contextmanager
def listening(app: Flask, host: str, port: int, limits: Limits) -> Iterator[tuple[str, Run]]:
    """The address where the app answers once it runs, and what runs and stops it.

    Raises:
        StoreError: nobody can listen there.
    """
    give_back_large_pieces()
    sockets: dict[int, Any] = {}
    largest = 4 * limits.query_characters + 65_536
    try:
        server = waitress.create_server(
            app,
            map=sockets,
            host=host,
            port=port,
            threads=_THREADS,
            ident=None,
            connection_limit=_connections(limits.connections),
            channel_timeout=STILL_SECONDS,
            recv_bytes=_AT_ONCE,
            cleanup_interval=2,
            asyncore_use_poll=True,
            max_request_body_size=limits.upload_bytes + 1,
            max_request_header_size=262_144,
            # An app's own affair: see kg/web/visitor.py.
            clear_untrusted_proxy_headers=False,
            outbuf_overflow=_IN_MEMORY,
        )
    except (OSError, ValueError) as error:
        raise StoreError(f"cannot listen on {host}:{port}: {_reason(error)}") from error
    servers = [one for one in sockets.values() if hasattr(one, "maintenance")]
    here = app.extensions[KEY]
    proxies = Proxies(here.settings.proxies)
    direct = Direct(here, proxies, sockets)
    police(
        servers,
        proxies,
        requests=limits.request_bytes,
        uploads=4 * limits.upload_bytes,
        answers=limits.spool_bytes,
    )
    for one in servers:
        attend(here.desk, direct, one)
    receive(app, servers, server.adj, largest)
    address, bound = (getattr(server, "effective_listen", None) or [(server.effective_host, server.effective_port)])[0]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_SLICE_SECONDS)
    try:
        yield f"http://{f'[{address}]' if ':' in address else address}:{bound}/", Run(sockets, here.desk, direct)
    finally:
        sys.setswitchinterval(usual)
        for one in servers:
            # A thread that still answers would wake a loop that has ended, by a file that is another's by then.
            one.pull_trigger = _nothing
        server.close()


def _nothing() -> None:
    """Nothing at all."""


def _reason(error: OSError | ValueError) -> str:
    """Why nobody can listen there, and what to do; waitress tells of a host without an address by a ValueError."""
    if not isinstance(error, OSError) or isinstance(error, socket.gaierror):
        return f"no address is known for this host; {_HOSTS}"
    hint = _HINTS.get(error.errno or 0)
    return f"{error.strerror or error}{f'; {hint}' if hint else ''}"


def _connections(most: int) -> int:
    """How many clients may be connected: so many, and no more than half of the files that a process may have open."""
    if resource is None:
        return min(most, 256)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * most if hard == resource.RLIM_INFINITY else min(2 * most, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return most if soft == resource.RLIM_INFINITY else max(16, min(most, soft // 2))
