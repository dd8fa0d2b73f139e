"""A line to the dates and times of publication it states; a line that says anything else is no such line."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.read.words import alternatives, keys, months, weekdays, word_list

_LONGEST: Final = 240
_CENTURY: Final = 2000  # of a year in two digits, which only a line with a label or a clock has
_OUTER: Final = " \t\xa0,;:|·•/()[]–—-"
_PIECES = re.compile(r"\s*[|•·]\s*|\s+[/—–-]\s+|(?<=\w)[ \t]{2,}(?=\w)")
_ENDS_WITH_DAY = re.compile(r"\d[)\]]?$")
# "(12 February 2031)" or "| 12 February 2031" at the end, "[12 February 2031]" or "12/02/2031 -" at the beginning.
_SET_APART = re.compile(
    r"(?:[(\[][^()\[\]]*\d[)\]]|\s[|–—-]\s[\w\s,./-]{0,12}?\d[\w\s,./-]{5,20})$|^[(\[][^()\[\]]*\d[)\]]|^\d[\w\s,./-]{6,20}\d\s[|:–—-]\s"
)
_YEAR = re.compile(
    r"(?<!\d)(?:1[89]|20|21)\d\d(?!\d(?!\d?[:.]\d\d))|\d[\s-][^\W\d_]{3,9}\.?[\s-]\d\d(?![\d:.])"
    r"|(?<![\d_.-])20\d{6}(?![\d_.-])"
)
_AGO = re.compile(
    r"\b(?:an?|\d+|a few|few)\s+(?:second|sec|minute|min|hour|hr|day|week|month|year)s?\s+ago\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One time of publication: ISO 8601 as precise as given; ``None`` where the order of day and month is open.

    ``days`` are the days that the line can mean: two where the order is open, else the one of ``moment``.
    """

    field: str  # "published", "updated", or "" where the line does not say
    moment: str | None
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StampLine:
    """The times in a line, and what else stands in it, divided where the line divides it."""

    stamps: tuple[Stamp, ...]
    pieces: tuple[str, ...]


def stated_day(line: str, *, alone: bool) -> str | None:
    """The one day that a headline names as its own: with its weekday, set apart by signs, or ``alone`` at its end.

    A day in the past that a headline tells of has no weekday; "Bulletin, 12 February 2031" ends with its day.
    """
    stamps = read_stamps(line)
    moment = stamps.stamps[0].moment if stamps and len(stamps.stamps) == 1 else None
    if moment is None:
        return None
    day = dt.date.fromisoformat(moment[:10])
    names = word_list("months")["weekdays"][str(day.isoweekday())]
    if re.search(rf"\b(?:{alternatives(names)})\b", line) or _SET_APART.search(line):
        return moment[:10]
    return moment[:10] if alone and _ENDS_WITH_DAY.search(line) else None


def read_stamps(line: str) -> StampLine | None:
    """The times of publication in a header line; ``None`` where it holds no full date."""
    if len(line) > _LONGEST or not _YEAR.search(line):
        return None
    scan = _Scan()
    line = _glued().sub(" ", _AGO.sub("|", line))
    pattern, position = _pattern(), 0
    while position < len(line):
        match = pattern.match(line, position)
        assert match is not None  # the last branch takes any character
        scan.take(match)
        position = match.end()
    return scan.line() if scan.dates and not scan.is_open() else None


