"""``python -m tests.bench.corpus FOLDER --articles N``: reports of the world's leaders that nobody wrote.

What happens is drawn from the leaders of ``seeds/world`` who were in office on the day: they meet, call each other,
plan and cancel, sign, celebrate, and go to summits that took place; a part is noise without diplomacy. Of an event one
to six papers tell: the agency's copy under another name and headline, shortened, word for word, or in words of their
own. The same seed gives the same files, whoever asks for how many, and no more than one event is ever in memory.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Final

from kg.extract.lexicon import load_lexicon
from kg.lexicon.world import Edition, Person, Term, World
from tests.bench import corpus_words as words

FIRST_DAY: Final = dt.date(2005, 1, 1)
DAYS: Final = 20 * 365
A_FOLDER: Final = 1000
_BIG: Final = ("USA CHN RUS GBR FRA DEU JPN IND BRA TUR KOR UKR ITA CAN AUS SAU ZAF IDN ISR IRN POL EGY MEX").split()
_KINDS: Final = {
    "meeting": 26, "margins": 12, "phone": 16, "video": 4, "planned": 9, "cancelled": 5, "postponed": 3, "deal": 8,
    "jubilee": 4, "summit": 4, "noise": 9,
}  # fmt: skip
_LEADING: Final = frozenset({"head-of-state", "head-of-government", "foreign-minister"})
_COPIES: Final = (1, 1, 1, 1, 2, 2, 3, 4, 6)
_MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                  "November", "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who holds an office on a day: in full, and by surname, with the country's name and capital."""

    full: str
    last: str
    country: str
    capital: str


@dataclass(frozen=True, slots=True)
class Stage:
    """What the world offers to a corpus: countries as often as they are in the news, leaders, summits with dates."""

    world: World
    countries: tuple[str, ...]
    weights: tuple[float, ...]
    leaders: Mapping[str, tuple[Person, ...]]
    editions: tuple[Edition, ...]
    towns: tuple[str, ...]

    @classmethod
    def of(cls, world: World) -> Stage:
        """The stage that this world is."""
        leaders: dict[str, list[Person]] = {}
        for name in sorted(world.people):
            person = world.people[name]
            terms = [term for term in person.terms if _leads(world, term)]
            for country in sorted({term.country for term in terms} & set(world.countries)):
                leaders.setdefault(country, []).append(person)
        countries = tuple(sorted(leaders))
        weights = tuple(accumulate(12.0 / (1 + _BIG.index(c)) + 2 if c in _BIG else 0.4 for c in countries))
        editions = tuple(e for e in world.editions if _opening(e) is not None)
        return cls(
            world=world,
            countries=countries,
            weights=weights,
            leaders={country: tuple(found) for country, found in leaders.items()},
            editions=editions,
            towns=tuple(sorted(town.name for town in world.towns.values())),
        )

    def sitting(self, country: str, day: dt.date, chance: random.Random) -> Sitting | None:
        """Somebody who was in office there on the day."""
        found = [
            (person, term)
            for person in self.leaders[country]
            for term in person.terms
            if term.country == country and term.covers(day) and _leads(self.world, term)
        ]
        if not found:
            return None
        person, term = chance.choice(found)
        state = self.world.countries[country]
        office = self.world.offices.get(term.office)
        title = office.label if office else "Leader"
        full = (
            f"{state.demonyms[0]} {title} {person.name}" if state.demonyms else f"{title} {person.name} of {state.name}"
        )
        last = person.short[0] if person.short else person.name.split()[-1]
        return Sitting(full, last, state.name, state.capital or state.name)


def _leads(world: World, term: Term) -> bool:
    """Whether whoever holds it goes to summits, and from when on is known."""
    office = world.offices.get(term.office)
    return term.start is not None and office is not None and office.kind in _LEADING


def _opening(edition: Edition) -> dt.date | None:
    start = edition.start.earliest if edition.start else None
    return start if start is not None and 0 <= (start - FIRST_DAY).days < DAYS and edition.place else None


