"""Whom of the world's leaders a text means by a surname and a bare title."""

from __future__ import annotations

import pytest

from kg.evaluate.gold import item_article
from kg.extract.lexicon import Lexicon, load_lexicon
from kg.facts.reading import read_facts


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.mark.parametrize(
    ("day", "text", "who"),
    [
        (
            "2025-06-18",
            "Secretary Rubio met Polish Foreign Minister Jan Kowal.",
            ("Marco Rubio", "Secretary of State", "USA"),
        ),
        (
            "2014-04-12",
            "Secretary Kerry met Polish Foreign Minister Jan Kowal.",
            ("John Kerry", "Secretary of State", "USA"),
        ),
        ("2014-04-12", "Secretary Hagel met Polish Minister Jan Kowal.", ("Chuck Hagel", "Defence Secretary", "USA")),
        ("2019-04-12", "Ghanaian Secretary Kerry met Polish Minister Jan Kowal.", ("Kerry", "Minister", "GHA")),
        (
            "2025-06-18",
            "Ghanaian Secretary Kofi Adjo met Jan Kowal, the Polish minister.",
            ("Kofi Adjo", "Minister", "GHA"),
        ),
    ],
)
def test_a_bare_secretary_is_the_one_in_office(
    day: str, text: str, who: tuple[str, str, str], lexicon: Lexicon
) -> None:
    leaders = read_facts(item_article(f"{day}-1", day, text), lexicon).leaders
    assert who in {(leader.name, leader.office, leader.country) for leader in leaders}


def test_who_has_left_the_office_is_not_its_secretary(lexicon: Lexicon) -> None:
    article = item_article("2025-06-18-1", "2025-06-18", "Secretary Kerry met Polish Foreign Minister Jan Kowal.")
    assert "John Kerry" not in {leader.name for leader in read_facts(article, lexicon).leaders}
