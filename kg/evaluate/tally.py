"""Counts and findings: what every comparison of expected with found facts gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FactKind(StrEnum):
    """What is scored by itself, in the order of the table."""

    PUBLISHED = "publication date"
    LEADERS = "leaders"
    OFFICE = "office + country"
    PAIRS = "held pairs"
    CONTACTS = "contacts with status"
    DATE = "date"
    PLACE = "place"
    SUMMIT = "summit"
    GATHERINGS = "gatherings"
    AGREEMENTS = "agreements"
    ANNIVERSARIES = "anniversaries"
    MERGING = "merging"


class Verdict(StrEnum):
    """How a fact fails."""

    MISS = "miss"
    FALSE_ALARM = "false alarm"
    WRONG = "wrong"
    FALSE_HELD = "false held"
    NOT_HELD = "false held, was not held"


Note = tuple[FactKind, Verdict, str]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """One failure in one report, told in a line."""

    report: str
    kind: FactKind
    verdict: Verdict
    detail: str

    def __str__(self) -> str:
        """The line that a reader of the list sees."""
        return f"{self.report}: {self.verdict}, {self.kind}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many facts were expected, how many found, and how many of those were right."""

    right: int = 0
    expected: int = 0
    found: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Both counts together (micro-average)."""
        return Tally(self.right + other.right, self.expected + other.expected, self.found + other.found)

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right; ``None`` where nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of what was expected that was found; ``None`` where nothing was expected."""
        return self.right / self.expected if self.expected else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; ``None`` where nothing was expected and nothing found."""
        total = self.expected + self.found
        return 2 * self.right / total if total else None


def added(tallies: Iterable[Tally]) -> Tally:
    """All counts together."""
    return sum(tallies, Tally())
