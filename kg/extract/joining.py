"""Lists of people and of countries, and plural references, each made one item.

Patterns are compiled once a lexicon; :class:`Joiner` runs them for one article, whose figures and memory they ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.country import country_of
from kg.extract.figure import Figure
from kg.extract.item import Item, Symbol
from kg.extract.lexicon import Lexicon, plain_words
from kg.extract.list_patterns import ORDER, PATTERNS
from kg.extract.memory import Memory, Those
from kg.extract.register import Register
from kg.extract.rewrite import Cascade, Made, Match
from kg.lexicon.gazetteer import Kind
from kg.lexicon.tokens import folded
from kg.lexicon.world import Office
from kg.model.text import Part

_BODY: Final = tuple(name for name in ORDER if not name.startswith("headline-"))
_COUNTS: Final = {"two": 2, "both": 2, "three": 3, "four": 4}
_ANY_OFFICE: Final = frozenset({"leader", "minister"})


class Lists:
    """The patterns of lists, compiled for one lexicon."""

    __slots__ = ("body", "headline", "lexicon")

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile the patterns once."""
        self.lexicon = lexicon
        self.headline = Cascade(lexicon.alphabet, [PATTERNS[name] for name in ORDER])
        self.body = Cascade(lexicon.alphabet, [PATTERNS[name] for name in _BODY])


