"""One line of a header to the fields it states: times, names, outlets, towns, "Key: value"."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.read.dateline import normal_case
from kg.read.masthead import Masthead
from kg.read.source import (
    NAME,
    PARTICLES,
    SENTENCE_END,
    are_names,
    employer,
    is_authority,
    is_edition,
    is_name,
    is_staff,
    is_titled,
    outlet_name,
)
from kg.read.stamp import StampLine, read_stamps
from kg.read.words import alternatives, furniture, keys, known_agency, word_list

_LONGEST: Final = 240
_BESIDE_LABEL: Final = 6  # words beside a time with a label
_SECTION: Final = 2  # words of a section beside the day
_KEY = re.compile(r"([^\W\d_][\w .-]{1,24}?)[ \t]*[:=][ \t]*(.*)", re.DOTALL)
_BARS = re.compile(r"\s*[|•·]\s*")
_BY = re.compile(r"[(*_]{0,2}(?:(?:reported|written|story|report|text|words)\s+)?by[:\s]\s*", re.IGNORECASE)
_OUR = re.compile(
    r"(?:our|a|the)\s+(?:own\s+)?[\w ]{0,30}?(?:correspondent|reporter|editor|staff)s?,?\s*", re.IGNORECASE
)
_TAIL = re.compile(r"\s+(?:in|at|for|from|of)\s+(?=[A-Z]).*|\s*[,|/(–—]\s*.*| - .*", re.DOTALL)
_STAMP_BEGINS = re.compile(
    r"\s*[|,–—-]?\s*(?:\d|\b(?:published|updated|posted)\b|\b(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|"
    r"sep|oct|nov|dec)[a-z]{0,6}\.?,?\s+\d)",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"\s+(?:Leave a (?:Comment|Reply)|\d* ?Comments?(?: Off)?)\s*$", re.IGNORECASE)
_OF_THE_PAGE = re.compile(
    r"\d+ (?:shares?|views?)|this (?:story|article|report|post) (?:was|has been)",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\S+")


def read_header_line(line: str, head: Masthead, *, open_head: bool) -> bool:
    """Whether the line is one of a header, whose fields ``head`` then has.

    ``open_head`` is true above the report; below it only lines with a label of their own count.
    """
    if len(line) > _LONGEST:
        return False
    line = _COMMENTS.sub("", line)
    stamps = read_stamps(line)
    if stamps and not stamps.pieces and (open_head or any(stamp.field for stamp in stamps.stamps)):
        head.take_stamps(stamps)
        return True
    if not open_head:
        return read_key(line, head)
    segments = _BARS.split(line)
    if len(segments) == 1 and (read_key(line, head) or _read_by(line, head) or _read_release(line)):
        return True
    if stamps is not None:
        return _read_stamped(line, stamps, head)
    return len(segments) > 1 and _read_segments(segments, head)


def is_strong(line: str) -> bool:
    """Whether the line is beyond doubt one of a header: a time of publication, a "By ..." or a "Key: value"."""
    return read_header_line(line, Masthead(headline=""), open_head=True)


def tells_writer_or_time(line: str) -> bool:
    """Whether the line is beyond doubt a byline or a time of publication."""
    trial = Masthead(headline="")
    return read_header_line(line, trial, open_head=True) and bool(trial.byline or trial.published or trial.updated)


def read_signature(line: str, head: Masthead) -> bool:
    """Whether the line is a name with the writer's function or place ("Jane Doe, diplomatic correspondent")."""
    match = re.match(rf"({NAME}(?: {NAME}){{1,3}})(,\s|\s+in\s+|\s+at\s+)(.{{2,60}})$", line)
    if match is None or not is_name(match[1], 4) or SENTENCE_END.search(line):
        return False
    rest = match[3].lower().replace("-", " ").split()
    placed = match[2].strip() != "," and match[3][0].isupper() and len(rest) <= 5 and "," not in match[3]
    if not placed and not furniture("role").intersection(rest) and not known_agency(match[3]):
        return False
    if placed and not is_titled(match[3]):
        return False
    head.take_byline(match[1])
    paper = employer(match[3])
    if paper is not None:
        head.take_publisher(paper)
    return True


