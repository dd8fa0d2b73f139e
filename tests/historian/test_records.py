"""Records of visits and travels to facts: who met whom, when and where, and what a record does not say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.errors import ArticleError
from kg.facts.contact.record import Contact
from kg.facts.journey.account import with_subject
from kg.facts.report import Report
from kg.model.fact import Status
from kg.read import read_articles, read_sources
from kg.read.historian import read_journeys

HERE = Path(__file__).parent
Reports = Mapping[str, Report]


def pairs(report: Report) -> list[set[str]]:
    return [{who.name for who in contact.participants} for contact in report.contacts if contact.status is Status.HELD]


def only(report: Report) -> Contact:
    (contact,) = report.contacts
    return contact


def test_a_private_visit_is_no_meeting(reports: Reports) -> None:
    assert reports["90006"].contacts == ()


def test_a_state_visit_is_a_meeting_with_the_president_of_that_day(reports: Reports) -> None:
    contact = only(reports["90005"])
    assert {who.name for who in contact.participants} == {"Nelson Mandela", "Bill Clinton"}
    assert (str(contact.when.earliest), str(contact.when.latest)) == ("1994-10-02", "1994-10-05")


def test_a_visit_across_two_presidencies_names_no_host(reports: Reports) -> None:
    report = reports["90007"]
    assert report.contacts == ()
    assert [problem.kind.value for problem in report.problems] == ["ambiguous-name"]


def test_a_working_visit_with_another_host_is_no_meeting_with_the_president(reports: Reports) -> None:
    assert not any("Ronald Reagan" in pair for pair in pairs(reports["90008"]))


def test_a_surname_alone_is_told_apart_by_country(reports: Reports) -> None:
    names = {who.name for report in (reports["90008"], reports["91004"]) for who in report.leaders}
    assert {"Lindqvist of Sweden", "Lindqvist of France"} <= names


def test_every_person_of_a_list_is_met_by_himself(reports: Reports) -> None:
    traveller = "Antony Blinken"
    assert pairs(reports["91003"]) == [
        {traveller, other} for other in ("Egils Levits", "Krišjānis Kariņš", "Edgars Rinkēvičs")
    ]


def test_a_meeting_of_ministers_is_no_summit(reports: Reports) -> None:
    assert reports["91003"].summits == ()


def test_accompanying_somebody_is_no_meeting(reports: Reports) -> None:
    assert not any("Harry S. Truman" in pair for pair in pairs(reports["91004"]))


def test_a_day_that_the_remarks_give_is_the_day(reports: Reports) -> None:
    assert str(only(reports["91004"]).when.date) == "1950-05-09"


def test_several_towns_are_no_place_but_their_country(reports: Reports) -> None:
    place = only(reports["91004"]).place
    assert place is not None
    assert place.name == "France"


def test_the_economic_summit_is_the_gathering_of_those_days(reports: Reports) -> None:
    (summit,) = reports["90003"].summits
    assert (summit.series, summit.year, [who.name for who in summit.participants]) == (
        "G7",
        1983,
        ["Margaret Thatcher"],
    )


def test_a_gathering_at_another_time_is_not_that_year_s_summit(reports: Reports) -> None:
    assert reports["91002"].summits == ()


def test_listed_heads_of_state_and_government_are_those_in_office(reports: Reports) -> None:
    (summit,) = reports["91001"].summits
    names = {who.name for who in summit.participants}
    assert {"Jimmy Carter", "Valéry Giscard d'Estaing", "Pierre Trudeau", "Takeo Fukuda"} == names


def test_a_meeting_at_a_summit_is_on_its_margins(reports: Reports) -> None:
    contact = only(reports["90002"])
    assert contact.summit is not None
    assert (contact.summit.series, contact.summit.year) == ("G7", 2004)


def test_every_quote_is_the_account_s_text(reports: Reports) -> None:
    for report in reports.values():
        facts = (*report.contacts, *report.summits, *report.tenures, *report.agreements)
        for words in (words for fact in facts for words in fact.evidence):
            assert report.article.text[words.begin : words.end] == words.quote


def test_no_stand_in_is_left_in_a_report(reports: Reports) -> None:
    for report in reports.values():
        named = {who.name for who in report.leaders} | {t.holder.name for t in report.tenures}
        named |= {who.name for contact in report.contacts for who in contact.participants}
        assert not any("rulam" in name for name in named)


@pytest.mark.parametrize(
    ("remarks", "account"),
    [
        ("", ""),
        ("Private visit.", "Private visit."),
        ("Met with King Olav.", "X met with King Olav."),
        ("Official visit; met with King Olav.", "Official visit. X met with King Olav."),
        ("In Oslo, met with King Olav.", "In Oslo, X met with King Olav."),
        ("Audience with Pope Paul VI.", "X had an audience with Pope Paul VI."),
        ("Met with King Olav and Prime Minister Lind.", "X met with King Olav. X also met with Prime Minister Lind."),
        ("Met with Prime Minister and Foreign Minister Lind.", "X met with Prime Minister and Foreign Minister Lind."),
        ("Met with King Olav and visited Bergen.", "X met with King Olav. X visited Bergen."),
    ],
)  # fmt: skip
def test_the_subject_is_put_back(remarks: str, account: str) -> None:
    assert with_subject(remarks, "X") == account


def test_a_bad_record_is_named_and_the_others_are_read() -> None:
    found = list(read_sources(HERE / "visits.xml", is_place=lambda _: False))
    (bad,) = [source for source in found if isinstance(source, ArticleError)]
    assert bad.path.endswith("visits.xml#90009")
    assert len(found) == 9


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('<!DOCTYPE visits [<!ENTITY a "aaaa">]><visits><visit/></visits>', "document type"),
        ("<!doctype visits><visits/>", "document type"),
        ("<visits><visit></visits>", "not well-formed"),
        ("<html/>", "unknown XML"),
        ("<visits>" + "<a>" * 20 + "</a>" * 20 + "</visits>", "nested deeper"),
        ("", "empty"),
    ],
)
def test_xml_that_is_no_record_is_refused(content: str, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason):
        list(read_journeys(content.encode(), "a.xml"))


def test_a_document_type_does_not_hide_in_another_encoding() -> None:
    content = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE visits []><visits/>'
    with pytest.raises(ArticleError, match="document type"):
        list(read_journeys(content.encode("utf-16"), "a.xml"))


def test_where_articles_alone_are_read_a_record_is_none(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text("<visits/>", encoding="utf-8")
    (error,) = read_articles(file, is_place=lambda _: False)
    assert isinstance(error, ArticleError)
