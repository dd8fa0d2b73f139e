"""What the lines around a report say of it, gathered line by line; each field keeps the first thing it is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.model.date import PartialDate
from kg.read.dateline import normal_case
from kg.read.stamp import StampLine, read_stamps
from kg.read.words import furniture, keys, known_agency

_LONGEST: Final = 240
_KEY = re.compile(r"([^\W\d_][\w .-]{1,24}?)[ \t]*[:=][ \t]*(.*)", re.DOTALL)
_BARS = re.compile(r"\s*[|•·]\s*")
_BY = re.compile(r"[(*_]{0,2}(?:(?:reported|written|story|report|text|words)\s+)?by[:\s]\s*", re.IGNORECASE)
_OUR = re.compile(
    r"(?:our|a|the)\s+(?:own\s+)?[\w ]{0,30}?(?:correspondent|reporter|editor|staff)s?,?\s*", re.IGNORECASE
)
_NAME = r"[^\W\d_][\w.'’-]*"
_TAIL = re.compile(r"\s+(?:in|at|for|from|of)\s+(?=[A-Z]).*|\s*[,|/(–—]\s*.*| - .*", re.DOTALL)
_PERSON = re.compile(rf"[^\W\d_][\w.'’-]*(?: (?:(?:de|da|del|der|van|von|bin|al|el|la|le)\s)?{_NAME}){{1,3}}")
_STAMP_BEGINS = re.compile(
    r"\s*[|,–—-]?\s*(?:\d|\b(?:published|updated|posted)\b|\b(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|"
    r"sep|oct|nov|dec)[a-z]{0,6}\.?,?\s+\d)",
    re.IGNORECASE,
)
_PARTICLES: Final = frozenset({"and", "de", "da", "del", "der", "dos", "van", "von", "bin", "al", "la", "le", "el"})
_SMALL: Final = _PARTICLES | {"of", "the", "das", "do", "on", "in", "&"}
_BETWEEN_NAMES = re.compile(r",\s*(?:and\s+)?|\s+(?:and|&)\s+", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")


@dataclass(slots=True)
class Masthead:
    """The fields of an article that its header states; the only value that is filled step by step."""

    headline: str | None = None
    publisher: str | None = None
    agency: str | None = None
    byline: str | None = None
    dateline: str | None = None
    dateline_date: PartialDate | None = None
    published: str | None = None
    updated: str | None = None
    language: str = "en"

    def set_first(self, field: str, value: str | None) -> None:
        """Keep the value unless the field has one."""
        if value and getattr(self, field) is None:
            setattr(self, field, value)

    def take_stamps(self, line: StampLine) -> None:
        """Keep the times of publication; a time without a label is the first publication."""
        for stamp in line.stamps:
            self.set_first(stamp.field or "published", stamp.moment)

    def take_publisher(self, words: str) -> None:
        """Keep an outlet, or an agency where it is one."""
        name = re.split(r"\s+[—–|-]\s+", words)[0].strip(" .,")
        if known_agency(name):
            self.set_first("agency", known_agency(name))
        self.set_first("publisher", known_agency(name) or (normal_case(name) if " " in name else name))

    def take_byline(self, words: str) -> None:
        """Keep the writer's name without place, paper and function."""
        name = _TAIL.sub("", words.strip()).strip(" .,;")
        if known_agency(name):
            self.set_first("agency", known_agency(name))
        elif name:
            self.set_first("byline", normal_case(name))


def read_header_line(line: str, head: Masthead, *, open_head: bool) -> bool:
    """Whether the line is one of a header, whose fields ``head`` then has.

    ``open_head`` is true above the report; below it only lines with a label of their own count.
    """
    if len(line) > _LONGEST:
        return False
    stamps = read_stamps(line)
    if stamps and not stamps.rest and (open_head or any(stamp.field for stamp in stamps.stamps)):
        head.take_stamps(stamps)
        return True
    segments = _BARS.split(line) if open_head else [line]
    if len(segments) > 1:
        return _read_segments(segments, head)
    return read_key(line, head) or (open_head and (_read_by(line, head) or _read_stamped(line, stamps, head)))


def is_strong(line: str) -> bool:
    """Whether the line is beyond doubt one of a header: a time of publication, a "By ..." or a "Key: value"."""
    return read_header_line(line, Masthead(), open_head=True)


def tells_writer_or_time(line: str) -> bool:
    """Whether the line is beyond doubt a byline or a time of publication."""
    trial = Masthead()
    return read_header_line(line, trial, open_head=True) and bool(trial.byline or trial.published or trial.updated)


