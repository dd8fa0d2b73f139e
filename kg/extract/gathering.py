"""Items to summits: "the 2025 G7 summit", "the margins of the UN General Assembly", "at APEC"; "the summit" again.

A "bilateral summit" or "summit talks" name no gathering and stay words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.extract.item import Item, Symbol
from kg.extract.lexicon import Lexicon
from kg.extract.rewrite import Cascade, Made, Match
from kg.extract.time import TimeExpression
from kg.lexicon.gazetteer import Kind

_PATTERNS: Final = {
    "named": (
        "year=(0|T)? w? series=(<O|S>) (‹ O ›)? <possessive|'>? "
        "(<plural|leading|adjective|also|0|w|N|t|leader_words>){0,2} '? noun=(<summit_noun>) (0)?"
    ),
    "of": "noun=(<summit_noun>) <of> <the>? <plural|leading>? (<of> <the>?)? "
    "(<N|w|common_nouns|summit_noun|adjective>{1,3} <of> <the>?)? (<plural|leading|adjective>{1,3} <of> <the>?)? "
    "series=(<O|S>)",
    "beside": "beside=(<sidelines>) <of>? <the|their|an>? year=(0|T)? (0|N|w)? series=(<O|S>)",
    "at": "<at|during|to> <the>? year=(0|T)? series=(O) after=(<in|on|,|.|T|L|and|where|–>)",
    "unlisted": ("beside=(<sidelines>) <the|an> (0|T)? name=(N) (‹ N ›)? (noun=(<gathering_noun|summit_noun>))?"),
    "unlisted-of": (
        "beside=(<sidelines>) <the|an> name=(<gathering_noun> <on|of|for> <the>? (N|w|A) "
        "<of|on|and|for|N|w|A|the|common_nouns|adjective>{0,6} N)"
    ),
    "edge": "<on|at|in>? <the>? year=(0|T)? series=(<O|S>) <possessive|'>? <edges>",
    "edge-again": (
        "<on|at|in> <the|that> <leading|adjective>? noun=(<gathering_noun|summit_noun>) <possessive|'> <edges>"
    ),
    "at-again": "<at|during> <the> <leading|adjective>? noun=(<gathering_noun>) after=(<in|on|,|.|T|and|;|w|same_day>)",
    "again": "beside=(<sidelines>) <of>? <the|that|an> <leading|adjective>? noun=(<gathering_noun|summit_noun>)",
}
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NUMBERED: Final = re.compile(r"COP-?(\d\d?)")
_OPENING: Final = 3
_COMMON: Final = frozenset({"meeting", "event", "conference", "dialogue", "congress"})
_AFTER_THE_GAP: Final = 26


@dataclass(frozen=True, slots=True)
class Gathering:
    """A summit as one place of the text names it; ``series`` is ``None`` where it only says "the summit"."""

    series: str | None
    year: int | None


def _year(match: Match) -> int | None:
    items = match.slot("year")
    text = items[0].text if items else ""
    return int(text) if len(text) == 4 and text.isdigit() and text.startswith(("19", "20")) else None


def _year_of(item: Item) -> int | None:
    """The year that an item states: "2023", "November 2024"."""
    if isinstance(item.value, TimeExpression):
        return item.value.year
    return int(item.text) if _YEAR.fullmatch(item.text) else None


def _dated(items: list[Item]) -> list[Item]:
    """The items with the year beside a gathering's name taken into it: "2023 BRICS summit", "APEC 2022"."""
    result: list[Item] = []
    skip = -1
    for at, item in enumerate(items):
        if at == skip:
            continue
        following = items[at + 1] if at + 1 < len(items) else None
        named = item.symbol == Symbol.ORGANISATION and Kind.SUMMIT in item.keys
        if named and following is not None and _YEAR.fullmatch(following.text):
            item.symbol, item.value = Symbol.SUMMIT, Gathering(item.keys[Kind.SUMMIT][0], None)
        known = item.value
        if item.symbol == Symbol.SUMMIT and isinstance(known, Gathering) and known.series and known.year is None:
            if following is not None and _YEAR.fullmatch(following.text):
                item.value, item.end, skip = Gathering(known.series, int(following.text)), following.end, at + 1
            elif result and _YEAR.fullmatch(result[-1].text):
                item.value, item.begin = Gathering(known.series, int(result[-1].text)), result.pop().begin
            else:
                item.value = Gathering(known.series, _year_behind(items, at) or _year_of_number(item.text))
        result.append(item)
    return result


def _year_behind(items: list[Item], at: int) -> int | None:
    """The year told right behind the name, a place perhaps between: "the summit in Lima in November 2024"."""
    for item in items[at + 1 : at + 6]:
        if item.symbol == Symbol.TIME:
            return _year_of(item)
        if item.symbol not in "LN," and not item.is_word("in", "at", "on"):
            return None
    return None


def _year_of_number(name: str) -> int | None:
    """The year of a numbered climate conference: one a year from 1995 on, none in 2020."""
    found = _NUMBERED.fullmatch(name.rsplit(maxsplit=1)[-1])
    number = int(found[1]) if found else 0
    return number + (1994 if number < _AFTER_THE_GAP else 1995) if number else None


