"""What analysts withdraw or correct, applied to the tellings of a fact before everything is put together again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain
from typing import Any

from kg.assemble.told import Assembly, Merged
from kg.facts.report import KINDS, Report
from kg.model.fact import Problem, ProblemKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A fact by its key, withdrawn (no ``changes``) or with new values; ``origin`` names who asks for it.

    ``sheet`` is the article that the sheet with the change is.
    """

    key: str
    origin: str
    changes: tuple[tuple[str, Any], ...] = ()
    sheet: str = ""


def curate(
    reports: Sequence[Report], assembly: Assembly, changes: Iterable[Change]
) -> tuple[list[Report], list[Problem]]:
    """The reports as changed, and a problem for every change of what no report tells."""
    by_key = _facts_by_key(assembly)
    dropped: set[tuple[str, str]] = set()
    changed: dict[tuple[str, str], dict[str, Any]] = {}
    problems = []
    for change in changes:
        marks = by_key.get(change.key, ())
        if not marks:
            detail = f"{change.origin}: no report tells {change.key}, so nothing was changed"
            problems.append(Problem(kind=ProblemKind.REJECTED, begin=0, end=0, detail=detail))
        for one in marks:
            if change.changes:
                changed.setdefault(one, {}).update(change.changes)
            else:
                dropped.add(one)
    return [_changed(report, dropped, changed) for report in reports], problems


def _facts_by_key(assembly: Assembly) -> dict[str, list[tuple[str, str]]]:
    """By key the tellings of a fact: article and what the record says."""
    found: dict[str, list[tuple[str, str]]] = {}
    merged: Iterable[Merged[Any]] = chain.from_iterable(getattr(assembly, kind) for kind in KINDS)
    for fact in merged:
        for telling in fact.tellings:
            found.setdefault(telling.key, []).append((telling.articles[0], mark(telling.fact)))
    return found


def mark(fact: Any) -> str:
    """What a record says, without the year that assembly may have given a summit."""
    if hasattr(fact, "series"):
        return f"summit {fact.series} {fact.evidence!r}"
    return repr(fact)


def _changed(
    report: Report, dropped: set[tuple[str, str]], changed: Mapping[tuple[str, str], Mapping[str, Any]]
) -> Report:
    article = report.article.id
    kept: dict[str, Any] = {}
    for kind in KINDS:
        facts = []
        for fact in getattr(report, kind):
            told = (article, mark(fact))
            if told not in dropped:
                names = {field.name for field in fields(fact)}
                values = {name: value for name, value in changed.get(told, {}).items() if name in names}
                facts.append(replace(fact, **values))
        kept[kind] = tuple(facts)
    return replace(report, **kept)
