"""Items to persons: titles, countries, honorifics and names made one mention; titles alone made references."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kg.extract.among import has_kind, has_word, says
from kg.extract.country import country_of
from kg.extract.item import NO_KEYS, Item, Mention, Symbol
from kg.extract.known import HEADS
from kg.extract.lexicon import Lexicon, plain_words
from kg.extract.pattern import symbols_of
from kg.extract.person import country_in, is_given_name, is_public, is_thing, leads_a_party, mention_of
from kg.extract.person_patterns import PATTERNS
from kg.extract.rewrite import Cascade, Made, Match
from kg.extract.untitled import is_the_guest, is_visitor, named_counterparts, of_that_land
from kg.lexicon.tokens import folded

_HIGH: Final = HEADS | {"deputy"}
_PAIRED: Final = (
    "owned-first",
    "owned-met",
    "owned-with",
    "owned-and-with",
    "owned-and-then",
    "of-country",
    "owned-after",
    "owned-before",
    "owned-after",
    "owned-after",
    "owned-after",
)


class PeopleFinder:
    """The person patterns of one lexicon."""

    __slots__ = ("_builders", "_cascade", "_paired", "lexicon")

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile the patterns once."""
        self.lexicon = lexicon
        self._paired = tuple(lexicon.alphabet.compile(PATTERNS[name]) for name in _PAIRED)
        builders = {
            "counterpart-after": self._counterpart_after, "counterpart": self._counterpart,
            "titled-long": self._titled_long, "apposed-long": self._apposed_long, "titled": self._titled,
            "apposed": self._apposed, "bracketed": self._apposed, "honoured": self._honoured, "owned": self._owned,
            "demonymed": self._owned, "seated": self._owned, "heading": self._heading,
            "reference-two": self._reference_two, "reference": self._reference,
            "diplomat": self._diplomat, "diplomacy": self._diplomacy, "guest": self._guest,
            "guest-alone": self._guest_alone,
            "guest-word": self._guest_word, "official-alone": self._guest_alone, "national": self._national,
        }  # fmt: skip
        self._builders = tuple(builders.values())
        self._cascade = Cascade(lexicon.alphabet, [PATTERNS[name] for name in builders])

    def find(self, items: list[Item], text: str) -> list[Item]:
        """The items with persons and person references joined; a company's head stays what he was."""
        for at, item in enumerate(items):
            if item.mention is not None and _names_a_thing(items, at):
                item.symbol, item.mention = Symbol.NAME, None  # "King Khalid Airport"
            if item.mention is not None:
                self._entitle(item, item.mention)
        items = self._cascade.run(items, self._builders)
        self._own_unlisted(items)
        people = [item for item in items if item.symbol == Symbol.PERSON or item.mention is not None]
        if people:
            items = _with_articles(of_that_land(named_counterparts(items)))
        for item in people:
            if item.mention is not None:
                item.text = text[item.begin : item.end]
        return items

    def _entitle(self, item: Item, mention: Mention) -> None:
        """Make "Pope Francis", "King Charles III", listed names that begin with a title, a name and an office."""
        if item.symbol != Symbol.PERSON or mention.titled or not mention.name:
            return
        title, _, rest = mention.name.partition(" ")
        if folded(mention.name).startswith("crown "):  # "Crown Prince Haakon"
            second, _, rest = rest.partition(" ")
            title = f"{title} {second}"
        office = self.lexicon.office(title) if folded(title) in plain_words("royal") else None
        if office is None or not rest:
            return
        mention.name = rest
        if office.id != "sheikh":  # a style, which names no office
            mention.office, mention.office_kind, mention.titled = office.label, office.kind, True

    def _own_unlisted(self, items: list[Item]) -> None:
        """Make a name in no list a person where it is paired with one: "Ghana's President X and Togo's Y"."""
        symbols = symbols_of(items)
        if "N" not in symbols or "C" not in symbols:
            return
        for pattern in self._paired:
            found = pattern.regex.search(symbols)
            while found is not None:
                self._own(items, found)
                symbols = symbols_of(items)
                found = pattern.regex.search(symbols, found.start() + 1)

    def _own(self, items: list[Item], found: re.Match[str]) -> None:
        at, nat = found.start("name"), found.start("nat")
        item = items[at]
        styled = item.mention  # "Brunei's Dato X"
        if styled is not None and (styled.known or styled.titled or styled.country or not styled.name):
            return
        name = styled.name if styled is not None and styled.name else item.text
        if " " not in name or any(folded(word) in plain_words("firms") for word in name.split()):
            return
        country = country_of(items[nat])
        item.mention = Mention(name, item.begin, item.end, country=country, full=True, titled=True)
        item.symbol = Symbol.PERSON
        first, last = min(at, nat), max(at, nat)
        item.begin, item.end, item.initial = items[first].begin, items[last].end, items[first].initial
        items[first : last + 1] = [item]

    def _made(self, match: Match, mention: Mention, stop: int, symbol: str = Symbol.PERSON) -> Made:
        start = match.found.start()
        first, last = match.items[start], match.items[stop - 1]
        title = match.slot("title")
        keys = title[0].keys if title else NO_KEYS
        made = Item(symbol, "", first.begin, last.end, keys=keys, mention=mention, initial=first.initial)
        return Made(made, stop)

    def _mention(self, match: Match) -> Mention | None:
        """The person of a match, where he is known or his office is public."""
        mention = mention_of(match, self.lexicon)
        if (
            is_thing(match)
            or is_given_name(match, mention)
            or folded(mention.name or "") in plain_words("region_words")
        ):
            return None
        if not is_public(match, mention, self.lexicon):
            mention.titled = mention.titled and not leads_a_party(match, mention)
            return mention if mention.known else None
        return mention

    def _titled(self, match: Match) -> Made | None:
        mention = self._mention(match)
        following = match.items[match.found.end() :][:1]
        if mention is None or (following and following[0].is_word("common_nouns") and not mention.full):
            return None  # "the president of the Kazakh Chess Federation"
        if _is_against(match):
            mention.country = None
        two = _of_two(match) or self._two_heads(match)
        if two or _of_another(match, mention) or self._of_holder(match):
            return None
        if _of_club(match, mention) or _of_bureau(match) or _is_there(match) or _is_given_office(match):
            return None
        if _is_of_hospital(match):
            return None
        return self._made(match, mention, match.found.end())

    def _of_holder(self, match: Match) -> bool:
        """Whether the title is of one who serves the named: "the chief of staff of US Secretary of State X"."""
        if not match.has("of"):
            return False
        between = match.items[match.found.end("of") : match.index("name")]
        if has_kind(between, ","):
            return False
        titles = [item for item in between if item.symbol == Symbol.TITLE]
        if all(folded(item.text) in plain_words("styles") for item in titles):
            return False  # "the Crown Prince of Saudi Arabia, Prince X"
        if {folded(item.text) for item in titles} == {folded(match.slot("title")[0].text)}:
            return False  # "Sultan of Brunei Sultan X"
        offices = [self.lexicon.office(item.text) for item in titles]
        return any(office is not None and office.kind in _HIGH for office in offices)

    def _two_heads(self, match: Match) -> bool:
        """Whether "the Vice President and President X" are two: one holds no two such offices.

        Nor is the head of an organisation a minister besides.
        """
        begin, end = match.index("title"), match.index("name")
        titles = [item for item in match.items[begin:end] if item.symbol == Symbol.TITLE]
        joined = has_word(match.items[begin:end], "and")
        offices = [self.lexicon.office(item.text) for item in titles[:2]]
        kinds = [office.kind for office in offices if office is not None]
        behind = match.items[begin + 1 : begin + 3]
        if joined and begin + 2 < end and behind[0].is_word("and") and behind[1].symbol == "A":
            return True  # "the Deputy Secretary and Polish Foreign Minister X"
        if joined and kinds == ["head-of-government"] * 2:
            return True  # "Taoiseach and PM X"
        if not joined and kinds == ["envoy", "head-of-state"]:
            return True  # "to the German Ambassador, President X said"
        if len(kinds) < 2 or not joined or not _is_definite(match):
            return False
        if kinds[0] in _HIGH and kinds[1] in HEADS:
            return True
        return kinds[0] != kinds[1] and (kinds[1] == "legislator" or kinds[0] == "organisation-head")

    def _apposed(self, match: Match) -> Made | None:
        mention = self._mention(match)
        if mention is None:
            return None
        end = match.slot("end")
        stop = match.found.end() if not end or end[0].symbol == "," else match.found.end() - 1
        return self._made(match, mention, stop)

    def _titled_long(self, match: Match) -> Made | None:
        """Find "Minister of Foreign Affairs, Regional Cooperation and Trade of X, Anna Novak": a ministry of parts."""
        return self._titled(match) if _is_ministerial(match) else None

    def _apposed_long(self, match: Match) -> Made | None:
        return self._apposed(match) if _is_ministerial(match) else None

    def _honoured(self, match: Match) -> Made | None:
        words = [item for item in match.slot("hon") if item.text != "."]
        if not words or not all(item.is_word("honorific") for item in words):
            return None
        named = match.slot("name")[0].mention
        mention = named if named is not None and named.titled else mention_of(match, self.lexicon)
        return self._made(match, mention, match.found.end())

    def _owned(self, match: Match) -> Made | None:
        mention = match.slot("name")[0].mention or mention_of(match, self.lexicon)
        if not mention.known and not mention.titled:
            return None
        if mention.country is None:
            mention.country = country_in(match)
        mention.former = mention.former or match.any("mid", "former")
        return self._made(match, mention, match.found.end())

    def _reference(self, match: Match) -> Made | None:
        mention = mention_of(match, self.lexicon)
        title = match.slot("title")[0].text
        abbreviated = len(title) < 6 and sum(map(str.isupper, title)) > 1
        start = match.found.start()
        mention.vague = bool(start) and match.items[start - 1].text.casefold() in {"a", "an"}
        mention.vague = mention.vague or any(item.text.casefold() == "new" for item in match.slot("mid"))
        definite = abbreviated or match.any("mods", "the", "visiting", "his")
        if not definite and mention.country is None and not _acts_at_once(match):
            return None
        if _is_of_others(match) or _is_of_body(match):
            return None
        return self._made(match, mention, match.found.end(), Symbol.REFERENCE)

    def _reference_two(self, match: Match) -> Made | None:
        """Find "the Foreign Minister and Deputy Prime Minister of X", one person; a president and a premier are two."""
        offices = [self.lexicon.office(match.slot(slot)[0].text) for slot in ("title", "second")]
        kinds = {office.kind for office in offices if office is not None}
        if "deputy" not in kinds or not kinds & {"foreign-minister", "minister"}:
            return None
        return self._made(match, mention_of(match, self.lexicon), match.found.end(), Symbol.REFERENCE)

    def _heading(self, match: Match) -> Made | None:
        """Find "the head of the Libyan Presidential Council, X"."""
        mention = mention_of(match, self.lexicon)
        mention.titled, mention.title = True, "head"
        mention.office, mention.office_kind = f"Head of the {match.slot('body')[0].text.title()}", "head-of-state"
        return self._made(match, mention, match.found.end())

    def _diplomat(self, match: Match) -> Made | None:
        """Find "the top Iranian diplomat": the foreign minister."""
        if not says(match.slot("mods"), "topmost"):
            return None
        return self._diplomacy(match)

    def _diplomacy(self, match: Match) -> Made | None:
        """Find "the head of Malian diplomacy": the foreign minister."""
        mention = mention_of(match, self.lexicon)
        office = self.lexicon.office("Foreign Minister")
        if office is not None:
            mention.office, mention.office_kind, mention.titled = office.label, office.kind, True
        return self._made(match, mention, match.found.end(), Symbol.PERSON if mention.name else Symbol.REFERENCE)

    def _guest(self, match: Match) -> Made | None:
        """Find "the Mongolian guest": the one of that country."""
        mention = mention_of(match, self.lexicon)
        mention.visiting = True
        return self._made(match, mention, match.found.end(), Symbol.REFERENCE)

    def _guest_alone(self, match: Match) -> Made | None:
        """Find "the visitor", "the visiting official": whoever is on a visit."""
        return self._visitor(match, match.found.end()) if is_visitor(match) else None

    def _guest_word(self, match: Match) -> Made | None:
        """Find "the guest", whom the lists know as a word before a title, where a verb follows."""
        return self._visitor(match, match.found.end() - 1) if is_the_guest(match) else None

    def _visitor(self, match: Match, stop: int) -> Made:
        mention = mention_of(match, self.lexicon)
        mention.guest = True
        return self._made(match, mention, stop, Symbol.REFERENCE)

    def _national(self, match: Match) -> Made | None:
        """Find "the Guatemalan met": the leader of that country."""
        mention = mention_of(match, self.lexicon)
        return self._made(match, mention, match.index("nat") + 1, Symbol.REFERENCE)

    def _counterpart_after(self, match: Match) -> Made | None:
        """Find "X, his Estonian counterpart,": not where another name follows, whose the words then are."""
        end = match.found.end()
        following = match.items[end] if end < len(match.items) else None
        if following is not None and (
            following.symbol in ("PN" if match.has("end") else "PNt")
            or (not match.has("end") and following.is_word("honorific"))
        ):
            return None
        return self._counterpart(match)

    def _counterpart(self, match: Match) -> Made | None:
        if not any(match.has(slot) for slot in ("poss", "nat", "name", "of")):
            return None
        mention = mention_of(match, self.lexicon)
        start = match.found.start()
        joined = start > 1 and match.items[start - 1].is_word("and") and match.items[start - 2].symbol in "AC"
        several = match.slot("mark")[0].text.casefold().endswith("s") and not mention.name
        if several and (match.has("of") or joined):
            return None  # "his peers from A, B and C", "his A and B counterparts" are several
        mention.counterpart = mention.titled = True
        if mention.name and match.has("after") and not match.has("title"):
            office = self.lexicon.office(match.slot("after")[0].text)  # "his colleague, Speaker X"
            if office is not None and office.kind != "military" and office.id != "senator":
                mention.office, mention.office_kind, mention.title = office.label, office.kind, folded(office.label)
        if mention.name:
            return self._made(match, mention, match.found.end())
        # What was only tried for a name (a comma, a title) is not part of the mention.
        stop = match.found.end("of") if match.has("of") and not _is_met_in(match) else match.found.end("mark")
        mention.end = match.items[stop - 1].end
        return self._made(match, mention, stop, Symbol.REFERENCE)