class GatheringFinder:
    """The summit patterns of one lexicon."""

    __slots__ = ("_first", "_last", "beside")

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile the patterns once."""
        letters = lexicon.alphabet.by_class
        self.beside = frozenset(letters["sidelines"] + letters["edges"] + letters["gathering_noun"])
        first = ("named", "of", "edge", "edge-again", "beside")
        last = ("at", "unlisted-of", "unlisted", "at-again", "again")
        self._first = Cascade(lexicon.alphabet, [_PATTERNS[name] for name in first])
        self._last = Cascade(lexicon.alphabet, [_PATTERNS[name] for name in last])

    def find(self, items: list[Item]) -> list[Item]:
        """The items with gatherings joined."""
        for at, item in enumerate(items):
            if at and items[at - 1].text.casefold() == "in" and item.text.istitle():
                continue  # "in Davos" is where, "at Davos" which
            if Kind.SUMMIT in item.keys and not {Kind.ORGANISATION, Kind.COUNTRY, Kind.TOWN} & item.keys.keys():
                item.symbol = Symbol.SUMMIT
                item.value = Gathering(item.keys[Kind.SUMMIT][0], None)
        items = self._first.run(items, (self._named, self._of, self._edge, self._edge_again, self._beside))
        # what stands beside may have become a gathering where it was; its symbol is another then
        last = (self._at, self._unlisted, self._unlisted, self._at_again, self._again)
        return _dated(self._last.run(items, last))

    def _made(self, match: Match, first: int, stop: int, gathering: Gathering) -> Made:
        begin = match.items[first]
        end = match.items[stop - 1]
        keys = match.slot("series")[0].keys if match.slot("series") else {}
        made = Item(Symbol.SUMMIT, f"{begin.text} {end.text}", begin.begin, end.end, keys=keys, value=gathering)
        made.initial = begin.initial
        return Made(made, stop)

    def _series(self, match: Match) -> str | None:
        keys = match.slot("series")[0].keys
        return keys[Kind.SUMMIT][0] if Kind.SUMMIT in keys else None

    def _named(self, match: Match) -> Made | None:
        series = self._series(match)
        noun = match.slot("noun")[0].text.casefold()
        if series is None or (noun in {"talks", "council", "week"} and match.slot("series")[0].symbol != Symbol.SUMMIT):
            return None
        return self._made(match, match.found.start(), match.found.end(), Gathering(series, _year(match)))

    def _of(self, match: Match) -> Made | None:
        series = self._series(match)
        if series is None or match.slot("noun")[0].text.casefold() in {"talks", "week", "council"}:
            return None
        return self._made(match, match.found.start(), match.found.end(), Gathering(series, None))

    def _beside(self, match: Match) -> Made | None:
        series = self._series(match)
        beside = match.slot("beside")[0]
        if series is None or beside.text.casefold() in {"for", "as part of", "alongside", "ahead of"}:
            return None
        if (
            beside.text.casefold() in {"during", "attending", "hosting", "opening of"}
            and match.slot("series")[0].symbol != Symbol.SUMMIT
        ):
            after = match.items[match.found.end()] if match.found.end() < len(match.items) else None
            if after is not None and after.symbol in "wtN":
                return None
        if beside.text.casefold() in {"attending", "hosting", "opening of"}:  # a verb of its own: it stays
            named = match.slot("series")[0]
            if named.symbol != Symbol.SUMMIT:
                named.symbol, named.value = Symbol.SUMMIT, Gathering(series, _year(match))
            return None
        at = match.index("beside") + 1
        return self._made(match, at, match.found.end(), Gathering(series, _year(match)))

    def _unlisted(self, match: Match) -> Made | None:
        """ "On the sidelines of the Arctic Shores conference": a gathering in no list, by its name."""
        if match.slot("beside")[0].text.casefold().split()[-1] not in {"of", "sidelines", "margins", "alongside"}:
            return None
        parts = match.slot("name")
        if len(parts) == 1 and " " not in parts[0].text and not match.has("noun"):
            return None
        name = " ".join(part.text for part in parts)
        gathering = Gathering(name, _year(match) if match.has("year") else None)
        at = match.index("beside") + 1
        return self._made(match, at, match.found.end(), gathering)

    def _edge(self, match: Match) -> Made | None:
        """ "On the NATO summit's margins"."""
        series = self._series(match)
        if series is None:
            return None
        at = match.index("series")
        return self._made(match, at, match.found.end(), Gathering(series, _year(match)))

    def _edge_again(self, match: Match) -> Made | None:
        """ "On the summit's margins"."""
        return self._made(match, match.index("noun"), match.found.end(), Gathering(None, None))

    def _at(self, match: Match) -> Made | None:
        series = self._series(match)
        if series is None:
            return None
        at = match.index("series")
        return self._made(match, at, at + 1, Gathering(series, _year(match)))

    def _at_again(self, match: Match) -> Made | None:
        """ "At the summit" behind what was told to have been there; what opens a sentence tells of the gathering."""
        noun = match.index("noun")
        if match.found.start() < _OPENING or match.slot("noun")[0].text.casefold() in _COMMON:
            return None
        return self._made(match, match.found.start() + 1, noun + 1, Gathering(None, None))

    def _again(self, match: Match) -> Made | None:
        if (
            match.slot("beside")[0].text.casefold()
            in {
                "for",
                "as part of",
                "alongside",
                "ahead of",
                "during",
                "hosting",
                "attending",
            }
            and match.slot("noun")[0].text.casefold() != "summit"
        ):
            return None
        at = match.index("beside") + 1
        return self._made(match, at, match.found.end(), Gathering(None, None))
