"""Sources by pattern and by address, through the command line; the addresses are those of a server of our own."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

TEXT = "{headline}\n12 February 2025\n\nPresident Emmanuel Macron met Prime Minister Narendra Modi in Paris on {day}.\n"


def kg(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; main()", *map(str, arguments)],
        cwd=folder, capture_output=True, timeout=120, check=False, text=True,
    )  # fmt: skip


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, day in enumerate(("Monday", "Tuesday", "Wednesday")):
        text = TEXT.format(headline=f"Talks {number}", day=day)
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    line = json.dumps({"title": "Talks again", "text": TEXT.splitlines()[3].format(day="Monday"), "date": "2025-02-20"})
    (folder / "more.jsonl.gz").write_bytes(gzip.compress(f"{line}\n".encode(), mtime=0))
    return folder


@pytest.fixture
def web(articles: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(articles.parent)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/articles"
    server.shutdown()
    server.server_close()


def told(store: str, folder: Path) -> dict[str, object]:
    stats: dict[str, object] = json.loads(kg("stats", "--format", "json", "--store", store, folder=folder).stdout)
    return stats


def test_a_pattern_is_the_files_that_match(articles: Path, tmp_path: Path) -> None:
    assert kg("build", "articles/*.txt", "--store", "by-pattern", folder=tmp_path).returncode == 0
    named = sorted(f"articles/{file.name}" for file in articles.glob("*.txt"))
    assert kg("build", *named, "--store", "by-name", folder=tmp_path).returncode == 0
    assert told("by-pattern", tmp_path)["digest"] == told("by-name", tmp_path)["digest"]


def test_what_matches_since_comes_in_with_the_next_build(articles: Path, tmp_path: Path) -> None:
    kg("build", "articles/[0-9].txt", "--store", "graph", folder=tmp_path)
    (articles / "3.txt").write_text(TEXT.format(headline="One more", day="Sunday"), encoding="utf-8")
    again = kg("build", "--resume", "--store", "graph", folder=tmp_path)
    assert (again.returncode, "known from an earlier build: 3; read: 1" in again.stderr) == (0, True), again.stderr


def test_a_pattern_that_nothing_matches_is_refused(tmp_path: Path) -> None:
    refused = kg("build", "articles/*.txt", "--store", "graph", folder=tmp_path)
    assert (refused.returncode, "'articles/*.txt' does not exist" in refused.stderr) == (2, True)


def test_articles_of_a_web_server_are_read_by_their_addresses(web: str, tmp_path: Path) -> None:
    built = kg("build", f"{web}/0.txt", f"{web}/more.jsonl.gz", "--workers", "2", "--store", "graph", folder=tmp_path)
    assert built.returncode == 0, built.stderr
    paths = [json.loads(line)["article"]["path"] for line in kg(
        "extract", f"{web}/0.txt", f"{web}/more.jsonl.gz", "--format", "jsonl", folder=tmp_path
    ).stdout.splitlines()]  # fmt: skip
    assert paths == [f"{web}/0.txt", f"{web}/more.jsonl.gz#1"]
    added = kg("add", f"{web}/1.txt", "--store", "graph", folder=tmp_path)
    assert (added.returncode, "known from an earlier build: 2; read: 1" in added.stderr) == (0, True), added.stderr
    counts = told("graph", tmp_path)["classes"]
    assert isinstance(counts, dict)
    assert (counts["Article"], counts["Meeting"]) == (3, 3)


def test_a_folder_of_a_web_server_is_its_links(web: str, tmp_path: Path) -> None:
    built = kg("build", f"{web}/", "--store", "graph", folder=tmp_path)
    counts = told("graph", tmp_path)["classes"]
    assert isinstance(counts, dict)
    assert (built.returncode, counts["Article"]) == (0, 4), built.stderr


def test_a_server_that_is_gone_leaves_the_graph_as_it_was(web: str, articles: Path, tmp_path: Path) -> None:
    assert kg("build", f"{web}/0.txt", "--store", "graph", folder=tmp_path).returncode == 0
    before = told("graph", tmp_path)
    (articles / "0.txt").unlink()
    again = kg("build", "--resume", "--store", "graph", folder=tmp_path)
    assert (again.returncode, "a source of the last build, is gone" in again.stderr) == (1, True), again.stderr
    assert told("graph", tmp_path) == before
    missing = kg("build", f"{web}/none.txt", "--store", "graph", folder=tmp_path)
    assert (missing.returncode, f"There is nothing at {web}/none.txt" in missing.stderr) == (2, True), missing.stderr
