"""Items to summits: "the 2025 G7 summit", "the margins of the UN General Assembly", "at APEC"; "the summit" again.

A "bilateral summit" or "summit talks" name no gathering and stay words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.extract.item import Item, Symbol
from kg.extract.lexicon import Lexicon
from kg.extract.rewrite import Made, Match, rewrite
from kg.lexicon.gazetteer import Kind

_PATTERNS: Final = {
    "named": (
        "year=(0|T)? w? series=(<O|S>) (‹ O ›)? <possessive|'>? (<plural|leading|adjective|also|0|w|N|t|leader_words>){0,2} '? "
        "noun=(<summit_noun>) (0)?"
    ),
    "of": "noun=(<summit_noun>) <of> <the>? <plural|leading>? (<of> <the>?)? series=(<O|S>)",
    "beside": "beside=(<sidelines>) <of>? <the|their|an>? year=(0|T)? (0|N|w)? series=(<O|S>)",
    "at": "<at|during|to> <the>? year=(0|T)? series=(O) after=(<in|on|,|.|T|L|and|where|–>)",
    "again": "beside=(<sidelines>) <of>? <the|that|an> <leading|adjective>? noun=(<gathering_noun|summit_noun>)",
}


@dataclass(frozen=True, slots=True)
class Gathering:
    """A summit as one place of the text names it; ``series`` is ``None`` where it only says "the summit"."""

    series: str | None
    year: int | None


def _year(match: Match) -> int | None:
    items = match.slot("year")
    text = items[0].text if items else ""
    return int(text) if len(text) == 4 and text.isdigit() and text.startswith(("19", "20")) else None


class GatheringFinder:
    """The summit patterns of one lexicon."""

    __slots__ = ("letters", "patterns")

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile the patterns once."""
        self.letters = lexicon.alphabet.by_class
        self.patterns: dict[str, re.Pattern[str]] = {
            name: lexicon.alphabet.compile(pattern) for name, pattern in _PATTERNS.items()
        }

    def find(self, items: list[Item]) -> list[Item]:
        """The items with gatherings joined."""
        for item in items:
            if Kind.SUMMIT in item.keys and not {Kind.ORGANISATION, Kind.COUNTRY, Kind.TOWN} & item.keys.keys():
                item.symbol = Symbol.SUMMIT
                item.value = Gathering(item.keys[Kind.SUMMIT][0], None)
        items = rewrite(items, self.patterns["named"], "OS", self._named)
        items = rewrite(items, self.patterns["of"], "OS", self._of)
        items = rewrite(items, self.patterns["beside"], self.letters["sidelines"], self._beside)
        items = rewrite(items, self.patterns["at"], "O", self._at)
        return rewrite(items, self.patterns["again"], self.letters["sidelines"], self._again)

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
        at = match.index("beside") + 1
        return self._made(match, at, match.found.end(), Gathering(series, _year(match)))

    def _at(self, match: Match) -> Made | None:
        series = self._series(match)
        if series is None:
            return None
        at = match.index("series")
        return self._made(match, at, at + 1, Gathering(series, _year(match)))

    def _again(self, match: Match) -> Made | None:
        if match.slot("beside")[0].text.casefold() in {
            "for",
            "as part of",
            "alongside",
            "ahead of",
            "during",
            "hosting",
            "attending",
        } and match.slot("noun")[0].text.casefold() not in {"summit"}:
            return None
        at = match.index("beside") + 1
        return self._made(match, at, match.found.end(), Gathering(None, None))
