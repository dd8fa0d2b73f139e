"""An article's agreement drafts put together and tied to the contact at which they came about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.facts.agreement.draft import AgreementDraft


def _same(one: AgreementDraft, other: AgreementDraft) -> bool:
    return one.parties == other.parties and one.head == other.head and one.concerns == other.concerns


def tell(drafts: Iterable[AgreementDraft]) -> list[AgreementDraft]:
    """The agreements of one article in the order of the text; a headline that the body spells out adds nothing."""
    drafts = [draft for draft in drafts if _settled(draft)]
    ordered = sorted(drafts, key=lambda d: (d.headline, d.sentence, d.trigger))
    told: list[AgreementDraft] = []
    for draft in ordered:
        match = next((t for t in told if _same(t, draft)), None)
        if match is not None:
            match.evidence += draft.evidence
            match.people = match.people or draft.people
        elif not (draft.headline and _covered(told, draft)):
            told.append(draft)
    return told


def _settled(draft: AgreementDraft) -> bool:
    """Whether two sides are known now that the whole article has been read."""
    if len(draft.parties) < 2:
        draft.parties = tuple(sorted({*draft.parties, *(f.country for f in draft.people if f.country)}))
        draft.concerns = tuple(code for code in draft.concerns if code not in draft.parties)
    return len(draft.parties) > 1


def _covered(told: Sequence[AgreementDraft], draft: AgreementDraft) -> bool:
    return any(set(draft.parties) <= set(t.parties) or set(t.parties) <= set(draft.parties) for t in told)
