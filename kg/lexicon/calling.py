"""What countries and organisations are called beside their labels, and which of these names a text uses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from kg.lexicon.world import World

_WORD: Final = re.compile(r"\w+")


def label_of(party: str, world: World) -> str:
    """The name of a country or an organisation; its code where the world does not know it."""
    known = world.countries.get(party) or world.organisations.get(party)
    return known.name if known else party


def other_names(party: str, world: World) -> list[str]:
    """Names of a country or an organisation other than its label, without an article."""
    country, organisation = world.countries.get(party), world.organisations.get(party)
    names: list[str] = []
    if country is not None:
        names = [*country.aliases, country.capital, *country.metonyms]
    elif organisation is not None:
        names = [organisation.id, *organisation.aliases]
    label = label_of(party, world)
    return sorted({n for n in names if n and n != label and not n.startswith(("the ", "The "))})


def names_used(world: World) -> Callable[[str], tuple[str, ...]]:
    """Which of the other names of all countries and organisations a text uses, sorted."""
    parties = [*world.countries, *world.organisations]
    names = _by_first_word({name for party in parties for name in other_names(party, world)})
    labels = _by_first_word({label_of(party, world) for party in parties})

    def used(text: str) -> tuple[str, ...]:
        words = set(_WORD.findall(text))
        for label in sorted(_begun(labels, words), key=lambda label: (-len(label), label)):
            text = text.replace(label, "\x00")  # "South Korea" is no use of "Korea"
        near = (name for name in _begun(names, words) if name in text)
        return tuple(sorted(name for name in near if re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", text)))

    return used


def _by_first_word(names: set[str]) -> dict[str, list[str]]:
    """The names by their first words, so that few are looked for in a text."""
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        first = _WORD.search(name)
        if first is not None:
            found.setdefault(first[0], []).append(name)
    return found


def _begun(names: dict[str, list[str]], words: set[str]) -> list[str]:
    return [name for word in names.keys() & words for name in names[word]]
