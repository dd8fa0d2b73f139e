"""Fact sheets: what a named author adds to, corrects in or withdraws from the reports, as TOML.

A sheet that describes an ``[article]`` tells the facts of that article ("add" to what rules read there, or "replace"
it); any other sheet is a source of its own. How a sheet is written is :mod:`kg.facts.draft_sheet`'s business.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from kg.errors import SeedError
from kg.facts.agreement.record import Act
from kg.facts.contact.record import ContactFormat
from kg.facts.decode import read_article, read_report
from kg.facts.fields import Fields
from kg.facts.fields import Path as Place
from kg.facts.report import KINDS, Report
from kg.model import entity
from kg.model.fact import Evidence, Status
from kg.model.text import Article
from kg.read.remote import Location

RULE: Final = "sheet.stated"


class Mode(StrEnum):
    """What becomes of the facts that rules read from the sheet's article."""

    ADD = "add"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Curation:
    """A fact, by its IRI, withdrawn (no ``changes``) or corrected, with the reason; ``line`` is its place in the sheet.

    ``changes`` are fields of the fact's record with their new values.
    """

    fact: str
    reason: str
    line: int
    changes: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One fact sheet: who says so and from which source, the sheet as an article, and what it tells."""

    author: str
    source: str
    mode: Mode
    article: Article
    report: Report
    curations: tuple[Curation, ...] = ()


_CHANGES: Final = {
    "place": lambda row, key: entity.Place(name=row.text(key)),
    "duration": lambda row, key: row.duration(key),
    "format": lambda row, key: row.choice(key, ContactFormat),
    "status": lambda row, key: row.choice(key, Status),
    "first_meeting": lambda row, key: row.flag(key),
    "act": lambda row, key: row.choice(key, Act),
    "topic": lambda row, key: row.text(key),
    "year": lambda row, key: row.number(key, least=1),
    "base_year": lambda row, key: row.number(key, least=1),
    "start": lambda row, key: row.date(key),
    "end": lambda row, key: row.date(key),
}


def read_sheet(path: Location) -> Sheet:
    """The fact sheet of a file.

    Raises:
        SeedError: not UTF-8, not TOML, an unknown key or a bad value; names file and line.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SeedError(str(path), None, f"not UTF-8: {error.reason} at byte {error.start}") from error
    except OSError as error:
        raise SeedError(str(path), None, f"cannot be read: {error.strerror}") from error
    return parse_sheet(text, str(path))


def parse_sheet(text: str, file: str) -> Sheet:
    """The fact sheet of a text; ``file`` is its name in errors.

    Raises:
        SeedError: not TOML, an unknown key or a bad value; names file and line.
    """
    lines = _Lines(text)

    def fault(place: Place, reason: str) -> SeedError:
        return SeedError(file, lines.of(place), reason)

    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"line (\d+)", str(error))
        raise SeedError(file, int(at[1]) if at else None, f"not TOML: {error}") from error
    return _sheet(Fields(table, (), fault), text, file, lines)


def _sheet(fields: Fields, text: str, file: str, lines: _Lines) -> Sheet:
    head = fields.table("sheet")
    if head is None:
        fields.refuse("sheet", "the table [sheet] with author and source is required")
    author, source = head.text("author"), head.text("source")
    published, mode = head.date("date"), head.optional_choice("mode", Mode) or Mode.ADD
    head.close()
    own = Article(
        id="sheet-" + hashlib.blake2b(text.encode(), digest_size=8).hexdigest(),
        path=file,
        text=text,
        paragraphs=(),
        headline=f"Fact sheet by {author}",
        byline=author,
        publisher=source,
        published=str(published) if published else None,
    )
    curations = (*_curations(fields, "retract", lines), *_curations(fields, "correct", lines))
    article = read_article(fields) if fields.has("article") else own
    report = _with_evidence(read_report(fields, article), source, lines)
    if report.article is not own and mode is Mode.REPLACE:
        curations = (*curations, Curation(fact=f"article/{article.id}", reason=f"facts as told by {author}", line=1))
    return Sheet(author=author, source=source, mode=mode, article=own, report=report, curations=curations)


