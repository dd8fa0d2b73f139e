"""Who met whom at the G7: the saved question over the graph of the small records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from kg.config import BASE_IRI, shipped
from kg.extract.lexicon import Lexicon
from kg.facts.report import Report
from kg.pipeline import Sources, assemble, draw
from kg.query.bind import bind
from kg.query.names import Names
from kg.query.saved import load_queries


def rows(reports: Mapping[str, Report], lexicon: Lexicon, since: str) -> list[tuple[str, ...]]:
    sources = Sources(reports=tuple(reports.values()))
    whole, _ = assemble(sources, lexicon.world)
    store = draw(whole, sources, lexicon.world, BASE_IRI)
    saved = load_queries(shipped("queries"))["g7-since-1975"]
    text = bind(saved, {"since": since}, Names([]), dt.date(2026, 11, 22))
    columns = ("year", "leaderName", "counterpartName", "how")
    return [tuple(row[column].value for column in columns) for row in store.query(text)]


def test_the_pairs_of_every_summit_are_listed(reports: Mapping[str, Report], lexicon: Lexicon) -> None:
    assert rows(reports, lexicon, "1983") == [
        ("1983", "Margaret Thatcher", "Pierre Trudeau", "both attended"),
        ("2004", "George W. Bush", "Gerhard Schröder", "met"),
        ("2004", "Gerhard Schröder", "Junichiro Koizumi", "both attended"),
    ]


def test_the_year_bounds_the_answer(reports: Mapping[str, Report], lexicon: Lexicon) -> None:
    years = {year for year, *_ in rows(reports, lexicon, "1975")}
    assert years == {"1978", "1983", "2004"}
