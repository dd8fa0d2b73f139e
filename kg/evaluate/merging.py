"""Whether the same event, told in several reports, became one: pairwise precision and recall of merging."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from kg.evaluate.gold import Cluster, Gold
from kg.evaluate.score import ReportScore
from kg.evaluate.tally import FactKind, Finding, Tally, Verdict
from kg.facts.report import Report

ContactId = tuple[str, str]
Event = str
Position = tuple[str, int]


def score_merging(
    scored: Iterable[tuple[Gold, Report, ReportScore]],
    clusters: Sequence[Cluster],
    events: Mapping[ContactId, Event],
) -> tuple[Tally, tuple[Finding, ...]]:
    """Every two contacts that should be one event, against every two that are.

    ``events`` gives the event (an IRI) of each found contact by article id and contact id. Only expected contacts that
    were found count, so that a miss of extraction is no miss of merging; a contact in no cluster stands alone.
    """
    found = {
        (gold.name, position): events[report.article.id, contact]
        for gold, report, score in scored
        for position, contact in score.matched
        if (report.article.id, contact) in events
    }
    cluster_of = {position: number for number, cluster in enumerate(clusters) for position in cluster}
    right = expected = merged = 0
    findings = []
    for one, other in combinations(sorted(found), 2):
        is_same = one in cluster_of and cluster_of[one] == cluster_of.get(other)
        is_merged = found[one] == found[other]
        right += is_same and is_merged
        expected += is_same
        merged += is_merged
        if is_same != is_merged:
            findings.append(_finding(one, other, is_merged=is_merged))
    return Tally(right, expected, merged), tuple(findings)


def _finding(one: Position, other: Position, *, is_merged: bool) -> Finding:
    told = f"{one[0]}#{one[1]} and {other[0]}#{other[1]}"
    detail = f"{told} are two events" if is_merged else f"{told} are one event"
    verdict = Verdict.FALSE_ALARM if is_merged else Verdict.MISS
    return Finding(report=one[0], kind=FactKind.MERGING, verdict=verdict, detail=detail)
