"""An article's anniversary drafts put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.facts.anniversary.draft import AnniversaryDraft, Told

_TIES: Final = frozenset({"establishment", "normalization", "resumption", "restoration", "exchange", "recognition"})


_NEAR: Final = 3  # sentences between an event and the feast that is said to be its


def tell(drafts: Sequence[AnniversaryDraft]) -> list[AnniversaryDraft]:
    """The anniversaries of one article: one of each ordinal, event and parties."""
    told: list[AnniversaryDraft] = []
    whole = [draft for draft in drafts if draft.told is Told.WHOLE]
    for draft in [*whole, *_put_together(drafts, whole)]:
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


def _put_together(drafts: Sequence[AnniversaryDraft], whole: Sequence[AnniversaryDraft]) -> Iterator[AnniversaryDraft]:
    """The events of which a feast is told nearby: "40 years after the treaty was signed … the anniversary"."""
    events = [draft for draft in drafts if draft.told is Told.EVENT]
    for feast in drafts:
        if feast.told is not Told.FEAST or any(_may_be(one, feast) for one in whole):
            continue
        event = next((one for one in reversed(events) if _is_of(feast, one)), None)
        if event is not None:
            ordinal, base = feast.ordinal or event.ordinal, event.base_year
            yield replace(
                event, ordinal=ordinal, told=Told.WHOLE, evidence=[*event.evidence, *feast.evidence],
                base_year=base if base is not None else feast.year and feast.year - ordinal,
                year=base + ordinal if base is not None else feast.year,
            )  # fmt: skip


def _may_be(one: AnniversaryDraft, feast: AnniversaryDraft) -> bool:
    """Whether a feast without an event is an anniversary that the article tells in full."""
    return not feast.ordinal or one.ordinal == feast.ordinal


def _is_of(feast: AnniversaryDraft, event: AnniversaryDraft) -> bool:
    """Whether the feast is that of the event: the same number of years, told nearby."""
    if not 0 <= feast.sentence - event.sentence <= _NEAR or not (feast.ordinal or event.ordinal):
        return False
    if event.ordinal:
        return not feast.ordinal or feast.ordinal == event.ordinal
    return feast.year is not None and event.base_year == feast.year - feast.ordinal
