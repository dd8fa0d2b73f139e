"""pandas, which takes a table from its address."""

from __future__ import annotations

from urllib.parse import quote

import pandas as pd
import pytest

from tests.clients.world import IRIS, LEADERS, NAMES

pytestmark = pytest.mark.server


def test_a_saved_question_is_a_table(site: str) -> None:
    table = pd.read_csv(f"{site}queries/who-met-at-summit.csv?summit=Lake%20Forum%202025")
    assert len(table) > 0
    assert "Anna Novák" in set(table.to_numpy().flatten())


@pytest.mark.parametrize("told", [{"storage_options": {"Accept": "text/csv"}}, {}], ids=["by header", "by format"])
def test_a_query_is_a_table_with_its_columns_in_the_order_of_the_query(site: str, told: dict) -> None:
    address = f"{site}sparql?query={quote(LEADERS)}" + ("" if told else "&format=csv")
    table = pd.read_csv(address, **told)
    assert list(table.columns) == ["name", "leader"]
    assert list(table["name"]) == NAMES
    assert list(table["leader"]) == IRIS


def test_numbers_and_days_come_as_such(site: str) -> None:
    query = """PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        SELECT ?n ?day ?text { VALUES (?n ?day ?text)
          { (7 "2025-06-17"^^xsd:date "a, \\"b\\"\\nc") (8 "2025-06-18"^^xsd:date UNDEF) } } ORDER BY ?n"""
    table = pd.read_csv(f"{site}sparql?query={quote(query)}&format=csv", parse_dates=["day"])
    assert list(table["n"]) == [7, 8]
    assert list(table["day"].dt.day) == [17, 18]
    assert table["text"][0] == 'a, "b"\nc'
    assert pd.isna(table["text"][1])