class _Scan:
    """What has been read of a line: a time goes with the date before it, or with the next one."""

    def __init__(self) -> None:
        self.dates: list[tuple[str, tuple[str, ...]]] = []
        self.times: list[str | None] = []
        self.field = ""
        self.short_year = False
        self.month_first = False
        self.waiting: str | None = None
        self.kept: list[str] = []

    def take(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        if kind == "date":
            self._date(match)
        elif kind == "time":
            self._time(match)
        elif kind == "label":
            self.field = keys("labels")[" ".join(match["label"].lower().split())]
            self.kept.append("|")
        else:
            self.kept.append(match.group())

    def _date(self, match: re.Match[str]) -> None:
        days = _days(match)
        if not days:
            self.kept.append(match.group())
            return
        self.kept.append("|")
        self.short_year = self.short_year or match["y7"] is not None
        self.dates.append((self.field, days))
        self.times.append(_clock(match, "iso_") or self.waiting)
        self.waiting = None

    def _time(self, match: re.Match[str]) -> None:
        clock = _clock(match, "")
        if clock is None:
            self.kept.append(match.group())
            return
        self.kept.append("|")
        self.month_first = self.month_first or _is_american(match)
        if self.times and self.times[-1] is None:
            self.times[-1] = clock
        else:
            self.waiting = clock

    def is_open(self) -> bool:
        """Whether what was read as a day ends with a number that neither a label nor a clock makes a year."""
        return self.short_year and not self.field and not any(self.times)

    def _dates(self) -> list[tuple[str, tuple[str, ...]]]:
        """The dates, read with the month first where the clock tells that it is."""
        return [(field, days[-1:] if self.month_first else days) for field, days in self.dates]

    def line(self) -> StampLine:
        stamps = tuple(
            Stamp(field=field, moment=_moment(days, time), days=days)
            for (field, days), time in zip(self._dates(), self.times, strict=True)
        )
        pieces = (_weekday_before().sub("", piece.strip(_OUTER)) for piece in _PIECES.split("".join(self.kept)))
        said = (piece for piece in pieces if not _says_nothing().fullmatch(piece))
        return StampLine(stamps=stamps, pieces=tuple(said))


@cache
def _glued() -> re.Pattern[str]:
    """The place where a page's markup stood between a name and a month: "quillburytimesAugust 16, 2031"."""
    names = alternatives([names[0] for names in word_list("months")["months"].values()])
    return re.compile(rf"(?<=[a-z])(?=(?:{names})\s\d)")


@cache
def _weekday_before() -> re.Pattern[str]:
    """The weekday of the date after it; "The Sun" is a paper."""
    return re.compile(rf"(?:,\s*|(?<!\bthe)\s+)(?:{alternatives(weekdays())})$", re.IGNORECASE)


@cache
def _says_nothing() -> re.Pattern[str]:
    """Weekdays and small words, which only join a date and a time."""
    counts = r"\d+\s?min(?:ute)?s?(?:\sread)?|(?:\d+|no)\scomments?"
    local = r"all\stimes(?:\sare)?(?:\sin)?\s(?:local(?:\stime)?|[A-Z]{2,5})"
    small = rf"at|on|the|and|{counts}|{local}|www\.[\w.-]+|print|{alternatives(weekdays())}"
    return re.compile(rf"(?:(?:{small})\b|[\W_])*", re.IGNORECASE)


@cache
def _pattern() -> re.Pattern[str]:
    month = alternatives(months())
    zone = alternatives((*word_list("time")["zones"], *word_list("time")["vague"]["zones"]))
    offset = rf"(?:GMT|UTC)?\s?[+−-]\d{{1,2}}(?::?\d\d)?(?!\d|\s+(?:{month}))"
    after = r"(?!\d(?!\d?[:.]\d\d))"  # "20254:05 PM": the page's markup stood between
    return re.compile(
        rf"""
        (?P<date>
            (?P<y1>(?:1[89]|20|21)\d\d)-(?P<m1>\d\d?)-(?P<d1>\d\d?)(?!\d)
                (?:[T ](?P<iso_h>\d\d):(?P<iso_m>\d\d)(?::(?P<iso_s>\d\d)(?:[.,]\d{{1,9}})?)?(?!\d)
                   \s?(?P<iso_zone>Z\b|[+-]\d\d:?\d\d(?!\d))?)?
          | (?P<y2>(?:1[89]|20|21)\d\d)\s?[/.年]\s?(?P<m2>\d\d?)\s?[/.月]\s?(?P<d2>\d\d?)日?(?!\d)
          | (?P<y8>20\d\d)(?P<gap>\ ?)(?P<m8>[01]\d)(?P=gap)(?P<d8>[0-3]\d)(?![\d_.-])
          | (?P<d3>\d\d?)(?:st|nd|rd|th)?(?:\.?|,(?=\s?(?:{month}),\s?\d))
                [\s-]*(?:of\s+)?(?P<n3>{month})\b\.?\s?,?[\s-]*(?P<y3>\d{{4}}){after}
          | (?P<n4>{month})\b\.?\s*(?P<d4>\d\d?)(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(?P<y4>\d{{4}}){after}
          | (?P<y6>\d{{4}})(?:\s+|[/-])(?P<n6>{month})\b\.?[\s/-]*(?P<d6>\d\d?)(?:st|nd|rd|th)?(?!\d)
          | (?P<d7>\d\d?)(?:st|nd|rd|th)?[\s-](?P<n7>{month})\b\.?[\s-](?P<y7>\d\d)(?![\d:.])
          | (?P<d9>\d\d?)/(?P<m9>\d\d?)-(?P<y9>(?:1[89]|20|21)\d\d)(?!\d)
          | (?P<a5>\d\d?)(?P<by>\.\ |[./-])(?P<b5>\d\d?)(?P=by)(?P<y5>\d{{4}})(?!\d)\.?
        )
      | (?P<label>{alternatives(keys("labels"))})(?:\s*[:|]|(?=\s))
      | (?P<time>
            (?P<h>\d\d?)(?:\s?[:.h]\s?(?P<m>\d\d)(?:[:.](?P<s>\d\d))?)?(?!\d)(?:\s?(?P<half>[ap])\.?m\b\.?)?
                \s?\(?(?P<zone>(?:{zone})\b(?!\s?[+−-]\d)|{offset})?\)?
          | (?P<hours>\d\d)(?P<minutes>\d\d)\s?(?:hrs|hours)?\s?\(?(?P<zone2>(?:{zone})\b)\)?
        )
      | (?P<blank>[\s,|·•;:/()–—-]+)
      | (?P<word>\w+(?:['’.-]\w+)*|\S)
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def _moment(days: tuple[str, ...], time: str | None) -> str | None:
    if len(days) > 1:
        return None
    return days[0] if time is None else f"{days[0]}T{time}"


def _days(match: re.Match[str]) -> tuple[str, ...]:
    """The days that the words can mean: none where they are no date, two where day and month cannot be told apart."""
    if match["y5"]:
        return _numeric(int(match["y5"]), int(match["a5"]), int(match["b5"]), dotted=match["by"].startswith("."))
    number = next((each for each in "3467" if match["n" + each]), "")
    if number:
        month = months()[match["n" + number].lower()]
    else:
        number = next(each for each in "1289" if match["y" + each])
        month = int(match["m" + number])
    year = int(match["y" + number])
    day = _iso(year + _CENTURY if number == "7" else year, month, int(match["d" + number]))
    return () if day is None else (day,)


def _numeric(year: int, first: int, second: int, *, dotted: bool) -> tuple[str, ...]:
    readings = (_iso(year, second, first), None if dotted else _iso(year, first, second))
    return tuple(dict.fromkeys(filter(None, readings)))


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _clock(match: re.Match[str], prefix: str) -> str | None:
    """``08:30:00``, with the offset where the text names one that has only one meaning."""
    if not prefix and match["hours"]:
        hour, minute, second, zone = int(match["hours"]), int(match["minutes"]), 0, match["zone2"]
    elif match[prefix + "h"] is None or (not prefix and match["m"] is None and match["half"] is None):
        return None
    else:
        hour, minute, second = (int(match[prefix + part] or 0) for part in "hms")
        zone = match[prefix + "zone"]
    half = None if prefix else match["half"]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return f"{hour:02d}:{minute:02d}:{second:02d}{_offset(zone)}"


def _is_american(match: re.Match[str]) -> bool:
    """Whether a clock of twelve hours names a zone of the United States, where the month stands before the day."""
    return bool(match["half"]) and (match["zone"] or "").strip().upper() in word_list("time")["american"]["zones"]


def _offset(zone: str | None) -> str:
    """``+09:00``, or nothing where no zone is named or the name means several."""
    if zone is None:
        return ""
    name = zone.strip().upper()
    named = word_list("time")["zones"].get(name)
    if named is not None:
        return str(named)
    match = re.fullmatch(r"(?:GMT|UTC)?\s?([+−-])(\d{1,2})(?::?(\d\d))?", name)
    if match is None or int(match[2]) > 14 or int(match[3] or 0) > 59:
        return ""
    return f"{'+' if match[1] == '+' else '-'}{int(match[2]):02d}:{match[3] or '00'}"
