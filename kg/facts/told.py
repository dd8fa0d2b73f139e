"""What the rules tell of one article, before its sentences are put together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from kg.extract.register import Register
from kg.facts.agreement.draft import AgreementDraft
from kg.facts.anniversary.rules import AnniversaryDraft
from kg.facts.contact.denying import Denial
from kg.facts.contact.draft import Draft
from kg.facts.statement.rules import StatementDraft
from kg.facts.summit.rules import PresenceDraft
from kg.facts.tenure.rules import TenureDraft
from kg.model.entity import Place
from kg.model.fact import Problem
from kg.model.text import Article


@dataclass(slots=True)
class Told:
    """The drafts of one article, in the order of its text."""

    article: Article
    register: Register
    day: dt.date | None
    dateline: Place | None
    seats: dict[str, list[tuple[int, Place]]] = field(default_factory=dict)  # towns of a series, each by its sentence
    setting: Place | None = None  # where the headline says that it was, in a report without a dateline
    contacts: list[Draft] = field(default_factory=list)
    denials: list[Denial] = field(default_factory=list)
    agreements: list[AgreementDraft] = field(default_factory=list)
    anniversaries: list[AnniversaryDraft] = field(default_factory=list)
    presences: list[PresenceDraft] = field(default_factory=list)
    tenures: list[TenureDraft] = field(default_factory=list)
    statements: list[StatementDraft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
