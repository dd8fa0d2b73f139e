"""The lines above a report: headline, deck, names, times; it ends where the report begins."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from kg.model.text import Paragraph, Part, Span
from kg.read.dateline import find_dateline, normal_case
from kg.read.furniture import is_caption, is_credit, is_furniture, is_trail, opens_key_points
from kg.read.header import is_strong, read_header_line, read_signature, read_source, take_field, tells_writer_or_time
from kg.read.layout import DAY_BEFORE
from kg.read.masthead import Masthead
from kg.read.source import are_names, is_authority, is_titled, outlet_name
from kg.read.stamp import read_stamps, stated_day
from kg.read.words import furniture, keys, known_agency

_HEADING: Final = 5  # words
_DEEPEST: Final = 60  # lines; what comes later is no header
_FENCE = re.compile(r"-{3,}|\+{3,}")
_FIELD = re.compile(r"[\"']?([\w .-]{1,30}?)[\"']?[ \t]*[:=][ \t]*(.*)", re.DOTALL)
_HASHES = re.compile(r"#{1,6}[ \t]+(?=\S)")
_TITLED = re.compile(r"(?:headline|title)[ \t]*:[ \t]*(?=\S)", re.IGNORECASE)
_BULLET = re.compile(r"[•▪●■◆►*–-][ \t]")
_SUFFIX = re.compile(r"\s+(?:\||[—–-]|::)\s+([^|]{3,50})$")
_IN_BRACKETS = re.compile(r"[(\[/]([^()\[\]/|]{2,40})[)\]/]")
_FULL_STOP = re.compile(r"(?:\w{3,}|[\"'”’)\]])\.[\"'”’)\]]*$|\.[\"”’)]$")


@dataclass(slots=True)
class Head:
    """What was read above the report: the fields, the paragraphs, and the number of lines used."""

    masthead: Masthead
    paragraphs: list[Paragraph] = field(default_factory=list)
    used: int = 0

    def add(self, begin: int, end: int, part: Part) -> None:
        """One more line of the header."""
        self.paragraphs.append(Paragraph(begin, end, part))
        self.used += 1


def read_head(text: str, lines: list[Span], masthead: Masthead) -> Head:
    """Everything above the first paragraph of the report; a headline that is known already stands in the first line."""
    head, is_place = Head(masthead=masthead), masthead.is_place
    if masthead.headline is None:
        _read_front_matter(text, lines, head)
    elif lines and lines[0].of(text) == masthead.headline:
        head.add(lines[0].begin, lines[0].end, Part.HEADLINE)
    while head.used < min(len(lines), _DEEPEST):
        span = lines[head.used]
        line = span.of(text)
        if _is_day_before(text, lines, head.used) and _take_day(line, head.masthead):
            head.add(span.begin, span.end, Part.FURNITURE)
            continue
        below = [each.of(text)[:300] for each in lines[head.used + 1 : head.used + 7]]
        if len(line) > 700 or not _read_line(line, span, below, head, is_place):
            break
    return head


def _read_line(line: str, span: Span, below: list[str], head: Head, is_place: Callable[[str], bool]) -> bool:
    """Whether the line belongs to the header, which then has it."""
    if head.masthead.headline is None:
        return _read_top(line, span, below, head, is_place)
    if _names_town_and_time(line, head):
        head.add(span.begin, span.end, Part.FURNITURE)
        return True
    if line.isupper() and is_place(line) and below and is_strong(below[0]):
        head.masthead.set_first("filed_from", normal_case(line))
        head.add(span.begin, span.end, Part.FURNITURE)
        return True
    if find_dateline(line, is_place):
        return False
    part = _part(line, below, head)
    if part is None and not _BULLET.match(line) and _is_deck(line, below, is_place):
        part = Part.BODY if _FULL_STOP.search(line) else Part.HEADLINE
    if part is None:
        return False
    head.add(span.begin, span.end, part)
    return True


def _read_top(line: str, span: Span, below: list[str], head: Head, is_place: Callable[[str], bool]) -> bool:
    """The headline or a line above it; false where the file begins with the report itself."""
    titled = _TITLED.match(line) or _HASHES.match(line)
    if titled is None and _stands_above(line, below, head):
        head.add(span.begin, span.end, Part.FURNITURE)
        return True
    if titled is not None:
        span, line = Span(span.begin + titled.end(), span.end), line[titled.end() :]
    elif _opens_report(line, below, is_place):
        return False
    _take_headline(line, head.masthead)
    head.add(span.begin, span.end, Part.HEADLINE)
    return True


def _stands_above(line: str, below: list[str], head: Head) -> bool:
    """Whether a line above the headline is furniture, names source or town, or is a header line like those below."""
    masthead, headed = head.masthead, _has_headline(below)
    dateline = find_dateline(line, masthead.is_place) if headed else None
    if dateline is not None and dateline.date is not None and dateline.length == len(line):
        masthead.take_dateline(dateline)
    elif headed and _is_place_above(line, below, masthead.is_place):
        return True
    elif known_agency(line) or (
        headed and (_is_issuer(line, below, head) or _is_title(line)) and not read_stamps(line)
    ):
        masthead.take_publisher(line)
    else:
        title = _SUFFIX.search(line)
        if title and outlet_name(title[1]) and len(line[: title.start()].split()) >= 3 and read_stamps(line) is None:
            return False
        return (
            is_furniture(line)
            or is_trail(line)
            or _is_section(line, below, masthead.is_place)
            or read_header_line(line, masthead, open_head=True)
        )
    return True


def _is_section(line: str, below: list[str], is_place: Callable[[str], bool]) -> bool:
    """Whether the line is one word, the name of a section, and a line of several that is no sentence follows soon."""
    if not re.fullmatch(r"[^\W\d_]{3,20}", line):
        return False
    headed = (each for each in below[:3] if not _FULL_STOP.search(each) and not each.endswith(":"))
    return any(len(each.split()) >= _HEADING and not find_dateline(each, is_place) for each in headed)


def _has_headline(below: list[str]) -> bool:
    """Whether one of the next lines could still be the headline."""
    for each in below:
        ended = _FULL_STOP.search(each) is not None
        if ended and len(each.split()) >= 8:
            return False
        if not (ended or len(each.split()) < 3 or is_furniture(each) or is_strong(each)):
            return True
    return False


def _is_issuer(line: str, below: list[str], head: Head) -> bool:
    """Whether the line is the public body whose press release follows."""
    issued = bool(head.paragraphs) or is_strong(below[0])
    return is_authority(line) and (line.isupper() or issued)


def _is_title(line: str) -> bool:
    """Whether the line is the name of a paper that stands above its page."""
    name = outlet_name(line)
    return name is not None and len(name.split()) <= 4 and name.split()[-1].lower() in furniture("outlet")


def _take_headline(line: str, masthead: Masthead) -> None:
    """Keep the headline, the outlet that a page's title ends with, and the day of a bulletin that names it."""
    masthead.headline = " ".join(line.split())
    suffix = _SUFFIX.search(line)
    if suffix is not None and outlet_name(suffix[1]):
        masthead.take_publisher(suffix[1])
    words = set(re.findall(r"[^\W\d_]+", line.lower()))
    told = bool(words & furniture("bulletin")) or any(kind in line.lower() for kind in furniture("transcript"))
    masthead.set_first("dated", stated_day(line, alone=told))


