"""References to figures: surnames, titles alone, pronouns, counterparts, "the two leaders"; then lists of them.

Works sentence by sentence in the order of the text and never reaches across articles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.extract.item import Item, Mention, Symbol
from kg.extract.lexicon import Lexicon
from kg.extract.people import country_of
from kg.extract.register import Figure, Register, name_key
from kg.extract.rewrite import Made, Match, cascade, step
from kg.lexicon.gazetteer import Kind
from kg.lexicon.world import Office
from kg.model.date import When
from kg.model.entity import Place, SummitEdition, fold
from kg.model.text import Part

_PATTERNS: Final = {
    "list": "<P|R> (, <P|R>){0,8} ,? <and> (, <separately|also> ,)? <P|R>",
    "headline-list": "<P> , <P>",
    "joined": "P <-|–|/> P",
    "nationals": "<the|his|their>? A (, A){0,4} ,? <and> A what=(<plural|counterpart>)",
    "holders": "<the> what=(<plural>) <of> (D|C)",
    "peers": "<his|their> what=(<counterpart>) <from|in|of> (D|C)",
    "countries": "<C|O|L> (, <C|O|L>|, <the> <C|O|L>){0,8} ,? <and> <the>? <C|O|L>",
    "headline-countries": "<C|L> , <C|L>",
    "countries-joined": "<C|L> <-|–> <C|L>",
    "demonyms-joined": "A <-|–> A",
    "those": "<the|both>{0,2} num=(<two|three|four>) <A|leading|visiting|adjective|both>{0,2} what=(<plural|sides>)?",
    "both": "<both> <A|leading|visiting>{0,2} what=(<plural|sides>)",
    "the-leaders": "<the> <A|leading|visiting>{0,1} what=(<plural|sides>)",
    "they": "what=(<they>)",
}
_PLURALS: Final = {"those": "two three four", "both": "both", "the-leaders": "plural sides", "they": "they"}
_PREPOSITIONS: Final = ("with", "of", "by", "between", "from", "for", "to", "at", "on", "in", "against", "during", "after", "before", "via")  # fmt: skip
_ACTS: Final = ("verb", "aux", "modal_future", "hypothetical", "met", "held", "said", "received", "also", "spoke")
_SMALL: Final = 3  # "they" are hardly more people than that
_OBJECT_NEXT: Final = frozenset(',.;:T"–›!?')


@dataclass(frozen=True, slots=True)
class Those:
    """A plural reference: how many (0 where the text does not say), and whether sides (countries) rather than people."""

    number: int
    sides: bool
    office: str | None = None  # folded: "the two presidents" are presidents


@dataclass(slots=True)
class Memory:
    """What of the text so far a reference can mean."""

    subject: Figure | None = None
    before: Figure | None = None  # the subject of the sentence before the one being read
    acting: Figure | None = None  # the last one before a verb in the sentence being read
    here: Figure | None = None  # the last person named in the sentence being read
    recent: list[Figure] = field(default_factory=list)
    groups: list[tuple[Figure, ...]] = field(default_factory=list)  # people named or acting together
    sides: tuple[str, ...] = ()  # the last two countries named together
    series: str | None = None  # the last summit series named
    last_day: When | None = None  # of the last held contact with a day
    last_people: tuple[Figure, ...] = ()
    last_sentence: int = 0
    last_summit: SummitEdition | None = None
    last_place: Place | None = None

    def see(self, figure: Figure) -> None:
        """Remember the figure as the last one mentioned."""
        if figure in self.recent:
            self.recent.remove(figure)
        self.recent.append(figure)

    def together(self, figures: Sequence[Figure]) -> None:
        """Remember people named or acting together."""
        if len(figures) > 1:
            group = tuple(figures)
            if group in self.groups:
                self.groups.remove(group)
            self.groups.append(group)

    def group_of(self, number: int, office: str | None = None) -> tuple[Figure, ...]:
        """The last group of that size (any above one for 0) and office; else the last figures of that office."""
        for group in reversed(self.groups):
            if (number == len(group) or (number == 0 and len(group) <= _SMALL)) and (
                office is None or all(office in f.offices for f in group)
            ):
                return group
        if office is not None:
            holders = [f for f in self.recent if office in f.offices]
            if len(holders) >= (number or 2):
                return tuple(holders[-(number or 2) :])
            return self.group_of(number)
        last = self.recent[-(number or 2) :]
        return tuple(last) if len(last) == (number or 2) else ()


class Referrer:
    """The reference patterns of one lexicon."""

    __slots__ = ("lexicon", "patterns", "plurals")

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile the patterns once."""
        self.lexicon = lexicon
        self.patterns: Mapping[str, re.Pattern[str]] = {
            name: lexicon.alphabet.compile(pattern) for name, pattern in _PATTERNS.items()
        }
        letters = lexicon.alphabet.by_class
        self.plurals = tuple(
            step(self.patterns[name], "".join(letters[need] for need in needs.split()), self._those)
            for name, needs in _PLURALS.items()
        )

    def resolve(self, items: list[Item], text: str, part: Part, register: Register, memory: Memory) -> list[Item]:
        """The items with each reference bound to its figure (``item.value``), and lists of people or countries joined."""
        items = self._split_joined(items, register)
        memory.here = memory.acting = None
        memory.before = memory.subject
        subject: Figure | None = None
        for at, item in enumerate(items):
            figure = self._figure(items, at, register, memory, subject)
            if figure is None:
                continue
            item.value = figure
            figure.spans.append((item.begin, item.end))
            memory.see(figure)
            memory.here = figure
            following = items[at + 1] if at + 1 < len(items) else None
            if item.symbol in "PR" and following is not None and following.is_word(*_ACTS):
                memory.acting = figure
            if subject is None and item.symbol in "PR" and not (at and items[at - 1].is_word(*_PREPOSITIONS)):
                subject = figure
        items = self._join(items, part, register, memory)
        named = list(
            dict.fromkeys(
                i.value
                for i in items
                if i.symbol in "PR" and isinstance(i.value, Figure) and i.value.office_kind != "spokesperson"
            )
        )
        if len(named) == 2 and not any(i.symbol in "QG" for i in items):
            memory.together(named)
        for item in items:
            if item.symbol in "QDG":
                item.text = text[item.begin : item.end]
        if subject is not None:
            memory.subject = subject
        return items

    def _figure(
        self, items: Sequence[Item], at: int, register: Register, memory: Memory, subject: Figure | None
    ) -> Figure | None:
        """Whom one item means, if anybody."""
        item = items[at]
        mention = item.mention
        if item.symbol == Symbol.PERSON and mention is not None:
            figure = register.introduce(mention) or register.name(item)
            if figure is not None and mention.counterpart:
                self._as_counterpart(figure, self._pronoun(item, register, memory, subject))
            return figure
        if item.symbol == Symbol.REFERENCE and mention is not None:
            return self._by_title(item, mention, register, memory, subject)
        if item.symbol == Symbol.NAME:
            figure = register.name(item)
            if figure is not None:
                item.symbol = Symbol.PERSON
                return figure
            return None
        if item.is_word("latter") and memory.recent:
            item.symbol = Symbol.REFERENCE
            return memory.recent[-1]
        if item.is_word("he", "him", "his") and item.symbol not in "PR":
            figure = self._pronoun(item, register, memory, subject)
            following = items[at + 1] if at + 1 < len(items) else None
            is_object = (
                following is None or following.symbol in _OBJECT_NEXT or following.is_word(*_PREPOSITIONS, "and")
            )
            if figure is not None and (item.is_word("he") or (item.is_word("him") and is_object)):
                item.symbol = Symbol.REFERENCE
            return figure
        return None

    def _pronoun(self, item: Item, register: Register, memory: Memory, subject: Figure | None) -> Figure | None:
        """Whom "he", "her" or "his" means: the subject so far, the last sentence's, the last person of that sex."""
        word = fold(item.text.split()[0]) if item.text else ""
        if item.is_word("him") and not item.is_word("his") and subject is not None:
            others = [f for f in reversed(memory.recent) if f is not subject]
            if memory.here is not None and memory.here is not subject:
                return memory.here
            return others[0] if others else None
        sex = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}.get(word, "")
        nearest = memory.acting if item.is_word("his") and not item.is_word("him") else None
        for figure in (nearest, subject, memory.here, memory.subject, *reversed(memory.recent)):
            if figure is not None and (not sex or not figure.sex or figure.sex == sex):
                return figure
        return None

    def _as_counterpart(self, figure: Figure, owner: Figure | None) -> None:
        """A counterpart holds the office of the one whose counterpart he is."""
        if owner is not None and figure is not owner and figure.office is None and owner.office is not None:
            figure.office, figure.office_kind = owner.office, owner.office_kind
            if "foreign minister" in owner.offices and figure.office != "Foreign Minister":
                figure.office, figure.office_kind = "Foreign Minister", "foreign-minister"
            figure.offices.add(fold(figure.office))
        if owner is not None and owner is not figure:
            figure.apart_from.append(owner)
            owner.apart_from.append(figure)

    def _by_title(
        self, item: Item, mention: Mention, register: Register, memory: Memory, subject: Figure | None
    ) -> Figure | None:
        """Whom "the Japanese prime minister" or "his Turkish counterpart" means, in the article, else in the world."""
        owner = self._pronoun(item, register, memory, subject) if mention.counterpart else None
        office = mention.office or (owner.office if owner else None)
        candidates = [
            figure
            for figure in register.figures
            if figure is not owner
            and (mention.country is None or figure.country == mention.country)
            and (
                office is None
                or not figure.offices
                or _holds(figure, fold(office), register)
                or _holds(figure, mention.title, register)
            )
        ]
        if mention.counterpart and mention.country is None:
            return None
        if not (mention.former or mention.then):
            candidates = [figure for figure in candidates if not figure.is_past] or candidates
        if mention.bare and not mention.counterpart:
            candidates = [figure for figure in candidates if figure.at_home is not mention.visiting] or candidates
        if candidates:
            last = [figure for figure in reversed(memory.recent) if figure in candidates]
            chosen = last[0] if last else candidates[0] if len(candidates) == 1 else None
            if chosen is not None and mention.counterpart:
                self._as_counterpart(chosen, owner)
            elif chosen is not None and chosen.office is None and mention.office:
                chosen.office, chosen.office_kind, chosen.titled = mention.office, mention.office_kind, True
            return chosen
        if mention.country is None or mention.former or mention.then:
            return None
        person = register.holder(office, mention.country)
        return register.of_person(person) if person is not None else None

    def _split_joined(self, items: list[Item], register: Register) -> list[Item]:
        """ "Novak-Horvat" as two people where both are surnames of the article."""
        result: list[Item] = []
        for item in items:
            left, mark, right = item.text.partition("-") if item.symbol == Symbol.NAME else ("", "", "")
            if mark and not register.name(item):
                middle = item.begin + len(left)
                halves = (
                    Item(Symbol.NAME, left, item.begin, middle),
                    Item(Symbol.NAME, right, middle + 1, item.end),
                )
                if all(register.name(half) for half in halves):
                    result += [halves[0], Item("-", "-", middle, middle + 1), halves[1]]
                    continue
            result.append(item)
        return result

    # -- lists

    def _join(self, items: list[Item], part: Part, register: Register, memory: Memory) -> list[Item]:
        patterns = self.patterns
        letters = self.lexicon.alphabet.by_class

        def people(match: Match) -> Made | None:
            return self._people(match, memory)

        def countries(match: Match) -> Made | None:
            return _countries(match, memory)

        def holders(match: Match) -> Made | None:
            return self._holders(match, register, memory)

        def nationals(match: Match) -> Made | None:
            return self._nationals(match, register, memory)

        steps = [
            step(patterns["nationals"], letters["plural"] + letters["counterpart"], nationals),
            step(patterns["list"], letters["and"], people),
            step(patterns["joined"], "-–/", people),
            step(patterns["countries"], letters["and"], countries),
            step(patterns["holders"], letters["plural"], holders),
            step(patterns["peers"], letters["counterpart"], holders),
            step(patterns["countries-joined"], "-–", countries),
            step(patterns["demonyms-joined"], "-–", countries),
        ]
        if part is Part.HEADLINE:
            steps += [
                step(patterns["headline-list"], ",", people),
                step(patterns["headline-countries"], ",", countries),
            ]
        return cascade(items, (*steps, *self.plurals))

    def _people(self, match: Match, memory: Memory) -> Made | None:
        """A list of people, unless it runs from one clause into the next ("A met B and C met D")."""
        begin, end = match.found.span()
        following = match.items[end] if end < len(match.items) else None
        before = match.items[begin - 1] if begin else None
        people = [item for item in match.items[begin:end] if item.symbol in "PR"]
        if any(not isinstance(item.value, Figure) for item in people):
            return None
        if following is not None and before is not None and following.is_word("met", "held", "verb", "received"):
            if before.is_word("with", "met", "received", "verb") and len(people) == 2:
                return None
        figures: list[Figure] = []
        for item in people:
            if isinstance(item.value, Figure) and item.value not in figures:
                figures.append(item.value)
        if len(figures) < 2:
            return None
        memory.together(figures)
        first, last = match.items[begin], match.items[end - 1]
        joined = Item(Symbol.PEOPLE, f"{first.text} … {last.text}", first.begin, last.end, parts=people)
        joined.initial = first.initial
        joined.value = tuple(figures)
        return Made(joined, end)

    def _nationals(self, match: Match, register: Register, memory: Memory) -> Made | None:
        """ "the Chinese and Russian presidents" as the two people, where each is known."""
        begin, end = match.found.span()
        office = self._plural_office(match, memory)
        if office is None:
            return None
        figures: list[Figure] = []
        for item in match.items[begin:end]:
            code = country_of(item) if item.symbol == Symbol.DEMONYM else None
            figure = register.holds(office, code) if code is not None else None
            if item.symbol == Symbol.DEMONYM and figure is None:
                return None
            if figure is not None:
                figures.append(figure)
        memory.together(figures)
        made = Item(Symbol.PEOPLE, "", match.items[begin].begin, match.items[end - 1].end, value=tuple(figures))
        return Made(made, end)

    def _plural_office(self, match: Match, memory: Memory) -> Office | None:
        """The office of "the presidents", "the leaders"; of "his counterparts" that of the one before the verb."""
        what = match.slot("what")[0]
        if what.is_word("counterpart"):
            owner = memory.acting or memory.here or memory.subject
            return self.lexicon.office(owner.office) if owner is not None and owner.office else None
        return self.lexicon.office(fold(what.text).removesuffix("s"))

    def _holders(self, match: Match, register: Register, memory: Memory) -> Made | None:
        """ "the foreign ministers of A, B and C" as the people who hold the office there, where each is known."""
        begin, end = match.found.span()
        office = self._plural_office(match, memory)
        countries = match.items[end - 1].value
        if office is None or not isinstance(countries, tuple):
            return None
        worldwide = not match.slot("what")[0].is_word("counterpart")
        figures = [register.holds(office, code, worldwide=worldwide) for code in countries]
        found = [figure for figure in figures if figure is not None]
        if len(found) < len(countries) and not match.slot("what")[0].is_word("counterpart") or len(found) < 2:
            return None
        memory.together(found)
        made = Item(Symbol.PEOPLE, "", match.items[begin].begin, match.items[end - 1].end, value=tuple(found))
        return Made(made, end)

    def _those(self, match: Match) -> Made | None:
        begin, end = match.found.span()
        what = match.slot("what")
        number = 0
        for item in match.items[begin:end]:
            for word, count in (("two", 2), ("both", 2), ("three", 3), ("four", 4)):
                if item.is_word(word):
                    number = count
        sides = bool(what) and what[0].is_word("sides") and not what[0].is_word("plural")
        if not what and not any(item.is_word("the") for item in match.items[begin:end]):
            return None
        first, last = match.items[begin], match.items[end - 1]
        title = fold(what[0].text).removesuffix("s") if what and not sides else ""
        office = self.lexicon.office(title)
        label = fold(office.label) if office is not None and office.id not in {"leader", "minister"} else None
        value = Those(number, sides, label)
        those = Item(Symbol.THOSE, "", first.begin, last.end, value=value, initial=first.initial)
        return Made(those, end)


