"""The report of any source that is read: a news article by the rules, a record by its fields and the rules."""

from __future__ import annotations

from kg.extract.lexicon import Lexicon
from kg.facts.journey.telling import read_journey
from kg.facts.reading import read_facts
from kg.facts.report import Report
from kg.read import Source
from kg.read.historian import Journey


def report_of(source: Source, lexicon: Lexicon) -> Report:
    """What the source says, each fact with its evidence."""
    return read_journey(source, lexicon) if isinstance(source, Journey) else read_facts(source, lexicon)
