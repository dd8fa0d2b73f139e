"""Gold standards from disk: whole reports with their expected facts, and labels of short news items.

The expected facts become a :class:`Report`, the same value that extraction gives. A report is ``<name>.json`` with
``<name>.txt``; labels are one JSON object a line, whose texts stand in another file of items by the same ``id``.
A folder may hold ``clusters.json`` beside its reports: lists of contacts that are one event, each written
``<name>#<position in the contacts of that report, from 0>``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kg.errors import ArticleError, SeedError
from kg.evaluate.topic import head_noun
from kg.facts.decode import read_report
from kg.facts.fields import Fields
from kg.facts.fields import Path as FieldPath
from kg.facts.report import Report
from kg.model.text import Article, Paragraph, Part

ReadArticle = Callable[[Path], Article | ArticleError]
Cluster = frozenset[tuple[str, int]]

CLUSTERS: Final = "clusters.json"
_FACTS: Final = ("leaders", "contacts", "summits", "agreements", "anniversaries")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One report with the facts expected of it; ``source`` is the article, or why its file is none.

    ``article`` is what the file should say of itself, empty where that is not told. ``paraphrased`` topics
    are the labeller's words, not the text's: they are not compared.
    """

    name: str
    source: Article | ArticleError
    expected: Report
    constructions: tuple[str, ...] = ()
    article: Mapping[str, str | None] = field(default_factory=dict)
    paraphrased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where the texts are: a folder of reports (else beside their facts), a file of items; which labels are wanted."""

    read: ReadArticle
    texts: Path | None = None
    items: Path | None = None
    part: str | None = None


def read_gold(path: Path, sources: Sources) -> tuple[Gold, ...]:
    """The gold standard of a folder, of one report's ``.json``, or of the labels in a ``.jsonl``.

    Raises:
        SeedError: a text is missing, or a fact is not of its form; names file and line.
    """
    if path.suffix == ".jsonl":
        return tuple(_labels(path, sources))
    files = sorted(f for f in path.glob("*.json") if f.name != CLUSTERS) if path.is_dir() else [path]
    if not files:
        raise SeedError(str(path), None, "no expected facts: neither a folder of .json files nor a .jsonl of labels")
    return tuple(_report(file, sources) for file in files)


def read_clusters(path: Path) -> tuple[Cluster, ...]:
    """The contacts that are one event, by report and position, from the ``clusters.json`` of a folder; none without.

    Raises:
        SeedError: not lists of ``report#position``.
    """
    file = path / CLUSTERS
    if not file.is_file():
        return ()
    listed = _json(file.read_text(encoding="utf-8"), str(file), None)
    if not isinstance(listed, list) or not all(isinstance(group, list) for group in listed):
        raise SeedError(str(file), None, "a list of lists is expected")
    return tuple(frozenset(_position(mark, str(file)) for mark in group) for group in listed)


def item_article(item: str, date: str, text: str) -> Article:
    """A short news item as an article published on its date; "meets" in it happened that day."""
    paragraphs, begin = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            paragraphs.append(Paragraph(begin, begin + len(line.rstrip()), Part.BODY))
        begin += len(line)
    return Article(id=item, path=item, text=text, paragraphs=tuple(paragraphs), published=date)


def _report(file: Path, sources: Sources) -> Gold:
    table = _table(file.read_text(encoding="utf-8"), str(file), None)
    text = (sources.texts or file.parent) / f"{file.stem}.txt"
    if not text.is_file():
        raise SeedError(str(file), None, f"its text is missing: {text}")
    source = sources.read(text)
    constructions, article = table.get("constructions") or [], table.get("article") or {}
    if not isinstance(constructions, list) or not isinstance(article, dict):
        raise SeedError(str(file), None, "constructions must be a list, article a table")
    return Gold(
        name=file.stem,
        source=source,
        expected=_expected(table, source, str(file), None),
        constructions=tuple(map(str, constructions)),
        article=article,
    )


def _labels(file: Path, sources: Sources) -> Iterator[Gold]:
    if sources.items is None:
        raise SeedError(str(file), None, "labels need the file of their items")
    items = _items(sources.items)
    for number, line in _lines(file):
        table = _table(line, str(file), number)
        if sources.part is not None and table.get("set") != sources.part:
            continue
        source = items.get(str(table.get("id")))
        if source is None:
            raise SeedError(str(file), number, f"no item {table.get('id')!r} in {sources.items}")
        yield Gold(
            name=source.id, source=source, expected=_expected(table, source, str(file), number), paraphrased=True
        )


def _items(file: Path) -> dict[str, Article]:
    """The items of one file by their id."""
    found = {}
    for number, line in _lines(file):
        row = _table(line, str(file), number)
        item, date, text = (row.get(key) for key in ("id", "date", "text"))
        if not (isinstance(item, str) and isinstance(date, str) and isinstance(text, str)):
            raise SeedError(str(file), number, "an item needs id, date and text")
        found[item] = item_article(item, date, text)
    return found


def _expected(table: Mapping[str, Any], source: Article | ArticleError, file: str, line: int | None) -> Report:
    """The expected facts as a report: what a gold file leaves out is put in from the rest."""

    def fault(path: FieldPath, reason: str) -> SeedError:
        return SeedError(file, line, f"{'/'.join(map(str, path))}: {reason}")

    facts = {key: table[key] for key in _FACTS if key in table}
    facts["contacts"] = _each(facts.get("contacts"), lambda number, _: {"id": f"c{number}"})
    facts["agreements"] = _each(facts.get("agreements"), lambda _, fact: {"head": _head(fact.get("topic"))})
    facts["anniversaries"] = _each(facts.get("anniversaries"), lambda _, fact: {"head": _head(fact.get("of"))})
    article = source if isinstance(source, Article) else Article(id=file, path=file, text="", paragraphs=())
    return read_report(Fields(facts, (), fault), article)


def _each(rows: Any, more: Callable[[int, Mapping[str, Any]], Mapping[str, Any]]) -> Any:
    """The rows with further keys; what is no list of tables is left for the reader to refuse."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return rows
    return [{**more(number, row), **row} for number, row in enumerate(rows)]


def _head(phrase: object) -> str:
    return (head_noun(phrase) if isinstance(phrase, str) else "") or "-"


def _position(mark: object, file: str) -> tuple[str, int]:
    name, _, number = str(mark).rpartition("#")
    if not name or not number.isdecimal():
        raise SeedError(file, None, f"{mark!r} is not of the form report#position")
    return name, int(number)


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield number, line


def _table(text: str, file: str, line: int | None) -> dict[str, Any]:
    table = _json(text, file, line)
    if not isinstance(table, dict):
        raise SeedError(file, line, "a JSON object is expected")
    return table


def _json(text: str, file: str, line: int | None) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SeedError(file, line, f"not JSON: {error}") from error
