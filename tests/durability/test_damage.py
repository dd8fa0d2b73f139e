"""A damaged store is served from its last sound generation, loudly; nothing is written on top of it meanwhile."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Limits
from kg.engine.writer import Writer
from kg.store.backup import back_up
from kg.store.generation import current, publish

ROOT = Path(__file__).parents[2]
TOKEN = "a-token-that-nobody-guesses"
PROGRAM = [sys.executable, "-c", "from kg.cli import main; main()"]
pytestmark = pytest.mark.server


@contextmanager
def served(root: Path, said: Path) -> Iterator[str]:
    command = [*PROGRAM, "serve", "--update", "--token-file", str(said.with_name("token")), "--workers", "1"]
    said.with_name("token").write_text(TOKEN)
    with (
        said.open("w") as errors,
        subprocess.Popen(
            [*command, "--store", str(root), "--port", "0"], cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as server,
    ):
        assert server.stdout is not None
        found = re.search(r"http://[^/]+/", server.stdout.readline())
        assert found, said.read_text()
        try:
            yield found[0]
        finally:
            server.terminate()
            server.wait(20)


def ask(address: str) -> int:
    with urllib.request.urlopen(f"{address}sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D&format=csv") as answer:
        return len(answer.read().splitlines()) - 1


def write(address: str) -> tuple[int, str]:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
    request = urllib.request.Request(f"{address}update", b"INSERT DATA { <a:s> <a:p> 99 }", headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)["hint"]


def test_a_damaged_store_is_served_loudly_and_mended_by_a_restore(tmp_path: Path) -> None:
    root = tmp_path / "store"
    publish(root, [ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal(0))])
    with Writer(root, Limits(workers=1)) as writer:
        writer.update("INSERT DATA { <a:s> <a:p> 1 }")
        back_up(root, tmp_path / "backup")
        writer.update("INSERT DATA { <a:s> <a:p> 2 }")
    newest = current(root)
    manifest = next(newest.graph_path.glob("MANIFEST-*"))
    manifest.write_bytes(manifest.read_bytes()[:100])
    said = tmp_path / "said"
    with served(root, said) as address:
        assert ask(address) == 2
        told = said.read_text()
        assert "DAMAGE" in told
        assert f"generation {newest.number} is damaged: the file {manifest.name}" in told
        status, hint = write(address)
        assert status == 503
        assert "kg restore" in hint
        restored = subprocess.run(
            [*PROGRAM, "restore", str(tmp_path / "backup"), "--store", str(root)], cwd=ROOT, check=False
        )
        assert restored.returncode == 0
        assert ask(address) == 2
    with served(root, said) as address:
        assert "DAMAGE" not in said.read_text()
        assert write(address) == (204, "")
        assert ask(address) == 3


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({}, "a token is missing"),
        ({"KG_TOKEN": "short"}, "fewer than 20"),
        ({"KG_TOKEN": "with a blank in the middle"}, "others than ASCII"),
        ({"KG_TOKEN": TOKEN, "KG_TOKEN_FILE": "/nowhere"}, "both given"),
        ({"KG_TOKEN_FILE": "/nowhere"}, "cannot be read"),
    ],
)
def test_a_server_without_a_good_token_does_not_start(tmp_path: Path, variables: dict[str, str], words: str) -> None:
    publish(tmp_path, [])
    done = subprocess.run(
        [*PROGRAM, "serve", "--store", str(tmp_path), "--port", "0"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "KG_UPDATE": "1", **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert words in done.stderr
    assert TOKEN not in done.stderr
