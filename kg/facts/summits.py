"""The summits of an article: every edition that it names, with what is said of it anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.figure import Figure, leaders_of
from kg.extract.lexicon import Lexicon
from kg.facts.chain import Chain
from kg.facts.summit.record import Summit
from kg.facts.summit.rules import PresenceDraft
from kg.facts.taking_part import Pairs
from kg.facts.told import Told
from kg.model.date import UNKNOWN, PartialDate, Precision, When
from kg.model.entity import Place
from kg.model.fact import Evidence, Status

Key = tuple[str, int | None]  # series and year
Sign = tuple[When, Place | None, Evidence, tuple[Figure, ...], bool]  # when, where, words, who, whether it was held


def summits_of(told: Told, pairs: Pairs, lexicon: Lexicon, chain: Chain) -> tuple[Summit, ...]:
    """Every edition that the article names, with what is said of it anywhere."""
    editions: dict[Key, list[Sign]] = {}
    for draft, contact in pairs:
        if contact.summit is not None:
            key = (contact.summit.series, contact.summit.year)
            place = contact.place if contact.summit.place else None
            held = contact.status is Status.HELD
            editions.setdefault(key, []).append(
                (draft.when if held else UNKNOWN, place if held else None, draft.evidence[0], (), held)
            )
    told_with = {
        (contact.summit.series, number): contact.summit.year
        for draft, contact in pairs
        if contact.summit is not None
        for number in draft.sentences or [draft.sentence]
    }
    told_with |= {(p.series, p.sentence): year for p in told.presences if p.series for year in (_year_said(p),) if year}
    for presence in told.presences:
        if presence.series is None:
            continue
        year = _year_said(presence) or told_with.get((presence.series, presence.sentence))
        key = _edition_key(editions, presence.series, year, told)
        words = chain.close(presence.evidence, presence.people)[0]
        sign = (presence.when, presence.place, words, presence.people, bool(presence.people))
        editions.setdefault(key, []).append(sign)
    return tuple(
        _summit(key, signs, lexicon) for key, signs in sorted(editions.items(), key=lambda e: (e[0][0], e[0][1] or 0))
    )


def _year_said(presence: PresenceDraft) -> int | None:
    """The year of the edition that the words give."""
    return presence.year or (presence.when.earliest.year if presence.when.earliest else None)


def _month_of(when: When) -> tuple[int, int] | None:
    """Year and month of a time that lies within one month."""
    if when.earliest is None or when.latest is None:
        return None
    first, last = (when.earliest.year, when.earliest.month), (when.latest.year, when.latest.month)
    return first if first == last else None


def _edition_key(
    editions: dict[Key, list[Sign]],
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
    signs: Sequence[Sign],
    lexicon: Lexicon,
) -> Summit:
    series, year = key
    listed = lexicon.world.series.get(series)
    whens = [when for when, *_ in signs if when.earliest is not None]
    days = sorted({when.earliest for when in whens if when.precision is Precision.DAY and when.earliest})
    months = {month for when in whens if (month := _month_of(when)) is not None}
    when = (
        When.on(PartialDate(year=next(iter(months))[0], month=next(iter(months))[1])) if len(months) == 1 else UNKNOWN
    )
    places = [place for _, place, *_ in signs if place is not None]
    people = tuple(dict.fromkeys(figure for *_, figures, _ in signs for figure in figures))
    return Summit(
        series=series, name=listed.name if listed else series, year=year, place=next(iter(places), None), when=when,
        status=Status.HELD if any(held for *_, held in signs) else None,
        organiser=(listed.organiser or None) if listed else None, observed_on=tuple(days),
        participants=leaders_of(people), evidence=tuple(dict.fromkeys(evidence for _, _, evidence, *_ in signs)),
    )  # fmt: skip