def generate(world: World, articles: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """That many articles, each with the path of its file."""
    stage, at, event = Stage.of(world), 0, 0
    while at < articles:
        for text in _event(stage, random.Random(f"{seed} {event}")):
            if at < articles:
                yield f"{at // A_FOLDER:04d}/{at:07d}.txt", text
                at += 1
        event += 1


def write(folder: Path, world: World, articles: int, seed: int = 1) -> None:
    """Nothing; the files are in the folder."""
    for name, text in generate(world, articles, seed):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _event(stage: Stage, chance: random.Random) -> Iterator[str]:
    """The articles of one event."""
    kind = chance.choices(tuple(_KINDS), tuple(_KINDS.values()))[0]
    slots = _slots(stage, kind, chance)
    paragraphs = _paragraphs(kind, slots, chance)
    first = _laid_out(kind, slots, paragraphs, chance)
    yield first
    for _ in range(chance.choice(_COPIES) - 1):
        way = chance.random()
        if way < 0.15:  # the same file, sent twice
            yield first
        elif way < 0.55:  # under another name and headline, word for word
            yield _laid_out(kind, slots, paragraphs, chance)
        elif way < 0.8:  # and cut
            yield _laid_out(kind, slots, paragraphs[: max(2, len(paragraphs) * 2 // 3)], chance)
        else:  # in the paper's own words
            yield _laid_out(kind, slots, _paragraphs(kind, slots, chance), chance)


def _slots(stage: Stage, kind: str, chance: random.Random) -> dict[str, str]:
    """What fills the sentences of one event."""
    edition = chance.choice(stage.editions) if kind in {"margins", "summit"} else None
    day = FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS))
    if edition is not None:
        day = _opening(edition) or day
    one, other, third = _three(stage, day, chance)
    town = edition.place if edition else chance.choice((one.capital, other.capital, chance.choice(stage.towns)))
    topic, topic2 = chance.sample(words.TOPICS, 2)
    later = day + dt.timedelta(days=chance.randrange(3, 12))
    years = chance.choice((10, 20, 25, 30, 40, 50, 60, 70, 75, 100))
    return {
        "A": one.full, "a": one.last, "ca": one.country, "B": other.full, "b": other.last, "cb": other.country,
        "C": third.full, "cap": third.capital, "town": town, "topic": topic, "topic2": topic2,
        "day": f"{day:%A}", "date": f"{_MONTHS[day.month - 1]} {day.day}",
        "later": f"{_MONTHS[later.month - 1]} {later.day}", "deal": chance.choice(words.DEALS),
        "summit": f"{edition.series} summit" if edition else "summit", "years": str(years), "nth": f"{years}th",
        "published": f"{day.day} {_MONTHS[day.month - 1]} {day.year}", "Town": chance.choice(words.PLACES),
    }  # fmt: skip


def _three(stage: Stage, day: dt.date, chance: random.Random) -> Sequence[Sitting]:
    """Three leaders of three countries who were in office on the day."""
    found: dict[str, Sitting] = {}
    while len(found) < 3:
        country = chance.choices(stage.countries, cum_weights=stage.weights)[0]
        who = stage.sitting(country, day, chance)
        if who is not None:
            found.setdefault(country, who)
    return list(found.values())


def _paragraphs(kind: str, slots: Mapping[str, str], chance: random.Random) -> list[str]:
    """A report of 300 to 500 words, the most important first."""
    lead = [chance.choice(words.LEADS[kind])]
    told: list[str] = []
    if kind != "noise":
        lead += chance.sample(words.SECOND, 1)
        told = [*chance.sample(words.SECOND, 3), *chance.sample(words.BACKGROUND, chance.randrange(3, 7))]
    rest = [*told, *chance.sample(words.FILLER, len(words.FILLER))]
    paragraphs, wanted = [_filled(lead, slots, chance)], chance.randrange(290, 450)
    count = len(paragraphs[0].split())
    while rest and count < wanted:
        size = chance.choice((1, 2, 2, 3))
        paragraphs.append(_filled(rest[:size], slots, chance))
        count += len(paragraphs[-1].split())
        rest = rest[size:] or chance.sample(words.FILLER, len(words.FILLER))
    return paragraphs


def _filled(sentences: Iterable[str], slots: Mapping[str, str], chance: random.Random) -> str:
    return " ".join(sentence.format_map({**slots, **_own(chance)}) for sentence in sentences)


def _own(chance: random.Random) -> dict[str, str]:
    """What is another in each sentence."""
    return {
        "minutes": str(chance.randrange(3, 24) * 5), "percent": str(chance.randrange(2, 40)),
        "number": str(chance.randrange(2, 60)), "wind": chance.choice(("north", "south", "east", "west")),
        "writer": chance.choice(words.WRITERS), "writer2": chance.choice(words.WRITERS),
        "Place": chance.choice(words.PLACES),
    }  # fmt: skip


def _laid_out(kind: str, slots: Mapping[str, str], paragraphs: Sequence[str], chance: random.Random) -> str:
    """The report as a paper prints it."""
    headline = _filled([chance.choice(words.HEADLINES[kind])], slots, chance)
    outlet, agency = chance.choice(words.OUTLETS), chance.choice(words.AGENCIES)
    writer = chance.choice(words.WRITERS)
    date = slots["published"]
    place = slots["Town"] if kind == "noise" else slots["town"]
    head = chance.choice((
        f"{headline}\n{outlet}\nPublished: {date}\nBy {writer}\n",
        f"{headline}\nBy {writer}\nPublished: {date}\n{place.upper()} ({agency}) - ",
        f"{headline}\nPublished: {date}\n{outlet}\n{place.upper()}, {slots['date']} ({agency}) - ",
    ))  # fmt: skip
    closing = _filled([chance.choice(words.CLOSINGS)], slots, chance)
    return head + "\n".join([*paragraphs, closing]) + "\n"


@cache
def _world() -> World:
    return load_lexicon().world


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.corpus", description=__doc__)
    parser.add_argument("folder", type=Path, help="where to write them")
    parser.add_argument("--articles", type=int, default=10_000, help="how many articles (default: 10,000)")
    parser.add_argument("--seed", type=int, default=1, help="another one gives another corpus (default: 1)")
    told = parser.parse_args()
    if told.articles < 1:
        parser.error("--articles must be 1 or more")
    write(told.folder, _world(), told.articles, told.seed)


if __name__ == "__main__":
    main()
