"""``-`` stands for standard input, whatever comes in on it."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "President Emmanuel Macron met Prime Minister Narendra Modi in Paris on Tuesday, and they talked for an hour."
ITEM = {
    "title": "Macron meets Modi",
    "text": TEXT,
    "date": "2025-02-12T08:30:00+01:00",
    "source": "The Courier",
}
LINES = "\n".join([json.dumps(ITEM), "{", json.dumps(ITEM | {"title": "Talks in Paris"})]).encode()


def kg(*arguments: str | Path, given: bytes, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; main()", *map(str, arguments)],
        input=given, cwd=folder, capture_output=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "paths"),
    [
        (LINES, ["stdin#1", "stdin#3"]),
        (gzip.compress(LINES), ["stdin#1", "stdin#3"]),
        (json.dumps(ITEM, indent=1).encode(), ["stdin"]),
        (f"Macron meets Modi\n12 February 2025\n\n{TEXT}\n".encode(), ["stdin"]),
    ],
    ids=["json lines", "packed", "json", "text"],
)
def test_its_articles_are_read_by_how_it_begins(given: bytes, paths: list[str], tmp_path: Path) -> None:
    told = kg("extract", "-", "--format", "jsonl", given=given, folder=tmp_path)
    reports = [json.loads(line) for line in told.stdout.splitlines()]
    assert [report["article"]["path"] for report in reports] == paths
    assert [report["contacts"][0]["date"] for report in reports] == ["2025-02-11"] * len(paths)
    several = len(paths) > 1
    assert (told.returncode, b"rejected: stdin#2: not JSON" in told.stderr) == (3 if several else 0, several)


def test_a_graph_is_built_from_it_beside_files_in_several_processes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Macron sees Modi\n\n{TEXT}\n", encoding="utf-8")
    built = kg("build", "-", "a.txt", "--store", "graph", "--workers", "2", given=LINES, folder=tmp_path)
    assert built.returncode == 3, built.stderr
    assert b"rejected: stdin#2: not JSON" in built.stderr
    stats = kg("stats", "--format", "json", "--store", "graph", given=b"", folder=tmp_path)
    assert json.loads(stats.stdout)["classes"]["Article"] == 3


def test_nothing_on_it_is_refused_as_an_empty_file(tmp_path: Path) -> None:
    told = kg("extract", "-", given=b"", folder=tmp_path)
    assert (told.returncode, told.stderr) == (3, b"rejected: stdin: empty file\n")
