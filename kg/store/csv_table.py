"""Tables as CSV (RFC 4180) in UTF-8, with a head: what is several is separated by semicolons."""

from __future__ import annotations

import csv
import io
from typing import IO

import pyoxigraph as ox

from kg.store.tables import SEPARATOR, Table, rows


def write_csv(store: ox.Store, table: Table, sink: IO[bytes]) -> None:
    """Nothing; the table is in the sink, row by row: the same graph gives the same bytes."""
    line = io.StringIO()
    written = csv.writer(line)
    written.writerow([column.name for column in table.columns])
    for row in rows(store, table):
        written.writerow([SEPARATOR.join(values) for values in row])
        sink.write(line.getvalue().encode())
        line.seek(0)
        line.truncate()
    sink.write(line.getvalue().encode())
