"""Fact sheets and JSON Lines: a slip is told with its line, and nothing is lost on the way."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SeedError
from kg.facts.draft_sheet import to_sheet
from kg.facts.jsonl import from_line, to_json, to_line
from kg.facts.report import Report
from kg.facts.sheet import Mode, parse_sheet, read_sheet
from kg.facts.statement.record import Statement
from kg.model.date import PartialDate
from kg.model.entity import Leader
from kg.model.fact import Evidence, Problem, ProblemKind
from kg.model.text import Article

SHEET = Path(__file__).parent / "lake_summit.toml"
HEAD = '[sheet]\nauthor = "A"\nsource = "B"\n'
CALL = HEAD + '[[contacts]]\nkind = "phone"\nstatus = "held"\nparticipants = ["A", "B"]\n'
PACT = HEAD + '[[agreements]]\nact = "signed"\ntopic = "x"\nhead = "x"\nparties = ["A"]\n'


def lake() -> Report:
    return read_sheet(SHEET).report


def test_a_sheet_names_its_author_and_its_source() -> None:
    sheet = read_sheet(SHEET)
    assert (sheet.author, sheet.source) == ("Ida Brandt", "Embassy bulletin 14")
    assert sheet.report.article.byline == "Ida Brandt"
    assert sheet.report.article.publisher == "Embassy bulletin 14"
    assert sheet.report.article.published == "2024-05-14"


def test_a_sheet_tells_facts_of_every_kind() -> None:
    report = lake()
    told = (report.contacts, report.summits, report.agreements, report.anniversaries, report.tenures, report.statements)
    assert [len(facts) for facts in told] == [4, 1, 1, 1, 2, 1]
    assert report.contacts[0].participants[0].country == "SVN"
    assert report.contacts[0].place is not None
    assert report.contacts[0].place.country == "SVN"


def test_a_fact_without_a_quotation_rests_on_its_own_lines_of_the_sheet() -> None:
    sheet = read_sheet(SHEET)
    words = sheet.report.contacts[1].evidence[0]
    lines = sheet.article.text[words.begin : words.end]
    assert lines.startswith('[[contacts]]\nid = "call"')
    assert lines.endswith('precision = "week"')
    assert words.quote == " ".join(lines.split())
    assert words.attributed_to == "Embassy bulletin 14"


def test_the_same_sheet_has_the_same_id_wherever_it_lies() -> None:
    text = SHEET.read_text(encoding="utf-8")
    assert parse_sheet(text, "a.toml").article.id == parse_sheet(text, "b/c.toml").article.id


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "[sheet]"),
        ("author = 3", 1, "[sheet]"),
        ('[sheet]\nauthor = "A"\n', 1, "a text is required"),
        ('[sheet]\nauthor = "A"\nsource = ""\n', 3, "a text is required"),
        (HEAD + "x = \n", 4, "not TOML"),
        (HEAD + 'mood = "gay"\n', 4, "unknown key 'mood'"),
        (HEAD + "[[contact]]\n", 4, "unknown key 'contact'"),
        (HEAD + "[[leaders]]\nname = 5\n", 5, "a text is expected"),
        (HEAD + '[[contacts]]\nkind = "dinner"\nparticipants = ["A", "B"]\n', 5, "'dinner' is none of meeting"),
        (HEAD + '[[contacts]]\nkind = "phone"\nparticipants = ["A"]\n', 6, "two different participants"),
        (CALL + 'date = "May"\n', 8, "no date"),
        (CALL + 'duration = "1h"\n', 8, "PT30M"),
        (CALL + "earliest = 2024-01-02\n", 8, "come"),
        (HEAD + '[[tenures]]\nholder = "A"\noffice = "B"\ncountry = "C"\nend_latest = "2024-05"\n', 8, "no full day"),
        (PACT + 'concerns = ["A"]\n', 9, "only"),
        (HEAD + '[[anniversaries]]\nordinal = 0\nof = "x"\nhead = "x"\n', 5, "from 1"),
        (HEAD + '[[anniversaries]]\nordinal = true\nof = "x"\nhead = "x"\n', 5, "whole number"),
        (HEAD + '[[summits]]\nseries = "X"\n[[summits]]\nseries = "Y"\nyaer = 2024\n', 8, "unknown key 'yaer'"),
        (HEAD + '[[statements]]\nspeaker = "A"\n[[statements.evidence]]\nbegin = 5\nend = 3\n', 8, "from 5"),
        (HEAD + '[[correct]]\nfact = "x"\nreason = "y"\n', 5, "changes something"),
        (HEAD + '[[retract]]\nfact = "x"\n', 4, "a text is required"),
        (HEAD + '[[retract]]\nfact = "x"\nreason = "y"\ndate = "2024"\n', 7, "unknown key 'date'"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_file_and_line(text: str, line: int, words: str) -> None:
    with pytest.raises(SeedError) as caught:
        parse_sheet(text, "slip.toml")
    assert (caught.value.file, caught.value.line) == ("slip.toml", line)
    assert words in caught.value.reason


def test_a_file_that_is_no_text_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "bytes.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SeedError, match=r"bytes\.toml: not UTF-8"):
        read_sheet(file)


def test_a_sheet_that_was_written_reads_back_as_the_same_facts() -> None:
    report = replace(lake(), article=Article(id="x1", path="x.txt", text="", paragraphs=()))
    sheet = parse_sheet(to_sheet(report, author="A", source="B"), "x.toml")
    assert sheet.report == report
    assert sheet.mode is Mode.REPLACE


def test_a_line_of_json_reads_back_as_the_same_report() -> None:
    report = replace(lake(), article=Article(id="x1", path="x.txt", text="", paragraphs=()))
    report = replace(report, problems=(Problem(kind=ProblemKind.UNKNOWN_NAME, begin=1, end=4, detail="who"),))
    assert from_line(to_line(report), "x.jsonl", 1) == report


def test_json_says_what_the_design_says() -> None:
    contact = to_json(lake())["contacts"][0]
    assert contact["kind"] == "meeting"
    assert contact["participants"] == ["Anna Novak", "Juan Horvat"]
    assert contact["summit"] == {"series": "EPC", "year": 2024, "place": "Bled"}
    assert (contact["date"], contact["earliest"], contact["latest"]) == ("2024-05-12",) * 3
    assert to_json(lake())["contacts"][1]["date"] is None


@pytest.mark.parametrize(
    ("change", "words"),
    [("{", "not JSON"), ("[]", "a table"), ('{"article": {"id": "a", "path": "b", "colour": 1}}', "article/colour")],
)
def test_a_bad_line_of_json_is_told_with_its_number(change: str, words: str) -> None:
    with pytest.raises(SeedError) as caught:
        from_line(change, "x.jsonl", 7)
    assert caught.value.line == 7
    assert words in str(caught.value)


TEXTS = st.text(min_size=1, max_size=30)


@given(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), st.integers(0, 10**6), st.integers(1, 9999))
def test_whatever_an_article_quotes_survives_both_formats(
    texts: tuple[str, str, str, str], begin: int, year: int
) -> None:
    name, quote, rule, head = texts
    words = Evidence(begin=begin, end=begin + 9, quote=quote, rule=rule, stated_date=PartialDate(year=year))
    said = Statement(speaker=Leader(name=name), about=("SVN",), about_anniversary=(3, head), evidence=(words,))
    article = Article(id="x1", path="x.txt", text="", paragraphs=(), headline=quote)
    report = Report(article=article, statements=(said,))
    line = to_line(report)
    assert "\n" not in line
    assert from_line(line, "x", 1).statements == report.statements
    assert json.loads(line)["article"]["headline"] == quote
    assert parse_sheet(to_sheet(report), "x").report.statements == report.statements
