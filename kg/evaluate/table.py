"""Scores as text: plain aligned columns, Markdown, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from kg.evaluate.summary import Summary, bars
from kg.evaluate.tally import FactKind, Finding, Tally

Row = tuple[str, ...]

_NONE: Final = "–"
_HEAD: Final[Row] = ("fact", "expected", "found", "right", "precision", "recall", "F1")
_SHORT: Final[Mapping[FactKind, str]] = {
    FactKind.LEADERS: "leaders",
    FactKind.OFFICE: "office",
    FactKind.CONTACTS: "contacts",
    FactKind.DATE: "date",
    FactKind.PLACE: "place",
    FactKind.SUMMIT: "summit",
    FactKind.AGREEMENTS: "agreements",
    FactKind.ANNIVERSARIES: "anniversaries",
}


def fact_rows(summary: Summary) -> list[Row]:
    """A row for each kind of fact, under its head."""
    rows = [_HEAD]
    for kind, tally in summary.tallies.items():
        counts = (str(tally.expected), str(tally.found), str(tally.right))
        rows.append((kind.value, *counts, _share(tally.precision), _share(tally.recall), _share(tally.f1)))
    return rows


def construction_rows(summaries: Mapping[str, Summary]) -> list[Row]:
    """A row for each construction, under its head; F1 where nothing else is said, P and R are of held pairs."""
    rows: list[Row] = [("construction", "reports", "pairs P", "pairs R", "false held", *_SHORT.values())]
    for name, summary in summaries.items():
        pairs = summary.tallies[FactKind.PAIRS]
        shares = (_share(summary.tallies[kind].f1) for kind in _SHORT)
        counts = (str(summary.reports), _share(pairs.precision), _share(pairs.recall), str(summary.false_held))
        rows.append((name, *counts, *shares))
    return rows


def counts_line(summary: Summary) -> str:
    """What no share tells, in a line."""
    return (
        f"{summary.reports} reports; false held: {summary.false_held}, of them planned or called off: "
        f"{summary.not_held}; dates where the text gives none: "
        f"{summary.undue_dates}; contacts or agreements from {summary.noisy} of {summary.quiet} reports without any"
    )


def plain(rows: Sequence[Row]) -> str:
    """The rows in aligned columns, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *others in rows:
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        lines.append("  ".join(cells))
    return "\n".join(lines)


def markdown(rows: Sequence[Row]) -> str:
    """The rows as a table in Markdown."""
    head, *body = rows
    rule = ("---", *("---:" for _ in head[1:]))
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *body))


def as_json(summary: Summary, constructions: Mapping[str, Summary], findings: Iterable[Finding]) -> str:
    """Everything as one JSON object; shares are ``null`` where nothing was there to be counted."""
    told = {
        "total": _summary(summary),
        "constructions": {name: _summary(part) for name, part in constructions.items()},
        "bars": [
            {"name": bar.name, "value": bar.value, "least": bar.least, "missed": bar.is_missed} for bar in bars(summary)
        ],
        "findings": [
            {"report": f.report, "kind": f.kind.value, "verdict": f.verdict.value, "detail": f.detail} for f in findings
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "reports": summary.reports,
        "false_held": summary.false_held,
        "not_held": summary.not_held,
        "undue_dates": summary.undue_dates,
        "quiet": summary.quiet,
        "noisy": summary.noisy,
        "facts": {kind.value: _tally(tally) for kind, tally in summary.tallies.items()},
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "expected": tally.expected, "found": tally.found, "right": tally.right,
        "precision": tally.precision, "recall": tally.recall, "f1": tally.f1,
    }  # fmt: skip


def _share(value: float | None) -> str:
    return _NONE if value is None else f"{value:.3f}"
