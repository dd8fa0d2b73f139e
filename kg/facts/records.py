"""An article's drafts made records: contacts first, then what hangs on them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from kg.extract.lexicon import Lexicon, plain_words
from kg.extract.register import Figure, leaders_of
from kg.facts.agreement import telling as agreement_telling
from kg.facts.agreement.draft import AgreementDraft
from kg.facts.agreement.record import Agreement
from kg.facts.anniversary import rules as anniversary_rules
from kg.facts.anniversary.record import Anniversary
from kg.facts.chain import Chain
from kg.facts.contact.denying import without_denied
from kg.facts.contact.draft import Draft
from kg.facts.contact.record import Contact, ContactKind
from kg.facts.contact.telling import tell as tell_contacts
from kg.facts.report import Report
from kg.facts.seats import gathering_there, listed_seat, told_seat
from kg.facts.statement.record import Statement
from kg.facts.summits import summits_of
from kg.facts.taking_part import Pairs, Taken, parts_taken
from kg.facts.tenures import tenures_of
from kg.facts.told import Told
from kg.lexicon.tokens import folded
from kg.model.date import UNKNOWN, PartialDate, Precision, When
from kg.model.entity import Place, SummitEdition
from kg.model.fact import Status

_NEAR_DAYS: Final = 10
_THESE_DAYS: Final = 2
_LEAD: Final = 800  # characters in which a report says that somebody has come home
_BACK: Final = re.compile(r"\b(?:returned home|(?:returned|returns|back|home)(?: \w+){0,3} from)\b")
_BESIDE: Final = 200  # characters between an anniversary and the contact that it dates


def compose(told: Told, lexicon: Lexicon) -> Report:
    """The report of one article."""
    chain = Chain(told.article, told.register)
    for figure in told.register.figures:
        figure.settled = figure.leader
    drafts = tell_contacts(without_denied(told.contacts, told.denials), told.day, lexicon.world)
    contacts = [_contact(f"c{number}", draft, told, chain) for number, draft in enumerate(drafts, 1)]
    pairs = list(zip(drafts, contacts, strict=True))
    taken = parts_taken(pairs)
    between = _held_between(pairs)
    summits = summits_of(told, pairs, lexicon, chain)
    agreements = tuple(_agreement(draft, taken, between, chain) for draft in agreement_telling.tell(told.agreements))
    anniversaries = tuple(_anniversary(d, pairs, chain) for d in anniversary_rules.tell(told.anniversaries))
    tenures = tenures_of(told, taken, chain)
    statements = _statements(told, taken, chain)
    seen = {f for presence in told.presences for f in presence.people}
    present = [f for f in told.register.figures if f.in_contact or f in seen or _holds_office(f)]
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


Parties = frozenset[str | None]

# -- contacts


def _holds_office(figure: Figure) -> bool:
    """Whether the text gives him a public office; a king of no country is a name ("King Street")."""
    if figure.office_kind in {"monarch", "heir"} and figure.country is None:
        return False
    if folded(figure.office or "") in plain_words("no_offices") and not figure.leads:
        return False
    if figure.country in plain_words("societies"):
        return False
    if not figure.spans and not figure.mentions:  # "the prime ministers of A and B", who did nothing together
        return False
    return bool(
        figure.titled and (figure.office or figure.person or figure.leads) and (figure.office or figure.country)
    )


def _contact(number: str, draft: Draft, told: Told, chain: Chain) -> Contact:
    kind = draft.kind or ContactKind.MEETING
    place = draft.place
    vague = place is None or draft.place_is_country or place.country is None
    if draft.here and vague and told.setting is not None:
        place = told.setting
    if place is None and draft.summit is not None:
        place = told_seat(draft, told) or draft.filed
    if place is None or draft.place_is_country:
        place = _inherited_place(draft, kind, told) or place
    if place is None and draft.summit is not None:
        place = listed_seat(draft, told)
    summit = draft.summit or gathering_there(draft, kind, place, told)
    if summit is not None and place is not None and not (draft.place_is_country and place is draft.place):
        summit = SummitEdition(series=summit.series, year=summit.year, place=place.name)
    return Contact(
        id=number, kind=kind, status=draft.status, format=draft.format, participants=leaders_of(draft.people),
        when=draft.when, place=place if kind is ContactKind.MEETING else None, summit=summit, duration=draft.duration,
        first_meeting=draft.first, evidence=chain.close(draft.evidence, draft.people),
    )  # fmt: skip


def _inherited_place(draft: Draft, kind: ContactKind, told: Told) -> Place | None:
    """The dateline's town, where nothing contradicts: a held, current meeting in that country or of its leaders."""
    dateline = told.setting
    if kind is not ContactKind.MEETING or draft.status is not Status.HELD or dateline is None or draft.history:
        return None
    if told.day and draft.when.latest and (told.day - draft.when.latest).days > _NEAR_DAYS:
        return None
    if draft.place is not None:
        same = draft.place.country is None or draft.place.country == dateline.country
        return dateline if same and dateline.country else None
    seat = listed_seat(draft, told) if draft.summit is not None and dateline.country is not None else None
    if seat is not None and seat.country != dateline.country:
        return seat  # a report filed at home
    if draft.summit is None and (_is_told_from_afar(draft, told, dateline) or _was_away(draft, told, dateline)):
        return None
    at_home = any(figure.country == dateline.country for figure in draft.people)
    return dateline if at_home or draft.summit is not None or _is_of_these_days(draft, told) else None


