"""Everything one source says: the value that extraction, fact sheets and records all become, and mappers read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.facts.agreement.record import Agreement
from kg.facts.anniversary.record import Anniversary
from kg.facts.contact.record import Contact
from kg.facts.statement.record import Statement
from kg.facts.summit.record import Summit
from kg.facts.tenure.record import Tenure
from kg.model.entity import Leader
from kg.model.fact import Problem
from kg.model.text import Article

KINDS: Final = ("contacts", "summits", "agreements", "anniversaries", "tenures", "statements")
"""The fields that hold facts, in a report, in JSON Lines, in fact sheets and in what is put together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The facts of one article, in the order in which its text gives them."""

    article: Article
    leaders: tuple[Leader, ...] = ()
    contacts: tuple[Contact, ...] = ()
    summits: tuple[Summit, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    anniversaries: tuple[Anniversary, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    statements: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()
