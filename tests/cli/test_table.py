"""The table of ``kg query``: room for the sentences, headings over their columns, days in one piece."""

from __future__ import annotations

import pytest

from kg.cli.table import draw
from kg.engine.reader import Table, Term
from kg.query.names import Names

SENTENCE = "President Anna Novak of Chile met President Juan Horvat of Peru in Lima on Friday, beside the summit there"
ROW = {
    "leader": "Anna Novak",
    "when": "2025-06-17",
    "meeting": "Meeting: Anna Novak and Juan Horvat, 2025-06-17",
    "evidence": " | ".join([SENTENCE] * 3),
}


def drawn(columns: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(columns))
    row = {name: Term(value=text) for name, text in ROW.items()}
    return draw(Table(columns=tuple(row), rows=(row,)), Names(())).splitlines()


def test_the_longest_text_gets_the_most_room(monkeypatch: pytest.MonkeyPatch) -> None:
    widths = [len(rule) for rule in drawn(100, monkeypatch)[1].split()]
    assert widths[3] > 2 * widths[2]


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert max(map(len, drawn(columns, monkeypatch))) <= columns


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_a_day_stays_in_one_piece(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert any(" 2025-06-17 " in line for line in drawn(columns, monkeypatch))
