"""The sections of a page with their answers, ready to be drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from kg.engine.reader import Table, Term
from kg.errors import KgError
from kg.query.names import Name
from kg.web.sections import SECTIONS, Section
from kg.web.show import Column, columns
from kg.web.site import site
from kg.web.stamp import seen

_WIDEST: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Who met whom: people, each pair with the meetings that it had."""

    people: Sequence[Name]
    meetings: Mapping[tuple[str, str], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A section with its answer; ``table`` is ``None`` where it took too long."""

    section: Section
    number: int
    table: Table | None
    columns: Sequence[Column]
    query: str
    matrix: Matrix | None = None
    # Of an answer that is shown in part; ``None`` where counting took too long.
    total: int | None = None


def answered(kind: str, node: str) -> Iterator[Answered]:
    """The sections of this thing that have something to tell, in their order."""
    for number, section in enumerate(SECTIONS.get(kind, ()), start=1):
        table = _table(section, node)
        if table is None or table.rows:
            yield Answered(
                section=section,
                number=number,
                table=table,
                columns=_told(columns(table), table, node) if table else (),
                query=section.shared(node),
                matrix=_matrix(table) if table and section.view == "matrix" else None,
                total=_total(section, node) if table and table.is_cut else None,
            )


def _table(section: Section, node: str) -> Table | None:
    try:
        table = seen(site().reader.table(section.question(node), section.most + 1))
    except KgError:
        return None
    return replace(table, rows=table.rows[: section.most], is_cut=len(table.rows) > section.most)


def _total(section: Section, node: str) -> int | None:
    try:
        total = int(seen(site().reader.table(section.counting(node), 1)).rows[0]["total"].value)
    except KgError:
        return None
    # A newer generation may have fewer.
    return total if total > section.most else None


def _told(shown: Sequence[Column], table: Table, node: str) -> list[Column]:
    """The columns that hold anything but the thing itself."""
    return [
        column
        for column in shown
        if {f"<{row[column.name].value}>" for row in table.rows if column.name in row} - {node}
    ]


def _matrix(table: Table) -> Matrix | None:
    """The pairs as a square; ``None`` where it would be too wide to be read."""
    names = site().reader.names()
    iris = {row[side].value for row in table.rows for side in ("leader", "counterpart")}
    people = sorted((name for iri in iris if (name := names.get(iri))), key=lambda name: name.label)
    if not 2 <= len(people) <= _WIDEST or table.is_cut:
        return None
    meetings: dict[tuple[str, str], list[str]] = {}
    for (one, other), rows in groupby(sorted(table.rows, key=_pair), key=_pair):
        meetings[one, other] = meetings[other, one] = [row["meeting"].value for row in rows]
    return Matrix(people=people, meetings=meetings)


def _pair(row: Mapping[str, Term]) -> tuple[str, str]:
    return row["leader"].value, row["counterpart"].value
