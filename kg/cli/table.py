"""An answer as a table of plain text, as wide as the terminal."""

from __future__ import annotations

import re
import shutil
import textwrap
import unicodedata
from collections.abc import Sequence
from typing import Final

from kg.engine.reader import Table, Term
from kg.query.names import Names

_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LEAST: Final = 8
_WIDEST: Final = 60
_WORD: Final = 16


def draw(table: Table, names: Names) -> str:
    """The rows under their headings, with labels instead of IRIs, and how many there are."""
    if table.truth is not None:
        return "yes\n" if table.truth else "no\n"
    labels = {f"{name}Name" for name in table.columns} & set(table.columns)
    shown = [name for name in table.columns if name not in labels]
    rows = [[_cell(row.get(f"{name}Name"), row.get(name), names) for name in shown] for row in table.rows]
    widths = _widths(shown, rows)
    lines = [_line(shown, widths), "  ".join("─" * width for width in widths)]
    for row in rows:
        wrapped = [textwrap.wrap(text, width) or [""] for text, width in zip(row, widths, strict=True)]
        for number in range(max(map(len, wrapped), default=0)):
            lines.append(_line([cell[number] if number < len(cell) else "" for cell in wrapped], widths))
    count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
    return "\n".join([*lines, "", count, ""]) if rows else "no answer: the graph holds nothing that fits\n"


def _cell(label: Term | None, term: Term | None, names: Names) -> str:
    known = names.get(term.value) if term is not None and term.is_iri else None
    text = label.value if label else known.label if known else term.value if term else ""
    return _UNSEEN.sub(" ", text)


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """As wide as the terminal allows; room goes where the text is long, and words break only where there is none."""
    columns = [[head, *(row[index] for row in rows)] for index, head in enumerate(heads)]
    longest = [max(map(_width, cells)) for cells in columns]
    words = [max((_width(word) for cell in cells for word in cell.split()), default=0) for cells in columns]
    widths = [min(_WIDEST, width) for width in longest]
    most = shutil.get_terminal_size((120, 24)).columns - 2 * max(0, len(heads) - 1)
    for least in ([max(_LEAST, min(_WORD, word)) for word in words], [max(_LEAST, _width(head)) for head in heads]):
        while sum(widths) > most and (wide := [index for index, width in enumerate(widths) if width > least[index]]):
            widths[min(wide, key=lambda index: longest[index] / (widths[index] - 1))] -= 1
    return widths


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (text + " " * max(0, width - _width(text)) for text, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1
        for letter in text
    )