def _names_a_thing(items: Sequence[Item], at: int) -> bool:
    """Whether a listed name goes on as that of an airport, a street, a prize: something is called after the man."""
    following = items[at + 1] if at + 1 < len(items) else None
    if following is None or following.begin != items[at].end + 1 or not following.text[:1].isupper():
        return False
    words = folded(following.text).split()
    return bool(words) and (words[0] in plain_words("last_of_things") or words[-1] in plain_words("last_of_things"))


def _is_met_in(match: Match) -> bool:
    """Whether "his Qatari counterpart in Doha" says where he was, his country being told."""
    of = match.slot("of")
    return match.has("nat") and of[0].symbol == Symbol.TOWN and match.items[match.index("of") - 1].is_word("in")


def _is_of_others(match: Match) -> bool:
    """Whether the title is one of a firm or a club that is named behind it: "the president of the students' union"."""
    end = match.found.end()
    behind = match.items[end : end + 8]
    if not behind or behind[0].text.casefold() != "of" or match.has("of"):
        return False
    for item in behind[1:]:
        if item.is_word("common_nouns") and not item.is_word("own_state"):
            return True
        if not (item.symbol in "wNLOA'" or item.is_word("the", "an", "people_noun", "adjective", "possessive")):
            return False
    return False


def _is_against(match: Match) -> bool:
    """Whether the country is one that he is for or against: "the anti-US President X"."""
    at = match.index("nat") if match.has("nat") else 0
    taken = at > 1 and match.items[at - 1].text == "-" and match.items[at - 2].text.casefold()
    return taken in plain_words("sides_taken")


