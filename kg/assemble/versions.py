"""Which of many reports stand: a newer version of an article replaces the older one, a withdrawal takes it away.

Nothing depends on the order of the reports. Only what a publisher itself calls by one name
(:class:`~kg.model.text.Version`) is one article in several versions; where neither number nor time tells
which one is newer, both stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.assemble.gather import in_order
from kg.facts.report import Report
from kg.model.text import Article

_NO_VERSION = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The reports that stand, in the order in which they came; and the articles that do not, by path and id.

    ``replaced`` have a newer version; ``taken_back`` are what its publisher withdrew, each as it stood before;
    ``withdrawals`` are the words by which it did.
    """

    reports: tuple[Report, ...]
    replaced: tuple[Article, ...] = ()
    taken_back: tuple[Article, ...] = ()
    withdrawals: tuple[Article, ...] = ()


def in_force(reports: Iterable[Report]) -> Standing:
    """The reports that stand."""
    reports = tuple(reports)
    versions: dict[str, list[Article]] = {}
    for report in reports:
        if report.article.version is not None:
            versions.setdefault(report.article.version.name, []).append(report.article)
    newest = {name: _Newest.of(articles) for name, articles in versions.items()}
    kept, replaced, taken_back, withdrawals = [], set(), set(), set()
    for report in reports:
        article, version = report.article, report.article.version
        if version is None:
            kept.append(report)
        elif version.withdrawn is not None:
            withdrawals.add(article)
        elif newest[version.name].is_newer_than(article):
            replaced.add(article)
        elif newest[version.name].is_withdrawn:
            taken_back.add(article)
        else:
            kept.append(report)
    return Standing(
        reports=tuple(kept),
        replaced=_sorted(replaced),
        taken_back=_sorted(taken_back),
        withdrawals=_sorted(withdrawals),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Newest:
    """What the newest of an article's versions is: its number, its time, the time of those that may have its number."""

    version: int
    moment: str
    moment_of_version: str
    is_withdrawn: bool = False

    @classmethod
    def of(cls, articles: Sequence[Article]) -> _Newest:
        """The newest of these."""
        version = max(map(_version, articles))
        newest = cls(
            version=version,
            moment=max(map(_moment, articles)),
            moment_of_version=max(_moment(a) for a in articles if _version(a) in {version, _NO_VERSION}),
        )
        withdrawn = [a for a in articles if a.version is not None and a.version.withdrawn is not None]
        if all(map(newest.is_newer_than, withdrawn)):
            return newest
        return cls(version=version, moment=newest.moment, moment_of_version=newest.moment_of_version, is_withdrawn=True)

    def is_newer_than(self, article: Article) -> bool:
        """Whether another version replaces this one; an unknown number or time says nothing."""
        version, moment = _version(article), _moment(article)
        if version not in {self.version, _NO_VERSION}:
            return True
        last = self.moment if version == _NO_VERSION else self.moment_of_version
        return "" < moment < last


def _version(article: Article) -> int:
    if article.version is None or article.version.number is None:
        return _NO_VERSION
    return article.version.number


def _moment(article: Article) -> str:
    """When the version was made; empty where nothing says it."""
    return in_order(article.updated or article.published)


def _sorted(articles: Iterable[Article]) -> tuple[Article, ...]:
    return tuple(sorted(articles, key=lambda article: (article.path, article.id)))
