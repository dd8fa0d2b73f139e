"""The record of what two or more sides agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.model.date import UNKNOWN, When
from kg.model.entity import Leader
from kg.model.fact import Evidence


class Act(StrEnum):
    """By which act it came about."""

    AGREED = "agreed"
    PLEDGED = "pledged"
    AFFIRMED = "affirmed"
    REAFFIRMED = "reaffirmed"
    SIGNED = "signed"
    ANNOUNCED = "announced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One agreement as one article tells it.

    ``head`` is the head noun of what was agreed ("cooperation"), part of the key that merges across articles;
    ``topic`` the phrase itself. ``parties`` and ``concerns`` are ISO 3166-1 alpha-3 codes or organisations, sorted;
    nobody
    is both. ``concluded_at`` is the local id of a contact, or ``None``.
    """

    act: Act
    topic: str
    head: str
    parties: tuple[str, ...]
    concerns: tuple[str, ...] = ()
    by: tuple[Leader, ...] = ()
    concluded_at: str | None = None
    when: When = UNKNOWN
    evidence: Sequence[Evidence] = ()