def read_key(line: str, head: Masthead) -> bool:
    """Whether the line is a "Key: value" of a known key, whose field ``head`` then has."""
    match = _KEY.fullmatch(line)
    field = keys("keys").get(" ".join(match[1].lower().split())) if match else None
    if match is None or field is None:
        return False
    stamps = read_stamps(match[2]) if field in {"publisher", "byline"} else None
    if stamps is not None and len(stamps.pieces) == 1:  # "Source: The Courier   2031-04-19 08:12"
        head.take_stamps(stamps)
        take_field(field, stamps.pieces[0], head)
        return True
    take_field(field, match[2].strip().strip("\"'").strip(), head)
    return True


def take_field(field: str, value: str, head: Masthead) -> None:
    """Keep the value of a "Key: value" line."""
    if field == "publisher":
        head.take_publisher(value)
    elif field == "byline":
        head.take_byline(value.strip("[]"))
    elif field == "agency":
        head.set_first("agency", known_agency(value) or value)
    elif field == "dateline":
        stamps = read_stamps(value)
        if stamps is not None:
            head.take_stamps(stamps)
        head.set_first("filed_from", normal_case(value.split(",", maxsplit=1)[0].strip()))
    elif field == "language":
        head.language = value.lower()[:20] or head.language
    elif field != "other":
        head.set_first(field, value)


def read_source(line: str, head: Masthead) -> bool:
    """Whether the line names only an outlet, an agency, an authority or an agency and its town."""
    name = outlet_name(line) or (line if is_authority(line) else None)
    if name is not None:
        head.take_publisher(name)
        return True
    for gap in re.finditer(r"\s+", line) if len(line) <= 80 else ():
        agency, town = known_agency(line[: gap.start()]), line[gap.end() :]
        if agency and head.is_place(town):
            head.take_publisher(agency)
            head.set_first("filed_from", normal_case(town))
            return True
    return False


def _read_segments(segments: list[str], head: Masthead) -> bool:
    """A line with bars and no date: all of it belongs to the header if one part of it surely does."""
    if any(len(segment.split()) > 12 for segment in segments):
        return False
    strong = [is_strong(each) for each in segments]
    named = [is_staff(each) or outlet_name(each) is not None for each in segments]
    told = all(
        sure or name or head.is_place(each) or are_names(each)
        for sure, name, each in zip(strong, named, segments, strict=True)
    )
    if not any(strong) and not (told and any(named)):
        return False
    for segment in segments:
        _ = read_header_line(segment, head, open_head=True) or _read_piece(segment, head)
    return True


def _read_stamped(line: str, stamps: StampLine, head: Masthead) -> bool:
    """A line of names with a time ("All News 20:42 June 16, 2025", "Arden, 5 June 2031 | The Courier")."""
    words = [word for piece in stamps.pieces for word in piece.split()]
    if SENTENCE_END.search(line) or len(words) > 14 or any(len(piece.split()) > 6 for piece in stamps.pieces):
        return False
    timed = any(stamp.field or (stamp.moment and "T" in stamp.moment) for stamp in stamps.stamps)
    barred = len(_BARS.split(line)) > 1 or _weekday().search(line) is not None
    unknown, sure = [], timed or (head.headline is not None and barred)
    for piece in stamps.pieces:
        trial = Masthead(head.is_place)
        if not _read_piece(piece, trial):
            unknown.append(piece)
        elif head.headline is not None or trial.byline is None:  # "Arden Declaration, 12 May 2031" may be a headline
            sure = True
    if not (sure or _is_day_and_section(line, stamps, head) or _is_town_and_day(line, stamps, head)):
        return False
    if not all(_could_be_section(piece) or _goes_with_label(piece, line, stamps) for piece in unknown):
        return False
    head.take_stamps(stamps)
    for piece in stamps.pieces:
        _read_piece(piece, head)
    return True


