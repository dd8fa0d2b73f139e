"""How many of the titled people in "met with" clauses of the records are found: run by hand on the real records.

    python tests/historian/coverage.py [FOLDER] [--misses N] [--sample N]

Who is titled is found here by capital letters, without the project's lists: a word that heads a title
("President", "Foreign Minister"), then a name. FOLDER holds visits, president-travels and secretary-travels.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ArticleError
from kg.extract.lexicon import Lexicon, load_lexicon
from kg.facts.journey.telling import read_journey
from kg.facts.report import Report
from kg.model.entity import fold
from kg.model.fact import Status
from kg.read.historian import Journey, read_journeys

FOLDERS = ("visits", "president-travels", "secretary-travels")
REAL = Path(__file__).parents[3] / "shared" / "data" / "historian"

_HEAD = (
    "President|Minister|Chancellor|King|Queen|Emir|Amir|Sultan|Shah|Pope|Prince|Princess|Premier|Chairman|Secretary|"
    "Secretary-General|General|Taoiseach|Emperor|Commissioner|Governor|Governor-General|Ambassador|Representative|Sheikh|"
    "Sheik|Speaker|President-elect|Foreign Minister|Marshal|Cardinal|Chairperson|Chairwoman|Regent|Colonel|Mayor|Envoy"
)
_NAME = (
    r"(?:(?:al|bin|ben|ibn|de|da|dos|do|von|van|der|el|la|le|du|del|Abu|U|Ould)[ -]\s*){0,3}(?:[^\W\d_a-z][\w’'.-]*)"
)
_TITLED = re.compile(
    rf"\b(?P<title>(?:{_HEAD})s?)\s+"
    rf"(?P<name>(?!(?:{_HEAD})s?\b|Assembl|Island|Counci|Conferenc)(?:{_NAME})(?:[ -]+{_NAME}){{0,5}})"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_ELSEWHERE = re.compile(
    r"\b(?:en route to|on behalf of|in advance of|wife of|family of|arrangements for|invitation to|condolences on|"
    r"while|for the|after the|before the|funeral|coronation|during the|to discuss|to sign|about|"
    rf"and (?:\w+ly )?(?:attend|address|sign|visit|accompan|join|participat)\w+)\b.*|\s(?:{_MONTHS})\b"
)
_CLAUSE = re.compile(
    r"\bmet\b(?:\s+(?!with)[^\s.;,]+){0,6}\s+with\s+(?P<whom>[^;]*?)(?=;|\.\s+[A-Z\[]|\.?\s*$)", re.IGNORECASE
)
_ABBREVIATION = re.compile(r"\b(?:Dr|Mr|Mrs|Gen|St|Jr|Sr|U|S|N|[A-Z])\.$")


@dataclass(frozen=True)
class Named:
    """A titled person whom a clause says that the traveller met."""

    title: str
    name: str
    clause: str


def people_met(remarks: str) -> Iterator[Named]:
    """The titled people of every "met with" clause."""
    whole = re.sub(r"\b([A-Z])\.\s?(?=[A-Z])", r"\1 ", remarks)
    for clause in _CLAUSE.finditer(whole):
        whom = _ELSEWHERE.sub("", clause["whom"])
        for found in _TITLED.finditer(whom):
            before = whom[: found.start()].rstrip()
            if before.endswith(("accompanied by", "predecessor of", "wife of", "former")):
                continue
            yield Named(found["title"], found["name"].strip(" .,’'"), clause.group())


def is_found(named: Named, report: Report, traveller: str) -> bool:
    """Whether somebody so called, not the traveller himself, stands in a held contact."""
    met = [who for contact in report.contacts if contact.status is Status.HELD for who in contact.participants]
    called = " ".join(f"{who.name} {who.written or ''}" for who in met if who.written != traveller)
    parts = [part for part in _words(named.name) if len(part) > 2 or named.name.islower()] or _words(named.name)
    return bool({parts[0], parts[-1]} & set(_words(called)))


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[^\w]+", fold(name).replace("'", "").replace("’", "")) if word]


def journeys(folder: Path) -> Iterator[Journey]:
    """The records of every file below the folder."""
    for name in FOLDERS:
        for file in sorted((folder / name).glob("*.xml")):
            for found in read_journeys(file.read_bytes(), str(file)):
                if isinstance(found, ArticleError):
                    print(f"rejected: {found}", file=sys.stderr)
                else:
                    yield found


def measure(records: Sequence[Journey], lexicon: Lexicon) -> tuple[int, list[tuple[Journey, Named]]]:
    """How many titled people the "met with" clauses name, and those who were not found."""
    named, missed = 0, []
    for record in records:
        people = list(people_met(record.remarks))
        if not people:
            continue
        report = read_journey(record, lexicon)
        named += len(people)
        missed += [(record, who) for who in people if not is_found(who, report, record.traveller)]
    return named, missed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=REAL)
    parser.add_argument("--misses", type=int, default=40)
    parser.add_argument("--sample", type=int, default=0)
    told = parser.parse_args()
    lexicon = load_lexicon()
    records = list(journeys(told.folder))
    named, missed = measure(records, lexicon)
    found = named - len(missed)
    share = found / max(named, 1)
    print(f"{len(records)} records, {named} titled people in “met with” clauses, {found} found ({share:.2%})")
    print(Counter(who.title for _, who in missed).most_common(20))
    for record, who in missed[: told.misses]:
        print(f"  {record.role} {record.number}: {who.title} {who.name!r} in “{who.clause}”")
    if told.sample:
        _print_sample(records, lexicon, told.sample)


def _print_sample(records: Sequence[Journey], lexicon: Lexicon, number: int) -> None:
    """Contacts to read by eye."""
    chosen = random.Random(7).sample(list(records), len(records))
    for record in chosen:
        for contact in read_journey(record, lexicon).contacts:
            if number <= 0:
                return
            number -= 1
            people = " – ".join(f"{who.name} ({who.office}, {who.country})" for who in contact.participants)
            place = contact.place.name if contact.place else "-"
            days = f"{contact.when.earliest}..{contact.when.latest}"
            print(f"\n{contact.status} {people}; {days}; {place}; {contact.summit}")
            print(f"    {record.begin} {record.country}: {record.remarks}")


if __name__ == "__main__":
    main()
