"""Text to the lengths of time it states, as ISO 8601; ages and distances in time are none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.extract.time.vocabulary import any_of, hedge_pattern, number, number_pattern, number_words, units
from kg.extract.time.words import Word, word_before, words_between

_UNIT = re.compile(r"(?i:(?:second|sec|minute|min|hour|hr|day|week|month|year|yr)s?(?:long)?)")
_WORDS_KEPT = 1 << 14
_LETTER = {"second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "month": "M", "year": "Y"}
_HALVES = {"hour": "T30M", "minute": "T30S", "day": "T12H", "year": "6M"}
_ORDER = ("year", "month", "week", "day", "hour", "minute", "second")
_BACK = 48  # characters before a unit in which its number stands
_NO_LENGTH = re.compile(
    r"\s+(?:ago|after|later|earlier|before|since|older|younger|old|from\s+now|into|on|time|of\s+age|prior|away)\b|['’]?-old\b|\s+anniversary"
    r"|-anniversary"
)
_NO_BEGIN = re.compile(
    r"(?i:\b(?:last|past|next|coming|previous|first|within|every|in|recent|after|another|at|aged?)\s+)\Z"
)
_ONE = re.compile(r"(?i:a|an|one)\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """Characters ``begin`` to ``end`` of an article that say how long something lasted, as ``xsd:duration``."""

    begin: int
    end: int
    text: str
    iso: str
    approximate: bool = False


@lru_cache(maxsize=_WORDS_KEPT)
def measures_time(word: str) -> bool:
    """Whether the word is a unit of time."""
    return _UNIT.fullmatch(word) is not None


def find_durations(text: str, begin: int, end: int, words: Iterable[Word] | None = None) -> list[Duration]:
    """The durations between two offsets of a text, in its order, none inside another.

    ``words`` are those there that may be units of time, if that is known.
    """
    found: list[Duration] = []
    position = begin
    for start, word in words_between(text, begin, end) if words is None else words:
        if start < position or not measures_time(word):
            continue
        stop = start + len(word)
        if not (_counts(word_before(text, position, start)) or "long" in text[start : stop + 5].lower()):
            continue
        match = _pattern().search(text, max(position, start - _BACK), min(end, stop + _BACK))
        duration = _read(match, start) if match else None
        if duration is not None:
            found.append(duration)
            position = duration.end
    return found


@lru_cache(maxsize=_WORDS_KEPT)
def _counts(word: str) -> bool:
    """Whether a number, or "half", may end with the word."""
    return not word.isascii() or word[-1:].isdecimal() or word.lower() in {"half", "of", *number_words()}


@cache
def _pattern() -> re.Pattern[str]:
    count = number_pattern()
    unit = any_of(units())
    hedge = rf"(?:(?P<hedge>{hedge_pattern()})\s+)?"
    return re.compile(
        rf"""(?i:(?<![\w.,-]){hedge}(?:
            (?P<half_of>half\s+an?|half\s+a|a\s+half)[\s-]+(?P<u0>hour|day)\b(?!-(?!long))(?:-long\b)?
          | (?P<quarters>three[\s-]quarters|(?:a\s+)?quarter)\s+of\s+an\s+(?P<u4>hour)\b
          | (?P<half_hour>half)-(?P<u5>hour|day)\b(?:-long\b)?
          | (?P<n1>{count})[\s-]and[\s-]a[\s-]half[\s-](?P<u1>{unit})s?\b(?:-long\b)?
          | (?P<n2>{count}|\d{{1,3}}\.\d)[\s-](?P<u2>{unit})s?\b(?:-long\b|\s+long\b)?
              (?:\s+(?P<plus_half>and\s+a\s+half)\b|\s+(?:and\s+)?(?P<n3>{count})\s+(?P<u3>minute|second|hour|month|day)s?\b)?
          | (?P<u6>hour|day|week|month|year)-?long\b
        ))""",
        re.VERBOSE,
    )


def _read(match: re.Match[str], unit: int) -> Duration | None:
    if not match.start() <= unit < match.end():
        return None
    text, begin, end = match.string, match.start(), match.end()
    if _NO_LENGTH.match(text, end):
        return None
    if _NO_BEGIN.search(text, max(0, begin - 12), begin) and not text.startswith(" of ", end):
        return None
    iso = _iso(match)
    if iso is None:
        return None
    approximate = match["hedge"] is not None and match["hedge"].lower() not in {"just", "only"}
    return Duration(begin=begin, end=end, text=text[begin:end], iso=iso, approximate=approximate)


def _iso(match: re.Match[str]) -> str | None:
    if match["half_of"] or match["half_hour"]:
        return "PT30M" if (match["u0"] or match["u5"]).lower() == "hour" else "PT12H"
    if match["quarters"]:
        return "PT45M" if match["quarters"].lower().startswith("three") else "PT15M"
    if match["u6"]:
        return _length(1, _unit(match["u6"]))
    if match["n1"]:
        return _length(number(match["n1"]), _unit(match["u1"]), half=True)
    return _counted(match)


def _counted(match: re.Match[str]) -> str | None:
    unit = _unit(match["u2"])
    if _ONE.match(match["n2"]) and match["n2"].lower() != "one" and unit not in {"hour", "minute"}:
        return None
    if "." in match["n2"]:
        whole, tenth = match["n2"].split(".")
        if tenth not in {"0", "5"}:
            return f"PT{int(whole) * 60 + int(tenth) * 6}M" if unit == "hour" else None
        return _length(int(whole), unit, half=tenth == "5")
    length = _length(number(match["n2"]), unit, half=match["plus_half"] is not None)
    if length is None or match["n3"] is None:
        return length
    smaller = _unit(match["u3"])
    more = _length(number(match["n3"]), smaller)
    falls = unit in _ORDER and smaller in _ORDER[_ORDER.index(unit) + 1 :]
    return _joined(length, more) if more and falls else None


def _joined(length: str, more: str) -> str:
    """Two lengths as one: the parts of a day stand behind one T."""
    if "T" in length and "T" in more:
        return length + more.removeprefix("PT")
    return length + more.removeprefix("P")


def _length(count: int | None, unit: str, *, half: bool = False) -> str | None:
    """``P14D`` for two weeks: XML Schema's durations know no weeks."""
    if not count:
        return None
    if unit == "week":
        return f"P{count * 7 + 3}DT12H" if half else f"P{count * 7}D"
    if unit not in _LETTER or (half and unit not in _HALVES):
        return None
    body = f"{count}{_LETTER[unit]}"
    prefix = "PT" if unit in {"second", "minute", "hour"} else "P"
    more = _HALVES[unit] if half else ""
    return prefix + body + (more.removeprefix("T") if prefix == "PT" else more)


def _unit(words: str) -> str:
    return units().get(words.lower(), "")
