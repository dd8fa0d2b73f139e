"""Which tellings of anniversaries are one: ordinal, parties, head noun; a contact's day dates what is near it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.assemble.cluster import Neighbours
from kg.assemble.dating import falls_in, interval_of, month_day_of, precision_rank
from kg.assemble.told import Contradiction, Telling, claims_of
from kg.facts.anniversary.record import Anniversary
from kg.model.date import UNKNOWN, PartialDate, When
from kg.model.entity import slug

AnniversaryTelling = Telling[Anniversary]

Days = Mapping[tuple[str, str], When]


@dataclass(slots=True, eq=False)
class Jubilee:
    """Tellings of one anniversary."""

    tellings: list[AnniversaryTelling]

    @property
    def articles(self) -> set[str]:
        """Who tells it."""
        return {telling.article for telling in self.tellings}


def cluster_anniversaries(tellings: Iterable[AnniversaryTelling], neighbours: Neighbours) -> list[Jubilee]:
    """The anniversaries that these tellings are about; one told without its parties goes where an article nearby is."""
    named: dict[tuple[int, str, tuple[str, ...]], Jubilee] = {}
    nameless: list[AnniversaryTelling] = []
    for telling in tellings:
        fact = telling.fact
        if fact.parties:
            named.setdefault((fact.ordinal, slug(fact.head), fact.parties), Jubilee([])).tellings.append(telling)
        else:
            nameless.append(telling)
    found = [named[mark] for mark in sorted(named)]
    told = _Told(found)
    rest: dict[tuple[int, str], Jubilee] = {}
    for telling in nameless:
        fitting = told.near(telling, neighbours.of(telling.article))
        if len(fitting) == 1:
            told.add(fitting.pop(), telling)
        else:
            mark = (telling.fact.ordinal, slug(telling.fact.of))
            rest.setdefault(mark, Jubilee([])).tellings.append(telling)
    return found + [rest[mark] for mark in sorted(rest)]


class _Told:
    """Which article tells of which anniversaries of the same words."""

    def __init__(self, jubilees: Iterable[Jubilee]) -> None:
        """Begin with these, each of one wording."""
        self._by_article: dict[tuple[int, str, str], set[Jubilee]] = defaultdict(set)
        for jubilee in jubilees:
            for telling in jubilee.tellings:
                self._by_article[_words(telling, telling.article)].add(jubilee)

    def near(self, telling: AnniversaryTelling, articles: Iterable[str]) -> set[Jubilee]:
        """Those of these words that its own article tells of, or one of the others."""
        marks = (_words(telling, article) for article in (telling.article, *articles))
        return {jubilee for mark in marks for jubilee in self._by_article.get(mark, ())}

    def add(self, jubilee: Jubilee, telling: AnniversaryTelling) -> None:
        """Nothing; the telling is one of it, too."""
        jubilee.tellings.append(telling)
        self._by_article[_words(telling, telling.article)].add(jubilee)


def _words(telling: AnniversaryTelling, article: str) -> tuple[int, str, str]:
    return telling.fact.ordinal, slug(telling.fact.head), article


def merged_anniversary(jubilee: Jubilee, days: Days) -> Anniversary:
    """The anniversary with its year from whoever gives it; ``days``: times of contacts by article and local id."""
    facts = [telling.fact for telling in jubilee.tellings]
    times = [time for telling in jubilee.tellings for time in _relative(telling, days)]
    years: dict[int, int] = defaultdict(int)
    for year in [f.year for f in facts if f.year is not None] or [y for y in map(_year_of, times) if y is not None]:
        years[year] += 1
    known = min(years, key=lambda y: (-years[y], y), default=None)
    first = max(facts, key=lambda f: (len(f.parties), -len(f.of), f.of))
    bases = sorted({f.base_year for f in facts if f.base_year is not None})
    base = bases[0] if bases else (known - first.ordinal if known is not None and known > first.ordinal else None)
    times += [_with_year(f.when, known) for f in facts if not f.when.is_unknown]
    return replace(
        first,
        year=known,
        base_year=base,
        when=_when(times, known),
        relative_to=None,
        relative_days=None,
        evidence=(),
    )


def one_wording_each(facts: Sequence[Anniversary], pasts: Sequence[str]) -> list[Anniversary]:
    """The anniversaries of one event, whose key stands at the same place, with the same words for it: the shortest."""
    words: dict[str, set[str]] = defaultdict(set)
    for fact, past in zip(facts, pasts, strict=True):
        words[past].add(fact.of)
    chosen = {past: min(several, key=lambda of: (len(of), of)) for past, several in words.items()}
    return [replace(fact, of=chosen[past]) for fact, past in zip(facts, pasts, strict=True)]


def _relative(telling: AnniversaryTelling, days: Days) -> Iterable[When]:
    """The days that "just days before" makes of the day of a contact, once that is known."""
    fact = telling.fact
    if fact.relative_to is None or fact.relative_days is None:
        return
    contact = interval_of(days.get((telling.article, fact.relative_to), UNKNOWN))
    if contact is not None:
        least, greatest = fact.relative_days
        yield When.between(contact[0] + dt.timedelta(days=least), contact[1] + dt.timedelta(days=greatest))


def _year_of(when: When) -> int | None:
    """The one year in which all days of a time lie."""
    interval = interval_of(when)
    return interval[0].year if interval and interval[0].year == interval[1].year else None


def _when(times: Sequence[When], year: int | None) -> When:
    """The most precise time; its date is the year where only bounds are known within it."""
    best = min(times, key=precision_rank, default=UNKNOWN)
    if year is None:
        return best
    whole = When.on(PartialDate(year=year))
    if best.is_unknown:
        return whole
    if best.date is None and _year_of(best) == year:
        return replace(best, date=whole.date)
    return best


def _with_year(when: When, year: int | None) -> When:
    """A month and day in the given year; anything else as it is."""
    month_day = month_day_of(when)
    if month_day is None or year is None:
        return when
    whole = interval_of(When.on(PartialDate(year=year)))
    assert whole is not None
    if not falls_in(month_day, whole):
        return when
    return When.on(PartialDate(year=year, month=month_day[0], day=month_day[1]))


def anniversary_contradictions(key: str, jubilee: Jubilee) -> Iterable[Contradiction]:
    """The years on which the tellings differ."""
    yield from claims_of(key, "year", ((str(t.fact.year), t.article) for t in jubilee.tellings if t.fact.year))
