"""The site on a socket: how many may connect, how long they may be still, and refusals before the app is asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from http import HTTPStatus
from typing import Any, Final

import waitress
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from kg.config import Limits
from kg.errors import StoreError
from kg.web.errors import refusal
from kg.web.protection import HEADERS

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

# Most of them wait for a worker: a flood of slow queries leaves some for the others.
_THREADS: Final = 64
_STILL_SECONDS: Final = 30
_MOST_CONNECTIONS: Final = 4096


class _Refusing(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """A request that is none, or too large, refused in the one shape of all our refusals."""

    def execute(self) -> None:
        """Nothing; it is refused, and the connection ends."""
        status = HTTPStatus(self.request.error.code)
        body = json.dumps(asdict(refusal(status))).encode()
        self.status = f"{status.value} {status.phrase}"
        self.response_headers += [("Content-Type", "application/json"), ("Cache-Control", "no-store"), *HEADERS.items()]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    error_task_class = _Refusing


@contextmanager
def listening(
    app: Callable[..., Any], host: str, port: int, limits: Limits
) -> Iterator[tuple[str, Callable[[], None]]]:
    """The address where the app answers once it runs, and what runs it.

    Raises:
        StoreError: nobody can listen there.
    """
    sockets: dict[int, Any] = {}
    try:
        server = waitress.create_server(
            app,
            map=sockets,
            host=host,
            port=port,
            threads=_THREADS,
            ident=None,
            connection_limit=_connections(),
            channel_timeout=_STILL_SECONDS,
            cleanup_interval=5,
            asyncore_use_poll=True,
            max_request_body_size=4 * limits.query_characters + 65_536,
            max_request_header_size=262_144,
            clear_untrusted_proxy_headers=True,
        )
    except OSError as error:
        raise StoreError(f"cannot listen on {host}:{port}: {error.strerror or error}; try --port 0") from error
    for one in sockets.values():
        one.channel_class = _Channel
    address, bound = (getattr(server, "effective_listen", None) or [(server.effective_host, server.effective_port)])[0]
    try:
        yield f"http://{f'[{address}]' if ':' in address else address}:{bound}/", server.run
    finally:
        server.close()


def _connections() -> int:
    """How many clients may be connected: half of the files that a process may have open."""
    if resource is None:
        return 256
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * _MOST_CONNECTIONS if hard == resource.RLIM_INFINITY else min(2 * _MOST_CONNECTIONS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return _MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else max(64, min(_MOST_CONNECTIONS, soft // 2))
