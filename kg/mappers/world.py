"""The world of ``seeds/`` to quads: the reference graph, which facts do not depend on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from kg.assemble.key import code, short
from kg.lexicon.calling import other_names
from kg.lexicon.world import Edition, Person, Town, World
from kg.mappers import literal, terms
from kg.mappers.entities import Entities, describe_party
from kg.mappers.iri import graph, mint
from kg.mappers.lines import in_graph, in_whole
from kg.mappers.summit import organiser_of
from kg.model.date import When
from kg.model.entity import Leader, Place, fold, slug


def to_lines(world: World, base: str) -> Iterator[bytes]:
    """Everything that the world lists, in its own graph, as lines of N-Quads."""
    yield in_graph(in_whole(_triples(world, Entities(base, world))), graph(base, "reference"))


def _triples(world: World, entities: Entities) -> Iterator[Triple]:
    for party in (*sorted(world.countries), *sorted(world.organisations)):
        node = entities.party(party)
        yield from describe_party(node, party, world)
        yield Triple(node, terms.SKOS_NOTATION, literal.plain(party))
        for name in other_names(party, world):
            yield Triple(node, terms.SKOS_ALT_LABEL, literal.spoken(name))
        capital = _capital(party, world)
        if capital is not None:
            yield from _position(node, capital)
    for key in sorted(world.towns):
        yield from _town(world.towns[key], entities)
    held = Counter((edition.series, edition.year) for edition in world.editions)
    for edition in world.editions:
        alone = held[edition.series, edition.year] == 1
        yield from _edition(edition, "" if alone else f"-{slug(edition.place)}", entities)
    for key in sorted(world.people):
        yield from _person(world.people[key], entities)
    # Offices, countries and places that the lines above named, each once.
    yield from entities.describe(())


def _town(town: Town, entities: Entities) -> Iterator[Triple]:
    node = entities.place(Place(name=town.name, country=town.country))
    for alias in town.aliases:
        yield Triple(node, terms.SKOS_ALT_LABEL, literal.spoken(alias))
    yield from _position(node, town)


def _capital(party: str, world: World) -> Town | None:
    """The capital of a country: a country is drawn where it is."""
    country = world.countries.get(party)
    town = world.towns.get(fold(country.capital)) if country else None
    return town if town and town.country == party else None


def _position(node: NamedNode, town: Town) -> Iterator[Triple]:
    """Where the town lies, if the world says so."""
    if town.lat is not None and town.lon is not None:
        yield Triple(node, terms.GEO_LAT, literal.degrees(town.lat))
        yield Triple(node, terms.GEO_LONG, literal.degrees(town.lon))


def _edition(edition: Edition, mark: str, entities: Entities) -> Iterator[Triple]:
    """One known gathering: where and when it was, and who held it; ``mark`` tells it from others of its year."""
    organiser = organiser_of(edition.series, entities.world)
    node = mint(entities.base, f"summit/{short(f'{slug(edition.series)}-{edition.year}{mark}')}")
    yield Triple(node, terms.RDF_TYPE, terms.Summit)
    name = edition.name or f"{edition.series} summit"
    yield Triple(node, terms.RDFS_LABEL, literal.spoken(f"{name}, {edition.place}, {edition.year}"))
    if organiser:
        yield Triple(node, terms.organizedBy, entities.party(organiser))
    if edition.place:
        place = Place(name=edition.place, country=edition.country or None)
        yield Triple(node, terms.place, entities.place(place))
    times = [When.on(date) for date in (edition.start, edition.end or edition.start) if date is not None]
    if times and times[0].earliest and times[-1].latest and times[0].earliest <= times[-1].latest:
        yield Triple(node, terms.earliest, literal.day(times[0].earliest))
        yield Triple(node, terms.latest, literal.day(times[-1].latest))


def _person(person: Person, entities: Entities) -> Iterator[Triple]:
    """One known leader with every tenure."""
    leader = Leader(name=person.name, wikidata=person.wikidata)
    node = entities.leader(leader)
    for alias in person.aliases:
        yield Triple(node, terms.SKOS_ALT_LABEL, literal.spoken(alias))
    for term in person.terms:
        begun = f"-{term.start}" if term.start else ""
        key = f"{leader.slug}-{slug(term.office)}-{code(term.country)}{begun}"
        tenure = mint(entities.base, f"term/{short(key)}")
        yield Triple(tenure, terms.RDF_TYPE, terms.Tenure)
        yield Triple(tenure, terms.holder, node)
        yield Triple(tenure, terms.office, entities.office(term.office, term.country))
        if term.start is not None:
            yield Triple(tenure, terms.start, literal.date(term.start))
        if term.end is not None:
            yield Triple(tenure, terms.end, literal.date(term.end))
