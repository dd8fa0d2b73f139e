"""All reports together: counts by kind of fact, by construction, and the bars that an extractor must clear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.evaluate.score import ReportScore
from kg.evaluate.tally import FactKind, Finding, Tally, Verdict, added

UNTAGGED: Final = "(none)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The counts of several reports, micro-averaged.

    ``false_held`` are contacts found as held that are not, ``not_held`` those of them that the report tells as planned,
    cancelled or postponed (the others it does not tell at all, or of other people). ``undue_dates`` are dates given
    where the text gives none; ``noisy`` of the ``quiet`` reports gave a contact or an agreement, and none was expected.
    """

    reports: int
    tallies: Mapping[FactKind, Tally]
    false_held: int
    not_held: int
    undue_dates: int
    quiet: int
    noisy: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One demand on a summary: a share that must be reached, or a count that must be nought."""

    name: str
    value: float | None
    least: float | None

    @property
    def is_missed(self) -> bool:
        """Whether the demand is not met; where nothing was to be found, every demand on a share is."""
        if self.value is None:
            return False
        return self.value > 0 if self.least is None else self.value < self.least

    def __str__(self) -> str:
        """The demand and what was reached, in a line."""
        if self.least is None:
            return f"{self.name}: {self.value or 0:g}, must be 0"
        reached = "–" if self.value is None else f"{self.value:.3f}"
        return f"{self.name}: {reached}, must be at least {self.least:.2f}"


def summarize(scores: Iterable[ReportScore], merging: Tally | None = None) -> Summary:
    """The counts of all reports; ``merging`` is counted across reports and given where it is known."""
    all_of = tuple(scores)
    tallies = {kind: added(score.tallies.get(kind, Tally()) for score in all_of) for kind in FactKind}
    if merging is None:
        del tallies[FactKind.MERGING]
    else:
        tallies[FactKind.MERGING] = merging
    return Summary(
        reports=len(all_of),
        tallies=tallies,
        false_held=_count(all_of, Verdict.FALSE_HELD) + _count(all_of, Verdict.NOT_HELD),
        not_held=_count(all_of, Verdict.NOT_HELD),
        undue_dates=sum(score.count(FactKind.DATE, Verdict.FALSE_ALARM) for score in all_of),
        quiet=sum(score.is_quiet for score in all_of),
        noisy=sum(score.is_noisy for score in all_of),
    )


def _count(scores: Iterable[ReportScore], verdict: Verdict) -> int:
    return sum(score.count(FactKind.PAIRS, verdict) for score in scores)


def by_construction(scores: Iterable[ReportScore]) -> dict[str, Summary]:
    """The summary of the reports that show each construction, by its name; a report may show several."""
    groups: dict[str, list[ReportScore]] = {}
    for score in scores:
        for construction in score.constructions or (UNTAGGED,):
            groups.setdefault(construction, []).append(score)
    return {construction: summarize(groups[construction]) for construction in sorted(groups)}


def findings_of(scores: Iterable[ReportScore]) -> Iterator[Finding]:
    """Every failure, report by report."""
    for score in scores:
        yield from score.findings


def bars(summary: Summary) -> tuple[Bar, ...]:
    """What every summary must reach, met or not."""
    tallies = summary.tallies
    pairs = tallies[FactKind.PAIRS]
    return (
        Bar(name="held pairs, precision", value=pairs.precision, least=0.95),
        Bar(name="held pairs, recall", value=pairs.recall, least=0.85),
        Bar(name="false held", value=summary.false_held, least=None),
        Bar(name="leaders, F1", value=tallies[FactKind.LEADERS].f1, least=0.95),
        Bar(name="office + country", value=tallies[FactKind.OFFICE].f1, least=0.95),
        Bar(name="dates right of those given", value=tallies[FactKind.DATE].recall, least=0.95),
        Bar(name="dates where the text gives none", value=summary.undue_dates, least=None),
        Bar(name="summit, F1", value=tallies[FactKind.SUMMIT].f1, least=0.95),
        Bar(name="agreements, F1", value=tallies[FactKind.AGREEMENTS].f1, least=0.75),
        Bar(name="anniversaries, F1", value=tallies[FactKind.ANNIVERSARIES].f1, least=0.9),
        Bar(name="facts from reports without contact or agreement", value=summary.noisy, least=None),
    )
