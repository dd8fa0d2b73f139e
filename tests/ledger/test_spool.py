"""Words in a file stand for the same words in memory, wherever a build looks at them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.facts.report import Report
from kg.facts.statement.record import Statement
from kg.ledger.spool import Spool, Spooled
from kg.model.date import PartialDate
from kg.model.entity import Leader
from kg.model.fact import Evidence
from kg.model.text import Article

PLACES = st.integers(0, 10**7)
TEXTS = st.one_of(st.none(), st.text(max_size=40))
DATES = st.one_of(st.none(), st.dates().map(PartialDate.of), st.just(PartialDate(month=2, day=29)))
WORDS = st.builds(
    Evidence,
    begin=PLACES,
    end=PLACES,
    quote=st.text(max_size=5000),
    rule=st.text(max_size=40),
    date_text=TEXTS,
    stated_date=DATES,
    attributed_to=TEXTS,
    antecedents=st.lists(st.tuples(PLACES, PLACES), max_size=4).map(tuple),
)


def report(*facts: tuple[Evidence, ...]) -> Report:
    speaker = Leader(name="Anna Novak")
    return Report(
        article=Article(id="a", path="a.txt", text="", paragraphs=()),
        statements=tuple(Statement(speaker=speaker, evidence=words) for words in facts),
    )


@settings(deadline=None)
@given(facts=st.lists(st.lists(WORDS, max_size=4).map(tuple), max_size=5))
def test_words_in_a_file_are_those_in_memory(facts: list[tuple[Evidence, ...]]) -> None:
    held = report(*facts)
    with Spool() as spool:
        light = spool.light(held)
        assert light == held
        assert hash(light) == hash(held)
        assert repr(light) == repr(held)
        for told, words in zip(light.statements, facts, strict=True):
            assert words == told.evidence
            assert (list(told.evidence), len(told.evidence), told.evidence[:1]) == (list(words), len(words), words[:1])
            assert bool(told.evidence) == bool(words)


def test_facts_share_the_place_of_their_words() -> None:
    with Spool() as spool:
        [told] = spool.light(report((Evidence(begin=1, end=2, quote="they met", rule="some.rule"),))).statements
        assert isinstance(told.evidence, Spooled)
        assert replace(told, about=("SVN",)).evidence is told.evidence


def test_more_words_than_wait_in_memory_are_found_again() -> None:
    facts = [(Evidence(begin=number, end=number + 1, quote="x" * 70_000, rule="some.rule"),) for number in range(40)]
    with Spool() as spool:
        assert spool.light(report(*facts)) == report(*facts)


def test_a_folder_that_is_not_there_is_named_as_a_fault_of_the_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="what articles tell could not be written"):
        Spool(tmp_path / "nowhere")
