"""Text to its time expressions: one pass over the words, a form is tried only where a word opens one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from kg.extract.time.build import build
from kg.extract.time.expression import TimeExpression, TimeKind
from kg.extract.time.grammar import CLOSED, forms
from kg.extract.time.vocabulary import (
    any_of,
    day_parts,
    full_names,
    hedge_pattern,
    months,
    number_pattern,
    units,
    weekdays,
)
from kg.extract.time.words import Word, word_before, words_between

_WORD = re.compile(r"\w+")
_NAMED_GROUP = re.compile(r"\(\?P<\w+>")
_BETWEEN = re.compile(r"\s*(?P<open>\()|,?\s+(?:the\s+)?")
_RARE = re.compile(
    r"\b(?:first|second|third|fourth|fifth|last|only|once|twice|times?|most|best|worst|[a-z]{2,}est)\b[^.;]*\Z"
)
_TODAY = re.compile(r"\s+(?:to\s+the\s+day|today)\b")
_FARTHEST: Final = 60  # characters before "ago" in which its number stands
_BEFORE_YEAR: Final = frozenset(
    {"in", "since", "during", "of", "from", "by", "until", "till", "before", "after", "through", "to", "late", "early"}
)
_LOOSE: Final = frozenset({"of", "from", "by", "before", "after", "to", "until", "through"})
_BEFORE_MONTH: Final = frozenset(
    {"in", "since", "during", "by", "until", "till", "through", "of", "from", "before", "after", "between", "to", "for"}
)
_BEFORE_ADJECTIVE: Final = frozenset({"the", "a", "its", "their", "his", "her", "our", "and"})
_YEAR = re.compile(r"(?P<year>(?:1[5-9]|20|21)\d\d)(?![\w%-]|[.,:]\d|\s?[–/]\d)")
_MONTH_ALONE = re.compile(r"(?P<month>\w+)\b(?P<stop>\.(?=\s+[a-z]|,))?(?!-\w|\.\w)")
_COUNTED = re.compile(
    r"\s+(?!was\b|has\b|is\b|as\b|its\b|his\b|this\b)[a-z]+s\b|\s+(?:people|men|women|children|others?)\b"
)
_MEASURED = re.compile(
    r"\s+(?:people|troops|soldiers|men|women|km|kilomet\w+|met\w+|feet|dollars|euros|tons|tonnes|jobs|homes)\b"
)
_NO_MONTH = re.compile(r"\s+(?:\d|[A-Z]\w*[a-z])")
_BEFORE_WEEKDAY: Final = frozenset({"on", "last", "next", "this", "by", "until"})
_ADJECTIVE = re.compile(r"['’]s?\b|\s+(?!on\b|for\b|against\b|in\b)[a-z]{3,}")
_STEPPING: Final = frozenset({"later", "earlier", "before", "after"})
_CLOSING: Final = frozenset({"ago", "now", *_STEPPING})
_REPEATED: Final = frozenset({"every", "each", "following", "same", "previous", "another"})


@dataclass(slots=True, eq=False)
class _Place:
    """A word in a text: where it begins, where text and last expression before it end, where the sentence ends."""

    text: str
    start: int
    word: str
    begin: int
    free: int
    end: int

    @property
    def previous(self) -> str:
        """The word before it."""
        return word_before(self.text, self.begin, self.start)


def opens_time(word: str) -> bool:
    """Whether a time expression may begin, or be found, with the word."""
    return word in _openers() or "0" <= word[0] <= "9"


def find_times(text: str, begin: int, end: int, words: Iterable[Word] | None = None) -> list[TimeExpression]:
    """The time expressions between two offsets of a text, in its order, none inside another.

    ``words`` are those there that may open one, if that is known.
    """
    bare = _bare_openers()
    found, free = [], begin
    for start, word in words_between(text, begin, end) if words is None else words:
        if start < free:
            continue
        form = bare.get(word)
        if form.match(text, start, end) is None if form is not None else not opens_time(word):
            continue
        expression = _read(_Place(text, start, word, begin, free, end))
        if expression is not None:
            found.append(expression)
            free = expression.end
    return found


@cache
def _openers() -> frozenset[str]:
    return frozenset({*forms(), *months(), *weekdays(), *_CLOSING}) - {"0"}


@cache
def _bare_openers() -> Mapping[str, re.Pattern[str]]:
    """The openers that only a form makes a time, "in", "the", "last", each with a pattern for any of its forms."""
    named = months().keys() | weekdays().keys() | _CLOSING | {"0"}
    return {
        word: re.compile("|".join(f"(?:{_NAMED_GROUP.sub('(?:', form.pattern.pattern)})" for form in opened))
        for word, opened in forms().items()
        if word not in named
    }


def _read(place: _Place) -> TimeExpression | None:
    """The expression that a word opens or ("ago" and "now") closes."""
    word = place.word
    if word in _CLOSING:
        return _counted(place)
    if "0" <= word[0] <= "9":
        return _dated(place, place.start, "0") or _year(place)
    previous = place.previous
    if previous.lower() in _REPEATED or (word == "Today" and previous[:1].isupper()):
        return None
    if word in weekdays():
        return _weekday_and_date(place) or _dated(place, place.start, word) or _short_weekday(place)
    expression = _dated(place, place.start, word) or _month(place)
    if expression is not None and expression.kind is TimeKind.WEEKDAY and expression.weekday is not None:
        return _date_after(place, expression.end, expression.weekday) or expression
    return expression


def _dated(place: _Place, start: int, word: str) -> TimeExpression | None:
    for form in forms().get(word, ()):
        match = form.pattern.match(place.text, start, place.end)
        expression = build(form.kind, match) if match else None
        if expression is not None and not _compares(place, expression):
            return expression
    return None


def _compares(place: _Place, expression: TimeExpression) -> bool:
    """Whether the words say how rare something is ("the first visit in ten years"), not when it will be."""
    if expression.kind is not TimeKind.AHEAD or expression.relation is not None:
        return False
    return _RARE.search(place.text, max(0, expression.begin - _FARTHEST), expression.begin) is not None


@cache
def _weekday_prefix() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(weekdays())})\b\.?(?:\s+(?:{day_parts()})\b)?")


def _weekday_and_date(place: _Place) -> TimeExpression | None:
    """A day of the month with its weekday ("Tuesday, June 17", "Tue (17 June)")."""
    prefix = _weekday_prefix().match(place.text, place.start, place.end)
    return _date_after(place, prefix.end(), weekdays()[place.word]) if prefix else None


def _date_after(place: _Place, after: int, weekday: int) -> TimeExpression | None:
    """The date that follows the weekday which ends at ``after``, with that weekday."""
    between = _BETWEEN.match(place.text, after, place.end)
    opener = _WORD.match(place.text, between.end(), place.end) if between else None
    if between is None or opener is None:
        return None
    inner = _dated(place, opener.start(), "0" if "0" <= opener.group()[0] <= "9" else opener.group())
    if inner is None or inner.kind not in {TimeKind.DATE, TimeKind.MONTH_DAY}:
        return None
    stop = inner.end + (between["open"] is not None and place.text.startswith(")", inner.end, place.end))
    return replace(inner, begin=place.start, end=stop, text=place.text[place.start : stop], weekday=weekday)


def _short_weekday(place: _Place) -> TimeExpression | None:
    """A shortened weekday without its full stop, where the word before leaves no doubt ("on Tue")."""
    word = place.word
    if word in full_names("weekdays") or place.previous.lower() not in _BEFORE_WEEKDAY:
        return None
    stop = place.start + len(word)
    return TimeExpression(begin=place.start, end=stop, kind=TimeKind.WEEKDAY, text=word, weekday=weekdays()[word])


def _year(place: _Place) -> TimeExpression | None:
    match = _YEAR.match(place.text, place.start, place.end)
    before = place.previous.lower()
    if match is None or before not in _BEFORE_YEAR or _MEASURED.match(place.text, match.end(), place.end):
        return None
    if before in _LOOSE and _COUNTED.match(place.text, match.end(), place.end):
        return None
    return build(TimeKind.YEAR, match)


def _month(place: _Place) -> TimeExpression | None:
    """A month alone: after a preposition, or a full name that says which one ("the June summit")."""
    match = _MONTH_ALONE.match(place.text, place.start, place.end) if place.word in months() else None
    if match is None or _NO_MONTH.match(place.text, match.end(), place.end):
        return None
    before = place.previous.lower()
    adjective = before in _BEFORE_ADJECTIVE and _ADJECTIVE.match(place.text, match.end(), place.end)
    if before in _BEFORE_MONTH or (adjective and place.word in full_names("months")):
        return build(TimeKind.MONTH, match)
    return None


@cache
def _ago_patterns() -> Mapping[str, re.Pattern[str]]:
    counted = (
        rf"\b(?:(?P<hedge>(?i:{hedge_pattern()}))\s+)?(?:(?P<count>(?i:(?:a\s+)?few|several|many|{number_pattern()}))\s+)?"
        r"(?P<unit>(?i:hour|day|week|month|year|decade))s?\s+"
    )
    return {
        "ago": re.compile(counted + r"ago(?:\s+to\s+the\s+day|\s+today)?\Z"),
        "now": re.compile(counted + r"from\s+now\Z"),
    }


def _ago(place: _Place) -> TimeExpression | None:
    """So many units "ago" or "from now", read backwards from the last word."""
    today = _TODAY.match(place.text, place.start + len(place.word), place.end) if place.word == "ago" else None
    stop = today.end() if today else place.start + len(place.word)
    match = _ago_patterns()[place.word].search(place.text, max(place.free, stop - _FARTHEST), stop)
    if match is None:
        return None
    found = build(TimeKind.AGO if place.word == "ago" else TimeKind.AHEAD, match)
    return replace(found, part="to the day") if today and found else found


def _counted(place: _Place) -> TimeExpression | None:
    """So many units before or after another time: that of the article ("ago") or the one told last ("later")."""
    if place.word not in _STEPPING:
        return _ago(place)
    return _step(place) or _dated(place, place.start, place.word)


@cache
def _steps() -> re.Pattern[str]:
    count = rf"(?P<count>(?i:{number_pattern()}))"
    units = r"(?P<unit>(?i:day|week|month|year))s?\s+"
    step = rf"(?P<step>(?:later|earlier)\b(?!\s+than\b)|(?:before|after)\b{CLOSED})"
    return re.compile(rf"\b{count}\s+{units}{step}")


def _step(place: _Place) -> TimeExpression | None:
    """So many units "later", "earlier", "before" or "after", with nothing that they would be counted from behind."""
    if place.previous.lower().removesuffix("s") not in units():
        return None
    begin = max(place.free, place.start - _FARTHEST)
    found = [m for m in _steps().finditer(place.text, begin, place.end) if m.end() == place.start + len(place.word)]
    return build(TimeKind.STEP, found[0]) if found else None