def _is_of_body(match: Match) -> bool:
    """Whether the country is part of the name of what he heads: "the president of the Vietnam Fatherland Front"."""
    end = match.found.end()
    if not match.has("of") or end >= len(match.items) or match.items[end].symbol != Symbol.NAME:
        return False
    words: list[str] = []
    for item in match.items[end : end + 3]:
        if not item.text[0].isupper():
            break
        words.append(folded(item.text.split()[-1]))
    return any(word in plain_words("last_of_things") or word in plain_words("firms") for word in words)


def _acts_at_once(match: Match) -> bool:
    """Whether a bare title opens its sentence and is followed by its verb, as in headlines: "PM receives X"."""
    end = match.found.end()
    following = match.items[end] if end < len(match.items) else None
    if match.found.start() > 1 or following is None or not match.items[match.found.start()].text[0].isupper():
        return False
    return following.is_word(
        "met", "meet", "held", "received", "receive", "verb", "present", "modal_future", "spoke", "phoned", "called_on"
    )


def _is_definite(match: Match) -> bool:
    start = match.found.start()
    return match.any("mods", "the") or (start > 0 and match.items[start - 1].is_word("the"))


def _with_articles(items: list[Item]) -> list[Item]:
    """The items with each article before a titled person made part of him."""
    if not any(item.symbol == Symbol.PERSON and before.text.casefold() == "the" for before, item in pairwise(items)):
        return items
    kept: list[Item] = []
    for item in items:
        if item.symbol == Symbol.PERSON and kept and kept[-1].text.casefold() == "the":
            item.begin, item.initial = kept[-1].begin, kept.pop().initial
        kept.append(item)
    return kept


