"""Items to summits: "the 2025 G7 summit", "the margins of the UN General Assembly", "at APEC"; "the summit" again.

A "bilateral summit" or "summit talks" name no gathering and stay words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.extract.among import says
from kg.extract.edition import Gathering, dated, number_in, year_in
from kg.extract.item import NO_KEYS, Item, Symbol
from kg.extract.lexicon import Lexicon, plain_words
from kg.extract.placing import town_in_name, town_of
from kg.extract.rewrite import Cascade, Made, Match
from kg.extract.unlisted import find_unlisted
from kg.lexicon.gazetteer import Keys, Kind

_PATTERNS: Final = {
    "named": (
        "year=(0|T)? w? series=(<O|S>) (‹ O ›)? <possessive|'>? "
        "(<plural|leading|adjective|also|0|w|N|t|leader_words>){0,2} '? noun=(<summit_noun>) (0)?"
    ),
    "of": "noun=(<summit_noun>) <of> <the>? (0)? <plural|leading>? (<of> <the>?)? "
    "(<N|w|common_nouns|summit_noun|adjective>{1,3} <of> <the>?)? (<plural|leading|adjective>{1,3} <of> <the>?)? "
    "series=(<O|S>)",
    "beside": "beside=(<sidelines>) <of>? <the|their|an>? year=(0|T)? (0|N|w)? series=(<O|S>)",
    "at": (
        "lead=(<at|during|to|for|attended>|w) <the>? (T <possessive|'>)? year=(0|T)? town=(L)? series=(O) "
        "after=(<in|on|,|.|T|L|and|where|–>)"
    ),
    "unlisted": ("beside=(<sidelines>) <the|an> (0|T)? name=(N) (‹ N ›)? (noun=(<gathering_noun|summit_noun>))?"),
    "unlisted-of": (
        "beside=(<sidelines>) <the|an> name=(<gathering_noun> <on|of|for> <the>? "
        "<of|on|and|for|in|N|w|A|O|the|common_nouns|adjective|sides|leading|deed>{0,7} "
        "<N|w|sides|common_nouns|adjective>)"
    ),
    "gathered": "where=(<where>) <^P|R|Q|N|,|.|;|modal_future|not>{1,6} <for|at> <the>? year=(0|T)? series=(<O|S>)",
    "edge": "<on|at|in>? <the>? year=(0|T)? series=(<O|S>) <possessive|'>? <edges>",
    "edge-again": (
        "<on|at|in> <the|that> <leading|adjective>? noun=(<gathering_noun|summit_noun>) <possessive|'> <edges>"
    ),
    "edge-its": "<on|at|in> <its> <edges>",
    "at-town": "<at|during|sidelines> <of>? <the> town=(L) <adjective>? noun=(<gathering_noun|summit_noun>)",
    "day-of": "<span_unit> <of> <the> noun=(<gathering_noun|summit_noun>)",
    "venue": "<of|in|at|by|from> <the> noun=(<gathering_noun|summit_noun>) <possessive|'>? <venue>",
    "used-named": "<used_it> <the|that|their>{0,2} year=(0|T)? series=(<O|S>) <for|to>",
    "used": "<used_it> <the> noun=(<gathering_noun|summit_noun>) <for|to>",
    "at-again": (
        "<at|during> <the> <leading|adjective>? noun=(<gathering_noun>) "
        "after=(<in|on|,|.|T|and|;|w|same_day|also|said|for>)"
    ),
    "of-body": (
        "<at|during|sidelines> <the> <adjective|w>? body=(w|<common_nouns>|<state_word>|<base_event>) <possessive|'> "
        "<adjective|leading|also|w>{0,2} noun=(<gathering_noun|summit_noun>)"
    ),
    "bare": "beside=(<sidelines>) after=(<,|.|;|P|R|T|with|also|he|in>)",
    "again": "beside=(<sidelines>) <of>? <the|that|an> <leading|adjective>{0,2} noun=(<gathering_noun|summit_noun>)",
}
_OF_ANY_SIZE: Final = frozenset({"meeting", "event", "dialogue", "retreat"})  # "at the meeting" is mostly one of two
_OF_THEIR_OWN: Final = frozenset({"forum", "conference", "expo", "dialogue"})
_NO_SUMMITS: Final = frozenset({Kind.COUNTRY, Kind.TOWN})
_WISHED: Final = 6  # words between a wish and its occasion
_LONG: Final = 3  # words of a gathering that is called by what it is for: "Conference on Rivers"
_ASIDE: Final = frozenset({"for", "as part of", "alongside", "ahead of"})
_TAKING_PART: Final = frozenset({"attending", "hosting", "opening of"})


class GatheringFinder:
    """The summit patterns of one lexicon."""

    __slots__ = ("_first", "_last", "_lexicon", "beside")

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile the patterns once."""
        letters = lexicon.alphabet.by_class
        self._lexicon = lexicon
        self.beside = letters["sidelines"] | letters["edges"] | letters["gathering_noun"]
        first = ("named", "of", "edge", "edge-again", "gathered", "used-named", "beside")
        last = (
            "at", "unlisted-of", "unlisted", "edge-its", "at-town", "day-of", "venue", "used", "at-again", "again",
            "of-body", "bare",
        )  # fmt: skip
        self._first = Cascade(lexicon.alphabet, [_PATTERNS[name] for name in first])
        self._last = Cascade(lexicon.alphabet, [_PATTERNS[name] for name in last])

    def find(self, items: list[Item]) -> list[Item]:
        """The items with gatherings joined."""
        _note_assemblies(items)
        for at, item in enumerate(items):
            if Kind.SUMMIT not in item.keys or not _NO_SUMMITS.isdisjoint(item.keys):
                continue
            if at and items[at - 1].text.casefold() == "in" and item.text.istitle():
                continue  # "in Davos" is where, "at Davos" which
            if at + 1 < len(items) and items[at + 1].is_word("relations"):
                continue  # "the anniversary of ASEAN-Japan ties"
            number = _edition_before(items, at)
            if Kind.ORGANISATION not in item.keys or town_in_name(item, self._lexicon) is not None or number:
                item.symbol = Symbol.SUMMIT
                item.value = Gathering(item.keys[Kind.SUMMIT][0], number=number)
        items = self._first.run(
            items, (self._named, self._of, self._edge, self._edge_again, self._gathered, self._used, self._beside)
        )
        # what stands beside may have become a gathering where it was; its symbol is another then
        last = (
            self._at, self._unlisted, self._unlisted, self._edge_its, self._at_town, self._again_here, self._again_here,
            self._again_here, self._at_again, self._again, self._of_body, self._bare,
        )  # fmt: skip
        return dated(find_unlisted(_without_short_forms(_of_one(self._last.run(items, last)))))

    def _made(self, match: Match, first: int, stop: int, gathering: Gathering) -> Made:
        begin = match.items[first]
        end = match.items[stop - 1]
        keys = match.slot("series")[0].keys if match.slot("series") else NO_KEYS
        made = Item(Symbol.SUMMIT, f"{begin.text} {end.text}", begin.begin, end.end, keys=keys, value=gathering)
        made.initial = begin.initial
        return Made(made, stop)

    def _series(self, match: Match) -> str | None:
        keys = match.slot("series")[0].keys
        return keys[Kind.SUMMIT][0] if Kind.SUMMIT in keys else None

    def _told(self, match: Match, series: str, *, beside: bool = False) -> Gathering:
        """The gathering with what the words say of its edition: a year, a number, a town."""
        known = match.slot("series")[0].value
        items = match.items[match.found.start() : match.found.end()]
        town = match.one("town", "L") if "town" in match.slots else None
        return Gathering(
            series,
            year=(year_in(match.slot("year")) if match.has("year") else None)
            or (known.year if isinstance(known, Gathering) else None),
            number=number_in(items) or (known.number if isinstance(known, Gathering) else None),
            town=town_of(town, self._lexicon) if town is not None else None,
            noun=match.slot("noun")[0].text.casefold() if match.slot("noun") else None,
            beside=beside,
        )

    def _named(self, match: Match) -> Made | None:
        series = self._series(match)
        noun = match.slot("noun")[0].text.casefold()
        if series is None or (noun in {"talks", "council", "week"} and match.slot("series")[0].symbol != Symbol.SUMMIT):
            return None
        if noun in _OF_THEIR_OWN and _is_branded(match):
            return None
        return self._made(match, match.found.start(), match.found.end(), self._told(match, series))

    def _of(self, match: Match) -> Made | None:
        series = self._series(match)
        if series is None or match.slot("noun")[0].text.casefold() in {"talks", "week", "council"}:
            return None
        return self._made(match, match.found.start(), match.found.end(), self._told(match, series))

    def _beside(self, match: Match) -> Made | None:
        series = self._series(match)
        beside = match.slot("beside")[0].text.casefold()
        if series is None or beside in _ASIDE:
            return None
        if beside in _TAKING_PART and _is_object(match):
            return None
        named = match.slot("series")[0]
        if beside in {"during", *_TAKING_PART} and named.symbol != Symbol.SUMMIT:
            after = match.items[match.found.end()] if match.found.end() < len(match.items) else None
            if after is not None and after.symbol in "wtN":
                return None
        gathering = self._told(match, series, beside=True)
        if beside in _TAKING_PART:  # a verb of its own: it stays
            if named.symbol != Symbol.SUMMIT:
                named.symbol, named.value = Symbol.SUMMIT, gathering
            return None
        return self._made(match, match.index("beside") + 1, match.found.end(), gathering)

    def _unlisted(self, match: Match) -> Made | None:
        """ "On the sidelines of the Arctic Shores conference": a gathering in no list, by its name."""
        beside = match.slot("beside")[0].text.casefold()
        if beside.split()[-1] not in {"of", "sidelines", "margins", "alongside"}:
            return None
        start = match.found.start()
        if beside == "on the occasion of" and says(match.items[max(0, start - _WISHED) : start], "wishing_well"):
            return None  # "congratulated him on the occasion of the festival"
        parts = list(match.slot("name"))
        noun = match.slot("noun") if "noun" in match.slots else ()
        if len(parts) == 1 and " " not in parts[0].text and not noun:
            return None
        if "noun" not in match.slots:
            while parts and not parts[-1].text[0].isupper():
                parts.pop()
            if len(parts) < _LONG or not parts[0].text[0].isupper():
                return None
        parts += [part for part in noun if part.text[0].isupper()]
        year = year_in(match.slot("year")) if match.has("year") else None
        gathering = Gathering(" ".join(part.text for part in parts), year=year, beside=True)
        stop = match.index("name") + len(parts) if "noun" not in match.slots else match.found.end()
        return self._made(match, match.index("beside") + 1, stop, gathering)

    def _edge(self, match: Match) -> Made | None:
        """ "On the NATO summit's margins"."""
        series = self._series(match)
        if series is None:
            return None
        return self._made(match, match.index("series"), match.found.end(), self._told(match, series, beside=True))

    def _edge_again(self, match: Match) -> Made | None:
        """ "On the summit's margins"."""
        return self._made(match, match.index("noun"), match.found.end(), _again(match))

    def _edge_its(self, match: Match) -> Made | None:
        """ "On its margins"."""
        return self._made(match, match.found.start() + 1, match.found.end(), Gathering(None, beside=True))

    def _gathered(self, match: Match) -> Made | None:
        """ "In Apia, where leaders are gathered for the Pacific Islands Forum": who is met there is met beside it."""
        series = self._series(match)
        words = {item.text.casefold() for item in match.items[match.found.start() : match.index("series")]}
        if series is None or words.isdisjoint(plain_words("come_together")):
            return None
        return self._made(match, match.found.start(), match.found.end(), self._told(match, series, beside=True))

    def _used(self, match: Match) -> Made | None:
        """ "Used the General Assembly to": whom they then meet they meet beside it."""
        series, at = self._series(match), match.index("series")
        return self._made(match, at, at + 1, self._told(match, series, beside=True)) if series is not None else None

    def _at(self, match: Match) -> Made | None:
        series = self._series(match)
        before = match.items[match.found.start() - 1] if match.found.start() else None
        if series is None or (before is not None and before.text.casefold() in plain_words("bound_to")):
            return None
        lead = match.slot("lead")[0]
        if lead.text.casefold() == "for" and not (before is not None and _is_where(before)):
            return None
        if (
            lead.text.casefold() in {"to", "for"}
            and self._lexicon.world.organisations[match.slot("series")[0].keys[Kind.ORGANISATION][0]].kind != "forum"
        ):
            return None  # "complained to the European Union, the African Union and the press"
        if (lead.symbol == "w" or lead.is_word("attended")) and lead.text.casefold() not in plain_words("to_attend"):
            return None
        at = match.index("series")
        first = match.index("town") if match.has("town") else at
        return self._made(match, first, at + 1, self._told(match, series, beside=True))

    def _at_town(self, match: Match) -> Made | None:
        """ "At the Munich conference", "the Kazan summit": a gathering by its town."""
        if match.slot("noun")[0].text.casefold() in {"talks", "council", "week", "meeting", "meetings", "session"}:
            return None
        town = town_of(match.slot("town")[0], self._lexicon)
        gathering = Gathering(None, town=town, noun=match.slot("noun")[0].text.casefold(), beside=True)
        return self._made(match, match.index("town"), match.found.end(), gathering)

    def _again_here(self, match: Match) -> Made | None:
        """ "The opening day of the summit", "a corridor of the summit venue", "used the gathering for"."""
        if match.slot("noun")[0].text.casefold() in {"talks", "council", "week"}:
            return None
        noun = match.index("noun")
        stop = noun + 1 if match.items[match.found.end() - 1].is_word("for", "to") else match.found.end()
        return self._made(match, noun - 1, stop, _again(match))

    def _at_again(self, match: Match) -> Made | None:
        """ "At the summit" behind what was told to have been there."""
        noun = match.slot("noun")[0].text.casefold()
        if noun in _OF_ANY_SIZE:
            return None
        return self._made(match, match.found.start() + 1, match.index("noun") + 1, Gathering(None, noun=noun))

    def _again(self, match: Match) -> Made | None:
        beside = match.slot("beside")[0].text.casefold()
        if beside in {"during", *_ASIDE, *_TAKING_PART} and match.slot("noun")[0].text.casefold() != "summit":
            return None
        if _opens_name(match):
            return None
        return self._made(match, match.index("beside") + 1, match.found.end(), _again(match))

    def _of_body(self, match: Match) -> Made | None:
        """ "At the regional body's emergency summit": the gathering told of before."""
        if match.slot("body")[0].text.casefold() not in plain_words("bodies_told_of"):
            return None
        gathering = replace(_again(match), of_body=True)
        return self._made(match, match.index("body"), match.found.end(), gathering)

    def _bare(self, match: Match) -> Made | None:
        """ "Also on the sidelines, he met"."""
        if match.slot("beside")[0].text.casefold() not in {"on the sidelines", "on the margins"}:
            return None
        at = match.index("beside")
        return self._made(match, at, at + 1, Gathering(None, beside=True))


