"""An article's drafts made records: contacts first, then what hangs on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from kg.extract.lexicon import Lexicon
from kg.extract.register import Figure, leaders_of
from kg.facts.agreement import telling as agreement_telling
from kg.facts.agreement.draft import AgreementDraft
from kg.facts.agreement.record import Agreement
from kg.facts.anniversary import rules as anniversary_rules
from kg.facts.anniversary.record import Anniversary
from kg.facts.contact.draft import Draft
from kg.facts.contact.record import Contact, ContactKind
from kg.facts.contact.telling import tell as tell_contacts
from kg.facts.report import Report
from kg.facts.statement.record import Statement
from kg.facts.summit.record import Summit
from kg.facts.summit.rules import PresenceDraft
from kg.facts.tenure.record import Tenure
from kg.facts.tenure.rules import TenureDraft, start_before
from kg.model.date import UNKNOWN, PartialDate, Precision, When
from kg.model.entity import Place, SummitEdition
from kg.model.fact import Evidence, Status

if TYPE_CHECKING:
    from kg.facts.reading import Told

_NEAR_DAYS: Final = 10
_MOST_TITLES: Final = 5


def compose(told: Told, lexicon: Lexicon) -> Report:
    """The report of one article."""
    drafts = tell_contacts(told.contacts, told.day)
    contacts = [_contact(f"c{number}", draft, told) for number, draft in enumerate(drafts, 1)]
    pairs = list(zip(drafts, contacts, strict=True))
    summits = _summits(told, pairs, lexicon)
    agreements = tuple(_agreement(draft, pairs) for draft in agreement_telling.tell(told.agreements))
    anniversaries = tuple(_anniversary(d, pairs) for d in anniversary_rules.tell(told.anniversaries))
    tenures = _tenures(told, pairs)
    statements = _statements(told, pairs)
    seen = {id(f) for presence in told.presences for f in presence.people}
    present = [
        f
        for f in told.register.figures
        if f.in_contact or id(f) in seen or (f.titled and (f.office or f.person) and (f.office or f.country))
    ]
    return Report(
        article=told.article,
        leaders=leaders_of(present),
        contacts=tuple(contacts),
        summits=summits,
        agreements=agreements,
        anniversaries=anniversaries,
        tenures=tenures,
        statements=statements,
        problems=tuple(told.problems),
    )


Pairs = Sequence[tuple[Draft, Contact]]

# -- contacts


def _contact(number: str, draft: Draft, told: Told) -> Contact:
    kind = draft.kind or ContactKind.MEETING
    place = draft.place
    if place is None or draft.place_is_country:
        place = _inherited_place(draft, kind, told) or place
    summit = draft.summit
    if summit is not None and place is not None and not (draft.place_is_country and place is draft.place):
        summit = SummitEdition(series=summit.series, year=summit.year, place=place.name)
    return Contact(
        id=number, kind=kind, status=draft.status, format=draft.format, participants=leaders_of(draft.people),
        when=draft.when, place=place if kind is ContactKind.MEETING else None, summit=summit, duration=draft.duration,
        first_meeting=draft.first, evidence=tuple(draft.evidence),
    )  # fmt: skip


def _inherited_place(draft: Draft, kind: ContactKind, told: Told) -> Place | None:
    """The dateline's town, where nothing contradicts: a held, current meeting in that country or of its leaders."""
    dateline = told.dateline
    if kind is not ContactKind.MEETING or draft.status is not Status.HELD or dateline is None or draft.history:
        return None
    if told.day and draft.when.latest and (told.day - draft.when.latest).days > _NEAR_DAYS:
        return None
    if draft.place is not None:
        same = draft.place.country is None or draft.place.country == dateline.country
        return dateline if same and dateline.country else None
    at_home = any(figure.country == dateline.country for figure in draft.people)
    return dateline if at_home or draft.summit is not None else None


# -- summits


def _summits(told: Told, pairs: Pairs, lexicon: Lexicon) -> tuple[Summit, ...]:
    """Every edition that the article names, with what is said of it anywhere."""
    editions: dict[tuple[str, int | None], list[tuple[When, Place | None, Evidence, tuple[Figure, ...], bool]]] = {}
    for draft, contact in pairs:
        if contact.summit is not None:
            key = (contact.summit.series, contact.summit.year)
            place = contact.place if contact.summit.place else None
            held = contact.status is Status.HELD
            editions.setdefault(key, []).append(
                (draft.when if held else UNKNOWN, place if held else None, draft.evidence[0], (), held)
            )
    told_with = {(c.summit.series, number): c.summit.year for d, c in pairs if c.summit is not None for number in d.sentences or [d.sentence]}  # fmt: skip
    told_with |= {(p.series, p.sentence): year for p in told.presences if p.series for year in (_year_said(p),) if year}
    for presence in told.presences:
        if presence.series is None:
            continue
        year = _year_said(presence) or told_with.get((presence.series, presence.sentence))
        key = _edition_key(editions, presence.series, year, told)
        editions.setdefault(key, []).append((presence.when, presence.place, presence.evidence[0], presence.people, bool(presence.people)))  # fmt: skip
    return tuple(
        _summit(key, signs, lexicon) for key, signs in sorted(editions.items(), key=lambda e: (e[0][0], e[0][1] or 0))
    )