class Joiner:
    """The lists of one article."""

    __slots__ = ("_body", "_headline", "_lists", "lexicon", "memory", "register")

    def __init__(self, lists: Lists, register: Register, memory: Memory) -> None:
        """Take figures from the register; tell the memory who is named together."""
        self.lexicon = lists.lexicon
        self.register = register
        self.memory = memory
        self._lists = lists
        builders = {
            "nationals": self._nationals, "list": self._people, "list-with": self._after_with,
            "list-semicolon": self._people, "list-entries": self._entries,
            "list-and-list": self._people_and_list, "list-included": self._included,
            "list-and-others": self._and_others, "list-of-lists": self._lists_in_row, "each-of": self._each_of,
            "list-by": self._after_by, "list-followed": self._after_with, "joined": self._people,
            "countries": self._countries,
            "holders": self._holders, "peers": self._holders, "countries-acting": self._acting,
            "countries-joined": self._countries,
            "demonyms-joined": self._countries, "headline-list": self._people, "headline-countries": self._countries,
            "those": self._those, "both": self._those, "the-leaders": self._those, "they": self._those,
            "both-of-them": self._both,
        }  # fmt: skip
        self._headline = tuple(builders[name] for name in ORDER)
        self._body = tuple(builders[name] for name in _BODY)

    def join(self, items: list[Item], part: Part) -> list[Item]:
        """The items with lists and plural references joined; a headline's comma may stand for "and"."""
        if part is Part.HEADLINE:
            return self._lists.headline.run(items, self._headline)
        return self._lists.body.run(items, self._body)

    # -- people

    def _people(self, match: Match) -> Made | None:
        """A list of people, unless it runs from one clause into the next ("A met B and C met D")."""
        begin, end = match.found.span()
        people = [item for item in match.items[begin:end] if item.symbol in "PR"]
        figures = [item.value for item in people if isinstance(item.value, Figure)]
        if len(figures) < len(people) or _two_clauses(match, len(people)):
            return None
        once = tuple(dict.fromkeys(figures))
        if len(once) < 2:
            return None
        once = _without_spouses(once)
        self._group(match.items, begin, once)
        first, last = match.items[begin], match.items[end - 1]
        return _made(match, Symbol.PEOPLE, once, f"{first.text} … {last.text}")

    def _group(self, items: Sequence[Item], begin: int, people: tuple[Figure, ...]) -> None:
        """Remember people named together; "they" with whom somebody comes are he and they, of whom he is meant."""
        before = items[:begin] if begin and items[begin - 1].is_word("company") else ()
        leader = next((item.value for item in reversed(before) if item.symbol in "PR"), None)
        if isinstance(leader, Figure) and leader not in people:
            people = (leader, *people)
            self.memory.escorted[people] = leader
        self.memory.together(people)

    def _entries(self, match: Match) -> Made | None:
        """The entries of a list behind a colon or a preposition, with nothing, a semicolon or a comma between them."""
        begin, end = match.found.span()
        before = match.items[begin - 1] if begin else None
        behind = match.items[end] if end < len(match.items) else None
        opened = before is not None and (before.symbol == ":" or before.is_word("with", "from"))
        closed = behind is None or behind.symbol in ".;"
        loose = any(item.symbol == "," for item in match.items[begin:end])
        return self._people(match) if opened and closed and (behind is not None or not loose) else None

    def _people_and_list(self, match: Match) -> Made | None:
        """One and a list of others: "the Barbadian leader and three fellow prime ministers, A, B and C"."""
        begin, end = match.found.span()
        first, rest = match.items[begin].value, match.items[end - 1].value
        if not isinstance(first, Figure) or not isinstance(rest, tuple):
            return None
        once = tuple(dict.fromkeys((first, *(f for f in rest if isinstance(f, Figure)))))
        self.memory.together(once)
        return _made(match, Symbol.PEOPLE, once, f"{match.items[begin].text}, …")

    def _lists_in_row(self, match: Match) -> Made | None:
        """All of several lists of people met, one behind the other: "met A and B, C and D on Monday"."""
        begin, end = match.found.span()
        before = match.items[begin - 1] if begin else None
        behind = match.items[end] if end < len(match.items) else None
        if before is None or not before.is_word("with", "met", "received", "including", "meeting_ing"):
            return None
        closed = behind is None or behind.symbol in ".;T" or behind.is_word("on", "in", "at", "sidelines", "during")
        return self._people(match) if closed else None

    def _and_others(self, match: Match) -> Made | None:
        """Those of a list of people met that goes on with others: "met A, B and several officials"."""
        begin, end = match.found.span()
        opens = begin - 1
        while opens > 0 and match.items[opens].is_word("the", "leading", "visiting"):
            opens -= 1
        behind = match.items[end] if end < len(match.items) else None
        if behind is None or opens < 0 or not match.items[opens].is_word("with", "met", "received", "including"):
            return None
        if behind.symbol in "PRTNLO" or behind.is_word("verb", "said", "also", "met", "held", "aux", "modal_future"):
            return None
        made = self._people(match)
        if made is None:
            return None
        last = max(at for at in range(begin, end) if match.items[at].symbol in "PR")
        made.item.end = match.items[last].end
        return Made(made.item, last + 1)

    def _included(self, match: Match) -> Made | None:
        """All whom a list with "including" names, also where it is made of lists: "including A, B and C, D and E"."""
        begin, end = match.found.span()
        if not begin or not match.items[begin - 1].is_word("including"):
            return None
        named = [item.value for item in match.items[begin:end] if item.symbol in "PRQ"]
        people = [each for value in named for each in (value if isinstance(value, tuple) else (value,))]
        once = tuple(dict.fromkeys(each for each in people if isinstance(each, Figure)))
        if len(once) < 2:
            return None
        self.memory.together(once)
        return _made(match, Symbol.PEOPLE, once, f"{match.items[begin].text}, …")

    def _each_of(self, match: Match) -> Made | None:
        """Each of them, each of the two presidents: those who were just told of."""
        group = self.memory.group_of(0)
        return _made(match, Symbol.PEOPLE, group, "") if len(group) > 1 else None

    def _after_by(self, match: Match) -> Made | None:
        """A list that says "by" again: "received by A and by B"."""
        begin = match.found.start()
        return self._people(match) if begin and match.items[begin - 1].text.casefold().endswith("by") else None

    def _after_with(self, match: Match) -> Made | None:
        """A list that says "with" again: "talks with A and with B"."""
        begin = match.found.start()
        return self._people(match) if begin and match.items[begin - 1].is_word("with", "turn_of") else None

    def _nationals(self, match: Match) -> Made | None:
        """Join "the Chinese and Russian presidents" as the two people, where each is known."""
        begin, end = match.found.span()
        office = self._plural_office(match)
        if office is None:
            return None
        worldwide = not match.slot("what")[0].is_word("counterpart")
        figures: list[Figure] = []
        for item in match.items[begin:end]:
            if item.symbol not in {Symbol.DEMONYM, Symbol.COUNTRY}:
                continue
            code = country_of(item)
            figure = self.register.holds(office, code, worldwide=worldwide) if code is not None else None
            if figure is None:
                return None
            figures.append(figure)
        _appoint(figures, office)
        self.memory.together(figures)
        return _unnamed(match, figures)

    def _plural_office(self, match: Match) -> Office | None:
        """The office of "the presidents", "the leaders"; of "his counterparts" that of the one before the verb."""
        what = match.slot("what")[0]
        if what.is_word("counterpart"):
            owner = self.memory.acting or self.memory.here or self.memory.subject
            return self.lexicon.office(owner.office) if owner is not None and owner.office else None
        return self.lexicon.office(folded(what.text).removesuffix("s"))

    def _holders(self, match: Match) -> Made | None:
        """Join "the foreign ministers of A, B and C" as the people who hold the office there, where each is known."""
        office = self._plural_office(match)
        countries = match.items[match.found.end() - 1].value
        if office is None or not isinstance(countries, tuple):
            return None
        worldwide = not match.slot("what")[0].is_word("counterpart")
        figures = [self.register.holds(office, code, worldwide=worldwide) for code in countries]
        found = [figure for figure in figures if figure is not None]
        if (len(found) < len(countries) and worldwide) or len(found) < 2:
            return None
        _appoint(found, office)
        self.memory.together(found)
        return _unnamed(match, found)

    def _those(self, match: Match) -> Made | None:
        """A plural reference: who is meant, the sentence's rules ask later."""
        begin, end = match.found.span()
        items = match.items[begin:end]
        what = match.slot("what")
        if items[0].text.casefold() == "that" and items[1].is_word("the", "both"):
            return None  # "agreed that the two countries": only the words behind it
        if what and what[0].is_word("plural") and (_of_strangers(match.items, end) or _of_lands(match.items, end)):
            return None
        if not what and (not any(item.is_word("the") for item in items) or _of_other_things(match.items, end)):
            return None
        counts = [count for item in items for word, count in _COUNTS.items() if item.is_word(word)]
        sides = bool(what) and what[0].is_word("sides") and not what[0].is_word("plural")
        office = self.lexicon.office(folded(what[0].text).removesuffix("s")) if what and not sides else None
        label = folded(office.label) if office is not None else None
        if what and folded(what[0].text).startswith("heads of "):
            label = "head"
        value = Those(counts[-1] if counts else 0, sides, label)
        made = Item(Symbol.THOSE, "", items[0].begin, items[-1].end, value=value, initial=items[0].initial)
        return Made(made, end)

    def _both(self, match: Match) -> Made:
        """The two of whom "both agreed" tells."""
        at = match.found.start()
        item = match.items[at]
        made = Item(Symbol.THOSE, "", item.begin, item.end, value=Those(2, sides=False), initial=item.initial)
        return Made(made, at + 1)

    # -- countries

    def _countries(self, match: Match) -> Made | None:
        """A list of countries; a town that is no capital makes it a list of places."""
        begin, end = match.found.span()
        parts = [item for item in match.items[begin:end] if item.symbol in "COLA"]
        if end < len(match.items) and match.items[end].symbol in "-–" and match.items[end].begin == parts[-1].end:
            return None  # "the United States and the Qatar-backed fund"
        if parts[0].symbol == Symbol.TOWN and begin and match.items[begin - 1].is_word("in", "at") and len(parts) > 2:
            return None  # "in Beijing, China and India agreed"
        if any(item.symbol == Symbol.TOWN and not {Kind.CAPITAL, Kind.METONYM} & item.keys.keys() for item in parts):
            return None
        named = [country_of(item) for item in parts]
        codes = [code for code in named if code is not None]
        if len(codes) < len(named) or len(set(codes)) < 2:
            return None
        if len(parts) == 2:
            self.memory.sides = tuple(codes)
        return _made(match, Symbol.COUNTRIES, tuple(dict.fromkeys(codes)), "")

    def _acting(self, match: Match) -> Made | None:
        """Two countries that open a sentence, with a comma for "and": "Chile, Peru sign a treaty"."""
        begin, _ = match.found.span()
        codes = [country_of(match.items[at]) for at in (begin, begin + 2)]
        first, last = match.items[begin], match.items[begin + 2]
        dated = (
            begin == 2 and match.items[1].symbol == ":" and match.items[0].symbol in "LC"
        )  # "LIMA: Chile, Peru sign"
        if (begin and not dated) or None in codes or codes[0] == codes[1]:
            return None
        self.memory.sides = tuple(code for code in codes if code is not None)
        return Made(Item(Symbol.COUNTRIES, "", first.begin, last.end, value=self.memory.sides, initial=True), begin + 3)


