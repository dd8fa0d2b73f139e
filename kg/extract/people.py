"""Items to persons: titles, countries, honorifics and names joined into one mention; references without a name beside."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from kg.extract.item import Item, Mention, Symbol
from kg.extract.lexicon import Lexicon
from kg.extract.pattern import symbols_of
from kg.extract.rewrite import Made, Match, cascade, step
from kg.lexicon.gazetteer import Kind
from kg.model.entity import fold

_MODS: Final = "<the|an|former|then|visiting|acting|-|future_holder>{0,4}"
_NAT: Final = "(nat=(A|C|O|L) <possessive|'>?)?"
_MID: Final = "mid=(<visiting|former|then|acting|-|future_holder>{0,4})"
_TITLES: Final = "title=(t) elect=(-? <future_holder>)? ((<and>|,|/)? (A|C|O)? <acting>? t)? ((<and>|,|/)? t)? t?"
_OF: Final = "(<of|for|to> <the>? of=(C|O|A|L|N|<common_nouns>) <chamber>?)?"
_HON: Final = "(‹ <t|N|O> ›)? <honorific|.|t|the>{0,6} (‹ <w|N> .? › )?"
_NAME: Final = "name=(P|N|<L|C|S|O> N)"

_PATTERNS: Final = {
    "counterpart": (
        "poss=(<his|their|the>|P <possessive>|C <possessive>)? mods=(<visiting|former|then|acting|an>{0,2}) "
        "(nat=(A|C|O) <possessive|'>?)? mid=(<visiting|former|then|acting>{0,2}) (title=(t))? N? mark=(<counterpart>) "
        "(<from|in|of> <the>? of=(C|O|L))? ,? (t){0,2} " + _HON + " (" + _NAME + ")?"
    ),
    "titled-long": (
        "mods=(" + _MODS + ") " + _NAT + " title=(t) , <N|w|A|and|,>{1,8} <of> <the>? of=(C) ,? " + _HON + " " + _NAME
    ),
    "apposed-long": (
        "name=(P|N) , mods=(" + _MODS + ") " + _NAT + " title=(t) , <N|w|A|and>{1,6} (<of> <the>? of=(C))? end=(,)"
    ),
    "counterpart-after": (
        "name=(P|N) , poss=(<his|their>) mods=(<visiting|former|then>{0,2}) (nat=(A|C) <possessive>?)? (title=(t))? mark=(<counterpart>) "
        "(<from|in|of> <the>? of=(C|O|L))? end=(,)?"
    ),
    "titled": (
        "whose=(<whose>)? mods=(" + _MODS + ") " + _NAT + " " + _MID + " port=(N|<common_nouns>)? " + _TITLES + " " + _OF + " ,? "
        + _HON + " " + _NAME + " (<of> <the>? post=(C|O|A))?"
    ),
    "apposed": (
        "name=(P|N|<L|C> N) ,  whose=(<whose>)? mods=(" + _MODS + ") " + _NAT + " " + _MID + " port=(N|w|<common_nouns>)? " + _TITLES + " " + _OF
        + " end=(<,|.|–|;|›|:|and|who>)"
    ),
    "bracketed": "name=(P|N) ‹ mods=(" + _MODS + ") " + _NAT + " " + _MID + " port=(N)? " + _TITLES + " " + _OF + " ›",
    "honoured": "mods=(<the>?) hon=(<honorific|.>{1,5}) name=(P|N|<L|C> N) (<of> <the>? post=(C|O))?",
    "owned": "nat=(C|A|O) (<possessive|'>|<visiting>) " + "mid=(<visiting|former|then>{0,2}) name=(P|N)",
    "demonymed": "nat=(A) name=(P)",
    "owned-after": "(P|R) ,? (<and>|,) <the>? nat=(C) <possessive|'> name=(N)",
    "owned-before": "nat=(C) <possessive|'> name=(N) ,? <and> (P|R|C <possessive|'> P)",
    "reference": (
        "mods=(<the|his|visiting|former|then|acting|both>{0,3}) " + _NAT + " " + _MID + " title=(t) "
        "(<of> <the>? of=(C|O))?"
    ),
}  # fmt: skip

# Offices that firms, clubs and churches have too: without a country beside them they name no public one.
_SHARED: Final = frozenset(
    "chairman chairperson chair chief-executive director director-general governor commissioner representative secretary "
    "commander captain general-secretary head administrator executive-director coordinator treasurer speaker mayor "
    "general director-of-institute bank-president".split()
)
_MINISTERIAL: Final = ("minister", "secretary", "cabinet secretary", "state minister")
_ROYAL: Final = frozenset("pope king queen prince princess sultan emir amir emperor shah sheikh".split())
_FIRMS: Final = frozenset(
    "group bank corp inc ltd company airlines motor motors energy party press times post club united city fc party house "
    "university institute agency council committee ministry parliament assembly national central army force forces".split()
)
_PORTFOLIO: Final = frozenset({"minister", "secretary", "envoy", "cabinet secretary", "principal secretary", "state minister", "commissioner", "spokesperson", "spokesman", "spokeswoman", "adviser", "advisor"})  # fmt: skip


def country_of(item: Item | None) -> str | None:
    """The country or organisation that an item names, as a state would be named: "Seoul" is South Korea here."""
    if item is None:
        return None
    for kind in (Kind.COUNTRY, Kind.DEMONYM, Kind.ORGANISATION, Kind.CAPITAL, Kind.METONYM, Kind.SUMMIT):
        if kind in item.keys:
            return item.keys[kind][0]
    return None


def _named(items: Sequence[Item]) -> tuple[str, tuple[str, ...], bool]:
    """Name and known bearers of a name slot; whether it is a full name."""
    last = items[-1]
    if last.mention is not None and last.mention.name:
        return last.mention.name, last.mention.known, True
    name = " ".join(item.text for item in items)
    known = last.keys.get(Kind.SHORT, ()) if len(items) == 1 else ()
    if not known and name.startswith(("Sheikh ", "Sheikha ", "Prince ", "Princess ")):
        name = name.partition(" ")[2]  # "Sheikh Nasser" is listed, "Sheikh Nasser Al Novak" is somebody else
    return name, known, " " in name


def _country(match: Match) -> str | None:
    for slot in ("of", "post", "nat"):
        items = match.slot(slot)
        country = country_of(items[0]) if items else None
        if country is not None:
            return country
    return None


class PeopleFinder:
    """The person patterns of one lexicon."""

    __slots__ = ("lexicon", "patterns", "steps")

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile the patterns once."""
        self.lexicon = lexicon
        self.patterns: Mapping[str, re.Pattern[str]] = {
            name: lexicon.alphabet.compile(pattern) for name, pattern in _PATTERNS.items()
        }
        letters = lexicon.alphabet.by_class
        steps: tuple[tuple[str, str, Callable[[Match], Made | None]], ...] = (
            ("counterpart-after", letters["counterpart"], self._counterpart_after),
            ("counterpart", letters["counterpart"], self._counterpart),
            ("titled-long", Symbol.TITLE, self._titled_long),
            ("apposed-long", Symbol.TITLE, self._apposed_long),
            ("titled", Symbol.TITLE, self._titled),
            ("apposed", Symbol.TITLE, self._apposed),
            ("bracketed", Symbol.TITLE, self._apposed),
            ("honoured", letters["honorific"], self._honoured),
            ("owned", "CAO", self._owned),
            ("demonymed", Symbol.PERSON, self._owned),
            ("reference", Symbol.TITLE, self._reference),
        )
        self.steps = tuple(step(self.patterns[name], needs, build) for name, needs, build in steps)

    def find(self, items: list[Item], text: str) -> list[Item]:
        """The items with persons and person references joined; a company's head stays what he was."""
        for item in items:
            self._entitle(item)
        items = cascade(items, self.steps)
        self._own_unlisted(items)
        for item in items:
            if item.mention is not None:
                item.text = text[item.begin : item.end]
        return items

    def _entitle(self, item: Item) -> None:
        """ "Pope Francis", "King Charles III": a listed name that begins with its own title."""
        mention = item.mention
        if item.symbol != Symbol.PERSON or mention is None or mention.titled or not mention.name:
            return
        title, _, rest = mention.name.partition(" ")
        office = self.lexicon.office(title) if fold(title) in _ROYAL else None
        if office is not None and rest:
            mention.name, mention.office, mention.office_kind, mention.titled = rest, office.label, office.kind, True

    def _own_unlisted(self, items: list[Item]) -> None:
        """ "Ghana's President X and Togo's Y": a name in no list is a person where it is paired with one."""
        symbols = symbols_of(items)
        if "N" not in symbols or "C" not in symbols:
            return
        for name in ("owned-after", "owned-before", "owned-after"):
            for found in self.patterns[name].finditer(symbols_of(items)):
                at = found.start("name")
                item = items[at]
                if " " not in item.text or any(fold(word) in _FIRMS for word in item.text.split()):
                    continue
                item.mention = Mention(
                    item.text, item.begin, item.end, country=country_of(items[found.start("nat")]), full=True, titled=True,
                )  # fmt: skip
                item.symbol = Symbol.PERSON

    def _made(self, match: Match, mention: Mention, stop: int, symbol: str = Symbol.PERSON) -> Made:
        start = match.found.start()
        first, last = match.items[start], match.items[stop - 1]
        title = match.slot("title")
        return Made(
            Item(
                symbol, "", first.begin, last.end, keys=title[0].keys if title else {}, mention=mention,
                initial=first.initial,
            ),
            stop,
        )  # fmt: skip

    def _mention(self, match: Match) -> Mention:
        """The person of a match, named or not."""
        slot = match.slot("name")
        name, known, full = _named(slot) if slot else (None, (), False)
        title = match.slot("title")
        office = self._office(match) if title else None
        begin = slot[0].begin if slot else match.items[match.found.start()].begin
        end = slot[-1].end if slot else match.items[match.found.end() - 1].end
        country = _country(match)
        if country is None and title:
            listed = self.lexicon.office(title[0].text)
            country = self.lexicon.seats.get(listed.id) if listed is not None else None
        return Mention(
            name, begin, end, office=(office[0] or None) if office else None, country=country, known=known,
            former=match.any("mods", "former") or match.any("mid", "former"),
            then=match.any("mods", "then") or match.any("mid", "then"),
            elect=match.has("elect") or (bool(title) and fold(title[0].text).endswith(("elect", "designate"))) or match.any("mods", "future_holder") or match.any("mid", "future_holder"),
            titled=bool(title), also=self._also(match, title[0]) if title else (), title=fold(title[0].text) if title else "", visiting=any(i.text.casefold() == "visiting" for i in match.slot("mods")), bare=not match.has("nat") and not match.has("of"), full=full, office_kind=office[1] if office else None,
        )  # fmt: skip

    def _also(self, match: Match, title: Item) -> tuple[str, ...]:
        """The labels of further titles in the match."""
        begin, end = match.found.span()
        others = [i for i in match.items[begin:end] if i.symbol == Symbol.TITLE and i is not title]
        offices = [self.lexicon.office(item.text) for item in others]
        return tuple(office.label for office in offices if office is not None and office.id != "leader")

    def _office(self, match: Match) -> tuple[str, str] | None:
        """Label and kind of the office that the title names."""
        title = match.slot("title")[0].text
        office = self.lexicon.office(title)
        if office is None:
            return None
        if office.id == "leader":
            return "", office.kind  # "leader" says that somebody leads, not which office
        label = office.label.removesuffix("-elect").removesuffix("-designate")
        port = match.slot("port")
        if port and fold(title) in _PORTFOLIO and office.kind != "spokesperson":
            label = f"{port[0].text} {label}"
        for item in (*match.slot("mods"), *match.slot("mid")):
            if fold(item.text) in {"deputy", "vice", "assistant", "first deputy"}:
                label = f"{item.text.title()} {label}"
        return label, office.kind

    def _is_public(self, match: Match, mention: Mention) -> bool:
        """Whether title and context show a public office: a company, club or university president holds none."""
        title = fold(match.slot("title")[0].text)
        of = match.slot("of")
        if of and (of[0].symbol == Symbol.NAME or of[0].is_word("common_nouns")) or match.has("whose"):
            return False
        if match.found.start() and match.items[match.found.start() - 1].is_word("whose"):
            return False
        if match.has("port") and title not in _PORTFOLIO:
            return False
        if mention.country is None:
            before = match.items[match.found.start() - 1] if match.found.start() else None
            if (
                before is not None
                and not match.has("mods")
                and (before.is_word("common_nouns") or before.symbol == Symbol.NAME)
            ):
                return False
            office = self.lexicon.office(title)
            if office is not None and office.id in _SHARED:
                return False
        if "opposition" in title:
            return False
        return mention.office is not None or mention.country is not None and mention.office_kind is not None

    def _titled(self, match: Match) -> Made | None:
        mention = self._mention(match)
        before = match.items[match.index("name") - 1]
        if before.symbol == "," and not mention.full:
            return None  # "the Kazakh leader, Novak and Horvat": a list, no apposition
        start = match.found.start()
        if (
            before.symbol in ",t"
            and start > 1
            and match.items[start - 1].symbol == ","
            and match.items[start - 2].symbol in "NP"
        ):
            return None  # "X, minister of A, H.E. Y, minister of B": the title belongs to the name before it
        if not mention.known and not self._is_public(match, mention):
            return None
        return self._made(match, mention, match.found.end())

    def _apposed(self, match: Match) -> Made | None:
        mention = self._mention(match)
        if not mention.known and not self._is_public(match, mention):
            return None
        end = match.slot("end")
        stop = match.found.end() if not end or end[0].symbol == "," else match.found.end() - 1
        return self._made(match, mention, stop)

    def _titled_long(self, match: Match) -> Made | None:
        """ "Minister of Foreign Affairs, Regional Cooperation and Trade of X, Anna Novak": a ministry of several parts."""
        if not fold(match.slot("title")[0].text).startswith(_MINISTERIAL):
            return None
        return self._titled(match)

    def _apposed_long(self, match: Match) -> Made | None:
        if not fold(match.slot("title")[0].text).startswith(_MINISTERIAL):
            return None
        return self._apposed(match)

    def _honoured(self, match: Match) -> Made | None:
        if all(item.text == "." for item in match.slot("hon")):
            return None
        named = match.slot("name")[0].mention
        mention = named if named is not None and named.titled else self._mention(match)
        mention.honorific = True
        return self._made(match, mention, match.found.end())

    def _owned(self, match: Match) -> Made | None:
        slot = match.slot("name")
        mention = slot[0].mention or self._mention(match)
        if not mention.known and not mention.titled:
            return None
        if mention.country is None:
            mention.country = _country(match)
        mention.honorific = True
        mention.former = mention.former or match.any("mid", "former")
        return self._made(match, mention, match.found.end())

    def _reference(self, match: Match) -> Made | None:
        mention = self._mention(match)
        definite = match.any("mods", "the", "visiting", "his")
        if not definite and mention.country is None:
            return None
        return self._made(match, mention, match.found.end(), Symbol.REFERENCE)

    def _counterpart_after(self, match: Match) -> Made | None:
        """ "X, his Estonian counterpart,": not where another name follows, whose the words then are."""
        end = match.found.end()
        if not match.has("end") and end < len(match.items) and match.items[end].symbol in "PNt":
            return None
        return self._counterpart(match)

    def _counterpart(self, match: Match) -> Made | None:
        if not (match.has("poss") or match.has("nat") or match.has("name") or match.has("of")):
            return None
        mention = self._mention(match)
        mention.counterpart = mention.titled = True
        poss = match.slot("poss")
        if poss and poss[0].is_word("his", "their"):
            mention.possessor = "their" if poss[0].is_word("their") else "his"
        if mention.name:
            return self._made(match, mention, match.found.end())
        # What was only tried for a name (a comma, a title) is not part of the mention.
        stop = match.found.end("of") if match.has("of") else match.found.end("mark")
        mention.end = match.items[stop - 1].end
        return self._made(match, mention, stop, Symbol.REFERENCE)