def _year_said(presence: PresenceDraft) -> int | None:
    """The year of the edition that the words give."""
    return presence.year or (presence.when.earliest.year if presence.when.earliest else None)


def _edition_key(
    editions: dict[tuple[str, int | None], list[tuple[When, Place | None, Evidence, tuple[Figure, ...], bool]]],
    series: str, year: int | None, told: Told,
) -> tuple[str, int | None]:  # fmt: skip
    known = [key for key in editions if key[0] == series]
    if year is not None:
        return known[0] if known == [(series, None)] else (series, year)
    if told.day is None:
        return known[-1] if known else (series, None)
    this = told.day.year
    near = [key for key in known if key[1] is not None and abs(key[1] - this) <= 1]
    if (series, this) in known or not near:
        return series, this
    return near[-1]


def _summit(
    key: tuple[str, int | None],
    signs: Sequence[tuple[When, Place | None, Evidence, tuple[Figure, ...], bool]],
    lexicon: Lexicon,
) -> Summit:
    series, year = key
    listed = lexicon.world.series.get(series)
    whens = [when for when, *_ in signs if when.earliest is not None]
    days = sorted({when.earliest for when in whens if when.precision is Precision.DAY and when.earliest})
    months = {(w.earliest.year, w.earliest.month) for w in whens if w.earliest and w.latest and (w.earliest.year, w.earliest.month) == (w.latest.year, w.latest.month)}  # fmt: skip
    when = (
        When.on(PartialDate(year=next(iter(months))[0], month=next(iter(months))[1])) if len(months) == 1 else UNKNOWN
    )
    places = [place for _, place, *_ in signs if place is not None]
    people = tuple(dict.fromkeys(figure for *_, figures, _ in signs for figure in figures))
    return Summit(
        series=series, name=listed.name if listed else series, year=year, place=places[0] if places else None, when=when,
        status=Status.HELD if any(held for *_, held in signs) else None,
        organiser=(listed.organiser or None) if listed else None, observed_on=tuple(days),
        participants=leaders_of(people), evidence=tuple(dict.fromkeys(evidence for _, _, evidence, *_ in signs)),
    )  # fmt: skip


# -- agreements


def _agreement(draft: AgreementDraft, pairs: Pairs) -> Agreement:
    at = _meeting_of(draft.people, pairs) or _meeting_between(draft.parties, pairs)
    by = leaders_of(draft.people)
    return Agreement(
        act=draft.act, topic=draft.topic, head=draft.head, parties=draft.parties, concerns=draft.concerns, by=by,
        concluded_at=at.id if at else None, when=draft.when if at is None else at.when, evidence=tuple(draft.evidence),
    )  # fmt: skip


def _meeting_of(people: Sequence[Figure], pairs: Pairs) -> Contact | None:
    """The held contact of exactly these people that the article is about: a meeting before a call."""
    held = [(d, c) for d, c in pairs if c.status is Status.HELD and set(d.people) == set(people) and not d.history]
    held.sort(key=lambda pair: pair[1].kind is not ContactKind.MEETING)
    return held[0][1] if held and len(people) > 1 else None


def _meeting_between(parties: Sequence[str], pairs: Pairs) -> Contact | None:
    """The held meeting between leaders of exactly these countries."""
    for draft, contact in pairs:
        countries = {figure.country for figure in draft.people}
        is_meeting = contact.status is Status.HELD and contact.kind is ContactKind.MEETING and not draft.history
        if is_meeting and countries == set(parties):
            return contact
    return None


# -- anniversaries


def _anniversary(draft: anniversary_rules.AnniversaryDraft, pairs: Pairs) -> Anniversary:
    contact = None
    if draft.relative is not None:
        contact = next((c for d, c in pairs if c.status is Status.HELD and any(e.begin < draft.end and draft.begin - 200 < e.end for e in d.evidence)), None)  # fmt: skip
        contact = contact or next((c for _, c in pairs if c.status is Status.HELD), None)
    when = When.on(PartialDate(year=draft.year)) if draft.year else UNKNOWN
    return Anniversary(
        ordinal=draft.ordinal, of=draft.of, head=draft.head, year=draft.year, base_year=draft.base_year,
        parties=draft.parties, when=when, relative_to=contact.id if contact else None,
        relative_days=draft.relative if contact else None, evidence=tuple(draft.evidence),
    )  # fmt: skip


