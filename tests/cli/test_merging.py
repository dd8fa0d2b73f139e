"""One event once, through the real command line: fifty-three reports of twenty-six events make a graph of as many."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

CORPUS = Path(__file__).parents[1] / "articles" / "merging"


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def events(kind: str) -> int:
    """How many held contacts of this kind the labels tell, each cluster counted once."""
    first = {mark: group[0] for group in json.loads((CORPUS / "clusters.json").read_text("utf-8")) for mark in group}
    return len({first.get(mark, mark) for mark in held(kind)})


def held(kind: str) -> Iterator[str]:
    for file in sorted(CORPUS.glob("[0-9]*.json")):
        for number, contact in enumerate(json.loads(file.read_text("utf-8"))["contacts"]):
            if (contact["kind"], contact["status"]) == (kind, "held"):
                yield f"{file.stem}#{number}"


@pytest.fixture(scope="module")
def store(kg, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the texts of the corpus."""
    folder = tmp_path_factory.mktemp("merging")
    (folder / "articles").mkdir()
    for text in CORPUS.glob("*.txt"):
        shutil.copy(text, folder / "articles")
    kg("build", folder / "articles", "--store", folder / "store")
    return folder / "store"


def test_the_graph_has_each_event_once(kg, store):
    told = json.loads(kg("stats", "--store", store, "--format", "json").stdout)["classes"]
    assert told["Article"] == len(list(CORPUS.glob("*.txt")))
    assert told["Meeting"] == events("meeting")
    assert told["PhoneCall"] == events("phone")


def test_a_meeting_that_five_outlets_tell_has_five_sources(kg, store):
    asked = kg("query", "articles-on-event", "--param", "event=2025-11-14-emmanuel-macron-volodymyr-zelenskyy",
               "--store", store, "--format", "csv").stdout  # fmt: skip
    assert len(table(asked)) == 5


def test_a_leader_is_found_under_every_spelling(kg, store):
    asked = [
        kg("query", "meetings-of-leader", "--param", f"leader={name}", "--store", store, "--format", "csv").stdout
        for name in ("Mohammed Al-Harthy", "Muhammad al-Harthi", "leader/mohammed-al-harthy")
    ]
    assert len(set(asked)) == 1
    assert len(table(asked[0])) == 1


def test_what_outlets_contradict_each_other_on_can_be_asked(kg, store):
    rows = table(kg("query", "contradictions", "--store", store, "--format", "csv").stdout)
    told = {(row["property"], row["claim"]) for row in rows if row["articles"]}
    assert {("place", "Cairo"), ("place", "Alexandria"), ("date", "2026-07-07"), ("date", "2026-07-08")} <= told


def test_a_plan_that_came_true_is_not_counted_beside_the_meeting(kg, store):
    asked = kg("query", "planned-not-held", "--store", store, "--format", "csv").stdout
    assert len(table(asked)) == 1
    assert "2025-11" in asked


def test_pairwise_precision_and_recall_of_merging_are_measured(kg):
    told = json.loads(kg("eval", CORPUS, "--format", "json").stdout)["total"]["facts"]["merging"]
    assert told["expected"] >= 50
    assert told["precision"] == 1
    assert told["recall"] == 1


def test_the_reports_of_every_corpus_make_one_sound_graph(kg, root, tmp_path):
    for text in chain((root / "tests" / "articles").rglob("*.txt"), (root / "seeds" / "articles").glob("*.txt")):
        shutil.copy(text, tmp_path / f"{text.parent.name}-{text.name}")
    told = kg("check", tmp_path, status=0)
    assert told.stdout == "sound\n"
    assert "  shape\n" not in told.stderr