def _holds(figure: Figure, office: str, register: Register) -> bool:
    """Whether a title used alone fits the figure: "the minister" is any minister, "the premier" a prime minister."""
    if office in {"minister", "secretary", "envoy"}:
        return any(held.endswith(office) for held in figure.offices)
    return office == "leader" or any(register.same_office(held, office) for held in figure.offices)


def _countries(match: Match, memory: Memory) -> Made | None:
    """A list of countries; a town that is no capital makes it a list of places."""
    begin, end = match.found.span()
    parts = [item for item in match.items[begin:end] if item.symbol in "COLA"]
    if any(item.symbol == Symbol.TOWN and not {Kind.CAPITAL, Kind.METONYM} & item.keys.keys() for item in parts):
        return None
    codes = [country_of(item) for item in parts]
    if any(code is None for code in codes) or len(set(codes)) < 2:
        return None
    if len(parts) == 2:
        memory.sides = tuple(code for code in codes if code)
    first, last = match.items[begin], match.items[end - 1]
    joined = Item(Symbol.COUNTRIES, "", first.begin, last.end, parts=parts, initial=first.initial)
    joined.value = tuple(dict.fromkeys(code for code in codes if code))
    return Made(joined, end)


__all__ = ["Memory", "Referrer", "Those", "name_key"]
