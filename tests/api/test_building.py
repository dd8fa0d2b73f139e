"""A graph built from Python is the one that the command line builds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg import build_graph, open_store
from kg.cli import group
from kg.errors import ConfigError
from kg.store.generation import current

TEXT = "President Emmanuel Macron met Chancellor Friedrich Merz in {} on Tuesday.\n"
ARTICLES = "SELECT ?article { ?article a <https://w3id.org/diplomacy-kg/ns#Article> }"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "news").mkdir()
    for town in ("Paris", "Berlin"):
        (tmp_path / "news" / f"{town}.txt").write_text(TEXT.format(town), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def kg(*told: str) -> str:
    done = CliRunner().invoke(group, list(told))
    assert done.exit_code == 0, done.output
    return done.output


def test_the_graph_is_that_of_the_command_line_and_the_ledger_knows_it(folder: Path) -> None:
    run = build_graph("news", "mine", workers=2)
    assert run.generation is not None
    assert run.counts["Article"] == 2
    kg("build", "news", "--store", "theirs")
    assert current(folder / "mine").digest == current(folder / "theirs").digest
    (folder / "news" / "Vienna.txt").write_text(TEXT.format("Vienna"), encoding="utf-8")
    assert "known from an earlier build: 2; read: 1" in kg("build", "--resume", "--store", "mine")


def test_several_sources_and_a_rejected_one(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\x00")
    run = build_graph(["news/Paris.txt", Path("bad.txt")], "mine", ledger=False)
    assert run.counts["Article"] == 1
    assert [error.path for error in run.rejected if hasattr(error, "path")] == ["bad.txt"]


@pytest.mark.usefixtures("folder")
def test_whoever_has_the_store_open_sees_the_next_build() -> None:
    build_graph("news/Paris.txt")
    with open_store() as store:
        assert (store.generation, len(store.select(ARTICLES))) == (1, 1)
        build_graph("news")
        assert len(store.select(ARTICLES)) == 2
        assert store.generation == 2


@pytest.mark.usefixtures("folder")
def test_articles_that_were_removed_stay_away() -> None:
    build_graph("news", "mine")
    kg("remove", "news/Paris.txt", "--store", "mine")
    assert build_graph("news", "mine").counts["Article"] == 1


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"sources": "nothing"}, "nothing: there is no such file"),
        ({"sources": []}, "at least one"),
        ({"base_iri": "kg"}, "no absolute IRI"),
        ({"base_iri": "https://example.org/kg"}, "neither / nor #"),
        ({"built": "yesterday"}, "no day or moment"),
        ({"workers": 0}, "not between 1 and 64"),
        ({"by_hand": "lose"}, "none of refuse, keep, discard"),
        ({"worlds": ["nowhere"]}, "no such folder of a world"),
    ],
)
def test_what_is_not_of_its_kind_is_refused_before_anything_is_written(
    folder: Path, told: dict[str, Any], fault: str
) -> None:
    with pytest.raises(ConfigError, match=fault):
        build_graph(**{"sources": "news", "store": "mine", **told})
    assert not (folder / "mine").exists()
