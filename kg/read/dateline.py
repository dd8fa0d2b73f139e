"""The dateline that opens a report: town, day, agency, and where the sentence after it begins."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from kg.model.date import PartialDate
from kg.read.day import day_forms, read_day, weekday_and_day, weekday_names
from kg.read.words import alternatives, furniture, known_agency

_WORD = r"(?:(?:St|Mt|Ft)\.|[^\W\d_]+(?:['’-][^\W\d_]+)*)"
_TOWN = re.compile(
    rf"{_WORD}(?: {_WORD}){{0,4}}(?:(?!\s?/[^/\n]{{2,40}}/)\s?/\s?{_WORD}(?: {_WORD}){{0,3}}){{0,2}}", re.IGNORECASE
)
_REGION = re.compile(
    rf",?\s+[(\[]({_WORD}(?: {_WORD}){{0,3}})[)\]]|,\s*((?:[A-Z]\.){{2,3}}|{_WORD}(?: {_WORD}){{0,3}})"
)
_STATE_NAME = rf"{_WORD}(?: {_WORD}){{0,3}}"
_STATE = re.compile(rf"(?:\s+\({_STATE_NAME}\))?\s+(?:\[({_STATE_NAME})\]|/({_STATE_NAME})/)(?=,)")
_BRACKETS = re.compile(r"[,.]?\s*(?:\(([^()\n]{2,60})\)|/([^/\n]{2,40})/)")
_BARE = re.compile(r"(?:[,.]|\s--?)?\s+([A-Z][A-Za-z]{2,14})(?=\s*[,:–—-]|\s*$)")
_DASH = re.compile(r"\s*(?:[—–]|--+)\s*|\.[—–-]+\s+|\s+-\s+|\s*-\s*$|(?<=[)/])\s?-\s*")
_BAR = re.compile(r"\s*\|\s*(?:[^a-z|]{2,40}\s*\|\s*)?")
_COLON = re.compile(r"\s*:(?:\s+|$)")
_WRAPPED = re.compile(r"(?:[(\[](?P<inner>[^()\[\]]{3,80})[)\]]|(?P<mark>\*\*|__)(?P<bold>[^*_]{3,80})(?P=mark))")
_STOP = re.compile(r"\.\s+|\s*,\s+|\s+|\.?$")
_SENTENCE = 6  # words behind the bar that ends a dateline
_LONGEST_TOWN = 3  # words of a town that no list knows
_SMALL = frozenset(
    {"de", "del", "la", "las", "los", "da", "do", "dos", "el", "al", "of", "and", "the", "au", "sur", "am", "en"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Where and when a report was filed; ``length`` characters of the line belong to it.

    ``sure`` is false where only a known town in mixed case stands before a dash or a colon.
    """

    town: str
    date: PartialDate | None
    agency: str | None
    length: int
    sure: bool


def find_dateline(line: str, is_place: Callable[[str], bool]) -> Dateline | None:
    """The dateline at the beginning of a line, or ``None``.

    A town in mixed case counts only where ``is_place`` knows it, so that "Leaders: ..." opens no report.
    """
    line = line[:200]
    wrapped = _WRAPPED.match(line)
    if wrapped is not None:
        inner = (wrapped["inner"] or wrapped["bold"]).strip()
        return _unwrap(find_dateline(inner, is_place), len(inner), line, wrapped.end())
    day = _day_before().match(line)
    if day is not None:
        return _after_day(day, find_dateline(line[day.end() :], is_place))
    match = _TOWN.match(line)
    if match is None:
        return None
    words = match.group()
    town = normal_case(words.split("/")[0].strip())
    state = _STATE.match(line, match.end())
    in_state = state is not None and is_place(state[1] or state[2])
    known = in_state or is_place(town) or is_place(words.split("/")[0].strip())
    if not known and not _could_be_town(words):
        return None
    parts = _Parts(line, state.end() if state is not None and in_state else match.end(), is_place)
    length = parts.close(known=known, capitals=words.isupper())
    if length is None:
        return None
    sure = words.isupper() or parts.agency is not None or parts.date is not None
    return Dateline(town=town, date=parts.date, agency=parts.agency, length=length, sure=sure)


