"""Reports as 'kg extract' writes them hold all that a build needs of the articles."""

from __future__ import annotations

from pathlib import Path

from kg.lexicon.calling import names_used
from kg.lexicon.world import load_world
from tests.cli.conftest import Kg


def test_reports_give_the_same_graph_as_their_articles(kg: Kg, root: Path, sample: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports.jsonl"
    reports.write_text(kg("extract", root / "seeds" / "articles", "--format", "jsonl").stdout, encoding="utf-8")
    kg("build", reports, root / "seeds" / "facts", "--store", tmp_path / "store")
    assert exported(tmp_path / "store") == exported(sample)


def test_a_text_uses_the_names_that_stand_in_it_as_words(root: Path) -> None:
    used = names_used(load_world(root / "seeds" / "world"))
    assert used("Talks in Seoul and Ankara.") == ("Ankara", "Seoul")
    assert used("Nothing is said of anybody here.") == ()
    assert "Korea" not in used("Leaders of South Korea met.")


def exported(store: Path) -> bytes:
    return (store / "generations" / "1" / "exports" / "diplomacy.nq").read_bytes()