def _of_club(match: Match, mention: Mention) -> bool:
    """Whether somebody presides over what is no country: "President X of Barcelona"."""
    if mention.country is not None or mention.known or mention.title not in plain_words("presiding"):
        return False
    behind = match.items[match.found.end() : match.found.end() + 2]
    return len(behind) == 2 and behind[0].is_word("of") and behind[1].symbol in "NL"


def _is_given_office(match: Match) -> bool:
    """Whether the first title is what another becomes: "names X as the new premier and Justice Minister Y as"."""
    start, end = match.found.span()
    between = match.items[match.index("title") + 1 : match.index("name")]
    behind = match.items[end] if end < len(match.items) else None
    named = any(item.text.casefold() == "as" for item in match.items[max(0, start - 3) : start])
    return named and has_word(between, "and") and behind is not None and behind.text.casefold() == "as"


def _is_of_hospital(match: Match) -> bool:
    """Whether a queen is one after whom something is called: "at Queen Anna's and Elm Hospital"."""
    if not plain_words("royal").isdisjoint(item.text.casefold() for item in match.slot("title")):
        behind = match.items[match.found.end() : match.found.end() + 5]
        if behind and behind[0].is_word("possessive"):
            words = {folded(item.text.split()[-1]) for item in behind[1:] if item.text[:1].isupper()}
            return not words.isdisjoint(plain_words("called_after_royals"))
    return False


