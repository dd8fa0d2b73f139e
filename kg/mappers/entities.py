"""The people, countries, offices and places that facts name: minted here, remembered, and described once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Triple

from kg.assemble.key import code, leader_key, short
from kg.lexicon.calling import label_of, other_names, with_article
from kg.lexicon.world import World
from kg.mappers import literal, terms
from kg.mappers.iri import mint
from kg.model.entity import Leader, Place, fold, slug
from kg.model.text import Article


class Entities:
    """The names of one run: every entity that a mapper asks for is described afterwards."""

    def __init__(self, base: str, world: World) -> None:
        """Begin with nobody named."""
        self.base = base
        self.world = world
        self._leaders: dict[NamedNode, Leader] = {}
        self._spellings: dict[NamedNode, set[str]] = {}
        self._parties: dict[NamedNode, str] = {}
        self._places: dict[NamedNode, Place] = {}
        self._offices: dict[NamedNode, tuple[str, str]] = {}
        # The organiser of a user's own series may be in no list of organisations, and look like a country's code.
        self._organisers = frozenset(series.organiser for series in world.series.values())
        self._towns = {fold(alias): town.name for town in world.towns.values() for alias in town.aliases}

    def leader(self, leader: Leader) -> NamedNode:
        """A leader; of several descriptions of one the fullest is kept."""
        node = mint(self.base, leader_key(leader))
        known = self._leaders.get(node)
        self._spellings.setdefault(node, set()).add(leader.written or leader.name)
        if known is None or _fullness(leader) < _fullness(known):
            self._leaders[node] = leader
        return node

    def spelt_as_in(self, others: Entities) -> None:
        """Call the leaders by the names, too, that they have there: in the tellings of single articles."""
        for node, names in others._spellings.items():
            self._spellings.setdefault(node, set()).update(names)

    def party(self, party: str) -> NamedNode:
        """A country by its code, or an organisation by its abbreviation."""
        is_country = party in self.world.countries or (party not in self._organisers and _is_code(party, self.world))
        kind = "country" if is_country else "org"
        node = mint(self.base, f"{kind}/{short(code(party) if kind == 'country' else slug(party))}")
        self._parties.setdefault(node, party)
        return node

    def place(self, place: Place) -> NamedNode:
        """A place; one with a country says more than one without."""
        node = mint(self.base, f"place/{short(place.slug)}")
        known = self._places.get(node)
        if known is None or (place.country is not None, place.name) > (known.country is not None, known.name):
            self._places[node] = place
        return node

    def dateline(self, text: str) -> NamedNode:
        """The place that a dateline names: the town before a comma, under the name by which the world knows it."""
        name = text.split(",", maxsplit=1)[0].strip()
        folded = fold(name)
        town = self.world.towns.get(folded) or self.world.towns.get(fold(self._towns.get(folded, "")))
        if town is not None:
            return self.place(Place(name=town.name, country=town.country))
        return self.place(Place(name=name.title() if name.isupper() else name))

    def office(self, title: str, country: str) -> NamedNode:
        """An office of a country or an organisation."""
        node = mint(self.base, f"office/{short(f'{slug(title)}-{code(country)}')}")
        self._offices.setdefault(node, (title, country))
        return node

    def describe(self, articles: Iterable[Article]) -> Iterator[Triple]:
        """Everybody and everything that was named, with the names that the articles use."""
        for office, (title, country) in sorted(self._offices.items(), key=_by_iri):
            yield from self._office(office, title, country)
        for node, place in sorted(self._places.items(), key=_by_iri):
            yield from self._place(node, place)
        for node, leader in sorted(self._leaders.items(), key=_by_iri):
            yield from self._leader(node, leader)
        used = self._names_used(articles)
        for node, party in sorted(self._parties.items(), key=_by_iri):
            yield from describe_party(node, party, self.world)
            for name in used.get(party, ()):
                yield Triple(node, terms.SKOS_ALT_LABEL, literal.spoken(name))

    def _leader(self, node: NamedNode, leader: Leader) -> Iterator[Triple]:
        yield Triple(node, terms.RDF_TYPE, terms.Leader)
        yield Triple(node, terms.RDFS_LABEL, literal.spoken(leader.name))
        if leader.country:
            yield Triple(node, terms.represents, self.party(leader.country))
        known = self.world.people.get(leader.name)
        yield from same_as(node, leader.wikidata or (known.wikidata if known else None))
        if known is None:  # the spellings of those whom the world lists are in the reference graph
            for name in sorted(self._spellings[node] - {leader.name}):
                yield Triple(node, terms.SKOS_ALT_LABEL, literal.spoken(name))

    def _place(self, node: NamedNode, place: Place) -> Iterator[Triple]:
        town = self.world.towns.get(fold(place.name))
        country = place.country or (town.country if town else None)
        yield Triple(node, terms.RDF_TYPE, terms.Place)
        yield Triple(node, terms.RDFS_LABEL, literal.spoken(place.name))
        if country:
            yield Triple(node, terms.country, self.party(country))

    def _office(self, node: NamedNode, title: str, country: str) -> Iterator[Triple]:
        office = self.world.offices.get(slug(title))
        label = f"{office.label if office else title} of {with_article(country, self.world)}"
        yield Triple(node, terms.RDF_TYPE, terms.Office)
        yield Triple(node, terms.RDFS_LABEL, literal.spoken(label))
        yield Triple(node, terms.country, self.party(country))

    def _names_used(self, articles: Iterable[Article]) -> Mapping[str, list[str]]:
        """By party the names, other than its label, by which the articles call it."""
        used = {name for article in articles for name in article.names or ()}
        found = {party: sorted(used.intersection(other_names(party, self.world))) for party in self._parties.values()}
        return {party: names for party, names in found.items() if names}


def _by_iri(item: tuple[NamedNode, object]) -> str:
    return item[0].value


def _fullness(leader: Leader) -> tuple[bool, bool, str, str]:
    return leader.country is None, leader.wikidata is None, leader.name, leader.country or ""


def _is_code(party: str, world: World) -> bool:
    return re.fullmatch(r"[A-Z]{3}", party) is not None and party not in world.organisations


def same_as(node: NamedNode, wikidata: str | None) -> Iterator[Triple]:
    """The link to Wikidata, where the id is known and is one."""
    if wikidata and re.fullmatch(r"Q[1-9]\d*", wikidata):
        yield Triple(node, terms.OWL_SAME_AS, NamedNode(terms.WIKIDATA + wikidata))


def describe_party(node: NamedNode, party: str, world: World) -> Iterator[Triple]:
    """A country or an organisation: class, label, link."""
    is_country = "/country/" in node.value
    known = world.countries.get(party) or world.organisations.get(party)
    yield Triple(node, terms.RDF_TYPE, terms.Country if is_country else terms.Organization)
    yield Triple(node, terms.RDFS_LABEL, literal.spoken(label_of(party, world)))
    yield from same_as(node, known.wikidata if known else None)
