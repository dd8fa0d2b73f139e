"""The report of any source that is read: a news article by the rules, a record by its fields and the rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from kg.extract.lexicon import Lexicon
from kg.facts.journey.telling import read_journey
from kg.facts.reading import read_facts
from kg.facts.report import Report
from kg.lexicon.calling import names_used
from kg.model.text import Article
from kg.read import Source, taken_back
from kg.read.historian import Journey


def report_of(source: Source, lexicon: Lexicon) -> Report:
    """What the source says, each fact with its evidence; of what its publisher takes back, nothing."""
    if isinstance(source, Article) and taken_back(source) is not None:
        return Report(article=source)
    report = read_journey(source, lexicon) if isinstance(source, Journey) else read_facts(source, lexicon)
    names = _calling(lexicon)(report.article.text)
    return replace(report, article=replace(report.article, names=names))


@lru_cache(maxsize=4)
def _calling(lexicon: Lexicon) -> Callable[[str], tuple[str, ...]]:
    return names_used(lexicon.world)
