"""What every fact shares: evidence, status, problems. The records stand with their rules in :mod:`kg.facts`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model.date import PartialDate


class Status(StrEnum):
    """Whether an event took place; denied and speculated events are no facts at all."""

    HELD = "held"
    PLANNED = "planned"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words a fact rests on: characters ``begin`` to ``end`` of the article, the rule that read them, who says so.

    ``antecedents`` are the spans that a reference in the quote ("the two leaders") was resolved to.
    """

    begin: int
    end: int
    quote: str
    rule: str
    date_text: str | None = None
    stated_date: PartialDate | None = None
    attributed_to: str | None = None
    antecedents: tuple[tuple[int, int], ...] = ()


class ProblemKind(StrEnum):
    """What a reader of the run report can act on."""

    UNRESOLVED_TIME = "unresolved-time"
    UNKNOWN_TITLE = "unknown-title"
    UNKNOWN_NAME = "unknown-name"
    AMBIGUOUS_NAME = "ambiguous-name"
    NO_PARTICIPANTS = "trigger-without-roles"
    CONFLICT = "conflict"
    SHAPE = "shape"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something the stages could not use, with its place; counted and shown, never raised."""

    kind: ProblemKind
    begin: int
    end: int
    detail: str
