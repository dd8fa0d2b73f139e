"""The lines above a report: headline, deck, names, times; it ends where the report begins."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from kg.model.text import Paragraph, Part, Span
from kg.read.dateline import find_dateline
from kg.read.furniture import is_caption, is_credit, is_furniture
from kg.read.masthead import (
    Masthead,
    are_names,
    is_outlet,
    read_header_line,
    read_signature,
    take_field,
    tells_writer_or_time,
)
from kg.read.stamp import read_stamps
from kg.read.words import keys, known_agency

_DEEPEST: Final = 60  # lines; what comes later is no header
_FENCE = re.compile(r"-{3,}|\+{3,}")
_FIELD = re.compile(r"[\"']?([\w .-]{1,30}?)[\"']?[ \t]*[:=][ \t]*(.*)", re.DOTALL)
_DATED = re.compile(
    r"(?:date[ \t:]+)?(\d{4}-\d\d-\d\d)(?:[ \t]*[|:–—-][ \t]*|[ \t]+)(?=[^\W\d_]|[\"'“‘(\[])", re.IGNORECASE
)
_HASHES = re.compile(r"#{1,6}[ \t]+(?=\S)")
_TITLED = re.compile(r"(?:headline|title)[ \t]*:[ \t]*(?=\S)", re.IGNORECASE)
_FULL_STOP = re.compile(r"(?:\w{3,}|[\"'”’)\]])\.[\"'”’)\]]*$|\.[\"”’)]$")


@dataclass(slots=True)
class Head:
    """What was read above the report: the fields, the paragraphs, and the number of lines used."""

    masthead: Masthead = field(default_factory=Masthead)
    paragraphs: list[Paragraph] = field(default_factory=list)
    used: int = 0

    def add(self, begin: int, end: int, part: Part) -> None:
        """One more line of the header."""
        self.paragraphs.append(Paragraph(begin, end, part))
        self.used += 1


def read_head(text: str, lines: list[Span], is_place: Callable[[str], bool]) -> Head:
    """Everything above the first paragraph of the report."""
    head = Head()
    _read_front_matter(text, lines, head)
    while head.used < min(len(lines), _DEEPEST):
        span = lines[head.used]
        line = span.of(text)
        below = [each.of(text)[:300] for each in lines[head.used + 1 : head.used + 4]]
        if len(line) > 700 or not _read_line(line, span, below, head, is_place):
            break
    return head


def _read_line(line: str, span: Span, below: list[str], head: Head, is_place: Callable[[str], bool]) -> bool:
    """Whether the line belongs to the header, which then has it."""
    if head.masthead.headline is None:
        return _read_top(line, span, below, head, is_place)
    if find_dateline(line, is_place):
        return False
    part = _part(line, below, head.masthead)
    if part is None and _is_deck(line, below, is_place):
        part = Part.BODY if _FULL_STOP.search(line) else Part.HEADLINE
    if part is None:
        return False
    head.add(span.begin, span.end, part)
    return True


def _read_top(line: str, span: Span, below: list[str], head: Head, is_place: Callable[[str], bool]) -> bool:
    """The headline or a line above it; false where the file begins with the report itself."""
    titled = _TITLED.match(line) or _HASHES.match(line) or _DATED.match(line)
    if titled is None and (
        known_agency(line) or is_furniture(line) or read_header_line(line, head.masthead, open_head=True)
    ):
        if known_agency(line):
            head.masthead.take_publisher(line)
        head.add(span.begin, span.end, Part.FURNITURE)
        return True
    if titled is not None:
        if _DATED.match(line):
            _take_day(titled[1], head.masthead, below)
        span, line = Span(span.begin + titled.end(), span.end), line[titled.end() :]
    elif _opens_report(line, below, is_place):
        return False
    head.masthead.headline = " ".join(line.split())
    head.add(span.begin, span.end, Part.HEADLINE)
    return True


def _take_day(day: str, masthead: Masthead, below: list[str]) -> None:
    """The day before a headline is the publication's, unless a line below says so more exactly."""
    for line in below:
        stamps = read_stamps(line)
        if stamps and not stamps.rest and any(stamp.field == "published" for stamp in stamps.stamps):
            return
    stamps = read_stamps(day)
    if stamps:
        masthead.take_stamps(stamps)


def _opens_report(line: str, below: list[str], is_place: Callable[[str], bool]) -> bool:
    """Whether the file has no headline: its first line is a sentence or has a dateline."""
    dateline = find_dateline(line, is_place)
    ended = _FULL_STOP.search(line) is not None
    if dateline and (ended or dateline.length == len(line)):
        return True
    headed = any(tells_writer_or_time(each) or find_dateline(each, is_place) for each in below[:2])
    return ended and len(line.split()) >= 8 and not headed


def _part(line: str, below: list[str], masthead: Masthead) -> Part | None:
    """What a line under the headline is by itself; ``None`` where only its neighbours can tell."""
    if is_furniture(line) or is_credit(line):
        return Part.FURNITURE
    if is_caption(line, below[0] if below else ""):
        return Part.CAPTION
    if read_header_line(line, masthead, open_head=True) or read_signature(line, masthead):
        return Part.FURNITURE
    if is_outlet(line):
        masthead.take_publisher(line)
    elif are_names(line) and (line.isupper() or masthead.byline is None):
        masthead.take_byline(line)
    else:
        return None
    return Part.FURNITURE


def _is_deck(line: str, below: list[str], is_place: Callable[[str], bool]) -> bool:
    """Whether a line stands between the headline and a byline, a time or a dateline, with no sentence before that."""
    sentence = _FULL_STOP.search(line) is not None
    for each in below if len(line) <= 400 else []:
        dateline = find_dateline(each, is_place)
        if tells_writer_or_time(each) or (dateline and (dateline.sure or not sentence)):
            return True
        if _FULL_STOP.search(each) and len(each.split()) >= 8:
            return False
    return False


def _read_front_matter(text: str, lines: list[Span], head: Head) -> None:
    """``Key: value`` lines between two fences; keys that say nothing of an article are passed over."""
    if not lines or not _FENCE.fullmatch(lines[0].of(text)):
        return
    fence = lines[0].of(text)
    ends = [index for index in range(1, min(len(lines), _DEEPEST)) if lines[index].of(text) == fence]
    if not ends:
        return
    for span in lines[: ends[0] + 1]:
        _read_field(span.of(text), span, head)


def _read_field(line: str, span: Span, head: Head) -> None:
    match = _FIELD.fullmatch(line)
    name = match[1].strip().lower().replace("_", " ") if match else ""
    value = match[2].strip().strip("\"'").strip() if match else ""
    name_field = keys("keys").get(name)
    if name_field == "headline" and value and head.masthead.headline is None:
        begin = span.begin + line.rindex(value)
        head.masthead.headline = " ".join(value.split())
        head.add(begin, begin + len(value), Part.HEADLINE)
        return
    if name in keys("labels"):
        stamps = read_stamps(f"{name}: {value}")
        if stamps:
            head.masthead.take_stamps(stamps)
    elif name_field is not None and value:
        take_field(name_field, value, head.masthead)
    head.add(span.begin, span.end, Part.FURNITURE)
