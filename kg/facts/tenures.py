"""The tenures of an article: one of each titled figure, with every sign of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from kg.extract.figure import Figure
from kg.extract.item import Mention
from kg.facts.chain import Chain
from kg.facts.contact.record import Contact
from kg.facts.taking_part import Pairs, Taken
from kg.facts.tenure.record import Tenure
from kg.facts.tenure.rules import TenureDraft, start_before
from kg.facts.told import Told
from kg.model.date import UNKNOWN, PartialDate
from kg.model.fact import Evidence, Status

_MOST_TITLES: Final = 5


def tenures_of(told: Told, taken: Taken, chain: Chain) -> tuple[Tenure, ...]:
    """One tenure of each titled figure, with every sign of it."""
    signs: dict[int, list[TenureDraft]] = {}
    for draft in told.tenures:
        signs.setdefault(id(draft.holder), []).append(draft)
        if draft.predecessor is not None:
            past = TenureDraft(holder=draft.predecessor, sentence=draft.sentence, former=True, evidence=draft.evidence)
            signs.setdefault(id(draft.predecessor), []).append(past)
    result = [
        _tenure(figure, signs.get(id(figure), []), told, taken.get(figure, ()), chain)
        for figure in told.register.figures
        if figure.titled and figure.office and figure.country and not figure.elect
    ]
    # Who is meant only by a title has no words of his own to rest a tenure on.
    return tuple(sorted((t for t in result if t.evidence), key=lambda t: (t.holder.slug, t.office)))


def _tenure(figure: Figure, drafts: Sequence[TenureDraft], told: Told, pairs: Pairs, chain: Chain) -> Tenure:
    """The tenure of one figure, whose contacts these are."""
    start, earliest, latest = None, None, None
    evidence = [e for d in drafts for e in chain.close(d.evidence, filter(None, (figure, d.predecessor)))]
    for draft in drafts:
        event = _event_of(draft, pairs)
        if draft.since and event is not None and event.when.date is not None and start is None:
            start, earliest, latest = start_before(event.when.date, draft.since)
    if start is None and earliest is None:
        start, earliest, latest = _began(drafts)
    end = next((d.end for d in drafts if not d.end.is_unknown), UNKNOWN)
    previous = next((d.predecessor for d in drafts if d.predecessor is not None), None)
    titles = [m for m in figure.mentions if m.office]
    observed = _observed([] if start is not None else titles, pairs)
    ended = any(m.former or m.then for m in titles) or any(d.former for d in drafts)
    text = told.article.text
    evidence += [
        Evidence(begin=m.begin, end=m.end, quote=text[m.begin : m.end], rule="tenure.title-name")
        for m in titles[:_MOST_TITLES]
    ]
    assert figure.office is not None
    assert figure.country is not None
    return Tenure(
        holder=figure.leader, office=figure.office, country=figure.country, start=start, start_earliest=earliest,
        start_latest=latest, end=end.date, end_earliest=None if end.date else end.earliest,
        end_latest=None if end.date else end.latest or (told.day if ended else None), observed_on=observed,
        preceded_by=previous.leader if previous else None, evidence=tuple(evidence),
    )  # fmt: skip


def _observed(titles: Sequence[Mention], pairs: Pairs) -> tuple[PartialDate, ...]:
    """The dates of the held contacts of a figure whose words give him his title."""
    held = [(d, c.when.date) for d, c in pairs if c.status is Status.HELD]
    found: set[PartialDate] = set()
    for mention in titles:
        dates = [date for draft, date in held if any(e.begin <= mention.begin < e.end for e in draft.evidence)]
        if not mention.former and dates and dates[0] is not None and dates[0].year:
            found.add(dates[0])
    return tuple(sorted(found, key=str))


def _began(drafts: Sequence[TenureDraft]) -> tuple[PartialDate | None, dt.date | None, dt.date | None]:
    """When the office was taken, as the text says it; from an election on, where only that is told."""
    start = next((d.start for d in drafts if not d.start.is_unknown), UNKNOWN)
    if not start.is_unknown:
        return start.date, None if start.date else start.earliest, None if start.date else start.latest
    elected = next((d.elected for d in drafts if not d.elected.is_unknown), UNKNOWN)
    return None, elected.earliest, None


def _event_of(draft: TenureDraft, pairs: Pairs) -> Contact | None:
    """The held contact of a figure to which the words of this sentence belong: the last one told before them."""
    best: tuple[int, Contact] | None = None
    for told, contact in pairs:
        if contact.status is not Status.HELD or draft.sentence not in told.sentences:
            continue
        for evidence in told.evidence:
            if evidence.begin <= draft.begin and (best is None or evidence.begin > best[0]):
                best = (evidence.begin, contact)
    return best[1] if best else None
