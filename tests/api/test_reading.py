"""Articles to facts in Python."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kg import extract_files, extract_text, fact_rows
from kg.errors import ArticleError, ConfigError
from kg.facts.report import Report

TEXT = "Prime Minister Mark Carney met President Emmanuel Macron in Paris on Tuesday."


@pytest.mark.parametrize("published", ["2025-06-18", dt.date(2025, 6, 18), dt.datetime(2025, 6, 18, 9, tzinfo=dt.UTC)])
def test_times_are_read_by_the_day_of_publication(published: str | dt.date) -> None:
    [contact] = extract_text(TEXT, published=published).contacts
    assert str(contact.when.date) == "2025-06-17"
    assert {who.name for who in contact.participants} == {"Mark Carney", "Emmanuel Macron"}
    assert all(evidence.quote in TEXT for evidence in contact.evidence)


def test_without_a_day_none_is_guessed() -> None:
    [contact] = extract_text(TEXT).contacts
    assert contact.when.date is None


def test_the_headline_given_is_the_article_s() -> None:
    assert extract_text(TEXT, headline="Talks in Paris").article.headline == "Talks in Paris"


def test_facts_are_rows_of_plain_values() -> None:
    rows = fact_rows(extract_text(TEXT, published="2025-06-18"))
    [met] = [row for row in rows if row["kind"] == "meeting"]
    assert set(met) == set(rows.columns)
    assert {type(value) for row in rows for value in row.values()} <= {str, type(None)}
    assert met["who"] == "Emmanuel Macron, Mark Carney"
    assert (met["status"], met["when"], met["where"], met["rule"]) == ("held", "2025-06-17", "Paris", "contact.met")


def test_what_is_no_article_comes_out_as_its_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01")
    good, bad = extract_files(tmp_path)
    assert isinstance(good, Report)
    assert isinstance(bad, ArticleError)
    assert len(fact_rows([good, bad])) == len(fact_rows(good)) > 0


def test_every_kind_of_fact_has_rows(root: Path) -> None:
    reports = [report for report in extract_files(root / "seeds" / "articles") if isinstance(report, Report)]
    kinds = {row["kind"] for row in fact_rows(reports)}
    assert {"meeting", "phone", "summit", "agreement", "anniversary", "tenure"} <= kinds
    facts = (r.contacts + r.summits + r.agreements + r.anniversaries + r.tenures + r.statements for r in reports)
    assert len(fact_rows(reports)) == sum(map(len, facts))


@pytest.mark.parametrize("text", ["", "   ", "\ud800 met", "a\x00b"])
def test_a_text_that_is_no_article_is_refused(text: str) -> None:
    with pytest.raises(ArticleError):
        extract_text(text)


def test_what_is_not_of_its_kind_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no day or moment"):
        extract_text(TEXT, published="tuesday")
    with pytest.raises(ConfigError, match="no such folder of a world"):
        extract_text(TEXT, worlds=[tmp_path / "nowhere"])
    with pytest.raises(ConfigError, match="no such file or folder"):
        extract_files(tmp_path / "nothing")
    with pytest.raises(ConfigError, match="at least one"):
        extract_files()
