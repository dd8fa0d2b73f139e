"""The typed units that patterns match on: one item a mention, a listed word, another word, or a mark."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kg.lexicon.gazetteer import Keys

EMPTY: Final[frozenset[str]] = frozenset()
NO_KEYS: Final = Keys()


class Symbol:
    """The one character by which a pattern knows an item; listed words get characters of their own."""

    PERSON: Final = "P"
    PEOPLE: Final = "Q"  # a list of persons
    THOSE: Final = "G"  # "the two leaders", "they"
    REFERENCE: Final = "R"  # "the president", "he"
    COUNTRY: Final = "C"
    COUNTRIES: Final = "D"  # a list of countries or organisations
    DEMONYM: Final = "A"
    TOWN: Final = "L"
    ORGANISATION: Final = "O"
    SUMMIT: Final = "S"
    TIME: Final = "T"
    DURATION: Final = "U"
    NAME: Final = "N"  # a capitalised name that is in no list
    TITLE: Final = "t"
    NUMBER: Final = "0"
    WORD: Final = "w"
    QUOTE: Final = '"'


@dataclass(slots=True, eq=False)
class Mention:
    """A person as one place of the text names him, before it is known who that is."""

    name: str | None
    begin: int
    end: int
    office: str | None = None  # label
    country: str | None = None
    known: tuple[str, ...] = ()  # people of the world that bear the name
    former: bool = False
    then: bool = False
    elect: bool = False
    titled: bool = False
    counterpart: bool = False
    full: bool = False
    office_kind: str | None = None
    also: tuple[str, ...] = ()  # further offices named beside: "Deputy Prime Minister and Foreign Minister"
    title: str = ""  # the title's own words, folded
    visiting: bool = False
    vague: bool = False  # "a Turkish premier": hardly the one in office
    guest: bool = False  # "the visitor": whoever is on a visit
    bare: bool = False  # a title alone, without a country
    company: Mention | None = None  # with whom he came
    near: str | None = None  # the country named last before him in his paragraph
    there: bool = False  # "the country's president": of the country named last
    beside: Mention | None = None  # with whom he is named: "X and Y"
    apart: str | None = None  # the country of his counterpart
    visits: str | None = None  # the country to which the sentence says that he travels
    served: bool = False  # named as "his" or "her": of the country of whoever that is
    called: bool = False  # called on, or receiving
    met: bool = False  # whom somebody met or called on, or who receives
    posted: str | None = None  # the country to which an ambassador is sent
    seat: str | None = None  # the country in whose town he receives somebody
    scene: str | None = None  # the country in whose capital the sentence plays


@dataclass(slots=True, eq=False)
class Item:
    """One unit of a sentence; ``begin`` and ``end`` are offsets in the article."""

    symbol: str
    text: str
    begin: int
    end: int
    keys: Keys = field(default_factory=Keys)
    classes: frozenset[str] = EMPTY
    mention: Mention | None = None
    value: object = None  # a time expression, a duration, an anaphor's number
    initial: bool = False  # begins its sentence

    def is_word(self, *names: str) -> bool:
        """Whether the item is a listed word of one of these classes."""
        return not self.classes.isdisjoint(names) if self.classes else False  # most words have no class