def _goes_with_label(piece: str, line: str, stamps: StampLine) -> bool:
    """Whether words that no list knows stand beside a time that says what it is: a link behind a bar, a writer."""
    if not any(stamp.field for stamp in stamps.stamps):
        return False
    return len(_BARS.split(line)) > 1 or (is_titled(piece) and len(piece.split()) <= _BESIDE_LABEL)


def _is_day_and_section(line: str, stamps: StampLine, head: Masthead) -> bool:
    """Whether a line below the headline is a day and a word or two behind it: "June 25, 2031  Headlines"."""
    words = [word for piece in stamps.pieces for word in piece.split()]
    return head.headline is not None and len(words) <= _SECTION and not line.startswith(stamps.pieces)


def _is_town_and_day(line: str, stamps: StampLine, head: Masthead) -> bool:
    """Whether a line below the headline is a place and a day and nothing else: "Kadriorg, 3 September 2031"."""
    if head.headline is None or len(stamps.pieces) != 1 or len(stamps.stamps) != 1:
        return False
    place = stamps.pieces[0]
    if not is_titled(place) or len(place.split()) > 2 or not line.startswith(f"{place}, "):
        return False
    head.set_first("filed_from", normal_case(place))
    return True


def _could_be_section(piece: str) -> bool:
    """Whether the words could name sections or an edition, and tell nothing."""
    return (
        is_edition(piece)
        or _OF_THE_PAGE.fullmatch(piece) is not None
        or (is_titled(piece) and all(len(part.split()) <= 3 for part in piece.split(",")))
    )


def _read_piece(piece: str, head: Masthead) -> bool:
    """Whether a part of a header line names an outlet, a writer or a place, which ``head`` then has."""
    if read_key(piece, head) or read_source(piece, head) or _read_by(piece, head) or is_staff(piece):
        return True
    if _read_release(piece):
        return True
    town, _, region = piece.partition(",")
    if head.is_place(town) and len(region.split()) <= 3:
        head.set_first("filed_from", normal_case(town))
    elif are_names(piece):
        head.take_byline(piece)
    else:
        first = _FIRST.match(piece)
        if first is None or known_agency(first.group()) is None:
            return False
        head.take_publisher(first.group())
    return True


def _read_by(line: str, head: Masthead) -> bool:
    match = _BY.match(line)
    if match is None or len(line.split()) > 16:
        return False
    words = _COMMENTS.sub("", line[match.end() :].rstrip(")*_"))
    stamps = read_stamps(words)
    if stamps:
        words = _STAMP_BEGINS.split(words, maxsplit=1)[0]
    named = _OUR.sub("", words, count=1)
    name = _TAIL.sub("", named).strip()
    unnamed = not name and named != words
    if not unnamed and (not name or not _could_be_names(name)):
        return False
    head.take_byline(named)
    town = named.rpartition(",")[2].strip()
    if head.is_place(town) and "," in named:
        head.set_first("filed_from", normal_case(town))
    if stamps:
        head.take_stamps(stamps)
    return True


def _could_be_names(words: str) -> bool:
    """Whether the words are names, with no more in small letters than names have."""
    return words[0].isupper() and not any(word[0].islower() and word not in PARTICLES for word in words.split())


def _read_release(line: str) -> bool:
    """Whether the line says only that this is a press release, and which."""
    return len(line) <= 100 and _release().fullmatch(line) is not None


_NUMBER: Final = r"(?:no\b|nr\b|number|#|ref\b)[.:]{0,2}\s*(?=[A-Z/.-]{0,10}\d)[\w./-]{1,20}"


@cache
def _weekday() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{alternatives([name for names in word_list('months')['weekdays'].values() for name in names])})\b",
        re.IGNORECASE,
    )


@cache
def _release() -> re.Pattern[str]:
    kinds = alternatives(furniture("release"))
    return re.compile(rf"[\W_]*(?:(?:{kinds})(?:\s*[:,–-]?\s*{_NUMBER})?|{_NUMBER})[\W_]*", re.IGNORECASE)
