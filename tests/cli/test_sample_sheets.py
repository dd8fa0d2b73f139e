"""The fact sheets of the sample: they add and correct what they say, and leave a clean graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.facts.sheet import Sheet, read_sheet

SHEETS = Path(__file__).parents[2] / "seeds" / "facts"


def sheets() -> list[Sheet]:
    return [read_sheet(file) for file in sorted(SHEETS.glob("*.toml"))]


def test_there_are_two_and_each_says_who_and_from_which_source():
    assert len(sheets()) >= 2
    for sheet in sheets():
        assert sheet.author
        assert sheet.source


@pytest.mark.slow
def test_the_sample_builds_without_rejects_and_every_correction_finds_its_fact(kg, root, tmp_path):
    store = tmp_path / "store"
    said = kg("build", root / "seeds" / "articles", SHEETS, "--store", store).stderr
    assert "rejected" not in said
    kg("check", "--store", store)
    for number, sheet in enumerate(sheets()):
        for curation in sheet.curations:
            assert curation.changes, "the sample sheets correct; nothing of the sample is withdrawn"
        for contact in sheet.report.contacts:
            people = "-".join(sorted(who.slug for who in contact.participants))
            why = kg("why", f"meeting/{contact.when.date}-{people}", "--store", store).stdout
            assert f"according to {sheet.source}" in why, number


def test_a_correction_gives_the_day(kg, sample: Path):
    asked = kg("query", "meetings-of-leader", "--param", "leader=Vladimir Putin", "--store", sample, "--format", "csv")
    assert "2025-08-15" in asked.stdout
    assert "Anchorage" in asked.stdout


def test_an_anniversary_of_a_sheet_is_listed(kg, sample: Path):
    asked = kg("query", "anniversaries", "--store", sample, "--format", "csv").stdout
    assert "2025-04-01" in asked
    assert "75" in asked
