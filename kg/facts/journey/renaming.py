"""A report with its people under other names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from kg.facts.report import Report
from kg.model.entity import Leader

Rename = Callable[[Leader], Leader]


def rename(report: Report, known_as: Rename) -> Report:
    """The report with everybody as the function knows him; a contact that is left with one side is left out."""
    contacts = (replace(c, participants=_all(c.participants, known_as)) for c in report.contacts)
    return replace(
        report,
        leaders=_all(report.leaders, known_as),
        contacts=tuple(contact for contact in contacts if len(contact.participants) > 1),
        summits=tuple(replace(s, participants=_all(s.participants, known_as)) for s in report.summits),
        agreements=tuple(replace(a, by=_all(a.by, known_as)) for a in report.agreements),
        tenures=tuple(
            replace(t, holder=known_as(t.holder), preceded_by=known_as(t.preceded_by) if t.preceded_by else None)
            for t in report.tenures
        ),
        statements=tuple(replace(s, speaker=known_as(s.speaker)) for s in report.statements),
    )


def _all(leaders: Iterable[Leader], known_as: Rename) -> tuple[Leader, ...]:
    """Everybody once, in the order of their names."""
    named = dict.fromkeys(known_as(leader) for leader in leaders)
    return tuple(sorted(named, key=lambda leader: leader.slug))
