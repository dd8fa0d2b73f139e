"""An article's anniversary drafts put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.facts.anniversary.draft import AnniversaryDraft

_TIES: Final = frozenset({"establishment", "normalization", "resumption", "restoration", "exchange", "recognition"})


def tell(drafts: Sequence[AnniversaryDraft]) -> list[AnniversaryDraft]:
    """The anniversaries of one article: one of each ordinal, event and parties."""
    told: list[AnniversaryDraft] = []
    for draft in drafts:
        match = next((one for one in told if _same(one, draft)), None)
        if match is None:
            told.append(draft)
            continue
        match.evidence += draft.evidence
        match.parties = match.parties if len(match.parties) >= len(draft.parties) else draft.parties
        match.relative = match.relative or draft.relative
        match.base_year = match.base_year or draft.base_year
        match.year = match.year or draft.year
    return told


def _same(one: AnniversaryDraft, other: AnniversaryDraft) -> bool:
    """Whether two drafts tell one anniversary; of two countries there is one of each number."""
    if one.ordinal != other.ordinal:
        return False
    if len(one.parties) > 1 and one.parties == other.parties and one.base_year == other.base_year:
        return True
    if one.head != other.head and "event" not in {one.head, other.head} and not {one.head, other.head} <= _TIES:
        return False
    return not one.parties or not other.parties or bool(set(one.parties) & set(other.parties))
