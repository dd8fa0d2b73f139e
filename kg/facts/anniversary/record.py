"""The record of an anniversary: the nth return of what it commemorates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.date import UNKNOWN, When
from kg.model.fact import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Anniversary:
    """One anniversary as one article tells it.

    ``of`` is what it commemorates in the text's words, ``head`` its head noun in one spelling ("normalization").
    ``base_year`` is ``year - ordinal``, inferred, ``None`` where the year is unknown. Where the text dates it by a
    contact ("met just days before the anniversary"), ``relative_to`` is that contact's local id and ``relative_days``
    the least and greatest number of days from it: the date follows once the contact's is known, perhaps from another
    article.
    """

    ordinal: int
    of: str
    head: str
    year: int | None = None
    base_year: int | None = None
    parties: tuple[str, ...] = ()
    when: When = UNKNOWN
    relative_to: str | None = None
    relative_days: tuple[int, int] | None = None
    evidence: Sequence[Evidence] = ()
