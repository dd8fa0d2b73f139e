"""Tables as Parquet, with types: days, numbers and lists as such, and nothing where nothing is known.

PyArrow, which writes it, is an extra. The same graph gives the same bytes by the same version of PyArrow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from itertools import islice
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.errors import ConfigError
from kg.store.streams import Kept
from kg.store.tables import SEPARATOR, Kind, Table, rows

if TYPE_CHECKING:
    import pyarrow as pa

ROWS: Final = 10_000  # in memory at a time, and in a group of rows
_LARGEST: Final = 1 << 63


def can_write_parquet() -> bool:
    """Whether PyArrow is installed."""
    return find_spec("pyarrow") is not None


def write_parquet(store: ox.Store, table: Table, sink: IO[bytes]) -> None:
    """Nothing; the table is in the sink, in groups of rows.

    Raises:
        ConfigError: PyArrow is not installed.
    """
    if not can_write_parquet():
        raise ConfigError("Parquet is written by PyArrow, which is not installed: pip install 'diplomacy-kg[parquet]'")
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = _schema(table)
    told = rows(store, table)
    with pa.PythonFile(Kept(sink), mode="w") as file, pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while batch := list(islice(told, ROWS)):
            writer.write_batch(
                pa.record_batch(list(_columns(table, batch, schema)), schema=schema), row_group_size=ROWS
            )


def _schema(table: Table) -> pa.Schema:
    import pyarrow as pa

    types = {
        Kind.TEXT: pa.string(),
        Kind.LIST: pa.list_(pa.string()),
        Kind.COUNT: pa.int64(),
        Kind.DAY: pa.date32(),
    }
    fields = [pa.field(each.name, types[each.kind], metadata={"description": each.about}) for each in table.columns]
    return pa.schema(fields, metadata={"description": table.about})


def _columns(table: Table, batch: Sequence[Sequence[Sequence[str]]], schema: pa.Schema) -> Iterator[Any]:
    import pyarrow as pa

    for number, column in enumerate(table.columns):
        read = _READ[column.kind]
        yield pa.array([read(row[number]) for row in batch], type=schema.field(number).type)


def _text(values: Sequence[str]) -> str | None:
    return SEPARATOR.join(values) or None


def _count(values: Sequence[str]) -> int | None:
    for value in values:
        with suppress(ValueError):
            number = int(value)
            return number if -_LARGEST <= number < _LARGEST else None
    return None


def _day(values: Sequence[str]) -> dt.date | None:
    """The first that is a day; people may write anything into a graph of theirs."""
    for value in values:
        with suppress(ValueError):
            return dt.date.fromisoformat(value[:10])
    return None


_READ: Final[Mapping[Kind, Callable[[Sequence[str]], object]]] = MappingProxyType(
    {Kind.TEXT: _text, Kind.LIST: list, Kind.COUNT: _count, Kind.DAY: _day}
)
