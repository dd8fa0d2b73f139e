"""What is recorded beside a quote that only refers to people and countries: the places that name them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from kg.evaluate.gold import item_article
from kg.extract.lexicon import Lexicon, load_lexicon
from kg.facts.reading import read_facts
from kg.facts.report import Report
from kg.model.fact import Evidence

NOVAK = "Slovenian Prime Minister Anna Novak"
KALNS = "Latvian Prime Minister Juris Kalns"
LEAD = f"{NOVAK} met {KALNS} in Riga on Monday."


class Fact(Protocol):
    """Any record."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Its words."""


@cache
def lexicon() -> Lexicon:
    return load_lexicon()


def read(text: str) -> Report:
    return read_facts(item_article("1", "2025-06-18", text), lexicon())


def chains(report: Report, facts: Sequence[Fact]) -> list[list[str]]:
    """The words of the places recorded beside each quote."""
    text = report.article.text
    return [[text[begin:end] for begin, end in told.antecedents] for fact in facts for told in fact.evidence]


def test_a_quote_that_names_everybody_needs_no_chain() -> None:
    report = read(LEAD)
    assert chains(report, report.contacts) == [[]]


def test_a_pronoun_leads_to_the_name() -> None:
    report = read(f"{NOVAK} is in Riga. On Monday she met {KALNS}.")
    assert chains(report, report.contacts) == [[NOVAK]]


def test_a_surname_that_is_nearer_leads_on_to_the_full_name() -> None:
    report = read(f"{NOVAK} is in Riga. Novak has a cold. On Monday she met {KALNS}.")
    assert chains(report, report.contacts) == [[NOVAK, "Novak"]]


def test_who_is_named_only_behind_the_quote_is_recorded_from_there() -> None:
    report = read(f"PM meets Latvian counterpart. {LEAD}")
    assert all(len(chain) in {0, 2} for chain in chains(report, report.contacts))


def test_the_two_leaders_who_agreed_are_recorded() -> None:
    report = read(f"{LEAD} They agreed to reopen the ferry line.")
    assert chains(report, report.agreements) == [[NOVAK, KALNS]]


def test_the_two_countries_that_agreed_are_recorded() -> None:
    report = read("Chile and Peru held talks in Lima. The two countries agreed to reopen the border.")
    assert chains(report, report.agreements) == [["Chile", "Peru"]]


def test_sides_that_only_their_leaders_show_are_recorded_by_these() -> None:
    report = read("Emmanuel Macron met Friedrich Merz on Monday. The two sides agreed to build a ferry.")
    assert chains(report, report.agreements) == [["Emmanuel Macron", "Friedrich Merz"]]


def test_a_country_concerned_that_stands_behind_the_quote_is_recorded() -> None:
    report = read(f"{LEAD} They reaffirmed the importance of energy links, with Romania too.")
    assert chains(report, report.agreements) == [[NOVAK, KALNS, "Romania"]]


def test_whose_anniversary_it_is_is_recorded() -> None:
    report = read(
        "Chile and Peru celebrated on Friday. They marked the 60th anniversary of their diplomatic relations."
    )
    assert chains(report, report.anniversaries) == [["Chile", "Peru"]]


def test_the_words_that_say_who_speaks_are_recorded() -> None:
    report = read(f"{LEAD} “The ferry between Latvia and Slovenia is not a dream,” she said.")
    assert chains(report, report.statements) == [[NOVAK, "she"]]


def test_a_quotation_that_goes_on_has_the_speaker_of_the_one_before_it() -> None:
    report = read(f"{LEAD} “Latvia is a friend to all of us,” Novak said. “Slovenia will not forget that at all.”")
    assert chains(report, report.statements) == [[NOVAK, "Novak"], [NOVAK, "Latvia", "Novak"]]


def test_whose_office_began_is_recorded() -> None:
    report = read(f"{NOVAK} met {KALNS} in Riga on Monday, a month after taking office.")
    found = [chain for chain in chains(report, report.tenures) if chain]
    assert found in ([[NOVAK]], [[KALNS]])


def test_who_was_at_a_gathering_is_recorded() -> None:
    report = read(f"{NOVAK} is abroad. She attended the G20 summit in Rome.")
    found = [chain for chain in chains(report, report.summits) if chain]
    assert found == [[NOVAK]]
