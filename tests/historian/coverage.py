"""What is read from the real records, all of them, measured by hand: exit status 1 where a bar is missed.

    python tests/historian/coverage.py [FOLDER] [--misses N] [--sample N] [--graph]

Counted are the records, the reports and meetings that they give, the titled people in "met with" clauses who are found
(98 in a hundred at least), and the presidents in visits who were in office (all). With ``--graph`` the records are
built into a graph too, and the rows of the saved question on the G7 counted. Who is titled is found here by capital
letters, without the project's lists: a word that heads a title ("President", "Foreign Minister"), then a name. FOLDER
holds visits, president-travels and secretary-travels.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from kg.cli import group
from kg.errors import ArticleError
from kg.extract.lexicon import Lexicon, load_lexicon
from kg.facts.journey.telling import read_journey
from kg.facts.report import Report
from kg.model.entity import fold
from kg.model.fact import Status
from kg.read.historian import Journey, read_journeys

BAR = 0.98
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


def presidents_of(record: Journey, report: Report, lexicon: Lexicon) -> list[tuple[str, bool]]:
    """The presidents who met the visitor of a record, each with whether he was in office at that time.

    Whom the remarks call president-elect or vice president is left out.
    """
    days = (record.begin, record.end)
    found = []
    for contact in report.contacts if record.role == "visitor" else ():
        for who in contact.participants if contact.status is Status.HELD else ():
            known = lexicon.world.people.get(who.name)
            terms = [t for t in known.terms if t.country == "USA" and t.office == "president"] if known else []
            if terms and not re.search(
                rf"(?i:president-elect|vice president) [\w. ]*{who.name.split()[-1]}", record.remarks
            ):
                found.append((who.name, any(any(map(term.covers, days)) for term in terms)))
    return found


def rows_about_the_g7(folder: Path) -> int:
    """How many pairs the saved question on the G7 finds in a graph of the records."""
    with tempfile.TemporaryDirectory() as store:
        sources = [str(folder / name) for name in FOLDERS]
        built = CliRunner().invoke(group, ["build", *sources, "--store", store])
        assert built.exit_code == 0, built.output
        told = CliRunner().invoke(group, ["query", "g7-since-1975", "--store", store, "--format", "csv"])
        return len(list(csv.reader(io.StringIO(told.stdout)))) - 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=REAL)
    parser.add_argument("--misses", type=int, default=40)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--graph", action="store_true")
    told = parser.parse_args()
    lexicon = load_lexicon()
    records = list(journeys(told.folder))
    reports = [read_journey(record, lexicon) for record in records]
    meetings = sum(len(report.contacts) for report in reports)
    print(f"{len(records)} records, {sum(map(has_facts, reports))} reports with facts, {meetings} contacts")
    met = [each for pair in zip(records, reports, strict=True) for each in presidents_of(*pair, lexicon)]
    serving = sum(in_office for _, in_office in met)
    print(f"{len(met)} presidents met in visits, {serving} of them in office")
    named, missed = measure(records, lexicon)
    found = named - len(missed)
    share = found / max(named, 1)
    print(f"{named} titled people in “met with” clauses, {found} found ({share:.2%})")
    print(Counter(who.title for _, who in missed).most_common(20))
    for record, who in missed[: told.misses]:
        print(f"  {record.role} {record.number}: {who.title} {who.name!r} in “{who.clause}”")
    if told.sample:
        _print_sample(records, lexicon, told.sample)
    if told.graph:
        print(f"{rows_about_the_g7(told.folder)} rows about who met whom at the G7")
    sys.exit(0 if share >= BAR and serving == len(met) else 1)


def has_facts(report: Report) -> bool:
    """Whether the record tells of anything but the offices of the people in it."""
    return bool(report.contacts or report.summits or report.agreements or report.anniversaries)


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
