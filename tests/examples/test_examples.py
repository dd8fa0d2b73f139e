"""The pages of this folder: a snippet gives exactly the facts beneath it, or nothing.

As a script (``PYTHONPATH=. python tests/examples/test_examples.py --update-examples``) it adds and removes the marks of known misses.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.extract.lexicon import load_lexicon
from kg.facts.reading import read_facts
from kg.facts.report import Report
from kg.model.date import When
from kg.model.entity import Leader, fold
from kg.model.text import Article, Paragraph, Part

PAGES = sorted(Path(__file__).parent.glob("*.md"))
MISS = "Known miss.\n\n"
SECTION = re.compile(r"^## (.+)\n\n", re.MULTILINE)
ASKED_FOR = ("leader", "summit", "tenure", "statement")  # compared only where the page has such a line


def sections(page: Path) -> Iterator[tuple[str, str]]:
    """Title and body of each example."""
    _, *parts = SECTION.split(page.read_text(encoding="utf-8"))
    yield from zip(parts[::2], parts[1::2], strict=True)


def article_of(body: str) -> Article:
    """The snippet as an article: each line of the quotation is a paragraph."""
    said = {key: match[1] for key in ("Published", "Dateline", "Headline") if (match := re.search(rf"^{key} (.+?)\.?$", body, re.M))}
    headline = said.get("Headline")
    lines = [headline] * (headline is not None) + re.findall(r"^> (.+)$", body, re.MULTILINE)
    begins = [sum(len(line) + 1 for line in lines[:at]) for at in range(len(lines))]
    parts = [Part.HEADLINE if headline and not at else Part.BODY for at in range(len(lines))]
    paragraphs = [Paragraph(b, b + len(line), part) for b, line, part in zip(begins, lines, parts, strict=True)]
    return Article(id="a1", path="a1.txt", text="\n".join(lines), paragraphs=tuple(paragraphs), headline=headline,
                   published=said.get("Published"), dateline=said.get("Dateline"))  # fmt: skip


def wanted_of(body: str) -> list[str]:
    """The facts that the page gives, in one spelling."""
    block = re.search(r"```facts\n(.*?)```", body, re.DOTALL)
    assert block or body.rstrip().endswith("Nothing."), "an example ends with its facts or with Nothing."
    return sorted(line_of(*line.split("|")) for line in block[1].splitlines()) if block else []


def line_of(*columns: object) -> str:
    """One fact as a line: lists in order, no empty columns at its end."""
    cells = [", ".join(sorted(part.strip() for part in str(c or "-").split(","))) for c in columns]
    return fold(re.sub(r"( \| -)+$", "", " | ".join(cells)))


def facts_of(report: Report, wanted: list[str]) -> Iterator[str]:
    """The facts that the program gives, each as a line; a name or topic is written as the page writes it, if it is the same."""

    def name(leader: Leader) -> str:
        return leader.name if not leader.written or fold(leader.name) in "\n".join(wanted) else leader.written

    def names(leaders: tuple[Leader, ...]) -> str:
        return ", ".join(name(leader) for leader in leaders)

    for c in report.contacts:
        summit = c.summit and f"{c.summit.series} {c.summit.year or ''}".strip()
        yield line_of(f"{c.kind} {c.status}", names(c.participants), time_of(c.when), c.place and c.place.name, summit)
    for a in report.agreements:
        start = line_of(f"agreement {a.act}", ", ".join(a.parties)) + " | "
        pages = [w for w in wanted if w.startswith(start) and all(t in fold(a.topic) for t in w[len(start) :].split())]
        yield pages[0] if pages else start + fold(a.topic)
    yield from (line_of("anniversary", a.ordinal, a.base_year, ", ".join(a.parties)) for a in report.anniversaries)
    yield from (line_of("leader", name(x), x.office, x.country) for x in report.leaders)
    yield from (line_of("summit", s.series, s.year, names(s.participants)) for s in report.summits)
    yield from (line_of("statement", name(s.speaker), ", ".join(s.about)) for s in report.statements)
    for t in report.tenures:
        before = t.preceded_by and name(t.preceded_by)
        yield line_of("tenure", name(t.holder), t.office, t.country, t.start, t.end or (t.end_latest and "past"), before)


def time_of(when: When) -> str:
    """The date, or the days between which it lies."""
    return str(when.date) if when.date else f"{when.earliest}..{when.latest}" if when.earliest else "-"


def compare(body: str) -> tuple[list[str], list[str]]:
    """What the program gives, and what the page wants."""
    wanted = wanted_of(body)
    asked = {line.split(" |")[0] for line in wanted}
    given = facts_of(read_facts(article_of(body), load_lexicon()), wanted)
    return sorted(line for line in given if (kind := line.split(" |")[0]) not in ASKED_FOR or kind in asked), wanted


def params() -> Iterator[object]:
    for page in PAGES:
        for title, body in sections(page):
            marks = [pytest.mark.xfail(strict=True, reason="known miss")] if MISS in body else []
            yield pytest.param(body, id=f"{page.stem}: {title}", marks=marks)


@pytest.mark.parametrize("body", list(params()))
def test_the_snippet_gives_its_facts_and_no_others(body):
    given, wanted = compare(body)
    assert given == wanted