def _is_there(match: Match) -> bool:
    """Whether the town before the title is where it was: "in Lima Foreign Minister of Peru X"."""
    start = match.found.start()
    town = match.slot("nat")
    return bool(town and start and match.has("of")) and (
        town[0].symbol == Symbol.TOWN
        and match.items[start].symbol == Symbol.TOWN
        and match.items[start - 1].is_word("in")
    )


def _of_bureau(match: Match) -> bool:
    """Whether the title is of him whose office somebody heads: "the director of the Office of the Minister, X"."""
    start = match.found.start()
    before = " ".join(item.text.casefold() for item in match.items[max(0, start - 3) : start])
    headed = any(item.symbol == Symbol.TITLE for item in match.items[max(0, start - 6) : start])
    return headed and before.removesuffix(" the").endswith(("office of", "bureau of", "cabinet of"))


def _is_ministerial(match: Match) -> bool:
    return folded(match.slot("title")[0].text).startswith(tuple(plain_words("ministerial")))


def _of_two(match: Match) -> bool:
    """Whether the second title is somebody else's: "the Deputy Secretary and Polish Foreign Minister X"."""
    between = match.items[match.index("title") + 1 : match.index("name")]
    joined = any(item.is_word("and") and other.symbol == "A" for item, other in pairwise(between))
    return joined and not match.has("nat") and _is_definite(match)


def _of_another(match: Match, mention: Mention) -> bool:
    """Whether title and name are apart: "the Kazakh leader, Novak and Horvat", "X, minister of A, H.E. Y"."""
    items, start = match.items, match.found.start()
    between = items[match.index("title") + 1 : match.index("name")]
    comma = next((at for at, item in enumerate(between) if item.symbol == ","), None)
    if comma is None:
        return False
    if has_kind(between[comma:], "AC"):  # "the Secretary-General, Lebanese President X"
        return True
    if between[-1].symbol == "," and not mention.full:
        return True
    return start > 1 and items[start - 1].symbol == "," and items[start - 2].symbol in "NP"


__all__ = ["PeopleFinder", "country_of"]