def is_name(line: str, most: int) -> bool:
    """Whether the line could be a person's name and nothing else, of at most so many words."""
    if len(line) > 60 or not _PERSON.fullmatch(line):
        return False
    words = line.split()
    capital = [word for word in words if word[0].isupper()]
    return len(words) <= most and len(capital) >= 2 and words[0][0].isupper() and words[-1][0].isupper()


def are_names(line: str) -> bool:
    """Whether the line could be one to three persons' names and nothing else."""
    names = _BETWEEN_NAMES.split(line) if len(line) <= 120 else []
    return 1 <= len(names) <= 3 and all(is_name(name, 4 if name.isupper() else 3) for name in names)


def is_outlet(line: str) -> bool:
    """Whether the line is the name of a paper, a station or an agency."""
    name = re.split(r"\s+[—–|-]\s+", line)[0].strip()
    if known_agency(name):
        return True
    words = name.split()
    if not 1 < len(words) <= 6 or len(line) > 60 or _SENTENCE_END.search(line):
        return False
    titled = all(word[0].isupper() or word.lower() in _SMALL for word in words)
    return titled and (any(word.lower() in furniture("outlet") for word in words))


def read_signature(line: str, head: Masthead) -> bool:
    """Whether the line is a name with the writer's function or place ("Jane Doe, diplomatic correspondent")."""
    match = re.match(rf"({_NAME}(?: {_NAME}){{1,3}})(,\s|\s+in\s+|\s+at\s+)(.{{2,60}})$", line)
    if match is None or not is_name(match[1], 4) or _SENTENCE_END.search(line):
        return False
    rest = match[3].lower().replace("-", " ").split()
    placed = match[2].strip() != "," and match[3][0].isupper() and len(rest) <= 5 and "," not in match[3]
    if not placed and not furniture("role").intersection(rest) and not known_agency(match[3]):
        return False
    if placed and not all(word[0].isupper() or word in _SMALL for word in match[3].split()):
        return False
    head.take_byline(match[1])
    return True


def _read_segments(segments: list[str], head: Masthead) -> bool:
    """A line with bars: all of it belongs to the header if one part of it surely does."""
    if any(len(segment.split()) > 12 for segment in segments):
        return False
    stamps = read_stamps(" | ".join(segments))
    trial = Masthead()
    if not any(read_header_line(segment, trial, open_head=True) for segment in segments):
        return False
    if stamps:
        head.take_stamps(stamps)
    for segment in segments:
        if not read_header_line(segment, head, open_head=True) and is_outlet(segment):
            head.take_publisher(segment)
    return True


def read_key(line: str, head: Masthead) -> bool:
    """Whether the line is a "Key: value" of a known key, whose field ``head`` then has."""
    match = _KEY.fullmatch(line)
    field = keys("keys").get(" ".join(match[1].lower().split())) if match else None
    if match is None or field is None:
        return False
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
        head.set_first("dateline", normal_case(value.split(",", maxsplit=1)[0].strip()))
    elif field == "language":
        head.language = value.lower()[:20] or head.language
    elif field != "other":
        head.set_first(field, value)


def _read_by(line: str, head: Masthead) -> bool:
    match = _BY.match(line)
    if match is None or len(line.split()) > 16:
        return False
    words = line[match.end() :].rstrip(")*_")
    stamps = read_stamps(words)
    if stamps:
        words = _STAMP_BEGINS.split(words, maxsplit=1)[0]
    named = _OUR.sub("", words, count=1)
    name = _TAIL.sub("", named).strip()
    unnamed = not name and named != words
    if not unnamed and (not name or not _are_names(name)):
        return False
    head.take_byline(named)
    if stamps:
        head.take_stamps(stamps)
    return True


def _are_names(words: str) -> bool:
    """Whether the words are names, with no more in small letters than names have."""
    return words[0].isupper() and not any(word[0].islower() and word not in _PARTICLES for word in words.split())


def _read_stamped(line: str, stamps: StampLine | None, head: Masthead) -> bool:
    """A line of an outlet's or a section's name with a time ("All News 20:42 June 16, 2025")."""
    if stamps is None or _SENTENCE_END.search(line) or len(stamps.rest.split()) > 5:
        return False
    timed = any(stamp.moment and "T" in stamp.moment for stamp in stamps.stamps)
    labelled = any(stamp.field for stamp in stamps.stamps)
    titled = all(not word[0].islower() for word in stamps.rest.split())
    agency = known_agency(stamps.rest)
    if not titled or not (timed or labelled or agency or is_outlet(stamps.rest)):
        return False
    head.take_stamps(stamps)
    if agency:
        head.take_publisher(agency)
    return True
