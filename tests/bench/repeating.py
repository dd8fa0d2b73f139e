"""The sample articles many times over, each copy another event: its own dates, people, countries; nothing to merge."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.lexicon.world import World

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTH: Final = "(?P<month>" + "|".join(f"{name}|{name[:3]}\\.?" for name in _MONTHS) + ")"
_DAY: Final = r"(?P<day>\d{1,2})(?!\d|:)"
_YEAR: Final = r"(?P<year>20[12]\d)"
_DATES: Final = (
    re.compile(rf"\b{_YEAR}-(?P<month>\d\d)-{_DAY}"),
    re.compile(rf"\b{_MONTH} {_DAY}(?:,? {_YEAR}\b)?"),
    re.compile(rf"\b{_DAY} {_MONTH}(?:,? {_YEAR}\b)?"),
)
_STARTS: Final = (
    "Bar",
    "Cal",
    "Dor",
    "Fen",
    "Gal",
    "Hol",
    "Jor",
    "Kel",
    "Lor",
    "Mar",
    "Nor",
    "Par",
    "Ros",
    "Sal",
    "Tor",
    "Var",
)
_MIDDLES: Final = ("a", "e", "i", "o", "an", "el", "in", "or", "un", "ar")
_ENDS: Final = ("bek", "dan", "dis", "gard", "kov", "lin", "mann", "nas", "quist", "ran", "sen", "tti", "vic", "zen")
_FIRST: Final = ("Ada", "Bruno", "Clara", "Davor", "Edda", "Felix", "Greta", "Hugo", "Irma", "Jonas", "Karla", "Leif")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One article to repeat: its text, the year it is told in, and the full names of the people in it."""

    name: str
    text: str
    year: int
    people: tuple[str, ...]


def repeat(samples: Sequence[Sample], number: int, world: World) -> Iterator[tuple[str, str]]:
    """That many articles by name: the samples in turn, the first time as they are, then rewritten."""
    for at in range(number):
        turn, place = divmod(at, len(samples))
        sample = samples[place]
        yield f"{turn:05d}-{sample.name}", sample.text if turn == 0 else _rewritten(sample, turn, world)


def _rewritten(sample: Sample, turn: int, world: World) -> str:
    """The article that many weeks later, so that weekdays still fit, with other people and countries."""
    text = sample.text
    for form in _DATES:
        text = form.sub(lambda found: _later(found, sample.year, turn), text)
    names = _names(sample, turn, world)
    if not names:
        return text
    listed = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.sub(rf"(?<!\w)(?:{listed})(?!\w)", lambda found: names[found[0]], text)


def _later(found: re.Match[str], year: int, weeks: int) -> str:
    """A date as it was written, that many weeks later; one of another time stays."""
    month = found["month"]
    number = int(month) if month.isdigit() else 1 + [name[:3] for name in _MONTHS].index(month[:3])
    said = found["year"]
    if said is not None and abs(int(said) - year) > 1:
        return found[0]
    try:
        day = dt.date(int(said or year), number, int(found["day"])) + dt.timedelta(weeks=weeks)
    except ValueError:
        return found[0]
    name = f"{day.month:02d}" if month.isdigit() else _MONTHS[day.month - 1]
    if len(month.rstrip(".")) == 3 and month != "May":
        name = name[:3] + month[3:]
    new = {"month": name, "day": f"{day.day:02d}" if month.isdigit() else str(day.day), "year": str(day.year)}
    text, begin = found[0], found.start()
    for slot in sorted((slot for slot in new if found[slot]), key=found.start, reverse=True):
        text = text[: found.start(slot) - begin] + new[slot] + text[found.end(slot) - begin :]
    return text


def _names(sample: Sample, turn: int, world: World) -> Mapping[str, str]:
    """For every name of a person or a country in the sample the one that takes its place this time."""
    names: dict[str, str] = {}
    for full in sample.people:
        first, last = invented(f"{full} {turn}")
        names[full] = f"{first} {last}"
        names.setdefault(full.split()[-1], last)
    countries = sorted(world.countries)
    step = 1 + turn % (len(countries) - 1)
    for place, code in enumerate(countries):
        old, new = world.countries[code], world.countries[countries[(place + step * (place + turn)) % len(countries)]]
        if re.search(rf"(?<!\w){re.escape(old.name)}(?!\w)", sample.text) or any(
            d in sample.text for d in old.demonyms
        ):
            names.setdefault(old.name, new.name)
            for demonym in old.demonyms:
                names.setdefault(demonym, new.demonyms[0] if new.demonyms else new.name)
    return names


def invented(seed: str) -> tuple[str, str]:
    """A first and a last name that nobody has, always the same for the same seed."""
    digits = int.from_bytes(hashlib.blake2b(seed.encode(), digest_size=12).digest(), "big")
    parts = []
    for listed in (_FIRST, _STARTS, _MIDDLES, _ENDS, _STARTS):
        digits, at = divmod(digits, len(listed))
        parts.append(listed[at])
    first, start, middle, end, second = parts
    return first, start + middle + second.lower() + end