def _appoint(figures: Sequence[Figure], office: Office) -> None:
    """Give the office of a plural title to those whom the text gives none."""
    for figure in figures:
        if figure.office is None and office.id not in _ANY_OFFICE:
            figure.office, figure.office_kind, figure.titled = office.label, office.kind, True
            figure.offices.add(folded(office.label))


def _made(match: Match, symbol: str, value: tuple[object, ...], text: str) -> Made:
    begin, end = match.found.span()
    first, last = match.items[begin], match.items[end - 1]
    return Made(Item(symbol, text, first.begin, last.end, value=value, initial=first.initial), end)


def _unnamed(match: Match, figures: list[Figure]) -> Made:
    """The people whom a plural title means; it never counts as the beginning of a sentence."""
    made = _made(match, Symbol.PEOPLE, tuple(figures), "")
    for figure in figures:
        figure.styled.append((made.item.begin, made.item.end))
    made.item.initial = False
    return made


def _of_other_things(items: Sequence[Item], end: int) -> bool:
    """Whether "the two" counts what follows: companies, co-chairs."""
    following = items[end] if end < len(items) else None
    if following is None or not following.text.endswith("s") or not following.text.islower():
        return False
    if following.text.endswith("ss"):  # "the two nevertheless"
        return False
    return following.symbol == Symbol.WORD or following.is_word("of_states", "office_of", "common_nouns")


