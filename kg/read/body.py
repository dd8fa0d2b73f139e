"""The lines of the report itself, told from captions, links and notices among them and below."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kg.model.text import Paragraph, Part, Span
from kg.read.dateline import find_dateline, find_opening_day
from kg.read.furniture import (
    is_caption,
    is_credit,
    is_furniture,
    is_link,
    opens_key_points,
    opens_links,
    signing_agency,
)
from kg.read.header import read_header_line, read_key
from kg.read.layout import DAY_BEFORE
from kg.read.masthead import Masthead
from kg.read.source import SENTENCE_END, outlet_name
from kg.read.stamp import read_stamps
from kg.read.words import known_agency, months

_BULLET = re.compile(r"(?:[•▪●■◆►*-]|–|\(?\d{1,2}[.)])[ \t\xa0]+(?=\S)")
_FIRST_WORD = re.compile(r"\w+")
_SEARCHED: Final = 8  # paragraphs in which a dateline is still looked for
_HEAD: Final = 3  # lines in which the time of publication may stand below what was taken for the header
_SIGNATURE: Final = 24  # characters of a signature beside its time
_SIGNED: Final = 80  # characters of a line that may sign a release
_LAST: Final = 12  # lines at the end that may tell source, time and agency


def read_body(text: str, lines: list[Span], masthead: Masthead, is_place: Callable[[str], bool]) -> list[Paragraph]:
    """The paragraphs below the header; what they say of the article itself goes to ``masthead``."""
    paragraphs: list[Paragraph] = []
    linking, first = False, True
    for index, span in enumerate(lines):
        line = text[span.begin : min(span.end, span.begin + 1000)]
        below = text[lines[index + 1].begin : lines[index + 1].end][:300] if index + 1 < len(lines) else ""
        linking = opens_links(line) or (linking and is_link(line))
        part = Part.FURNITURE if linking or (first and opens_key_points(line)) else _part(line, below)
        begin = _after_bullet(text, span) if part is Part.BODY else span.begin
        if part is not Part.BODY or begin > span.begin:
            paragraphs.append(Paragraph(begin, span.end, part))
            continue
        if masthead.dateline is None and len(paragraphs) < _SEARCHED:
            paragraphs.append(_after_dateline(text, span, masthead, is_place, first=first))
        else:
            paragraphs.append(Paragraph(span.begin, span.end, part))
        if index < _HEAD and paragraphs[-1].part is Part.BODY and _is_stamp(text, paragraphs[-1], masthead):
            paragraphs[-1] = replace(paragraphs[-1], part=Part.FURNITURE)
        first = first and paragraphs[-1].part is not Part.BODY
    return _read_end(text, paragraphs, masthead)


def _is_stamp(text: str, paragraph: Paragraph, masthead: Masthead) -> bool:
    """Whether a line above the report is only its time of publication, which no line has told so far."""
    line = text[paragraph.begin : paragraph.end]
    if masthead.published is not None or len(line) > _SIGNED or SENTENCE_END.search(line):
        return False
    stamps = read_stamps(line)
    if stamps is None or len(stamps.stamps) != 1 or stamps.stamps[0].moment is None:
        return False
    labelled = stamps.stamps[0].field == "published"
    if not labelled and sum(len(piece) for piece in stamps.pieces) > _SIGNATURE:
        return False
    masthead.take_stamps(stamps)
    return True


def _after_bullet(text: str, span: Span) -> int:
    """Where the words of an item begin; the number of a day is no bullet ("12. February")."""
    bullet = _BULLET.match(text, span.begin, span.end)
    if bullet is None:
        return span.begin
    word = _FIRST_WORD.match(text, bullet.end(), min(span.end, bullet.end() + 20))
    numbers_day = bullet.group()[0].isdigit() and word is not None and word.group().lower() in months()
    return span.begin if numbers_day else bullet.end()


def _part(line: str, below: str) -> Part:
    if is_furniture(line) or is_credit(line) or DAY_BEFORE.fullmatch(line):
        return Part.FURNITURE
    if is_caption(line, below):
        return Part.CAPTION
    labelled = len(line) <= 120 and is_link(line) and read_key(line, Masthead())
    return Part.FURNITURE if labelled else Part.BODY


def _after_dateline(
    text: str, span: Span, masthead: Masthead, is_place: Callable[[str], bool], *, first: bool
) -> Paragraph:
    """The paragraph without its dateline; a line that is only a dateline is kept as furniture.

    Below the ``first`` paragraph a town in mixed case alone is none: "Arden: ..." is an item of a list there.
    """
    dateline = find_dateline(text[span.begin : min(span.end, span.begin + 200)], is_place)
    if dateline is None or not (dateline.sure or first):
        if first:
            masthead.set_first("dated", find_opening_day(text[span.begin : min(span.end, span.begin + 200)]))
        return Paragraph(span.begin, span.end, Part.BODY)
    masthead.take_dateline(dateline)
    begin = span.begin + dateline.length
    if begin >= span.end:
        return Paragraph(span.begin, span.end, Part.FURNITURE)
    return Paragraph(begin, span.end, Part.BODY)


def _read_end(text: str, paragraphs: list[Paragraph], masthead: Masthead) -> list[Paragraph]:
    """The same paragraphs, the lines at the end read for source and time, and the agency's signature cut off."""
    first = max(0, len(paragraphs) - _LAST)
    kept, last = paragraphs[:first], paragraphs[first:]
    for paragraph in last:
        if paragraph.part is Part.FURNITURE:
            _is_label(text, paragraph, masthead)
    while last and (last[-1].part is not Part.BODY or _is_label(text, last[-1], masthead)):
        paragraph = last.pop()
        part = Part.FURNITURE if paragraph.part is Part.BODY else paragraph.part
        kept.insert(first, Paragraph(paragraph.begin, paragraph.end, part))
    if last:
        last[-1] = _unsigned(text, last[-1], masthead)
    return kept[:first] + last + kept[first:]


def _is_label(text: str, paragraph: Paragraph, masthead: Masthead) -> bool:
    """Whether the paragraph is a line such as "Source: ..." or "Last updated on ...", or an agency's name."""
    line = text[paragraph.begin : min(paragraph.end, paragraph.begin + 300)]
    stamps = read_stamps(line) if len(line) <= _SIGNED else None
    if (
        stamps is not None
        and masthead.published is None
        and (
            sum(len(piece) for piece in stamps.pieces) <= _SIGNATURE
            or any(stamp.field == "published" for stamp in stamps.stamps)
        )
    ):
        masthead.take_stamps(stamps)  # a release signed with town and day
        return True
    if stamps is not None and any(s.moment and s.moment == masthead.published for s in stamps.stamps):
        return True  # it was read above the report
    agency = known_agency(line.strip("()[]—–-=/. "))
    masthead.set_first("agency", agency)
    if agency is not None or read_header_line(line, masthead, open_head=False):
        return True
    if outlet_name(line) is None:
        return False
    masthead.take_publisher(line)
    return True


def _unsigned(text: str, paragraph: Paragraph, masthead: Masthead) -> Paragraph:
    tail = max(paragraph.begin, paragraph.end - 200)
    signed = signing_agency(text[tail : paragraph.end])
    if signed is None:
        return paragraph
    masthead.set_first("agency", signed[0])
    return Paragraph(paragraph.begin, tail + signed[1], paragraph.part)
