"""Which tellings of tenures are one (holder, office, country), and what predecessor and successor say of its end."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.assemble.dating import contains, narrowest
from kg.assemble.key import tenure_key
from kg.assemble.told import Contradiction, Telling, claims_of
from kg.facts.report import Report
from kg.facts.tenure.record import Tenure
from kg.model.date import PartialDate

TenureTelling = Telling[Tenure]


def tenure_tellings(reports: Iterable[Report]) -> list[TenureTelling]:
    """Every tenure that the reports tell, and the predecessor's that it implies."""
    tellings = []
    for report in reports:
        told = {tenure_key(tenure) for tenure in report.tenures}
        for tenure in report.tenures:
            tellings.append(Telling(report.article.id, tenure))
            before = predecessor(tenure)
            if before is not None and tenure_key(before) not in told:
                told.add(tenure_key(before))
                tellings.append(Telling(report.article.id, before))
    return tellings


def predecessor(tenure: Tenure) -> Tenure | None:
    """The tenure of the predecessor in the same office, as far as the tenure tells of it."""
    if tenure.preceded_by is None:
        return None
    return Tenure(holder=tenure.preceded_by, office=tenure.office, country=tenure.country, evidence=tenure.evidence)


def cluster_tenures(tellings: Iterable[TenureTelling]) -> dict[str, list[TenureTelling]]:
    """The tellings by the key of their tenure, in the order of keys."""
    parts: dict[str, list[TenureTelling]] = defaultdict(list)
    for telling in tellings:
        parts[tenure_key(telling.fact)].append(telling)
    return {key: parts[key] for key in sorted(parts)}


def merged_tenure(tellings: Sequence[TenureTelling]) -> Tenure:
    """The narrowest bounds that are told; an observation stands in where no start is known."""
    facts = [telling.fact for telling in tellings]
    start, end = _best(f.start for f in facts), _best(f.end for f in facts)
    start_earliest, start_latest = _bounds((f.start_earliest for f in facts), (f.start_latest for f in facts))
    end_earliest, end_latest = _bounds((f.end_earliest for f in facts), (f.end_latest for f in facts))
    before = sorted((f.preceded_by for f in facts if f.preceded_by), key=lambda who: who.slug)
    return replace(
        facts[0],
        start=start,
        start_earliest=start_earliest,
        start_latest=start_latest,
        end=end,
        end_earliest=end_earliest,
        end_latest=end_latest,
        observed_on=() if start else narrowest(date for f in facts for date in f.observed_on),
        preceded_by=before[0] if before else None,
        evidence=(),
    )


def _best(dates: Iterable[PartialDate | None]) -> PartialDate | None:
    """The most precise of the dates; the first where they contradict each other."""
    known = narrowest(date for date in dates if date is not None)
    return known[0] if known else None


def _bounds(
    earliest: Iterable[dt.date | None], latest: Iterable[dt.date | None]
) -> tuple[dt.date | None, dt.date | None]:
    """The narrowest bounds; the widest where articles contradict each other."""
    first, last = [day for day in earliest if day], [day for day in latest if day]
    low, high = max(first, default=None), min(last, default=None)
    if low and high and low > high:
        return min(first), max(last)
    return low, high


def close_by_successors(tenures: Mapping[str, Tenure]) -> dict[str, Tenure]:
    """The tenures, each ended at the latest on the first day on which its successor is known in office."""
    closed = dict(tenures)
    for tenure in tenures.values():
        before = predecessor(tenure)
        if before is None:
            continue
        days = [date.latest for date in tenure.observed_on if date.latest is not None]
        days += [day for day in (tenure.start_latest,) if day is not None]
        key = tenure_key(before)
        earlier = closed[key]
        if days and earlier.end is None and (earlier.end_latest is None or min(days) < earlier.end_latest):
            closed[key] = replace(earlier, end_latest=min(days))
    return closed


def tenure_contradictions(key: str, tellings: Sequence[TenureTelling]) -> Iterable[Contradiction]:
    """Starts and ends that cannot both be true."""
    for name in ("start", "end"):
        told = [(getattr(t.fact, name), t.article) for t in tellings if getattr(t.fact, name) is not None]
        narrow = narrowest(date for date, _ in told)
        if len(narrow) > 1:
            yield from claims_of(
                key,
                name,
                ((str(next(n for n in narrow if contains(date, n))), article) for date, article in told),
            )
