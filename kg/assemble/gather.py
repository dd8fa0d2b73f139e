"""One report per article, in one order: what several sources say of one article is put together first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from kg.facts.report import Report

T = TypeVar("T")


def gather(reports: Iterable[Report]) -> list[Report]:
    """The reports by article, sorted, so that nothing after this can depend on the order of the input."""
    by_article: dict[str, list[Report]] = {}
    for report in reports:
        by_article.setdefault(report.article.id, []).append(report)
    return [_united(by_article[article]) for article in sorted(by_article)]


def _united(reports: list[Report]) -> Report:
    """What all reports on one article say, each fact once."""
    if len(reports) == 1:
        return reports[0]
    first, *others = sorted(reports, key=lambda r: (r.article.names is None, r.article.path, repr(r)))
    for other in others:
        added = _renamed(other, first)
        first = replace(
            first,
            leaders=_union(first.leaders, added.leaders),
            contacts=_union(first.contacts, added.contacts),
            summits=_union(first.summits, added.summits),
            agreements=_union(first.agreements, added.agreements),
            anniversaries=_union(first.anniversaries, added.anniversaries),
            tenures=_union(first.tenures, added.tenures),
            statements=_union(first.statements, added.statements),
            problems=_union(first.problems, added.problems),
        )
    return first


def _union(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _renamed(report: Report, first: Report) -> Report:
    """The report with new local ids for contacts whose id means another contact in the first one."""
    taken = {contact.id: contact for contact in first.contacts}
    names = {c.id: c.id for c in report.contacts}
    for contact in report.contacts:
        while taken.get(names[contact.id], contact) != replace(contact, id=names[contact.id]):
            names[contact.id] += "+"
    return replace(
        report,
        contacts=tuple(replace(c, id=names[c.id]) for c in report.contacts),
        agreements=tuple(
            replace(a, concluded_at=names.get(a.concluded_at, a.concluded_at)) if a.concluded_at else a
            for a in report.agreements
        ),
        anniversaries=tuple(
            replace(a, relative_to=names.get(a.relative_to, a.relative_to)) if a.relative_to else a
            for a in report.anniversaries
        ),
        statements=tuple(
            replace(s, made_at=names.get(s.made_at, s.made_at)) if s.made_at else s for s in report.statements
        ),
    )


def in_order(moment: str | None) -> str:
    """An ISO 8601 day or moment as a text that sorts by time: in UTC where its zone is known, a day after its moments.

    Empty where it is none.
    """
    try:
        told = dt.datetime.fromisoformat(moment or "")
        utc = told if told.tzinfo is None else told.astimezone(dt.UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return ""
    return f"{utc.date()}~" if "T" not in (moment or "") else utc.isoformat()


def published(reports: Iterable[Report]) -> dict[str, dt.date]:
    """The day of publication by article, where the source gives it."""
    days = {}
    for report in reports:
        try:
            days[report.article.id] = dt.date.fromisoformat((report.article.published or "")[:10])
        except ValueError:
            continue
    return days
