"""A sample of the real records, where they stand beside the project; `coverage.py` beside this reads them all."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kg.extract.lexicon import Lexicon
from kg.facts.journey.telling import read_journey

SAMPLE = 200


@pytest.fixture(scope="module")
def records() -> ModuleType:
    """The check script, as a module."""
    spec = importlib.util.spec_from_file_location("records_coverage", Path(__file__).with_name("coverage.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    if not module.REAL.is_dir():
        pytest.skip(f"the records of visits and travels are not there: {module.REAL}")
    return module


def test_nearly_all_titled_people_whom_somebody_met_with_are_found(records: ModuleType, lexicon: Lexicon) -> None:
    whole = [journey for journey in records.journeys(records.REAL) if any(records.people_met(journey.remarks))]
    named, missed = records.measure(whole[:: len(whole) // SAMPLE], lexicon)
    assert named >= SAMPLE
    assert len(missed) <= named * 0.02, [(journey.path, who) for journey, who in missed]


def test_the_president_of_a_visit_is_the_one_in_office(records: ModuleType, lexicon: Lexicon) -> None:
    visits = [journey for journey in records.journeys(records.REAL) if journey.role == "visitor"]
    wrong = []
    for journey in visits[:: len(visits) // SAMPLE]:
        met = records.presidents_of(journey, read_journey(journey, lexicon), lexicon)
        wrong += [(journey.path, name) for name, in_office in met if not in_office]
    assert wrong == []
