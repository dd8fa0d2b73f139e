"""The server behind a real nginx, with the settings that 'kg deploy nginx' prints."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import group
from kg.store.by_hand import ByHand
from kg.store.rebuild import rebuild
from tests.durability.groups import TOKEN, start
from tests.required import missing

pytestmark = pytest.mark.server
SITE = "kg.example.org"
PATIENCE = 30


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port


def settings(folder: Path, port: int, server: str) -> str:
    """What is printed, on a port of this machine without TLS, as a whole configuration that needs no rights."""
    site = CliRunner().invoke(group, ["deploy", "nginx"]).stdout
    site = site.replace("127.0.0.1:8000", server).replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    site = re.sub(r"^ *(listen \[::\]|ssl_certificate).*$", "", site, flags=re.MULTILINE)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""  # who may write where the others are
    head = f"daemon off;\npid {folder}/pid;\nerror_log stderr;\n{user}\nevents {{}}\n"
    return f"{head}http {{\naccess_log off;\n{temporary}{site}}}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of the proxy, and the access log of the server behind it."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
    if nginx is None:
        missing("nginx is not here")
    assert nginx is not None
    folder = tmp_path_factory.mktemp("nginx")
    store = ox.Store()
    store.load("<a:one> <a:p> 1 .", format=ox.RdfFormat.TURTLE)
    rebuild(folder / "store", store, {}, ByHand.KEEP)
    log = folder / "access.log"
    server, address = start(folder / "store", "--update", "--trusted-proxy", "127.0.0.1", "--access-log", str(log))
    port = free_port()
    file = folder / "nginx.conf"
    file.write_text(settings(folder, port, address.removeprefix("http://").rstrip("/")))
    with server:
        proxy = subprocess.Popen([nginx, "-c", str(file), "-p", str(folder)], stderr=subprocess.PIPE, text=True)
        with proxy:
            try:
                _await(port, proxy)
                yield f"http://127.0.0.1:{port}", log
            finally:
                proxy.terminate()
                server.terminate()


def _await(port: int, proxy: subprocess.Popen[str]) -> None:
    """Nothing; the proxy answers."""
    end = time.monotonic() + PATIENCE
    while proxy.poll() is None and time.monotonic() < end:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"nginx did not start: {proxy.stderr.read() if proxy.stderr and proxy.poll() is not None else ''}")


def ask(
    address: str, *, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, bytes, dict[str, str]]:
    told = {"Host": SITE, "Authorization": f"Bearer {TOKEN}"} | {n.replace("_", "-"): v for n, v in headers.items()}
    request = urllib.request.Request(address, data=body, method=method, headers=told)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read(), dict(error.headers)


def test_a_question_is_answered_through_it(site: tuple[str, Path]) -> None:
    status, body, _ = ask(f"{site[0]}/sparql?query=ASK%20%7B%7D", Accept="application/sparql-results+json")
    assert (status, json.loads(body)["boolean"]) == (200, True)


def test_the_addresses_in_the_description_are_those_of_the_site(site: tuple[str, Path]) -> None:
    status, body, _ = ask(f"{site[0]}/.well-known/void", Accept="text/turtle")
    assert status == 200
    assert f"http://{SITE}/sparql" in body.decode()
    assert "127.0.0.1" not in body.decode()


def test_an_upload_of_many_megabytes_goes_through_and_one_over_the_limit_is_told_so_by_the_server(
    site: tuple[str, Path],
) -> None:
    triples = b"".join(b'<a:s%d> <a:p> "%s" .\n' % (at, b"x" * 1000) for at in range(5000))
    graph = f"{site[0]}/store?graph=http%3A%2F%2Fexample.org%2Flarge"
    status, said, _ = ask(graph, method="PUT", body=triples, Content_Type="application/n-triples")
    assert status in {201, 204}, said
    status, said, _ = ask(graph, Accept="application/n-triples")
    assert (status, said.count(b"\n")) == (200, 5000)
    status, said, headers = ask(graph, method="PUT", body=b" " * (65 * 1024 * 1024), Content_Type="text/turtle")
    assert status == 413
    assert json.loads(said)["hint"] if "json" in headers["Content-Type"] else b"64 MiB" in said


def test_the_server_is_told_who_asks_and_believes_nobody_who_says_so_himself(site: tuple[str, Path]) -> None:
    ask(f"{site[0]}/queries/?told=here", X_Forwarded_For="203.0.113.7")
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and "/queries/" not in (site[1].read_text() if site[1].exists() else ""):
        time.sleep(0.05)
    lines = [json.loads(line) for line in site[1].read_text().splitlines()]
    assert {line["client"] for line in lines if line.get("path") == "/queries/"} == {"127.0.0.1"}


def test_what_operators_look_at_is_closed(site: tuple[str, Path]) -> None:
    assert [ask(f"{site[0]}/{name}")[0] for name in ("metrics", "healthz", "readyz")] == [404, 404, 404]
