"""Articles to facts, without a graph."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final

from kg.api.checks import check_moment, files, folders
from kg.api.rows import Rows, Value
from kg.errors import ArticleError
from kg.extract.lexicon import Lexicon, load_lexicon
from kg.facts.report import Report
from kg.facts.sources import report_of
from kg.lexicon.places import place_test
from kg.model.date import When
from kg.model.entity import Leader
from kg.model.fact import Evidence
from kg.model.text import Article
from kg.read import read_sources, taken_back
from kg.read.decode import decode
from kg.read.masthead import Masthead
from kg.read.plain import read_report
from kg.read.remote import Location

_COLUMNS: Final = ("article", "published", "kind", "status", "when", "who", "what", "where", "quote", "rule")


def extract_text(
    text: str,
    *,
    published: str | dt.date | None = None,
    headline: str | None = None,
    worlds: Sequence[str | Path] = (),
) -> Report:
    """The facts of one article of plain text, each with the words that say so.

    ``published`` is the day or the moment by which "on Tuesday" is read, and ``headline`` its title, where the text
    does not tell them itself; ``worlds`` are folders of countries, leaders and summits of your own.

    Raises:
        ArticleError: the text is no article, or in another language than English.
        ConfigError: ``published`` is no day and no moment of ISO 8601, or a world is no folder.
    """
    lexicon, is_place = _opened(folders(worlds))
    masthead = Masthead(is_place=is_place, headline=headline, published=_moment(published))
    content = text.encode("utf-8", "surrogatepass")
    return report_of(read_report(decode(content, "text"), "text", masthead), lexicon)


def extract_files(*paths: str | Path, worlds: Sequence[str | Path] = ()) -> Iterator[Report | ArticleError]:
    """The facts of each article in these files, folders, patterns and addresses, in all formats that are read.

    What is no article comes out as its error, with its reason; the others are read all the same.

    Raises:
        ConfigError: a path leads nowhere, or a world is no folder.
    """
    return _reports(files(paths), *_opened(folders(worlds)))


def fact_rows(reports: Report | Iterable[Report | ArticleError]) -> Rows:
    """A row for each fact of these reports, for a table; what was rejected tells none.

    ``kind`` and ``status`` say what it is (of an agreement the act: signed, extended and the like), ``when`` is a day,
    month or year, or the first and the last day that it may have been; ``quote`` holds the words,
    ``rule`` what read them.
    """
    told = [reports] if isinstance(reports, Report) else reports
    facts = chain.from_iterable(_facts(report) for report in told if isinstance(report, Report))
    rows = ((cell.value if isinstance(cell, Enum) else cell for cell in fact) for fact in facts)
    return Rows(_COLUMNS, (dict(zip(_COLUMNS, row, strict=True)) for row in rows))


def _reports(
    paths: Sequence[Location], lexicon: Lexicon, is_place: Callable[[str], bool]
) -> Iterator[Report | ArticleError]:
    for source in chain.from_iterable(read_sources(path, is_place=is_place) for path in paths):
        if isinstance(source, ArticleError):
            yield source
        elif isinstance(source, Article) and (refusal := taken_back(source)) is not None:
            yield refusal
        else:
            yield report_of(source, lexicon)


@lru_cache(maxsize=4)
def _opened(worlds: tuple[Path, ...]) -> tuple[Lexicon, Callable[[str], bool]]:
    lexicon = load_lexicon(*worlds)
    return lexicon, place_test(lexicon.world)


def _moment(told: str | dt.date | None) -> str | None:
    """The day or moment as text.

    Raises:
        ConfigError: it is none.
    """
    text = told.isoformat() if isinstance(told, dt.date) else told
    if text is not None:
        check_moment("published", text)
    return text


def _facts(report: Report) -> Iterator[tuple[Value, ...]]:
    """The facts of one article as rows, a kind after the other."""
    article = (report.article.headline or report.article.path, report.article.published)
    for c in report.contacts:
        beside = f"{c.summit.series} {c.summit.year or ''}".rstrip() if c.summit else None
        where = c.place.name if c.place else None
        yield (*article, c.kind, c.status, _when(c.when), _names(c.participants), beside, where, *_words(c.evidence))
    for s in report.summits:
        where = s.place.name if s.place else None
        yield (*article, "summit", s.status, _when(s.when), _names(s.participants), s.name, where, *_words(s.evidence))
    for a in report.agreements:
        who = ", ".join(a.parties) or _names(a.by)
        yield (*article, "agreement", a.act, _when(a.when), who, a.topic, None, *_words(a.evidence))
    for j in report.anniversaries:
        what, who = f"{j.ordinal} years: {j.of}", ", ".join(j.parties) or None
        yield (*article, "anniversary", None, _when(j.when), who, what, None, *_words(j.evidence))
    for t in report.tenures:
        when = f"{t.start or ''}/{t.end or ''}" if t.start or t.end else None
        what = ", ".join(filter(None, (t.office, t.country)))
        yield (*article, "tenure", None, when, t.holder.name, what, None, *_words(t.evidence))
    for told in report.statements:
        about = ", ".join(told.about) or None
        yield (*article, "statement", None, None, told.speaker.name, about, None, *_words(told.evidence))


def _names(people: Sequence[Leader]) -> str | None:
    return ", ".join(who.name for who in people) or None


def _when(when: When) -> str | None:
    """The day, or the first and the last that it may have been, with a slash between them."""
    if when.date is not None:
        return str(when.date)
    if when.earliest is None and when.latest is None:
        return None
    return "/".join(day.isoformat() if day else ".." for day in (when.earliest, when.latest))


def _words(evidence: Sequence[Evidence]) -> tuple[str, str]:
    """All quotes, and the rules that read them."""
    return " | ".join(e.quote for e in evidence), ", ".join(dict.fromkeys(e.rule for e in evidence))
