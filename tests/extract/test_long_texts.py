"""A long text costs no more per character than a short one, whether it tells of ever new people or of the same few."""

from __future__ import annotations

import time
from itertools import islice, product

import pytest

from kg.extract.lexicon import load_lexicon
from kg.facts.reading import read_facts
from kg.read import read_text

COUNTRIES = ("Norway", "Chile", "Ghana", "Nepal", "Portugal", "Kenya", "Peru", "Jordan", "Estonia", "Fiji", "Oman")
REPORT = (
    "{0}'s President Anna {2} met {1} Prime Minister Karl {3} on Tuesday to discuss trade. The president said that "
    "the two leaders had agreed to sign a treaty on fisheries. She will receive Foreign Minister Jan {4} of {1} next "
    "week.\n"
)
SYLLABLES = ("ba", "do", "fi", "ka", "lu", "me", "no", "ra", "su", "ti", "ve", "zo")
MANY = 12


def surnames(number: int) -> list[str]:
    return ["".join(parts).title() + "nsky" for parts in islice(product(SYLLABLES, repeat=3), number)]


def seconds(paragraphs: list[str]) -> float:
    article = read_text(("Talks\n\n" + "\n".join(paragraphs)).encode(), "a.txt", lambda _: False)
    lexicon = load_lexicon()
    began = time.process_time()
    report = read_facts(article, lexicon)
    taken = time.process_time() - began
    assert report.contacts
    assert report.agreements
    return taken


def new_people(number: int) -> list[str]:
    names = surnames(3 * number)
    return [
        REPORT.format(COUNTRIES[at % 11], COUNTRIES[(at + 3) % 11], *names[3 * at : 3 * at + 3]) for at in range(number)
    ]


def same_people(number: int) -> list[str]:
    return new_people(1) * number


@pytest.mark.slow
@pytest.mark.parametrize("paragraphs", [new_people, same_people])
def test_the_time_of_a_text_does_not_grow_with_the_square_of_its_length(paragraphs) -> None:
    """Twelve times the length takes about 14 times as long, on a busy machine 25; once it took more than 40."""
    short = min(seconds(paragraphs(45)) for _ in range(3))
    long = min(seconds(paragraphs(45 * MANY)) for _ in range(2))
    assert long < 4 * MANY * short
