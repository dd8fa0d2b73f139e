"""Tables as Parquet: the values of the CSV with their types, and a word on what to install where PyArrow is missing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest

from kg.store import parquet
from kg.store.export import ExportFormat, write_graph
from kg.store.generation import publish
from kg.store.prefixes import DIP, RDF
from kg.store.tables import TABLES, Kind

SAMPLE = Path(__file__).parents[1] / "queries" / "sample.ttl"
BASE = "https://w3id.org/diplomacy-kg/id/"
TYPES = {Kind.TEXT: pa.string(), Kind.LIST: pa.list_(pa.string()), Kind.COUNT: pa.int64(), Kind.DAY: pa.date32()}


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    store.load(path=SAMPLE, format=ox.RdfFormat.TURTLE)
    return store


def read(store: ox.Store, name: str) -> pa.Table:
    return pq.read_table(io.BytesIO(write_graph(store, ExportFormat(f"{name}.parquet"))))


def shown(value: object) -> str:
    return "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_says_what_its_csv_says(store: ox.Store, name: str) -> None:
    told = csv.DictReader(io.StringIO(write_graph(store, ExportFormat(f"{name}.csv")).decode(), newline=""))
    table = read(store, name)
    assert [{key: shown(value) for key, value in row.items()} for row in table.to_pylist()] == list(told)
    assert {field.name: field.type for field in table.schema} == {
        column.name: TYPES[column.kind] for column in TABLES[name].columns
    }
    assert all(field.metadata[b"description"] for field in table.schema)


def test_days_are_days_numbers_are_numbers_and_lists_are_lists(store: ox.Store) -> None:
    meetings = {row["meeting"]: row for row in read(store, "meetings").to_pylist()}
    meeting = meetings[f"{BASE}meeting/2025-06-17-anna-novak-emil-brandt"]
    assert meeting["earliest"] == meeting["latest"] == dt.date(2025, 6, 17)
    assert meeting["participants"] == ["Anna Novák", "Emil Brandt"]
    assert (meeting["sources"], len(meeting["articles"])) == (2, 3)  # one is a copy


def test_a_table_of_many_rows_is_written_in_groups_and_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS", 7)
    store = ox.Store()
    kind, leader = ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{DIP}Leader")
    store.extend(ox.Quad(ox.NamedNode(f"{BASE}leader/{n:02}"), kind, leader) for n in range(20))
    content = write_graph(store, ExportFormat.LEADERS_PARQUET)
    file = pq.ParquetFile(io.BytesIO(content))
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [7, 7, 6]
    assert content == write_graph(store, ExportFormat.LEADERS_PARQUET)


def test_an_empty_table_has_its_columns() -> None:
    table = read(ox.Store(), "summits")
    assert (table.num_rows, table.column_names) == (0, [column.name for column in TABLES["summits"].columns])


@pytest.mark.parametrize("day", ["soon", "2025-13-01", "0000-01-01", ""])
def test_what_is_no_day_is_unknown(day: str) -> None:
    store, leader = ox.Store(), ox.NamedNode(f"{BASE}summit/x")
    store.add(ox.Quad(leader, ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{DIP}Summit")))
    store.add(ox.Quad(leader, ox.NamedNode(f"{DIP}earliest"), ox.Literal(day)))
    assert read(store, "summits").to_pylist()[0]["earliest"] is None


def test_without_pyarrow_the_command_says_what_to_install(tmp_path: Path) -> None:
    publish(tmp_path / "store", [])
    out = tmp_path / "leaders.parquet"
    script = "import sys; sys.modules['pyarrow'] = None; sys.argv[0] = 'kg'; from kg.cli import main; sys.exit(main())"
    told = ["export", "--store", str(tmp_path / "store"), "--format", "leaders.parquet", "-o", str(out)]
    done = subprocess.run([sys.executable, "-c", script, *told], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'diplomacy-kg[parquet]'" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("leaders*"))
