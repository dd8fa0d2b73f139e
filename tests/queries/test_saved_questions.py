"""Every saved question has a page of expected answers on the small invented world: the .md files beside this one."""

from __future__ import annotations

import datetime as dt
import re
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from rdflib.plugins.sparql.parser import parseQuery

from kg.config import BASE_IRI, shipped
from kg.engine.pool import Pool
from kg.engine.reader import Reader, Term
from kg.query.bind import bind
from kg.query.saved import VIEWS, load_queries

HERE = Path(__file__).parent
TODAY = dt.date(2026, 11, 22)
QUERIES = load_queries(shipped("queries"))


@dataclass(frozen=True)
class Case:
    query: str
    title: str
    given: dict[str, str]
    columns: list[str]
    rows: list[list[str]]


def cases() -> list[Case]:
    """``## title``, ``- parameter: value`` lines, then the answer as a table, or the word Nothing."""
    found = []
    for page in sorted(HERE.glob("*.md")):
        for section in page.read_text(encoding="utf-8").split("\n## ")[1:]:
            title, _, rest = section.partition("\n")
            given = dict(re.findall(r"^- (\w+): (.*)$", rest, re.MULTILINE))
            lines = [line for line in rest.splitlines() if line.startswith("|")]
            table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
            found.append(Case(page.stem, title, given, table[0] if table else [], table[2:]))
    return found


def shown(term: Term | None) -> str:
    if term is None:
        return ""
    text = term.value.removeprefix(f"{BASE_IRI}id/") if term.is_iri else term.value
    return text.replace("|", "¦")


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.query}: {case.title}")
def test_the_answer_is_the_one_on_its_page(case: Case, pool: Pool) -> None:
    reader = Reader(pool)
    text = bind(QUERIES[case.query], case.given, reader.names(), TODAY)
    began = time.perf_counter()
    table = reader.table(text)
    seconds = time.perf_counter() - began
    got = [[shown(row.get(column)) for column in table.columns] for row in table.rows]
    if case.columns:
        assert list(table.columns) == case.columns
    assert got == case.rows
    assert seconds < 1


def test_every_question_has_a_page() -> None:
    assert set(QUERIES) == {case.query for case in cases()}


def test_there_are_at_least_twenty_questions() -> None:
    assert len(QUERIES) >= 20


@pytest.mark.parametrize("name", QUERIES)
def test_a_question_is_standard_sparql_before_it_is_bound(name: str) -> None:
    parseQuery(QUERIES[name].text)


@pytest.mark.parametrize("name", QUERIES)
def test_a_question_tells_people_what_it_is(name: str) -> None:
    query = QUERIES[name]
    assert query.summary
    assert len(query.description) > 40
    assert query.tags
    assert query.view in VIEWS
