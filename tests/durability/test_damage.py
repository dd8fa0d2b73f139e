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


def healthz(address: str) -> dict[str, str]:
    with urllib.request.urlopen(f"{address}healthz") as answer:
        told: dict[str, str] = json.load(answer)
        return told


def kg(*told: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PROGRAM, *told], cwd=ROOT, check=False, capture_output=True, text=True, timeout=120)


def write(address: str) -> tuple[int, str]:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
    request = urllib.request.Request(f"{address}update", b"INSERT DATA { <a:s> <a:p> 99 }", headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)["hint"]


def damaged(root: Path, backup: Path) -> tuple[int, str]:
    """The number of the newest generation of a new store, which is damaged, and how that is told."""
    publish(root, [ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal(0))])
    with Writer(root, Limits(workers=1)) as writer:
        writer.update("INSERT DATA { <a:s> <a:p> 1 }")
        back_up(root, backup)
        writer.update("INSERT DATA { <a:s> <a:p> 2 }")
    newest = current(root)
    manifest = next(newest.graph_path.glob("MANIFEST-*"))
    manifest.write_bytes(manifest.read_bytes()[:100])
    return newest.number, f"generation {newest.number} is damaged: the file {manifest.name}"


def test_every_command_names_the_damage_and_the_ways_on(tmp_path: Path) -> None:
    root = tmp_path / "store"
    number, fault = damaged(root, tmp_path / "backup")
    for command in ("stats", "check", "export", "build"):
        sources = [str(ROOT / "seeds" / "facts")] if command == "build" else []
        done = kg(command, *sources, "--store", str(root))
        assert done.returncode == 1
        assert fault in done.stderr
        assert "kg restore" in done.stderr
        assert "--by-hand keep" in done.stderr
    with served(root, tmp_path / "said"):
        for command, status in (("stats", 0), ("check", 4)):
            done = kg(command, "--store", str(root))
            assert done.returncode == status, done.stderr
            assert fault in done.stderr
            assert f"what was written after generation {number - 1} is not served" in done.stderr


def test_a_damaged_store_is_served_loudly_and_mended_by_a_restore(tmp_path: Path) -> None:
    root, said = tmp_path / "store", tmp_path / "said"
    number, fault = damaged(root, tmp_path / "backup")
    with served(root, said) as address:
        assert ask(address) == 2
        health = healthz(address)
        assert (health["status"], health["writing"]) == ("ok", "halted")
        assert health["damage"].endswith(f"what was written after generation {number - 1} is not served")
        assert str(tmp_path) not in str(health)
        told = said.read_text()
        assert "DAMAGE" in told
        assert fault in told
        status, hint = write(address)
        assert status == 503
        assert "kg restore" in hint
        restored = subprocess.run(
            [*PROGRAM, "restore", str(tmp_path / "backup"), "--store", str(root)], cwd=ROOT, check=False
        )
        assert restored.returncode == 0
        assert ask(address) == 2
        assert "start the server anew" in healthz(address)["damage"]
    with served(root, said) as address:
        assert "DAMAGE" not in said.read_text()
        assert "damage" not in healthz(address)
        assert write(address) == (204, "")
        assert ask(address) == 3


def test_a_build_over_a_damaged_store_says_what_it_goes_on_from(tmp_path: Path) -> None:
    root = tmp_path / "store"
    build = ["build", str(ROOT / "seeds" / "facts"), "--store", str(root)]
    assert kg(*build).returncode == 0
    table = max((root / "generations" / "1" / "graph").glob("*.sst"))
    content = table.read_bytes()
    table.write_bytes(content[:100] + b"XXXX" + content[104:])
    stats = kg("stats", "--store", str(root))
    assert stats.returncode == 1
    assert f"{table.name} holds other bytes" in stats.stderr
    (root / "generations" / "1" / "manifest.json").write_text("{")
    refused = kg(*build, "--by-hand", "keep")
    assert refused.returncode == 1
    assert "--by-hand discard" in refused.stderr
    done = kg(*build, "--by-hand", "discard")
    assert done.returncode == 0
    assert "DAMAGE: generation 1 is damaged" in done.stderr
    assert "Nothing that people wrote was carried over" in done.stderr
    assert kg("check", "--store", str(root)).stdout == "sound\n"


def test_a_build_says_whose_graphs_it_carried_over_and_what_it_goes_on_from(tmp_path: Path) -> None:
    root = tmp_path / "store"
    build = ["build", str(ROOT / "seeds" / "facts"), "--store", str(root)]
    assert "carried over" not in kg(*build).stderr
    with Writer(root, Limits()) as writer:
        writer.update(
            "INSERT DATA { <a:x> <a:y> 1 GRAPH <a:mine> { <a:x> <a:y> 1 } GRAPH <a:yours> { <a:x> <a:y> 1 } }"
        )
    kept = kg(*build, "--by-hand", "keep")
    assert "carried over, written by people: <a:mine>, <a:yours>\n" in kept.stderr
    assert "kept on top of the graphs of the build: 1 change by people\n" in kept.stderr
    with Writer(root, Limits()) as writer:
        newest = writer.update("INSERT DATA { GRAPH <a:lost> { <a:x> <a:y> 1 } }").generation
    (root / "generations" / str(newest) / "manifest.json").write_text("{")
    again = kg(*build, "--by-hand", "keep")
    assert f"DAMAGE: generation {newest} is damaged" in again.stderr
    assert f"goes on from generation {newest - 1}" in again.stderr
    assert "carried over, written by people: <a:mine>, <a:yours>\n" in again.stderr


def test_a_query_that_fails_over_flipped_bytes_names_the_damage(tmp_path: Path) -> None:
    root, asked = tmp_path / "store", tmp_path / "count.rq"
    publish(root, (ox.Quad(ox.NamedNode(f"a:s{one}"), ox.NamedNode("a:p"), ox.Literal(one)) for one in range(20_000)))
    asked.write_text("SELECT (COUNT(*) AS ?n) (SUM(STRLEN(STR(?s))) AS ?m) (SUM(?o) AS ?k) { ?s ?p ?o }")
    assert kg("query", "-f", str(asked), "--store", str(root)).returncode == 0
    for table in current(root).graph_path.glob("*.sst"):
        content = table.read_bytes()
        table.write_bytes(content[:5000] + bytes(64) + content[5064:])
    done = kg("query", "-f", str(asked), "--store", str(root))
    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert "kg restore" in done.stderr
    assert "memory" not in done.stderr


def test_a_store_without_the_name_of_its_live_generation_is_mended_without_an_alarm(tmp_path: Path) -> None:
    root, said = tmp_path / "store", tmp_path / "said"
    publish(root, [ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal(0))])
    (root / "current").unlink()
    with served(root, said) as address:
        assert write(address) == (204, "")
    told = said.read_text()
    assert "'current'" in told
    assert "generation 1, the newest" in told
    assert "DAMAGE" not in told
    assert "kg build" not in told


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
