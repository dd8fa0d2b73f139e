"""A strict reader of one table of JSON or TOML: every key is asked for by name and kind, what is left over is an error.

Shared by JSON Lines and fact sheets, which differ only in where a mistake stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, NoReturn, TypeVar

from kg.model.date import PartialDate, Precision, When

Path = tuple[str | int, ...]
Fault = Callable[[Path, str], Exception]
E = TypeVar("E", bound=StrEnum)
# The same names, offices, rules and times come in very many tables: each is one value in memory.
_KEPT: Final = 1 << 14
_SHORT: Final = 64  # characters of a text that may come again
_parsed = lru_cache(_KEPT)(PartialDate.parse)
_shared_when = lru_cache(_KEPT)(When)
_DURATION: Final = re.compile(r"P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")


class Fields:
    """One table on its way to a value; ``null`` and an absent key both mean unknown."""

    def __init__(self, table: object, path: Path, fault: Fault) -> None:
        """Take the table; ``fault`` makes the error for a place and a reason."""
        self._path = path
        self._fault = fault
        self._read: set[str] = set()
        if not isinstance(table, Mapping):
            raise fault(path, "a table is expected here")
        self._table: Mapping[str, Any] = table

    def refuse(self, key: str, reason: str) -> NoReturn:
        """Raise the error for one key."""
        raise self._fault((*self._path, key), f"{key}: {reason}")

    def _get(self, key: str) -> Any:
        self._read.add(key)
        return self._table.get(key)

    def has(self, key: str) -> bool:
        """Whether the key is there and not null."""
        return self._table.get(key) is not None

    def text(self, key: str) -> str:
        """A text that must be there and not be empty."""
        value = self.optional(key)
        if not value:
            self.refuse(key, "a text is required")
        return value

    def optional(self, key: str) -> str | None:
        """A text, or unknown."""
        value = self._get(key)
        if value is not None and not isinstance(value, str):
            self.refuse(key, f"a text is expected, not {value!r}")
        return value if value is None or len(value) > _SHORT else _shared(value)

    def number(self, key: str, *, least: int = 0) -> int:
        """A whole number that must be there."""
        value = self.optional_number(key, least=least)
        if value is None:
            self.refuse(key, "a number is required")
        return value

    def optional_number(self, key: str, *, least: int = 0) -> int | None:
        """A whole number, or unknown."""
        value = self._get(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < least):
            self.refuse(key, f"a whole number from {least} is expected, not {value!r}")
        return value

    def flag(self, key: str) -> bool:
        """True or false; absent is false."""
        value = self._get(key)
        if value is not None and not isinstance(value, bool):
            self.refuse(key, f"true or false is expected, not {value!r}")
        return bool(value)

    def choice(self, key: str, kind: type[E]) -> E:
        """One value of a closed list that must be there."""
        value = self.optional_choice(key, kind)
        if value is None:
            self.refuse(key, f"one of {', '.join(kind)} is required")
        return value

    def optional_choice(self, key: str, kind: type[E]) -> E | None:
        """One value of a closed list, or unknown."""
        value = self._get(key)
        if value is None:
            return None
        if value not in set(kind):
            self.refuse(key, f"{value!r} is none of {', '.join(kind)}")
        return kind(value)

    def date(self, key: str) -> PartialDate | None:
        """A date as precise as it is written, or unknown."""
        return self._as_date(key, self._get(key))

    def day(self, key: str) -> dt.date | None:
        """A calendar day, or unknown."""
        return self._as_day(key, self._get(key))

    def dates(self, key: str) -> tuple[PartialDate, ...]:
        """Dates, each as precise as it is written."""
        found = (self._as_date(key, value) for value in self._list(key))
        return tuple(date for date in found if date is not None)

    def days(self, key: str) -> tuple[dt.date, ...]:
        """Calendar days."""
        found = (self._as_day(key, value) for value in self._list(key))
        return tuple(day for day in found if day is not None)

    def when(self) -> When:
        """The time that ``date``, ``earliest``, ``latest`` and ``precision`` tell together."""
        date, earliest, latest = self.date("date"), self.day("earliest"), self.day("latest")
        precision = self.optional_choice("precision", Precision)
        if date is not None and earliest is None and latest is None:
            earliest, latest = date.earliest, date.latest
        if precision is None:
            precision = date.precision if date else (Precision.INTERVAL if earliest else None)
        try:
            return _shared_when(date=date, earliest=earliest, latest=latest, precision=precision)
        except ValueError as error:
            self.refuse("earliest", str(error))

    def duration(self, key: str) -> str | None:
        """An ISO 8601 duration, or unknown."""
        value = self.optional(key)
        if value is not None and not _DURATION.fullmatch(value):
            self.refuse(key, f"{value!r} is no duration such as PT30M")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Texts; absent is none."""
        values = self._list(key)
        for value in values:
            if not isinstance(value, str) or not value:
                self.refuse(key, f"texts are expected, not {value!r}")
        return tuple(map(_shared, values))

    def spans(self, key: str) -> tuple[tuple[int, int], ...]:
        """Pairs of offsets."""
        found = []
        for value in self._list(key):
            match value:
                case [int(begin), int(end)] if 0 <= begin <= end:
                    found.append((begin, end))
                case _:
                    self.refuse(key, f"a pair of offsets is expected, not {value!r}")
        return tuple(found)

    def pair(self, key: str) -> tuple[int, int] | None:
        """Two whole numbers, the lesser first, or unknown."""
        value = self._get(key)
        if value is None:
            return None
        if not isinstance(value, list) or [type(part) for part in value] != [int, int] or value[0] > value[1]:
            self.refuse(key, f"two numbers are expected, the lesser first, not {value!r}")
        return value[0], value[1]

    def numbered(self, key: str) -> tuple[int, str] | None:
        """A number and a word, or unknown."""
        value = self._get(key)
        pair = tuple(value) if isinstance(value, list) else value
        if pair is None:
            return None
        if not isinstance(pair, tuple) or [type(part) for part in pair] != [int, str]:
            self.refuse(key, f"a number and a word are expected, not {value!r}")
        number, word = pair
        return number, word

    def table(self, key: str) -> Fields | None:
        """The table under the key, or ``None``."""
        value = self._get(key)
        return None if value is None else Fields(value, (*self._path, key), self._fault)

    def tables(self, key: str) -> Iterator[Fields]:
        """The tables listed under the key."""
        for number, value in enumerate(self._list(key)):
            yield Fields(value, (*self._path, key, number), self._fault)

    def changes(self, readers: Mapping[str, Callable[[Fields, str], Any]]) -> dict[str, Any]:
        """The values of those keys that are there, each read in its way."""
        return {key: read(self, key) for key, read in readers.items() if self.has(key)}

    def close(self) -> None:
        """Refuse every key that nobody asked for."""
        for key in self._table:
            if key not in self._read:
                known = ", ".join(sorted(self._read))
                raise self._fault((*self._path, key), f"unknown key {key!r}; known here: {known}")

    def _list(self, key: str) -> list[Any]:
        value = self._get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse(key, f"a list is expected, not {value!r}")
        return value

    def _as_date(self, key: str, value: object) -> PartialDate | None:
        if value is None:
            return None
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return PartialDate.of(value)
        try:
            return _parsed(value if isinstance(value, str) else "")
        except ValueError:
            self.refuse(key, f"{value!r} is no date such as 2025-06-17, 2025-06, 2025 or --06-17")

    def _as_day(self, key: str, value: object) -> dt.date | None:
        date = self._as_date(key, value)
        if date is None:
            return None
        if date.day is None or date.earliest is None:
            self.refuse(key, f"{value!r} is no full day such as 2025-06-17")
        return date.earliest


@lru_cache(_KEPT)
def _shared(text: str) -> str:
    """The text, as it was when it came first."""
    return text
