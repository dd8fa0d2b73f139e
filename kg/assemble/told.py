"""The values of assembly: a fact under its key, as one article tells it and as all of them together do.

A key is the path of an IRI ("meeting/2025-06-17-a-b") and nothing of RDF beyond that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, Protocol, TypeVar, overload

from kg.facts.agreement.record import Agreement
from kg.facts.anniversary.record import Anniversary
from kg.facts.contact.record import Contact
from kg.facts.statement.record import Statement
from kg.facts.summit.record import Summit
from kg.facts.tenure.record import Tenure
from kg.model.entity import Leader
from kg.model.fact import Evidence
from kg.model.text import Article


class Evidenced(Protocol):
    """Any record of a fact."""

    @property
    def evidence(self) -> Sequence[Evidence]:
        """The words it rests on."""


F = TypeVar("F", bound=Evidenced)


class Link(StrEnum):
    """How one fact points to another."""

    SUMMIT = "summit"
    CONTACT = "contact"
    ANNIVERSARY = "anniversary"
    PREDECESSOR = "predecessor"
    TOPIC = "topic"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Telling(Generic[F]):
    """One article's telling of a fact, before anybody knows which fact of the world it is."""

    article: str
    fact: F


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Generic[F]):
    """A fact under its key, with the articles that tell it and, of a single telling, the words it rests on, by article.

    ``announced`` are articles that told of a held contact when it was still a plan.
    """

    key: str
    fact: F
    articles: tuple[str, ...]
    evidence: tuple[tuple[str, Evidence], ...] = ()
    links: Mapping[Link, str] = field(default_factory=dict)
    announced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Generic[F]):
    """One fact of the world: the most precise value that its tellings agree on, and every telling by itself.

    A plan that came true has tellings in its articles and no place of its own in the whole: ``whole`` is ``None``.
    """

    whole: Told[F] | None
    tellings: tuple[Told[F], ...]


class Facts(Sequence[Merged[F]]):
    """Merged facts in their order, each made whenever it is asked for: with their tellings they are too many."""

    def __init__(self, count: int, make: Callable[[int], Merged[F]]) -> None:
        """So many, the one at each place made by that."""
        self._count = count
        self._make = make

    def __len__(self) -> int:
        """How many there are."""
        return self._count

    def __iter__(self) -> Iterator[Merged[F]]:
        """Each of them, in order."""
        return map(self._make, range(self._count))

    @overload
    def __getitem__(self, place: int) -> Merged[F]: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Merged[F], ...]: ...

    def __getitem__(self, place: int | slice) -> Merged[F] | tuple[Merged[F], ...]:
        """The one at a place, or those at several."""
        places = range(self._count)[place]
        return self._make(places) if isinstance(places, int) else tuple(map(self._make, places))

    def __eq__(self, other: object) -> bool:
        """Whether they are the same facts in the same order."""
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """The hash of the facts."""
        return hash(tuple(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """One property of one fact on which articles differ: each value with the articles that give it.

    Where it is ``settled``, the last claim is a correction by hand.
    """

    key: str
    property: str
    claims: tuple[tuple[str, tuple[str, ...]], ...]
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """Everything that all reports together say, each fact once; in one order, whatever the order of the reports.

    ``moved`` are facts that a correction gave another key: the one before, and the one since. ``copies`` are articles
    with the same text as another: the copy, and the original.
    """

    articles: tuple[Article, ...] = ()
    leaders: tuple[tuple[str, Leader], ...] = ()
    contacts: Sequence[Merged[Contact]] = ()
    summits: Sequence[Merged[Summit]] = ()
    agreements: Sequence[Merged[Agreement]] = ()
    anniversaries: Sequence[Merged[Anniversary]] = ()
    tenures: Sequence[Merged[Tenure]] = ()
    statements: Sequence[Merged[Statement]] = ()
    contradictions: tuple[Contradiction, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    copies: tuple[tuple[str, str], ...] = ()


def single(telling: Telling[F], key: str, links: Mapping[Link, str] | None = None) -> Told[F]:
    """What one article alone tells of the fact with this key."""
    return Told(
        key=key,
        fact=telling.fact,
        articles=(telling.article,),
        evidence=tuple((telling.article, words) for words in telling.fact.evidence),
        links=links or {},
    )


def together(fact: F, key: str, tellings: Iterable[Telling[F]], links: Mapping[Link, str] | None = None) -> Told[F]:
    """What several tellings say of one fact, under its merged value; the words are those of the tellings."""
    articles = tuple(sorted({telling.article for telling in tellings}))
    return Told(key=key, fact=fact, articles=articles, links=links or {})


def claims_of(key: str, name: str, values: Iterable[tuple[str, str]]) -> Iterable[Contradiction]:
    """The contradiction between (value, article) pairs; nothing where they agree."""
    by_value: dict[str, set[str]] = {}
    for value, article in values:
        by_value.setdefault(value, set()).add(article)
    if len(by_value) > 1:
        claims = tuple((value, tuple(sorted(by_value[value]))) for value in sorted(by_value))
        yield Contradiction(key=key, property=name, claims=claims)


def preferred(values: Iterable[str]) -> str | None:
    """The value most often given, the first by alphabet among equals; ``None`` where none is given."""
    given = Counter(values)
    return min(given, key=lambda value: (-given[value], value), default=None)
