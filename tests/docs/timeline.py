"""The picture of the tutorial: the contacts of an answer on a line of time, as SVG."""

from __future__ import annotations

import csv
import datetime as dt
import io
from html import escape
from typing import Final

_WIDTH: Final = 720
_ROW: Final = 26
_TOP: Final = 34
_COLOURS: Final = {"meeting": "#1f5f8b", "phone call": "#b4540a", "video call": "#5b7f2b"}
_DAYS: Final = 365
_FONT: Final = 'font-family="sans-serif" font-size="12"'


def timeline(answer: str) -> str:
    """The picture of the rows of ``contacts-in-period`` in CSV, all of one year."""
    rows = sorted(csv.DictReader(io.StringIO(answer)), key=lambda row: row["when"])
    year = dt.date.fromisoformat(rows[0]["when"]).year
    height = _TOP + _ROW * len(rows) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" {_FONT}>',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        *(_month(dt.date(year, month, 1), height) for month in range(1, 13)),
        *(_contact(row, _TOP + _ROW * at + _ROW // 2) for at, row in enumerate(rows)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _month(first: dt.date, height: int) -> str:
    at = _at(first)
    return (
        f'<line x1="{at}" y1="24" x2="{at}" y2="{height}" stroke="#dddddd"/>'
        f'<text x="{at + 3}" y="18" fill="#555555">{first:%b}</text>'
    )


def _contact(row: dict[str, str], y: int) -> str:
    at = _at(dt.date.fromisoformat(row["when"]))
    told = escape(f"{row['who']}, {row['placeName'] or row['kind']}")
    # Where the words would run out of the picture they stand before the mark.
    side = f'x="{at - 9}" text-anchor="end"' if at > _WIDTH // 2 else f'x="{at + 9}"'
    return f'<circle cx="{at}" cy="{y}" r="5" fill="{_COLOURS[row["kind"]]}"/><text {side} y="{y + 4}">{told}</text>'


def _at(day: dt.date) -> int:
    return 10 + (day.timetuple().tm_yday - 1) * (_WIDTH - 20) // _DAYS