def _is_where(item: Item) -> bool:
    """Whether the words before "for the forum" say where somebody is: "in Lima", "here", "in the Chinese capital"."""
    return item.symbol in "LC" or item.text.casefold() in plain_words("here")


def _without_short_forms(items: list[Item]) -> list[Item]:
    """The items; "(COP16)" behind the full name of a gathering is that one, whatever else is called so."""
    for at, item in enumerate(items[:-1]):
        if item.symbol != Symbol.SUMMIT or not at or items[at - 1].symbol != "‹" or items[at + 1].symbol != "›":
            continue
        named = next((each for each in reversed(items[: at - 1]) if each.symbol in {Symbol.SUMMIT, ",", ";"}), None)
        if named is not None and isinstance(named.value, Gathering) and named.value.series:
            item.value = replace(named.value, beside=False)
    return items


def _edition_before(items: Sequence[Item], at: int) -> int | None:
    """The number before the name of a body, of which no noun follows: "the seventh TICAD" is a gathering."""
    following = items[at + 1] if at + 1 < len(items) else None
    if following is not None and following.symbol in "wtNPR(" and not following.is_word("in", "on", "at"):
        return None
    return number_in(items[at - 1 : at]) if at else None


def _is_branded(match: Match) -> bool:
    """Whether names stand between a body and the noun: "the Caricom Agri Forum" is a fair, not the body's summit."""
    between = match.items[match.index("series") + 1 : match.index("noun")]
    return any(item.symbol in "wN" and item.text[0].isupper() and len(item.text) > 1 for item in between)


