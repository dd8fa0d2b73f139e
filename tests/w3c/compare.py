"""Whether an answer is the expected one: as a bag or in order, up to the names of blank nodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Final

import rdflib
from rdflib.compare import isomorphic

from tests.w3c.results import XSD, Answer, Cells, Row, Table, Term

_DECIMALS: Final = frozenset(
    XSD + name
    for name in (
        *("decimal", "integer", "long", "int", "short", "byte", "nonNegativeInteger", "nonPositiveInteger"),
        *("positiveInteger", "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)
_FLOATS: Final = frozenset({f"{XSD}double", f"{XSD}float"})


def same(answer: Answer, expected: Answer, given: Collection[Term] = (), *, order: bool = False) -> bool:
    """Whether two answers are the same.

    ``given`` are the terms of the data: a term that is only passed on keeps its form, one that is computed may have
    any form of its value (SPARQL 1.1 says nothing of which). ``order`` says that the query orders its solutions.
    """
    if isinstance(answer, Table) and isinstance(expected, Table):
        if answer.columns != expected.columns or len(answer.rows) != len(expected.rows):
            return False
        ours, theirs = _formed(answer.rows, given), _formed(expected.rows, given)
        return _match_order(ours, theirs) if order and expected.has_order else _match_bag(ours, theirs)
    if isinstance(answer, rdflib.Graph) and isinstance(expected, rdflib.Graph):
        return isomorphic(answer, expected)
    return type(answer) is type(expected) and answer == expected


def same_once_or_more(answer: Answer, expected: Answer) -> bool:
    """Whether each distinct solution comes at least once and at most as often as expected (``REDUCED``)."""
    assert isinstance(answer, Table)
    assert isinstance(expected, Table)
    ours, theirs = Counter(map(_key, answer.rows)), Counter(map(_key, expected.rows))
    return set(ours) == set(theirs) and all(ours[row] <= most for row, most in theirs.items())


def same_cells(answer: Cells, expected: Cells) -> bool:
    """Whether two tables of CSV are the same, their columns in any order; a cell like ``_:a`` is a blank node."""

    def table(cells: Cells) -> Table:
        rows = (dict(zip(cells[0], map(_cell, row), strict=True)) for row in cells[1])
        return Table(frozenset(cells[0]), tuple(rows))

    return same(table(answer), table(expected))


def _cell(text: str) -> Term:
    return Term("bnode" if text.startswith("_:") else "literal", text)


def _formed(rows: Sequence[Row], given: Collection[Term]) -> list[Row]:
    return [{name: term if term in given else _canonical(term) for name, term in row.items()} for row in rows]


def _canonical(term: Term) -> Term:
    """A number in the one form of its value; any other term as it is."""
    try:
        if term.datatype in _DECIMALS:
            return term._replace(value=str(Decimal(term.value).normalize()))
        if term.datatype in _FLOATS:
            return term._replace(value=repr(float(term.value)))
    except (ArithmeticError, ValueError):
        pass
    return term


def _key(row: Row) -> tuple[tuple[str, Term], ...]:
    return tuple(sorted(row.items()))


def _shape(row: Row) -> tuple[tuple[str, Term], ...]:
    """The row without the names of its blank nodes."""
    return tuple(sorted((name, Term("bnode", "") if term.kind == "bnode" else term) for name, term in row.items()))


def _match_order(ours: Sequence[Row], theirs: Sequence[Row]) -> bool:
    return _match(ours, theirs, {}, lambda at: [at])


def _match_bag(ours: Sequence[Row], theirs: Sequence[Row]) -> bool:
    places: dict[object, list[int]] = {}
    for at, row in enumerate(theirs):
        places.setdefault(_shape(row), []).append(at)
    if Counter(map(_shape, ours)) != Counter(map(_shape, theirs)):
        return False
    # What can stand in few places comes first: the pairing of blank nodes is found with the fewest trials.
    rarest = sorted(ours, key=lambda row: (len(places[_shape(row)]), _key(row)))
    return _match(rarest, theirs, {}, lambda at: places[_shape(rarest[at])])


def _match(
    ours: Sequence[Row],
    theirs: Sequence[Row],
    pairs: Mapping[str, str],
    places: Callable[[int], Sequence[int]],
    taken: frozenset[int] = frozenset(),
) -> bool:
    """Whether each row from here on has a row of its own under one pairing of blank nodes; found by trying."""
    at = len(taken)
    if at == len(ours):
        return True
    for other in places(at):
        if other not in taken:
            paired = _paired(ours[at], theirs[other], pairs)
            if paired is not None and _match(ours, theirs, paired, places, taken | {other}):
                return True
    return False


def _paired(one: Row, other: Row, pairs: Mapping[str, str]) -> Mapping[str, str] | None:
    """The pairing of blank nodes under which two rows are the same; ``None`` where there is none."""
    if one.keys() != other.keys():
        return None
    found = dict(pairs)
    for name, term in one.items():
        partner = other[name]
        if term.kind != "bnode" or partner.kind != "bnode":
            if term != partner:
                return None
        elif found.setdefault(term.value, partner.value) != partner.value:
            return None
    return found if len(set(found.values())) == len(found) else None
