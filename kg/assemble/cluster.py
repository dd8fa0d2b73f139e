"""Tellings of one contact together, and what articles say around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.assemble.told import Telling
from kg.facts.contact.record import Contact
from kg.model.date import Precision
from kg.model.entity import Place, SummitEdition

ContactTelling = Telling[Contact]


class Cluster:
    """Tellings of one contact; the first has the most precise time."""

    __slots__ = ("_summits", "articles", "places", "tellings")

    def __init__(self, tellings: Sequence[ContactTelling]) -> None:
        """Begin with tellings that belong together."""
        self.tellings: list[ContactTelling] = []
        self.articles: set[str] = set()
        # Most have none or one of these: a tuple is an eighth of a set.
        self._summits: tuple[tuple[str, int | None], ...] = ()
        self.places: tuple[Place, ...] = ()
        self.take(tellings)

    def take(self, tellings: Sequence[ContactTelling]) -> None:
        """Add tellings of the same contact."""
        self.tellings += tellings
        for telling in tellings:
            fact = telling.fact
            self.articles.add(telling.article)
            if fact.summit is not None and (named := (fact.summit.series, fact.summit.year)) not in self._summits:
                self._summits += (named,)
            if fact.place is not None and not self.has_place_of(fact):
                self.places += (fact.place,)

    @property
    def contact(self) -> Contact:
        """The most precise telling."""
        return self.tellings[0].fact

    @property
    def days(self) -> set[int]:
        """The days on which its tellings put it, where they name one: ordinals of the proleptic Gregorian calendar."""
        times = (telling.fact.when for telling in self.tellings)
        return {when.earliest.toordinal() for when in times if when.precision is Precision.DAY and when.earliest}

    def accepts_summit(self, contact: Contact) -> bool:
        """Whether no telling names a different summit."""
        return contact.summit is None or all(_same_summit(known, contact) for known in self._summits)

    def has_summit_of(self, contact: Contact) -> bool:
        """Whether a telling names the same summit."""
        return contact.summit is not None and any(_same_summit(known, contact) for known in self._summits)

    def has_place_of(self, contact: Contact) -> bool:
        """Whether a telling names the same place."""
        return contact.place is not None and any(place.slug == contact.place.slug for place in self.places)


def _same_summit(known: tuple[str, int | None], contact: Contact) -> bool:
    """Whether the contact names that series and no other year."""
    series, year = known
    if contact.summit is None or contact.summit.series != series:
        return False
    return year is None or contact.summit.year is None or contact.summit.year == year


class Neighbours:
    """For each article the other articles that tell of a contact it tells of."""

    def __init__(self, clusters: Iterable[Cluster]) -> None:
        """Note who tells, as of now, of contacts that others tell of, too."""
        self._together: dict[str, list[frozenset[str]]] = {}
        for cluster in clusters:
            if len(cluster.articles) > 1:
                together = frozenset(cluster.articles)
                for article in together:
                    self._together.setdefault(article, []).append(together)

    def of(self, article: str) -> set[str]:
        """The articles around this one, found when they are asked for: all of them at once are many."""
        return {other for together in self._together.get(article, ()) for other in together} - {article}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an article says around a contact: which others tell of its events, and the one summit that it is about."""

    neighbours: Neighbours
    editions: Mapping[str, SummitEdition]

    def supported(self, telling: ContactTelling, known: Sequence[Cluster]) -> list[Cluster]:
        """The contacts that an undated telling may be about: by its summit, its neighbours, its article's summit."""
        contact = telling.fact
        if near := [c for c in known if c.has_summit_of(contact)]:
            return near
        around = self.neighbours.of(telling.article)
        if near := [c for c in known if c.accepts_summit(contact) and c.articles & around]:
            return near
        edition = self.editions.get(telling.article)
        if contact.summit is not None or edition is None:
            return []
        return [c for c in known if c.has_summit_of(replace(contact, summit=edition))]
