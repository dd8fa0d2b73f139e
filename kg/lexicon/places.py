"""Which names are places: by this a dateline is told from a sentence, everywhere in the same way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.lexicon.world import World


def place_test(world: World) -> Callable[[str], bool]:
    """Whether a name is that of a town or a country of the world, in any of its spellings."""
    from kg.model.entity import fold

    names = {fold(name) for town in world.towns.values() for name in (town.name, *town.aliases)}
    for country in world.countries.values():
        names |= {fold(name) for name in (country.name, country.official, *country.aliases, country.capital) if name}
    return lambda name: fold(name) in names
