"""A build reads what is new and takes the rest from the ledger; the graph is the same, byte for byte."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.config import shipped
from kg.extract.lexicon import load_lexicon
from kg.facts.report import Report
from kg.facts.sources import report_of
from kg.ledger.book import opened
from kg.ledger.rules import rules_of
from kg.model.text import Article
from kg.read import Source
from kg.read.item import Item
from tests.ledger.conftest import Hear, article

ROOT = Path(__file__).parents[2]


def test_a_second_build_reads_nothing_and_gives_the_same_bytes(folder: Path, heard: Hear) -> None:
    (folder / "none.txt").write_text("")
    first, second, without = heard(folder), heard(folder), heard(folder, rules=None)
    assert (first.known, first.fresh) == (0, 6)
    assert (second.known, second.fresh) == (6, 0)
    assert first.reports == second.reports == without.reports
    assert first.rejected == second.rejected == without.rejected != ()


def test_only_what_is_new_or_changed_is_read(folder: Path, heard: Hear) -> None:
    heard(folder)
    (folder / "0.txt").write_text(article(100))
    (folder / "new.txt").write_text(article(101))
    (folder / "1.txt").unlink()
    again = heard(folder)
    assert (again.known, again.fresh) == (4, 2)
    assert again.reports == heard(folder, rules=None).reports


def test_a_file_that_was_moved_is_known_and_goes_by_its_new_name(folder: Path, heard: Hear) -> None:
    heard(folder)
    moved = folder.rename(folder.with_name("moved"))
    again = heard(moved)
    assert (again.known, again.fresh) == (6, 0)
    assert again.reports == heard(moved, rules=None).reports


def test_the_same_bytes_under_two_names_are_read_once(folder: Path, heard: Hear) -> None:
    (folder / "a.json").write_text("{}")
    (folder / "b.json").write_text("{}")
    (folder / "copy.txt").write_text(article(3))
    told = heard(folder)
    assert (told.known, told.fresh) == (2, 7)
    assert [line.partition(":")[0].rpartition("/")[2] for line in told.rejected] == ["a.json", "b.json"]
    assert told.reports == heard(folder, rules=None).reports


def test_each_line_of_a_file_is_known_by_itself(folder: Path, heard: Hear) -> None:
    lines = [json.dumps({"text": article(number), "published": "2025-06-18"}) for number in range(4)]
    file = folder / "news.jsonl"
    file.write_text("\n".join(lines))
    heard(file)
    file.write_text("\n".join([lines[3], "{}", *lines[:3], lines[0].replace("number 0", "number 9")]))
    again = heard(file)
    assert (again.known, again.fresh) == (4, 2)
    assert again.reports == heard(file, rules=None).reports
    assert again.rejected[0].startswith(f"{file}#2: ")


def test_other_rules_read_everything_anew(folder: Path, heard: Hear, tmp_path: Path) -> None:
    world = tmp_path / "world"
    world.mkdir()
    before = rules_of([world])
    (world / "words.toml").write_text("a = 1")
    after = rules_of([world])
    assert before != after
    heard(folder, rules=before)
    assert heard(folder, rules=after).fresh == 6


@pytest.mark.parametrize("how", ["no database", "cut", "another entry", "bits"])
def test_a_damaged_ledger_is_named_and_never_believed(folder: Path, heard: Hear, tmp_path: Path, how: str) -> None:
    before = heard(folder)
    damage(tmp_path / "store" / "ledger" / "ledger.sqlite", how)
    again = heard(folder)
    assert again.damage
    assert again.reports == before.reports
    assert heard(folder).known >= 5


def damage(file: Path, how: str) -> None:
    content = bytearray(file.read_bytes())
    match how:
        case "no database":
            file.write_bytes(b"not a database" * 1000)
        case "cut":
            file.write_bytes(content[: len(content) // 2])
        case "bits":
            for at in range(8192, len(content), 64):
                content[at] ^= 0xFF
            file.write_bytes(content)
        case _:
            with sqlite3.connect(file) as base:
                base.execute("UPDATE entries SET told = (SELECT told FROM entries ORDER BY number LIMIT 1)")
            base.close()


def test_what_the_last_builds_did_not_use_is_forgotten(folder: Path, heard: Hear, tmp_path: Path) -> None:
    store = tmp_path / "store"
    heard(folder)
    for number in range(3):
        (folder / f"{number}.txt").unlink()
    heard(folder)
    assert entries(store) == 6
    heard(folder)
    assert entries(store) == 3
    assert heard(folder).known == 3


def test_what_is_forgotten_takes_no_room(tmp_path: Path) -> None:
    for build in range(4):
        with opened(tmp_path, b"rules") as ledger:
            for number in range(2000 if build == 0 else 0):
                item = Item(name="a", suffix=".txt", content=b"%d" % number)
                ledger.add(ledger.key(item), [random.Random(number).randbytes(200).hex()])
            ledger.finish()
        if build == 0:
            before = (tmp_path / "ledger" / "ledger.sqlite").stat().st_size
    assert entries(tmp_path) == 0
    assert (tmp_path / "ledger" / "ledger.sqlite").stat().st_size < before / 10


def test_an_article_that_ends_its_process_costs_itself_and_is_tried_again_by_the_next_build(
    folder: Path, heard: Hear
) -> None:
    lexicon = load_lexicon()

    def extract(source: Source) -> Report:
        if isinstance(source, Article) and "number 1 " in source.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return report_of(source, lexicon)

    lines = [json.dumps({"text": article(number)}) for number in range(4)]
    (folder / "lines.jsonl").write_text("\n".join(lines))
    (folder / "list.json").write_text(f"[{','.join(lines)}]")
    for number in range(6):
        (folder / f"{number}.txt").unlink()
    told = heard(folder, extract=extract)
    assert [line.partition(": ")[0].rpartition("/")[2] for line in told.rejected] == ["lines.jsonl#2", "list.json#2"]
    assert all("was ended, twice" in line for line in told.rejected)
    again = heard(folder)
    assert (again.known, again.fresh, again.rejected) == (3, 2, ())


def kg(*told: str | Path, limit: str = "", status: int = 0) -> str:
    """What ``kg`` says on standard error."""
    done = subprocess.run([*kg_command(*told, limit=limit)], cwd=ROOT, check=False, stderr=subprocess.PIPE, text=True)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def kg_command(*told: str | Path, limit: str = "") -> list[str]:
    return [sys.executable, "-c", f"{limit}from kg.cli import main; main()", *map(str, told)]


def test_a_build_that_is_killed_goes_on_where_it_was(folder: Path, heard: Hear, tmp_path: Path) -> None:
    store = tmp_path / "store"
    for number in range(600):
        (folder / f"{number}.txt").write_text(article(number), encoding="utf-8")
    with subprocess.Popen(kg_command("build", folder, "--store", store), cwd=ROOT) as building:
        while entries(store) < 20:
            assert building.poll() is None
            time.sleep(0.02)
        building.kill()
    had = entries(store)
    assert not list(store.glob("generations/*"))
    again = heard(folder, rules=rules_of([shipped("seeds")]))
    assert (again.known, again.fresh) == (had, 600 - had)
    assert again.reports == heard(folder, rules=None).reports


def test_a_ledger_that_finds_no_room_stops_the_build_and_says_so(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    kg("build", folder, "--store", store, "--no-ledger")
    assert not (store / "ledger" / "ledger.sqlite").exists()
    before = exported(store)
    for number in range(400):
        (folder / f"more{number}.txt").write_text(article(number + 10), encoding="utf-8")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)); "
    told = kg("build", folder, "--store", store, limit=limit, status=1)
    assert "the ledger could not be written" in told
    assert exported(store) == before
    assert not (store / "generations/2").exists()
    assert entries(store) > 0


def entries(store: Path) -> int:
    """How many entries are on the disk."""
    try:
        base = sqlite3.connect(f"file:{store}/ledger/ledger.sqlite?mode=ro", uri=True)
        (number,) = base.execute("SELECT count(*) FROM entries").fetchone()
        base.close()
    except sqlite3.OperationalError:
        return 0
    return int(number)


def exported(store: Path) -> bytes:
    return (store / "generations/1/exports/diplomacy.nq").read_bytes()
