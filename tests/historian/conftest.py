"""The lexicon and the small records, read once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.errors import ArticleError
from kg.extract.lexicon import Lexicon, load_lexicon
from kg.facts.journey.telling import read_journey
from kg.facts.report import Report
from kg.read.historian import read_journeys

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def reports(lexicon: Lexicon) -> Mapping[str, Report]:
    """The report of every small record by its number."""
    found = {}
    for name in ("visits.xml", "trips.xml"):
        for journey in read_journeys((HERE / name).read_bytes(), name):
            if not isinstance(journey, ArticleError):
                found[journey.number] = read_journey(journey, lexicon)
    return found