# -- tenures


def _tenures(told: Told, pairs: Pairs) -> tuple[Tenure, ...]:
    """One tenure of each titled figure, with every sign of it."""
    signs: dict[int, list[TenureDraft]] = {}
    for draft in told.tenures:
        signs.setdefault(id(draft.holder), []).append(draft)
        if draft.predecessor is not None:
            past = TenureDraft(holder=draft.predecessor, sentence=draft.sentence, former=True, evidence=draft.evidence)
            signs.setdefault(id(draft.predecessor), []).append(past)
    result = [
        _tenure(figure, signs.get(id(figure), []), told, pairs)
        for figure in told.register.figures
        if figure.titled and figure.office and figure.country and not figure.elect
    ]
    return tuple(sorted(result, key=lambda t: (t.holder.slug, t.office)))


def _tenure(figure: Figure, drafts: Sequence[TenureDraft], told: Told, pairs: Pairs) -> Tenure:
    start, earliest, latest = None, None, None
    evidence = [e for draft in drafts for e in draft.evidence]
    for draft in drafts:
        event = _event_of(figure, draft, pairs)
        if draft.since and event is not None and event.when.date is not None and start is None:
            start, earliest, latest = start_before(event.when.date, draft.since)
    if start is None and earliest is None:
        start, earliest, latest = _began(drafts)
    end = next((d.end for d in drafts if not d.end.is_unknown), UNKNOWN)
    previous = next((d.predecessor for d in drafts if d.predecessor is not None), None)
    titles = [m for m in figure.mentions if m.office]
    observed: list[PartialDate] = []
    for mention in titles:
        if mention.former or start is not None:
            continue
        event = next((c for d, c in pairs if figure in d.people and c.status is Status.HELD and any(e.begin <= mention.begin < e.end for e in d.evidence)), None)  # fmt: skip
        if (
            event is not None
            and event.when.date is not None
            and event.when.date.year
            and event.when.date not in observed
        ):
            observed.append(event.when.date)
    ended = any(m.former or m.then for m in titles) or any(d.former for d in drafts)
    text = told.article.text
    evidence += [Evidence(begin=m.begin, end=m.end, quote=text[m.begin : m.end], rule="tenure.title-name") for m in titles[:_MOST_TITLES]]  # fmt: skip
    assert figure.office is not None
    assert figure.country is not None
    return Tenure(
        holder=figure.leader, office=figure.office, country=figure.country, start=start, start_earliest=earliest,
        start_latest=latest, end=end.date, end_earliest=None if end.date else end.earliest,
        end_latest=None if end.date else end.latest or (told.day if ended else None), observed_on=tuple(sorted(observed, key=str)),
        preceded_by=previous.leader if previous else None, evidence=tuple(evidence),
    )  # fmt: skip


def _began(drafts: Sequence[TenureDraft]) -> tuple[PartialDate | None, dt.date | None, dt.date | None]:
    """When the office was taken, as the text says it; from an election on, where only that is told."""
    start = next((d.start for d in drafts if not d.start.is_unknown), UNKNOWN)
    if not start.is_unknown:
        return start.date, None if start.date else start.earliest, None if start.date else start.latest
    elected = next((d.elected for d in drafts if not d.elected.is_unknown), UNKNOWN)
    return None, elected.earliest, None


def _event_of(figure: Figure, draft: TenureDraft, pairs: Pairs) -> Contact | None:
    """The held contact of the figure to which the words of this sentence belong: the last one told before them."""
    best: tuple[int, Contact] | None = None
    for told, contact in pairs:
        if figure not in told.people or contact.status is not Status.HELD or draft.sentence not in told.sentences:
            continue
        for evidence in told.evidence:
            if evidence.begin <= draft.begin and (best is None or evidence.begin > best[0]):
                best = (evidence.begin, contact)
    return best[1] if best else None


# -- statements


def _statements(told: Told, pairs: Pairs) -> tuple[Statement, ...]:
    result: list[Statement] = []
    for draft in told.statements:
        contact = next((c for d, c in pairs if draft.speaker in d.people and c.status is Status.HELD and not d.history), None)  # fmt: skip
        if contact is None and not (draft.about and draft.speaker.office):
            continue
        jubilee = next((a for a in told.anniversaries if draft.begin <= a.begin < draft.end), None)
        result.append(
            Statement(
                speaker=draft.speaker.leader, about=draft.about,
                about_anniversary=(jubilee.ordinal, jubilee.head) if jubilee else None,
                made_at=contact.id if contact else None, evidence=tuple(draft.evidence),
            )
        )  # fmt: skip
    return tuple(result)


__all__ = ["compose", "dt"]