def _is_day_before(text: str, lines: list[Span], index: int) -> bool:
    """Whether the next line is one with this in the file."""
    after = text[lines[index].end : lines[index + 1].begin] if index + 1 < len(lines) else ""
    return 0 < len(after) <= 10 and not after.strip(" \t|:–—-")


def _take_day(line: str, masthead: Masthead) -> bool:
    """Whether the line is the day that a scraper set before the next one."""
    match = DAY_BEFORE.fullmatch(line)
    stamps = read_stamps(match["day"]) if match and masthead.dated is None else None
    if stamps is None:
        return False
    masthead.dated = stamps.stamps[0].moment
    return masthead.dated is not None


def _opens_report(line: str, below: list[str], is_place: Callable[[str], bool]) -> bool:
    """Whether the file has no headline: its first line is a sentence or has a dateline."""
    dateline = find_dateline(line, is_place)
    ended = _FULL_STOP.search(line) is not None
    alone = dateline is not None and dateline.length == len(line)
    if dateline and (ended or (alone and not _is_place_above(line, below, is_place))):
        return True
    headed = any(tells_writer_or_time(each) or find_dateline(each, is_place) for each in below[:2])
    return ended and len(line.split()) >= 8 and not headed


def _is_place_above(line: str, below: list[str], is_place: Callable[[str], bool]) -> bool:
    """Whether the line names the house that a release is from, and no sentence follows: "THE WHITE HOUSE"."""
    return line.isupper() and is_place(line) and bool(below) and not _FULL_STOP.search(below[0])


def _part(line: str, below: list[str], head: Head) -> Part | None:
    """What a line under the headline is by itself; ``None`` where only its neighbours can tell."""
    masthead = head.masthead
    if is_furniture(line) or is_credit(line) or is_trail(line) or opens_key_points(line):
        return Part.FURNITURE
    if is_caption(line, below[0] if below else ""):
        return Part.CAPTION
    if read_header_line(line, masthead, open_head=True) or read_signature(line, masthead):
        return Part.FURNITURE
    if _names_source(line, masthead) or _names_town(line, below, head):
        return Part.FURNITURE
    if are_names(line) and (line.isupper() or masthead.byline is None):
        masthead.take_byline(line)
        return Part.FURNITURE
    return None


def _names_source(line: str, masthead: Masthead) -> bool:
    """Whether the line is only an outlet, an agency or an authority, or a name in brackets."""
    if read_source(line, masthead):
        return True
    match = _IN_BRACKETS.fullmatch(line)
    words = match[1].strip() if match else ""
    label = words.lower() in furniture("not_towns") | furniture("whole")
    if not words or label or not words[0].isupper() or not is_titled(words) or len(words.split()) > 3:
        return False
    masthead.take_publisher(words)
    return True


def _names_town_and_time(line: str, head: Head) -> bool:
    """Whether the line is a town and the time of publication and nothing else ("ZAGREB — 16.02.2031 | 08:15 CET")."""
    stamps = read_stamps(line)
    if stamps is None or len(stamps.pieces) != 1 or not head.masthead.is_place(stamps.pieces[0]):
        return False
    head.masthead.take_stamps(stamps)
    head.masthead.set_first("filed_from", normal_case(stamps.pieces[0]))
    return True


def _names_town(line: str, below: list[str], head: Head) -> bool:
    """Whether the line is only a town, between lines of a header ("Ulaanbaatar", "Washington, DC")."""
    town, _, region = line.partition(",")
    if len(line) > 60 or len(region.split()) > 3 or not is_titled(region) or not head.masthead.is_place(town):
        return False
    issued = head.masthead.publisher is not None or head.paragraphs[-1].part is Part.FURNITURE
    if not issued and not (below and is_strong(below[0])):
        return False
    head.masthead.set_first("filed_from", normal_case(town))
    return True


def _is_deck(line: str, below: list[str], is_place: Callable[[str], bool]) -> bool:
    """Whether a line stands between the headline and a byline, a time or a dateline, with no sentence before that."""
    sentence = _FULL_STOP.search(line) is not None
    for each in below[:3] if len(line) <= 400 else []:
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
