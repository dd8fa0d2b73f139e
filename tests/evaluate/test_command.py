"""``kg eval`` from the outside, with a reader that is handed in."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli.evaluating import BARS_MISSED, eval_command
from kg.facts.contact.record import Contact, ContactKind
from kg.facts.report import Report
from kg.model.entity import Leader
from kg.model.fact import Status
from kg.model.text import Article

TEXT = "Talks in Riga\n\nRIGA, April 9, 2024 - Anna Novak and Juris Kalns held long talks in the old town on Monday.\n"
PEOPLE = ("Anna Novak", "Juris Kalns")
GOLD = {
    "constructions": ["relative-date"],
    "leaders": [{"name": name, "office": None, "country": None} for name in PEOPLE],
    "contacts": [{"kind": "meeting", "status": "held", "format": "bilateral", "participants": PEOPLE}],
}


def read_nothing(article: Article) -> Report:
    return Report(article=article)


def read_meeting(article: Article) -> Report:
    people = tuple(Leader(name=name) for name in PEOPLE)
    met = Contact(id="c1", kind=ContactKind.MEETING, status=Status.HELD, format=None, participants=people)
    return Report(article=article, leaders=people, contacts=(met,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("riga", "riga_too"):
        (tmp_path / f"{name}.txt").write_text(TEXT + name, encoding="utf-8")
        (tmp_path / f"{name}.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return tmp_path


def run(reader: object, *arguments: str) -> Result:
    return CliRunner().invoke(eval_command(lambda _: reader), arguments, catch_exceptions=False)  # type: ignore[arg-type, return-value]


def test_what_is_read_right_clears_every_bar(folder: Path) -> None:
    result = run(read_meeting, str(folder), "--bars")
    assert result.exit_code == 0
    assert "held pairs" in result.stdout


def test_a_missed_bar_is_named_only_on_demand(folder: Path) -> None:
    assert run(read_nothing, str(folder)).exit_code == 0
    result = run(read_nothing, str(folder), "--bars")
    assert result.exit_code == BARS_MISSED
    assert "bar missed: held pairs, recall: 0.000, must be at least 0.85" in result.stderr


def test_verbose_lists_every_miss_with_its_report(folder: Path) -> None:
    result = run(read_nothing, str(folder), "--verbose")
    assert "riga_too: miss, held pairs: Anna Novak – Juris Kalns" in result.stdout


def test_scores_by_construction_stand_below_the_others(folder: Path) -> None:
    result = run(read_meeting, str(folder), "--by", "construction", "--format", "markdown")
    assert "| relative-date | 2 | 1.000 | 1.000 | 0 |" in result.stdout


def test_merging_is_scored_where_the_folder_says_what_is_one_event(folder: Path) -> None:
    (folder / "clusters.json").write_text('[["riga#0", "riga_too#0"]]', encoding="utf-8")
    told = json.loads(run(read_meeting, str(folder), "--format", "json").stdout)
    assert told["total"]["facts"]["merging"]["expected"] == 1


def test_a_file_that_is_no_article_is_named_and_gives_no_facts(folder: Path) -> None:
    (folder / "riga.txt").write_text("", encoding="utf-8")
    result = run(read_meeting, str(folder), "--verbose")
    assert result.exit_code == 0
    assert "no article:" in result.stderr
    assert "riga: miss, contacts with status" in result.stdout
