"""When two spellings in two articles are one person's: a page of cases that a diplomat could check."""

from __future__ import annotations

import pytest

from kg.assemble.merge import merge
from kg.assemble.people import one_name_each
from kg.facts.contact.record import Contact, ContactKind
from kg.facts.report import Report
from kg.model.date import PartialDate, When
from kg.model.entity import Leader
from kg.model.fact import Status
from kg.model.text import Article

HOST = Leader(name="Mia Lund", office="Prime Minister", country="NOR")
DAY = When.on(PartialDate.parse("2026-03-04"))


def minister(name: str, country: str = "OMN", office: str = "Foreign Minister") -> Leader:
    return Leader(name=name, office=office, country=country)


def report(article: str, *who: Leader, published: str | None = "2026-03-05") -> Report:
    contacts = tuple(
        Contact(id=f"c{number}", kind=ContactKind.MEETING, status=Status.HELD, format=None,
                participants=(HOST, leader), when=DAY)
        for number, leader in enumerate(who)
    )  # fmt: skip
    text = Article(id=article, path=article, text="", paragraphs=(), published=published)
    return Report(article=text, leaders=(HOST, *who), contacts=contacts)


def names(*reports: Report, known: tuple[str, ...] = ()) -> list[str]:
    found = one_name_each(reports, known)
    return sorted({who.name for each in found for who in each.leaders} - {HOST.name})


def test_no_reports_have_no_people() -> None:
    assert one_name_each([]) == []


def test_who_is_spelt_in_one_way_is_left_as_he_is() -> None:
    reports = [report("a", minister("Tarek Mansour")), report("b", minister("Tarek Mansour"))]
    assert one_name_each(reports) == reports


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed Al-Harthy", "Muhammad al-Harthi"),
        ("Nurlan Abdykalykov", "Nurlan Abdikalikov"),
        ("Oleksandr Hrytsenko", "Aleksandr Gritsenko"),
        ("Han Do-yun", "Do-yun Han"),
        ("Radu Ionescu", "Radu Mihai Ionescu"),
        ("Tarek Mansour", "Mansour"),
        ("Hassan bin Ali", "Hassan Ali"),
    ],
)
def test_two_spellings_of_one_minister_are_one_name(one: str, other: str) -> None:
    assert len(names(report("a", minister(one)), report("b", minister(other)))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Novak", "Petr Novak"),
        ("Marko Kovac", "Marta Kovac"),
        ("Kim Do-hyun", "Kim Do-won"),
        ("Li Wei", "Li Wen"),
        ("Amata Kabua", "Imata Kabua"),
        ("Pardo", "Prado"),
        ("Ibn Saud", "Saud"),
    ],
)
def test_two_people_of_one_surname_stay_two(one: str, other: str) -> None:
    assert len(names(report("a", minister(one)), report("b", minister(other)))) == 2


def test_another_country_or_office_is_another_person() -> None:
    one = report("a", minister("Mohammed Al-Harthy"))
    assert len(names(one, report("b", minister("Muhammad al-Harthi", country="YEM")))) == 2
    assert len(names(one, report("b", minister("Muhammad al-Harthi", office="Defence Minister")))) == 2


def test_a_surname_that_two_have_is_nobody_s() -> None:
    several = (report("a", minister("Anna Novak")), report("b", minister("Petr Novak")), report("c", minister("Novak")))
    assert names(*several) == ["Anna Novak", "Novak", "Petr Novak"]


def test_a_surname_alone_may_be_a_predecessor_s_years_before() -> None:
    late = report("a", minister("Tarek Mansour"))
    assert len(names(late, report("b", minister("Mansour"), published="2020-03-05"))) == 2
    assert len(names(late, report("b", minister("Mansour"), published=None))) == 2


def test_a_surname_goes_with_the_spelling_that_has_it() -> None:
    several = (report("a", minister("Nurlan Abdykalykov")), report("b", minister("Nurlan Abdikalykov")))
    assert names(*several, report("c", minister("Abdykalykov"))) == ["Nurlan Abdikalykov"]


def test_whom_one_article_names_apart_are_two() -> None:
    assert len(names(report("a", minister("Li Keqiang"), minister("Li Qeqiang")))) == 2


def test_whom_the_world_tells_apart_are_two() -> None:
    several = (report("a", minister("Li Keqiang")), report("b", minister("Li Qeqiang")))
    assert len(names(*several, known=("li-keqiang", "li-qeqiang"))) == 2
    assert names(*several, known=("li-qeqiang",)) == ["Li Qeqiang"]


def test_the_world_knows_by_which_part_of_a_name_somebody_is_called() -> None:
    assert (
        len(names(report("a", minister("Tarek Mansour")), report("b", minister("Mansour")), known=("tarek-mansour",)))
        == 2
    )


def test_the_name_in_the_article_is_kept_beside_the_common_one() -> None:
    reports = one_name_each([report("a", minister("Tarek Mansour")), report("b", minister("Mansour"))])
    assert [(who.name, who.written) for who in reports[1].contacts[0].participants] == [
        ("Mia Lund", None),
        ("Tarek Mansour", "Mansour"),
    ]


def test_one_meeting_told_in_two_spellings_is_one_meeting() -> None:
    whole = merge([report("a", minister("Mohammed Al-Harthy")), report("b", minister("Muhammad al-Harthi"))])
    assert [fact.whole.articles for fact in whole.contacts if fact.whole] == [("a", "b")]
