"""Facts as the pages of this folder write them: one a line, columns between bars."""

import re
from collections.abc import Callable, Iterator

import pytest

from kg.extract.lexicon import load_lexicon
from kg.facts.agreement.record import Agreement
from kg.facts.reading import read_facts
from kg.facts.report import Report
from kg.model.date import When
from kg.model.entity import Leader, fold
from kg.model.text import Article


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-examples``, where this folder is named on the command line."""
    parser.addoption("--update-examples", action="store_true", help="add and remove the marks of known misses")


def line_of(*columns: object) -> str:
    """One fact as a line: small letters, no diacritics, lists in order, no empty columns at its end."""
    cells = (", ".join(sorted(part.strip() for part in str(column or "-").split(","))) for column in columns)
    return fold(re.sub(r"( \| -)+$", "", " | ".join(cells)))


def time_of(when: When) -> str | None:
    """The date, or the days between which it lies."""
    if when.date is None and when.earliest is not None:
        return f"{when.earliest}..{when.latest}"
    return str(when.date) if when.date else None


class Writing:
    """Writes a report's facts; names and topics in the words of the page, where they mean the same."""

    def __init__(self, wanted: list[str]) -> None:
        self.wanted = wanted

    def name(self, leader: Leader) -> str:
        known = fold(leader.name) in "\n".join(self.wanted)
        return leader.name if known or not leader.written else leader.written

    def names(self, leaders: tuple[Leader, ...]) -> str:
        return ", ".join(self.name(leader) for leader in leaders)

    def agreement(self, a: Agreement) -> str:
        """The line of the page whose words all stand in the topic; without one, the topic itself."""
        start = line_of(f"agreement {a.act}", ", ".join(a.parties)) + " | "
        lines = (line for line in self.wanted if line.startswith(start))
        topic = fold(a.topic)
        return next((line for line in lines if all(w in topic for w in line[len(start) :].split())), start + topic)

    def facts(self, report: Report) -> Iterator[str]:
        for c in report.contacts:
            summit = c.summit and f"{c.summit.series} {c.summit.year or ''}"
            place = c.place and c.place.name
            yield line_of(f"{c.kind} {c.status}", self.names(c.participants), time_of(c.when), place, summit)
        yield from map(self.agreement, report.agreements)
        for a in report.anniversaries:
            yield line_of("anniversary", a.ordinal, a.base_year, ", ".join(a.parties))

    def asked_for(self, report: Report) -> Iterator[str]:
        """Facts of the kinds that are compared only where the page gives one."""
        for leader in report.leaders:
            yield line_of("leader", self.name(leader), leader.office, leader.country)
        for s in report.summits:
            yield line_of("summit", s.series, s.year, self.names(s.participants))
        for t in report.tenures:
            end = t.end or (t.end_latest and "past")
            before = t.preceded_by and self.name(t.preceded_by)
            yield line_of("tenure", self.name(t.holder), t.office, t.country, t.start, end, before)
        for said in report.statements:
            yield line_of("statement", self.name(said.speaker), ", ".join(said.about))


Given = tuple[list[str], list[str]]


@pytest.fixture(scope="session")
def given_and_wanted() -> Callable[[Article, list[str]], Given]:
    """What the program gives, and what the page wants, both in order."""

    def read(article: Article, lines: list[str]) -> Given:
        wanted = sorted(line_of(*line.split("|")) for line in lines)
        kinds = {line.split(" |")[0] for line in wanted}
        writing, report = Writing(wanted), read_facts(article, load_lexicon())
        asked = (line for line in writing.asked_for(report) if line.split(" |")[0] in kinds)
        return sorted([*writing.facts(report), *asked]), wanted

    return read
