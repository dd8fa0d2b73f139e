"""Answers as lists of dictionaries with values of Python's own, and as data frames of pandas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from kg.engine.reader import Table, Term
from kg.errors import ConfigError
from kg.store.prefixes import XSD

if TYPE_CHECKING:
    import pandas as pd

Value = str | int | float | bool | dt.date | dt.datetime | None
"""What stands in a cell: IRIs and what has no type of Python's own are text; ``None`` where nothing is bound."""

_INTEGERS: Final = (
    "integer int long short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger unsignedInt "
    "unsignedLong unsignedShort unsignedByte"
)
_READ: Final[Mapping[str, Callable[[str], Value]]] = {
    **dict.fromkeys((f"{XSD}{name}" for name in _INTEGERS.split()), int),
    **dict.fromkeys((f"{XSD}{name}" for name in ("decimal", "double", "float")), float),
    f"{XSD}boolean": lambda text: text in {"true", "1"},
    f"{XSD}date": dt.date.fromisoformat,
    f"{XSD}dateTime": dt.datetime.fromisoformat,
}


class Rows(list[dict[str, Value]]):
    """A table: a dictionary for each row, with a key for each of its ``columns``.

    ``is_cut`` says that there were more rows than may be.
    """

    def __init__(self, columns: Iterable[str], rows: Iterable[dict[str, Value]], *, is_cut: bool = False) -> None:
        """Keep the columns, which are known also of a table without rows."""
        super().__init__(rows)
        self.columns = tuple(columns)
        self.is_cut = is_cut

    def to_pandas(self) -> pd.DataFrame:
        """The same table as a data frame.

        Raises:
            ConfigError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise ConfigError("a data frame takes pandas: install diplomacy-kg[pandas]") from error
        return pd.DataFrame([list(row.values()) for row in self], columns=list(self.columns))


def rows_of(table: Table) -> Rows:
    """The rows of an answer, each with all columns."""
    rows = ({name: _value(row.get(name)) for name in table.columns} for row in table.rows)
    return Rows(table.columns, rows, is_cut=table.is_cut)


def _value(term: Term | None) -> Value:
    """The value of a term; its text where its type has no such value, as a day with a time zone."""
    if term is None:
        return None
    read = _READ.get(term.datatype or "", str)
    try:
        return read(term.value)
    except ValueError:
        return term.value
