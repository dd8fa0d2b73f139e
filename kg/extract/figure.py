"""A person of one article while it is read, and the keys by which two spellings of a name are one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from kg.extract.item import Mention
from kg.extract.lexicon import plain_words
from kg.lexicon.world import Person
from kg.model.entity import Leader, fold

_NAMES_KEPT: Final = 1 << 16
_SONS: Final = frozenset({"bin", "bint"})


@lru_cache(maxsize=_NAMES_KEPT)
def name_key(name: str) -> str:
    """What two spellings of one name share: no case, no diacritics, hyphens as blanks, "ibn" as "bin"."""
    words = fold(name).replace("-", " ").replace("'", "").replace(".", " ").split()
    return " ".join("bin" if word == "ibn" else word for word in words)


@lru_cache(maxsize=_NAMES_KEPT)
def short_keys(name: str) -> frozenset[str]:
    """The keys of a name's last parts, by which its bearer may be called again."""
    parts = name_key(name).split()
    while len(parts) > 1 and parts[-1] in plain_words("name_suffixes"):
        parts.pop()
    last = "" if parts[-2:-1] and parts[-2] in _SONS else parts[-1]
    return frozenset(
        {f"{parts[0][0]} {parts[-1]}", last, *(" ".join(parts[at:]) for at in range(len(parts) - 1))} - {""}
    )


def own_parts(key: str) -> list[str]:
    """The parts of a name's key that are his own: not his father's, behind "bin"."""
    parts = key.split()
    return [part for at, part in enumerate(parts) if not at or parts[at - 1] not in _SONS]


@dataclass(slots=True, eq=False)
class Figure:
    """One person of one article while it is read; becomes a :class:`~kg.model.entity.Leader` at its end."""

    name: str
    written: str
    person: Person | None = None
    office: str | None = None
    office_kind: str | None = None
    country: str | None = None
    offices: set[str] = field(default_factory=set)  # folded labels by which "the president" may mean him
    former_only: bool = True
    sex: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)
    names: list[tuple[int, int]] = field(default_factory=list)  # those of the spans that name him
    styled: list[tuple[int, int]] = field(default_factory=list)  # lists that mean him: "the Thai and Lao presidents"
    titled: bool = False
    in_contact: bool = False
    elect: bool = False
    leads: bool = False  # called "leader" of a country by full name
    placed: bool = False  # the text itself says of which country
    near: str | None = None  # the country named last before him in his paragraph
    visits: set[str] = field(default_factory=set)  # the countries to which he travels: not his own
    beside: Figure | None = None  # with whom he is named: "X and Y"
    called: bool = False  # called on, or receiving: at home
    met: bool = False  # whom somebody met or called on, or who receives
    seat: str | None = None  # the country in whose town he receives somebody
    scene: str | None = None  # the country in whose capital the sentence plays that names him
    apart: set[str] = field(default_factory=set)  # the countries of his counterparts
    company: Figure | None = None  # with whom he travels: of the same country
    at_home: bool = False  # named without a country, as the press of the own country does
    mentions: dict[Mention, None] = field(default_factory=dict)  # in the order in which they were understood
    begin: int = 0  # where the first of them stands in the text
    number: int = 0  # which figure of the article he is
    settled: Leader | None = None  # the value that facts carry, made once the article is read to its end
    apart_from: list[Figure] = field(default_factory=list)  # counterparts: of another country
    indexed: tuple[str, bool] | None = None  # the key of the name, and whether he was unknown, when last indexed

    def note_surroundings(self, mention: Mention) -> None:
        """Note what stands around a mention and may tell of which country he is."""
        if len(self.mentions) == 1:  # whom an item opens with is named there first
            self.near = mention.near
        self.seat = self.seat or mention.seat
        self.scene = self.scene or mention.scene
        self.called = self.called or mention.called
        self.met = self.met or mention.met
        if mention.apart is not None:
            self.apart.add(mention.apart)
        if mention.visits is not None:
            self.visits.add(mention.visits)

    @property
    def leader(self) -> Leader:
        """The value that facts carry."""
        return self.settled or Leader(
            name=self.person.name if self.person else self.name,
            office=self.office or ("Leader" if self.leads else None),
            country=self.country,
            wikidata=self.person.wikidata if self.person else None,
            written=self.written,
        )

    @property
    def is_past(self) -> bool:
        """Whether the article gives him only offices that he no longer holds."""
        return self.office is not None and self.former_only

    @property
    def keys(self) -> frozenset[str]:
        """The short names by which the article may call him again."""
        found = short_keys(self.name)
        if self.person is None:
            return found
        return found | {key for name in (*self.person.short, *self.person.aliases) if (key := name_key(name))}


def leaders_of(figures: Iterable[Figure]) -> tuple[Leader, ...]:
    """The figures as values, by name."""
    return tuple(sorted((figure.leader for figure in figures), key=lambda leader: leader.slug))
