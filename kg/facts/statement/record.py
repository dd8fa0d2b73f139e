"""The record of a leader saying something about countries or events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.entity import Leader
from kg.model.fact import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One direct quotation: who said it, where (a contact's local id), about which countries or organisations.

    ``about_anniversary`` is the ordinal and head noun of an anniversary that the words mention, or ``None``.
    """

    speaker: Leader
    about: tuple[str, ...] = ()
    about_anniversary: tuple[int, str] | None = None
    made_at: str | None = None
    evidence: Sequence[Evidence] = ()