def _curations(fields: Fields, kind: str, lines: _Lines) -> list[Curation]:
    found = []
    for number, row in enumerate(fields.tables(kind)):
        fact, reason = row.text("fact"), row.text("reason")
        changes: dict[str, Any] = {}
        if kind == "correct":
            changes = row.changes(_CHANGES)
            if any(row.has(key) for key in ("date", "earliest", "latest")):
                changes["when"] = row.when()
            if not changes:
                row.refuse("fact", "a correction changes something")
        row.close()
        line = lines.of((kind, number))
        found.append(Curation(fact=fact, reason=reason, line=line, changes=tuple(changes.items())))
    return found


def _with_evidence(report: Report, source: str, lines: _Lines) -> Report:
    """The report, facts that quote nothing resting on their own lines of the sheet."""
    changed: dict[str, Any] = {}
    for kind in KINDS:
        facts = []
        for number, fact in enumerate(getattr(report, kind)):
            words = fact.evidence or (lines.evidence((kind, number), source),)
            facts.append(replace(fact, evidence=words))
        changed[kind] = tuple(facts)
    return replace(report, **changed)


_TRAILING_COMMENTS: Final = re.compile(r"(?:\n[ \t]*(?:#[^\n]*)?)+\Z")  # what stands before the next table is its own


class _Lines:
    """Where tables and keys of a TOML text stand; the standard library's parser does not tell."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[Place, int] = {}
        self._spans: dict[Place, tuple[int, int]] = {}
        self._scan()

    def of(self, place: Place) -> int:
        """The line (1-based) of a place, or of the nearest one around it that the text shows, else the first."""
        for length in range(len(place), 0, -1):
            if place[:length] in self._places:
                return self._places[place[:length]]
        return 1

    def evidence(self, place: Place, source: str) -> Evidence:
        """The lines of a table as the words that a fact rests on."""
        begin, end = self._spans.get(place, (0, len(self._text)))
        end = begin + len(_TRAILING_COMMENTS.sub("", self._text[begin:end]))
        said = (line for line in self._text[begin:end].splitlines() if not line.lstrip().startswith("#"))
        quote = " ".join(" ".join(said).split())
        return Evidence(begin=begin, end=end, quote=quote, rule=RULE, attributed_to=source)

    def _scan(self) -> None:
        counts: dict[Place, int] = {}
        table: Place = ()
        begin = offset = 0
        fence = ""
        for number, line in enumerate(re.findall(r"[^\n]*\n|[^\n]+", self._text), start=1):
            stripped = line.strip()
            if fence:
                fence = "" if fence in stripped else fence
            elif header := re.match(r"\[\[?([\w.\s-]+)\]\]?", stripped):
                self._close(table, begin, offset)
                table = _enter(header[1], counts, listed=stripped.startswith("[["))
                self._places.setdefault(table, number)
                self._places.setdefault(tuple(part for part in table if isinstance(part, str)), number)
                begin = offset
            elif key := re.match(r"[\"']?([\w-]+)[\"']?\s*=", stripped):
                self._places.setdefault((*table, key[1]), number)
                fence = next((f for f in ('"""', "'''") if stripped.count(f) == 1), "")
            offset += len(line)
        self._close(table, begin, offset)

    def _close(self, table: Place, begin: int, end: int) -> None:
        """Note the span of a fact's table; tables within it belong to it."""
        fact = table[:2]
        first = self._spans.get(fact, (begin, end))[0]
        self._spans[fact] = (first, first + len(self._text[first:end].rstrip()))


def _enter(name: str, counts: dict[Place, int], *, listed: bool) -> Place:
    """The place of a table whose header has this name, counting the tables of a list."""
    place: Place = ()
    parts = [part.strip() for part in name.split(".")]
    for depth, part in enumerate(parts):
        place = (*place, part)
        last = depth == len(parts) - 1
        if last and listed:
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place
