"""The fact sheets of the sample: they add and correct what they say, and leave a clean graph."""

from __future__ import annotations

from pathlib import Path

from kg.facts.sheet import Sheet, read_sheet

SHEETS = Path(__file__).parents[2] / "seeds" / "facts"


def sheets() -> list[Sheet]:
    return [read_sheet(file) for file in sorted(SHEETS.glob("*.toml"))]


def test_there_are_two_and_each_says_who_and_from_which_source():
    assert len(sheets()) >= 2
    for sheet in sheets():
        assert sheet.author
        assert sheet.source


def test_the_sample_builds_without_rejects_and_every_correction_finds_its_fact(kg, sample_build):
    store, said = sample_build
    assert "rejected" not in said
    kg("check", "--store", store)


def test_what_a_sheet_adds_is_in_the_graph_with_its_source(kg, sample):
    for sheet in sheets():
        for contact in sheet.report.contacts:
            people = "-".join(sorted(who.slug for who in contact.participants))
            why = kg("why", f"meeting/{contact.when.date}-{people}", "--store", sample).stdout
            assert f"according to {sheet.source}" in why


def test_a_correction_gives_the_day(kg, sample: Path):
    asked = kg("query", "meetings-of-leader", "--param", "leader=Vladimir Putin", "--store", sample, "--format", "csv")
    assert "2025-08-15" in asked.stdout
    assert "Anchorage" in asked.stdout


def test_an_anniversary_of_a_sheet_is_listed(kg, sample: Path):
    asked = kg("query", "anniversaries", "--store", sample, "--format", "csv").stdout
    assert "2025-04-01" in asked
    assert "75" in asked
