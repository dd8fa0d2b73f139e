"""Settings that cannot be: each is refused in a line that names it and says what to do, before anything is served."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from kg.store.generation import publish

TOKEN = "a-token-of-more-than-twenty-letters"
# What is told, the exit status, and what is said.
REFUSED = [
    (("--host", "nohost.invalid"), 1, ("kg: cannot listen", "no address is known for this host", "--host")),
    (("--host", "192.0.2.1"), 1, ("kg: cannot listen", "an address of this machine")),
    (("--base-iri", "foo"), 2, ("--base-iri", "'foo' is no absolute IRI, such as https://")),
    (("--base-iri", "https://example.org/kg"), 2, ("ends with neither / nor #", "'https://example.org/kg/'")),
    (("--base-iri", "https://a b/"), 2, ("is no absolute IRI",)),
    (("--worker-memory", "500M"), 2, ("--worker-memory", "1G is taken before a query begins", "1280M or more")),
    (("--worker-memory", "1G"), 2, ("--worker-memory", "1280M or more")),
    (("--total-memory", "1G"), 2, ("do not fit into",)),
    (("--workers", "abc"), 2, ("'abc' is not a valid integer.",)),
    (("--workers", "65"), 2, ("65 is not in the range 1<=x<=64",)),
    (("--query-timeout", "nan"), 2, ("'nan' is no number of seconds.",)),
    (("--query-timeout", "inf"), 2, ("inf is not in the range 0<x<=86400",)),
    (("--update-timeout", "1e300"), 2, ("1e+300 is not in the range 0<x<=86400",)),
    (("--stop-timeout", "nan"), 2, ("'nan' is no number of seconds.",)),
    (("--query-timeout", "abc"), 2, ("'abc' is not a valid number of seconds.",)),
    (("--max-rows", "99999999999999999999999"), 2, ("is not in the range 1<=x<=1000000000",)),
    (("--trusted-proxy", "127.0.0.1,nonsense"), 2, ("'nonsense' is no address and no network",)),
    (("--access-log", "/nonexistent/x"), 1, ("kg: the log /nonexistent/x cannot be written",)),
    (("--update",), 2, ("kg: a token is missing",)),
    (("--update", "--token-file", "/nonexistent"), 2, ("/nonexistent cannot be read: No such file or directory",)),
    (("--update", "--token-file", "/dev/null"), 2, ("--token-file: /dev/null is empty",)),
    (("--update", "--token-file", "/dev/zero"), 2, ("or others than ASCII",)),
    (("--update", "--token", "short"), 2, ("fewer than 20 letters",)),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("store")
    publish(root, [])
    return root


@pytest.mark.parametrize(("told", "status", "said"), REFUSED, ids=[" ".join(told) for told, _, _ in REFUSED])
def test_a_setting_that_cannot_be_is_told_with_what_to_do(kg, store, told, status, said):
    done = kg("serve", "--store", store, "--port", "0", *told, status=status)
    assert not done.stdout
    assert "Error: cannot" not in done.stderr
    for words in said:
        assert words in " ".join(done.stderr.split())


def test_a_port_that_is_taken_is_told(kg, store):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = kg("serve", "--store", store, "--port", str(taken.getsockname()[1]), status=1).stderr
    assert "--port 0" in said


def test_a_build_with_a_base_that_is_no_iri_changes_nothing(kg, root, tmp_path):
    said = kg("build", root / "seeds" / "facts", "--store", tmp_path / "k", "--base-iri", "foo", status=2).stderr
    assert "'foo' is no absolute IRI" in said
    assert not (tmp_path / "k").exists()


@pytest.mark.parametrize("name", ["nowhere", "folder"])
def test_what_is_no_backup_is_not_restored_and_called_so(kg, store, tmp_path, name):
    (tmp_path / "folder").mkdir()
    said = kg("restore", tmp_path / name, "--store", store, status=1).stderr
    assert f"{name} is no backup: name the folder that 'kg backup' made" in said


def test_the_smallest_worker_that_is_taken_answers_and_a_token_alone_switches_nothing_on(store, root):
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--store", str(store), "--port", "0"]
    with subprocess.Popen(
        [*command, "--worker-memory", "1280M"],
        env={"PYTHONPATH": str(root), "KG_TOKEN": TOKEN},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        address = re.search(r"http://\S+/", server.stdout.readline())[0]
        with urllib.request.urlopen(f"{address}sparql?query=ASK%7B%7D") as answer:
            assert b"true" in answer.read()
        server.terminate()
        _, said = server.communicate(timeout=60)
    assert server.returncode == 0
    assert "a token is given, but writing is off: it is switched on with --update" in said


def test_make_serve_ends_with_its_make(root, store):
    told = {"BIN": str(Path(sys.executable).parent), "STORE": str(store), "PORT": "0"}
    command = ["make", "-s", "-o", "sample", "serve", *(f"{name}={value}" for name, value in told.items())]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as make:
        assert make.stdout is not None
        assert "is served at http://" in make.stdout.readline()
        make.send_signal(signal.SIGTERM)
        # Its end is the end of the server, too, which holds the other end of this line.
        assert make.communicate(timeout=60)[0] == ""
