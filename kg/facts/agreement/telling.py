"""An article's agreement drafts put together: one fact for each thing that was agreed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.facts.agreement.draft import AgreementDraft
from kg.facts.agreement.record import Act
from kg.model.entity import fold

_VAGUE_HEADS: Final = frozenset(
    "agreement deal pact treaty accord memorandum mou protocol declaration understanding document statement plan "
    "agreements deals contract convention instrument roadmap".split()
)
_EMPTY: Final = frozenset(
    "agreement agreements deal deals pact treaty accord memorandum understanding declaration joint statement protocol "
    "cooperation relations ties bilateral strengthen strengthening deepen deepening boost enhance expand develop "
    "further continue closely working between countries sides their with that will would other both common "
    "mutual strategic "
    "partnership agreed signed including areas field fields free full into from under over have been part importance "
    "need commitment support areas promote establish establishing restore restoring reopen open".split()
)
_STEM: Final = 5
_CONCLUDED: Final = frozenset({Act.AGREED, Act.SIGNED, Act.ANNOUNCED})


def tell(drafts: Iterable[AgreementDraft]) -> list[AgreementDraft]:
    """The agreements of one article in the order of the text; a headline that the body spells out adds nothing."""
    single = [one for draft in drafts for one in _each(draft)]
    ordered = sorted(filter(_settled, single), key=lambda d: (d.headline, d.sentence, d.trigger))
    told: list[AgreementDraft] = []
    of_parties: dict[tuple[str, ...], list[AgreementDraft]] = {}
    for draft in ordered:
        of_these = of_parties.setdefault(draft.parties, [])
        match = next((t for t in of_these if _same(t, draft)), None)
        if match is not None:
            match.evidence += draft.evidence
            match.people = match.people or draft.people
        elif not (draft.headline and _covered(told, draft)):
            told.append(draft)
            of_these.append(draft)
    return told


def _each(draft: AgreementDraft) -> Iterator[AgreementDraft]:
    """A draft for each matter of the draft."""
    yield draft
    for matter in draft.others:
        yield replace(
            draft,
            topic=matter.topic,
            head=matter.head,
            concerns=matter.concerns,
            others=(),
            evidence=list(draft.evidence),
        )


def _content(topic: str) -> set[str]:
    """The stems of the words that tell one matter from another."""
    words = re.findall(r"[^\W\d_]{4,}", fold(topic))
    return {word[:_STEM] for word in words if word not in _EMPTY}


def _same(one: AgreementDraft, other: AgreementDraft) -> bool:
    """Whether two drafts of the same parties tell one agreement: the same head or matter."""
    mine, theirs = _content(one.topic), _content(other.topic)
    if one.sentence == other.sentence:
        return one.head == other.head and (not (mine and theirs) or bool(mine & theirs))
    if not mine or not theirs:
        return one.head == other.head or {one.head, other.head} <= _VAGUE_HEADS
    if not mine & theirs:
        return one.head == other.head and one.head not in _VAGUE_HEADS and one.concerns == other.concerns
    if one.concerns and other.concerns and one.concerns != other.concerns:
        return False
    return one.head == other.head or (_like(one.act, other.act) and _overlap(mine, theirs))


def _like(one: Act, other: Act) -> bool:
    """Whether two reports of one agreement may tell it by these acts."""
    return one is other or {one, other} <= _CONCLUDED


def _overlap(mine: set[str], theirs: set[str]) -> bool:
    return mine <= theirs or theirs <= mine or len(mine & theirs) > 1


def _settled(draft: AgreementDraft) -> bool:
    """Whether two sides are known now that the whole article has been read."""
    if len(draft.parties) < 2:
        draft.parties = tuple(sorted({*draft.parties, *(f.country for f in draft.people if f.country)}))
        draft.concerns = tuple(code for code in draft.concerns if code not in draft.parties)
    return len(draft.parties) > 1


def _covered(told: Sequence[AgreementDraft], draft: AgreementDraft) -> bool:
    return any(set(draft.parties) <= set(t.parties) or set(t.parties) <= set(draft.parties) for t in told)
