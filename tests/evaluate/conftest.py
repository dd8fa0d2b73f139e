"""An invented world for scoring."""

import pytest

from kg.evaluate.match import Matcher
from kg.lexicon.world import Country, Office, Person, Series, Town, World


def _office(key: str, label: str, *titles: str) -> Office:
    return Office(id=key, label=label, titles=(label, *titles), kind="head-of-government")


def _person(name: str, *aliases: str, short: tuple[str, ...] = ()) -> Person:
    return Person(name=name, short=short, aliases=aliases, sex="", wikidata=None, terms=())


@pytest.fixture(scope="session")
def world() -> World:
    offices = (
        _office("prime-minister", "Prime Minister", "PM", "Premier"),
        _office("premier", "Premier"),
        _office("foreign-minister", "Foreign Minister", "Minister of Foreign Affairs"),
        _office("president", "President"),
    )
    people = (
        _person("Orvan Lutsk", "Aurvan Lutzk", short=("Lutsk",)),
        _person("Zayd bin Karim"),
        _person("Tarik bin Zayd bin Karim"),
    )
    freedonia = Country(
        id="FRE", iso2="FR", name="Freedonia", official="Republic of Freedonia", aliases=(), demonyms=("Freedonian",),
        people=(), capital="Fredville", metonyms=(), zone="Europe/Vienna", wikidata=None,
    )  # fmt: skip
    town = Town(name="Fredville", aliases=("Fredstadt",), country="FRE", lat=None, lon=None)
    return World(
        countries={"FRE": freedonia},
        towns={"fredville": town},
        organisations={},
        series={"G9": Series(id="G9", name="Group of Nine Summit", organiser="G9", aliases=("Group of Nine",))},
        editions=(),
        offices={office.id: office for office in offices},
        people={person.name: person for person in people},
    )


@pytest.fixture(scope="session")
def matcher(world: World) -> Matcher:
    return Matcher(world, ("h.e.", "mr", "sheikh"))