def find_opening_day(line: str) -> str | None:
    """The day, with its year, that stands before the first sentence in place of a dateline: "20 June 2031: ..."."""
    match = _opening_day().match(line)
    date = read_day(match) if match else None
    if match is None or date is None or date.year is None:
        return None
    bracketed = match["open"] and match["close"]
    plain = match["mark"] and not match["open"] and not match["close"]
    return str(date) if bracketed or plain else None


def _could_be_town(words: str) -> bool:
    """Whether words that no list knows stand in capitals and are neither a label nor an outlet's name."""
    if not words.isupper() or len(words) < 3 or words.lower() in furniture("not_towns"):
        return False
    if re.fullmatch(weekday_names(), words, re.IGNORECASE):
        return False  # the day above the paragraphs of a diary
    if len([word for word in words.lower().split() if word not in _SMALL]) > _LONGEST_TOWN:
        return False  # a headline in capitals
    first, last = words.lower().split()[0], words.lower().split()[-1]
    return first not in furniture("authority") and (first == last or last not in furniture("outlet"))


def _unwrap(inner: Dateline | None, length: int, line: str, end: int) -> Dateline | None:
    """The dateline in brackets or in bold, which it must fill."""
    if inner is None or inner.length < length or not inner.sure:
        return None
    dash = _DASH.match(line, end)
    return replace(inner, length=dash.end() if dash else end + len(line[end:]) - len(line[end:].lstrip()))


def _after_day(day: re.Match[str], inner: Dateline | None) -> Dateline | None:
    """The dateline whose day stands before its town."""
    if inner is None or not inner.sure or inner.date is not None:
        return None
    date = read_day(day)
    return replace(inner, date=date, length=day.end() + inner.length) if date else None


class _Parts:
    """What follows the town: region, day and agency, each at most once and in any order."""

    def __init__(self, line: str, begin: int, is_place: Callable[[str], bool]) -> None:
        self.line = line
        self.position = begin
        self.is_place = is_place
        self.region = False
        self.date: PartialDate | None = None
        self.agency: str | None = None
        while (
            self._hijri_day()
            or self._day()
            or self._day_in_brackets()
            or self._in_brackets()
            or self._region()
            or self._bare()
        ):
            pass

    def _hijri_day(self) -> bool:
        """A day of the Islamic calendar beside that of the common one: "Safar 20, 1430, Feb 15, 2009"."""
        match = _hijri().match(self.line, self.position)
        if match is not None:
            self.position = match.end()
        return match is not None

    def _day(self) -> bool:
        match = None if self.date else _day_pattern().match(self.line, self.position)
        if match is None:
            return False
        self.date = read_day(match)
        if self.date is None:
            return False
        self.position = match.end()
        return True

    def _day_in_brackets(self) -> bool:
        """A day by itself, with its year: "Suva (20 June 2031)"."""
        match = None if self.date else _bracketed_day().match(self.line, self.position)
        date = read_day(match) if match else None
        if match is None or date is None or date.year is None:
            return False
        self.date, self.position = date, match.end()
        return True

    def _in_brackets(self) -> bool:
        match = None if self.agency else _BRACKETS.match(self.line, self.position)
        words = match and (match[1] or match[2]).strip()
        if match is None or not words:
            return False
        words = self._without_day(words)
        agency = known_agency(re.split(r"[/,;]", words)[0].strip())
        if agency is None and (self.is_place(words) or not words[:1].isupper()):
            return False
        if agency is None and match[1] and self.line.startswith(".", match.end()):
            return False
        self.agency = agency or words
        self.position = match.end()
        return True

    def _without_day(self, words: str) -> str:
        """The agency in brackets without the day that stands behind it, which is kept: "(QWX - 10 September 2031)"."""
        day = None if self.date else _day_at_end().search(words)
        date = read_day(day) if day else None
        if day is None or date is None:
            return words
        self.date = date
        return words[: day.start()].strip()

    def _region(self) -> bool:
        match = None if self.region else _REGION.match(self.line, self.position)
        if match is None or known_agency(match[1] or match[2]):
            return False
        if not self._ends_part(match.end()) or not (match[1] or match[2])[0].isupper():
            return False
        self.position = match.end()
        self.region = True
        return True

    def _ends_part(self, position: int) -> bool:
        rest = self.line[position:]
        return bool(_DASH.match(rest) or re.match(r"\s*(?:[,;(/:|]|\.\s|$)", rest))

    def _bare(self) -> bool:
        match = None if self.agency else _BARE.match(self.line, self.position)
        if match is None or not (known_agency(match[1]) or self._could_be_agency(match[1])):
            return False
        self.agency = known_agency(match[1]) or match[1]
        self.position = match.end()
        return True

    def _could_be_agency(self, word: str) -> bool:
        least = 2 if self.region else 3  # below a region three letters are no country's
        return (
            word.isupper()
            and len(word) > least
            and not self.is_place(word)
            and word.lower() not in furniture("not_towns")
        )

    def close(self, *, known: bool, capitals: bool) -> int | None:
        """Where the sentence begins; ``None`` if nothing divides it from the words before."""
        sure = self.agency is not None or self.date is not None
        dash = _DASH.match(self.line, self.position)
        if dash is not None and not (dash.group() in "–-" and not capitals and not sure):
            return dash.end() if sure or self._opens_sentence(dash.end(), capitals=capitals) else None
        bar = _BAR.match(self.line, self.position)
        if bar is not None:
            sentence = len(self.line[bar.end() :].split()) >= _SENTENCE and not any(map(str.isdigit, bar.group()))
            return bar.end() if known and (sure or self.region) and sentence else None
        colon = _COLON.match(self.line, self.position)
        if colon is not None:
            small = not capitals and self.line[colon.end() : colon.end() + 1].islower()
            return colon.end() if (known or sure) and not small else None
        stop = _STOP.match(self.line, self.position)
        if stop is None:
            return None
        if stop.end() == len(self.line):
            return stop.end() if sure or (known and capitals) else None
        return stop.end() if self._stops(stop, sure=sure or known or (capitals and self.region)) else None

    def _opens_sentence(self, position: int, *, capitals: bool) -> bool:
        """Whether a dash ends a dateline, and does not begin an aside ("Egypt - a mediator - said")."""
        after = self.line[position:]
        return not after[:1].islower() and (capitals or self.region or not re.search(r"\s[—–-]{1,2}\s", after))

    def _stops(self, stop: re.Match[str], *, sure: bool) -> bool:
        """Whether a full stop or a closing bracket is the end of the dateline."""
        if self.line[stop.end()].islower():
            return False
        if stop.group().startswith("."):
            return sure
        if self.agency is not None and self.date is not None and self.date.year is not None:
            return True
        return (self.agency is not None or self.date is not None) and self.line[self.position - 1] in ")/"