def _opens_name(match: Match) -> bool:
    """Whether the noun is one of a name that goes on: "the Ministerial Forum for Rivers"."""
    noun, behind = match.slot("noun")[0], match.items[match.found.end() : match.found.end() + 1]
    before = match.items[match.index("noun") - 1]
    capitals = noun.text[0].isupper() and before.text[0].isupper()
    return capitals and bool(behind) and behind[0].text in {"for", "on", "of"}


def _is_object(match: Match) -> bool:
    """Whether taking part is only what somebody spoke of: "congratulated him on hosting the summit"."""
    before = match.items[match.found.start() - 1] if match.found.start() else None
    return before is not None and before.text.casefold() in {"on", "for", "of", "by", "about", "to"}


def _note_assemblies(items: Sequence[Item]) -> None:
    """Let "the general assembly" be that of the United Nations, "the General Assembly of that club" be none."""
    for at, item in enumerate(items):
        if item.text.casefold() != "general assembly" or Kind.SUMMIT not in item.keys:
            continue
        behind = next((i for i in items[at + 2 :] if not i.is_word("the", "an", "that")), None)
        owned = at + 1 < len(items) and items[at + 1].is_word("of") and behind is not None
        if owned and behind is not None and Kind.ORGANISATION not in behind.keys:
            item.keys = Keys({kind: keys for kind, keys in item.keys.items() if kind is not Kind.SUMMIT})
        elif item.symbol == Symbol.WORD and at and items[at - 1].is_word("the"):
            item.symbol = Symbol.ORGANISATION


def _of_one(items: list[Item]) -> list[Item]:
    """The items with "the 35th ordinary session" and "of the Assembly of the African Union" made one gathering."""
    for at in range(len(items) - 2, 0, -1):
        one = items[at - 1].value
        if not isinstance(one, Gathering) or not items[at].is_word("of"):
            continue
        last = at + 1 + items[at + 1].is_word("the")
        other = items[last].value if last < len(items) else None
        if not isinstance(other, Gathering):
            continue
        if one.series is None and other.series is not None:
            items[last].value = replace(other, beside=one.beside or other.beside)
            items[last].begin, items[last].text = items[at - 1].begin, f"{items[at - 1].text} {items[last].text}"
            del items[at - 1 : last]
    return items


def _again(match: Match) -> Gathering:
    """The gathering told of before, by the noun that it is called by here."""
    return Gathering(None, noun=match.slot("noun")[0].text.casefold(), beside=True)


__all__ = ["Gathering", "GatheringFinder"]