def _is_told_from_afar(draft: Draft, told: Told, dateline: Place) -> bool:
    """Whether the dateline lies elsewhere than the country that a participant visits, or they were on a journey."""
    visited = _visited(draft)
    if visited and dateline.country not in visited:
        return True
    return draft.when.is_unknown and _is_of_a_journey(told, dateline)


def _was_away(draft: Draft, told: Told, dateline: Place) -> bool:
    """Whether those of the dateline's own country, on that day or on days nobody tells, were abroad as far as is told.

    What the headline alone tells has the day of the report, whenever it was.
    """
    home = {figure for figure in draft.people if figure.country == dateline.country}
    for each in told.contacts if home else ():
        away = (
            each.place is not None and each.place.country not in {None, dateline.country} and not each.place_is_country
        )
        if not away or not each.is_news or each.status is not Status.HELD:
            continue
        same = bool(home & set(each.people))
        theirs = same or any(figure.country == dateline.country for figure in each.people)
        if (
            theirs
            if draft.when.is_unknown and not draft.stated
            else same and (draft.headline or draft.when == each.when)
        ):
            return True
    return False


def _visited(draft: Draft) -> set[str]:
    """The countries of participants that others of them visit, as the article says."""
    own = {figure.country for figure in draft.people if figure.country}
    return {state for figure in draft.people for state in figure.visits & own if state != figure.country}


def _is_of_a_journey(told: Told, dateline: Place) -> bool:
    """Whether all that the report tells with its place was abroad, and it was filed when somebody had come back."""
    if _BACK.search(told.article.text[:_LEAD]) is None:
        return False
    news = (each for each in told.contacts if each.is_news and each.place is not None and each.place.country)
    countries = [each.place.country for each in news if each.place is not None]
    return len(countries) > 1 and dateline.country not in countries


def _is_of_these_days(draft: Draft, told: Told) -> bool:
    """Whether the contact has a day that lies close to the day of the report."""
    if told.day is None or draft.when.precision is not Precision.DAY or draft.when.latest is None:
        return False
    return 0 <= (told.day - draft.when.latest).days <= _THESE_DAYS


# -- agreements


def _agreement(draft: AgreementDraft, taken: Taken, between: Mapping[Parties, Contact], chain: Chain) -> Agreement:
    at = _meeting_of(draft.people, taken) or between.get(frozenset(draft.parties))
    by = leaders_of(draft.people)
    return Agreement(
        act=draft.act, topic=draft.topic, head=draft.head, parties=draft.parties, concerns=draft.concerns, by=by,
        concluded_at=at.id if at else None, when=draft.when if at is None else at.when,
        evidence=chain.concerning(chain.close(draft.evidence, draft.people, draft.parties), draft.concerns),
    )  # fmt: skip


def _meeting_of(people: Sequence[Figure], taken: Taken) -> Contact | None:
    """The held contact of exactly these people that the article is about: a meeting before a call."""
    pairs = taken.get(people[0], ()) if len(people) > 1 else ()
    held = [(d, c) for d, c in pairs if c.status is Status.HELD and set(d.people) == set(people) and not d.history]
    held.sort(key=lambda pair: pair[1].kind is not ContactKind.MEETING)
    return held[0][1] if held else None


def _held_between(pairs: Pairs) -> dict[Parties, Contact]:
    """The first held meeting between leaders of exactly the same countries."""
    between: dict[Parties, Contact] = {}
    for draft, contact in pairs:
        if contact.status is Status.HELD and contact.kind is ContactKind.MEETING and not draft.history:
            between.setdefault(frozenset(figure.country for figure in draft.people), contact)
    return between


# -- anniversaries


def _anniversary(draft: anniversary_rules.AnniversaryDraft, pairs: Pairs, chain: Chain) -> Anniversary:
    contact = None
    if draft.relative is not None:
        held = [(d, c) for d, c in pairs if c.status is Status.HELD]
        near = [c for d, c in held if any(e.begin < draft.end and draft.begin - _BESIDE < e.end for e in d.evidence)]
        contact = next(iter(near or [c for _, c in held]), None)
    when = When.on(PartialDate(year=draft.year)) if draft.year else UNKNOWN
    return Anniversary(
        ordinal=draft.ordinal, of=draft.of, head=draft.head, year=draft.year, base_year=draft.base_year,
        parties=draft.parties, when=when, relative_to=contact.id if contact else None,
        relative_days=draft.relative if contact else None, evidence=chain.close(draft.evidence, (), draft.parties),
    )  # fmt: skip


# -- statements


def _statements(told: Told, taken: Taken, chain: Chain) -> tuple[Statement, ...]:
    result: list[Statement] = []
    for draft in told.statements:
        pairs = taken.get(draft.speaker, ())
        contact = next((c for d, c in pairs if c.status is Status.HELD and not d.history), None)
        if contact is None and not (draft.about and draft.speaker.office):
            continue
        jubilee = next((a for a in told.anniversaries if draft.begin <= a.begin < draft.end), None)
        result.append(
            Statement(
                speaker=draft.speaker.leader, about=draft.about,
                about_anniversary=(jubilee.ordinal, jubilee.head) if jubilee else None,
                made_at=contact.id if contact else None,
                evidence=chain.close(draft.evidence, (draft.speaker,), draft.about),
            )
        )  # fmt: skip
    return tuple(result)


__all__ = ["compose"]
