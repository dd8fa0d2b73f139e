"""What the world says that no article does: which names are countries, which places lie apart, who is known by name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.lexicon.world import World
from kg.model.entity import Place, fold, slug

Degrees = tuple[float, float]

APART: Final = 50.0  # km: a palace, an airport and a suburb are still the town
_RADIUS: Final = 6371.0  # km, of the Earth


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Names of countries and positions of towns, by folded name; the keys of the people whom the world lists."""

    countries: frozenset[str] = frozenset()
    towns: Mapping[str, Degrees] = field(default_factory=dict)
    people: frozenset[str] = frozenset()

    @classmethod
    def of(cls, world: World) -> Known:
        """What this world says."""
        towns = {
            fold(name): (town.lat, town.lon)
            for town in world.towns.values()
            if town.lat is not None and town.lon is not None
            for name in (town.name, *town.aliases)
        }
        names = (name for c in world.countries.values() for name in (c.name, c.official, *c.aliases))
        return cls(
            countries=frozenset(map(fold, names)),
            towns=towns,
            people=frozenset(map(slug, world.people)),
        )

    def is_country(self, name: str) -> bool:
        """Whether the name says less than that of a town."""
        return fold(name) in self.countries

    def are_apart(self, one: Place, other: Place) -> bool:
        """Whether nobody could mean one place by both; a place that only one article's words know may be a venue."""
        if one.slug == other.slug:
            return False
        if one.country is not None and other.country is not None and one.country != other.country:
            return True
        if self.is_country(one.name) or self.is_country(other.name):
            return False
        places = self.towns.get(fold(one.name)), self.towns.get(fold(other.name))
        if places[0] is not None and places[1] is not None:
            return _kilometres(places[0], places[1]) > APART
        return places == (None, None)

    def longitude_of(self, dateline: str | None) -> float | None:
        """How far east the town of a dateline lies; ``None`` where the world does not list it."""
        found = self.towns.get(fold((dateline or "").partition(",")[0].strip()))
        return found[1] if found is not None else None

    def without_nearby(self, places: Iterable[Place]) -> dict[str, str]:
        """For the name of each place the name to call it by: one for all those that lie within a town."""
        found: dict[str, str] = {}
        heads: list[Place] = []
        for place in sorted(places, key=lambda p: p.name):
            head = next((h for h in heads if self._are_near(h, place)), place)
            if head is place:
                heads.append(place)
            found[place.name] = head.name
        return found

    def _are_near(self, one: Place, other: Place) -> bool:
        here, there = self.towns.get(fold(one.name)), self.towns.get(fold(other.name))
        return here is not None and there is not None and _kilometres(here, there) <= APART


NOTHING: Final = Known()


def _kilometres(one: Degrees, other: Degrees) -> float:
    """The distance of two points on the globe (haversine)."""
    (south, west), (north, east) = one, other
    height, width = math.radians(north - south) / 2, math.radians(east - west) / 2
    chord = math.sin(height) ** 2
    chord += math.cos(math.radians(south)) * math.cos(math.radians(north)) * math.sin(width) ** 2
    return 2 * _RADIUS * math.asin(math.sqrt(min(1.0, chord)))
