"""Who asks, as the engine counts them, whatever a request says of itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pytest

from kg.engine.asker import Asker, asker
from kg.web.visitor import Visitors

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

PROXIES = ("10.0.0.0/8", "127.0.0.1")


def seen(address: str, path: str = "/sparql", **headers: str) -> tuple[Asker, dict[str, Any]]:
    """Who the app within takes the visitor for, and what it is told of the request."""
    found: list[tuple[Asker, dict[str, Any]]] = []

    def app(environ: WSGIEnvironment, _: StartResponse) -> Iterable[bytes]:
        found.append((asker(), dict(environ)))
        return []

    environ = {"REMOTE_ADDR": address, "PATH_INFO": path, "wsgi.url_scheme": "http", **headers}
    Visitors(app, PROXIES)(environ, lambda *_: lambda _: None)  # type: ignore[arg-type, return-value]
    assert asker() == Asker()
    return found[0]


@pytest.mark.parametrize(
    ("address", "forwarded", "name"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.1", "192.0.2.1"),  # nobody's word is taken but that of a proxy
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"),  # what stands before it the client may have made up
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, nonsense", "unknown"),
        ("127.0.0.1", "nonsense", "unknown"),
        ("127.0.0.1", "198.51.100.1:", "unknown"),
        ("127.0.0.1", "198.51.100.1:52100", "198.51.100.1"),
        ("127.0.0.1", "1.2.3.4:1, 198.51.100.1:52100, 10.0.0.2:80", "198.51.100.1"),
        ("10.0.0.1", "[2001:db8:1:2::9]:52100", "2001:db8:1:2::/64"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "", None),
        ("::1", "198.51.100.1", None),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("10.0.0.1", "[2001:db8:1:2::9]", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "", "192.0.2.1"),
        ("", "", None),
    ],
)
def test_a_client_is_counted_by_its_address(address: str, forwarded: str, name: str | None) -> None:
    by, environ = seen(address, HTTP_X_FORWARDED_FOR=forwarded)
    assert by.name == name
    assert "HTTP_X_FORWARDED_FOR" not in environ


@pytest.mark.parametrize(
    ("address", "told", "scheme"),
    [("10.0.0.1", "https", "https"), ("10.0.0.1", "gopher", "http"), ("192.0.2.1", "https", "http")],
)
def test_only_a_proxy_says_how_it_was_asked(address: str, told: str, scheme: str) -> None:
    assert seen(address, HTTP_X_FORWARDED_PROTO=told)[1]["wsgi.url_scheme"] == scheme


@pytest.mark.parametrize(("path", "ours"), [("/sparql", False), ("/sparql/", False), ("/queries/calls", True)])
def test_the_text_of_a_page_is_our_own(path: str, ours: bool) -> None:
    assert seen("192.0.2.1", path)[0].asks_ours is ours