@cache
def _day_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:[,;:]?\s*|\.\s+|\s+[–-]\s+)(?:today,?\s+)?{weekday_and_day()}(?!\d)(?=\s*[,.(/:–—-]|\s*$|(?<=/\d{{4}})\s+[^\W\d_])",
        re.IGNORECASE,
    )


@cache
def _bracketed_day() -> re.Pattern[str]:
    return re.compile(rf",?\s*\({weekday_and_day()}\)", re.IGNORECASE)


@cache
def _day_at_end() -> re.Pattern[str]:
    return re.compile(rf"\s*[,/–—-]\s*{weekday_and_day()}$", re.IGNORECASE)


@cache
def _opening_day() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<open>\()?{weekday_and_day()}(?P<close>\))?"
        rf"(?P<mark>\s*[:—]|\s+(?:–|--?)(?=\s))?\s*(?=[\"“]?[^\W\d_])",
        re.IGNORECASE,
    )


@cache
def _hijri() -> re.Pattern[str]:
    months_there = alternatives(furniture("hijri_months"))
    return re.compile(
        rf",?\s+(?:(?:{months_there})\s+\d\d?,?|\d\d?\s+(?:{months_there}),?)\s+1[34]\d\d(?:\s?(?:H|AH))?(?:(?=,)|\s?/)",
        re.IGNORECASE,
    )


@cache
def _day_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{day_forms()})(?!\d)(?:\s*[,:–—-])?\s+(?=[^\W\d_])", re.IGNORECASE)


def normal_case(words: str) -> str:
    """A name in capitals as it is written elsewhere; any other name unchanged."""
    if not words.isupper():
        return words
    parts = re.split(r"([ '’-])", words.lower())
    kept = [
        part if index and _stays_small(part, parts[index - 1]) else part[:1].upper() + part[1:]
        for index, part in enumerate(parts)
    ]
    return "".join(kept)


def _stays_small(part: str, sign: str) -> bool:
    """Whether a part of a name is written small: "of", the "s" of "St George's"."""
    return (part in _SMALL and sign in " -") or (part == "s" and sign in "'’")
