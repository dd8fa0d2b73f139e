"""A report with its people under other names, its quotes from the text with those names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from kg.facts.report import Report
from kg.facts.tenure.record import Tenure
from kg.model.entity import Leader
from kg.model.fact import Evidence

Rename = Callable[[Leader], Leader]


def rename(report: Report, known_as: Rename, text: str) -> Report:
    """The report with everybody as the function knows him and every quote from the text.

    A contact that is left with one side is left out.
    """
    contacts = (
        replace(c, participants=_all(c.participants, known_as), evidence=_quoted(c.evidence, text))
        for c in report.contacts
    )
    return replace(
        report,
        leaders=_all(report.leaders, known_as),
        contacts=tuple(contact for contact in contacts if len(contact.participants) > 1),
        summits=tuple(
            replace(s, participants=_all(s.participants, known_as), evidence=_quoted(s.evidence, text))
            for s in report.summits
        ),
        agreements=tuple(
            replace(a, by=_all(a.by, known_as), evidence=_quoted(a.evidence, text)) for a in report.agreements
        ),
        anniversaries=tuple(replace(a, evidence=_quoted(a.evidence, text)) for a in report.anniversaries),
        tenures=tuple(_tenure(t, known_as, text) for t in report.tenures),
        statements=tuple(
            replace(s, speaker=known_as(s.speaker), evidence=_quoted(s.evidence, text)) for s in report.statements
        ),
    )


def _tenure(tenure: Tenure, known_as: Rename, text: str) -> Tenure:
    before = known_as(tenure.preceded_by) if tenure.preceded_by else None
    return replace(tenure, holder=known_as(tenure.holder), preceded_by=before, evidence=_quoted(tenure.evidence, text))


def _quoted(evidence: Iterable[Evidence], text: str) -> tuple[Evidence, ...]:
    return tuple(replace(words, quote=text[words.begin : words.end]) for words in evidence)


def _all(leaders: Iterable[Leader], known_as: Rename) -> tuple[Leader, ...]:
    """Everybody once, in the order of their names."""
    named = dict.fromkeys(known_as(leader) for leader in leaders)
    return tuple(sorted(named, key=lambda leader: leader.slug))