def _of_strangers(items: Sequence[Item], end: int) -> bool:
    """Whether the title is that of clubs or firms: "the presidents of the basketball clubs"."""
    if end >= len(items) or not items[end].is_word("of", "at"):
        return False
    for item in items[end + 1 : end + 5]:
        if folded(item.text) in plain_words("sorts_of_firms"):
            return True
        if not (item.symbol in "wN" or item.is_word("the", "an", "adjective", "common_nouns")):
            return False
    return False


def _without_spouses(people: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Those of a list who hold an office, not who came with them: "President X and First Lady Y"."""
    return tuple(figure for figure in people if figure.office_kind != "spouse") or people


def _of_lands(items: Sequence[Item], end: int) -> bool:
    """Whether the title goes on with whose it is: "the presidents of Chile, Peru and Bolivia" are they, or unknown."""
    if end >= len(items) or not items[end].is_word("of"):
        return False
    return next((item.symbol in "CD" for item in items[end + 1 : end + 4] if not item.is_word("the")), False)


def _two_clauses(match: Match, number: int) -> bool:
    """Whether "and" joins clauses, not people: "A met B and C met D"."""
    begin, end = match.found.span()
    if number != 2 or not begin or end >= len(match.items) or match.items[begin].text.casefold().startswith("that "):
        return False
    before, following = match.items[begin - 1], match.items[end]
    if match.items[begin].text.startswith("that "):  # the article of a title: "recalled that Minister A and B met"
        return False
    return following.is_word("met", "held", "verb", "received") and before.is_word("with", "met", "received", "verb")
