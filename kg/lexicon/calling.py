"""What countries and organisations are called beside their labels, and which of these names a text uses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from kg.lexicon.world import World

_WORD: Final = re.compile(r"\w+")
# What a name that takes "the" begins with, and the common nouns that it consists of.
_UNITED: Final = ("United ", "Soviet ")
_BODIES: Final = frozenset(
    {
        *("Agency", "Alliance", "Area", "Assembly", "Association", "Authority", "Bank", "Board", "Centre", "Centres"),
        *("Circle", "Club", "Commission", "Committee", "Commonwealth", "Community", "Confederation", "Conference"),
        *("Council", "Court", "Federation", "Force", "Forum", "Foundation", "Framework", "Fund", "Group"),
        *("Initiative", "Institute", "Islands", "Kingdom", "League", "Market", "Mechanism", "Movement", "Nations"),
        *("Office", "Order", "Organisation", "Organization", "Parliament", "Partnership", "Process", "Programme"),
        *("Regime", "Republic", "Secretariat", "Service", "States", "System", "Tribunal", "Union"),
    }
)


def label_of(party: str, world: World) -> str:
    """The name of a country or an organisation; its code where the world does not know it."""
    known = world.countries.get(party) or world.organisations.get(party)
    return known.name if known else party


def with_article(party: str, world: World) -> str:
    """The label as it stands after "of": "the United States", "the African Union", "Chad", "NATO".

    It has "the" where its own words ask for it, or where one of the names of the country begins with a small "the".
    """
    label = label_of(party, world)
    country = world.countries.get(party)
    words = _WORD.findall(label)
    is_body = len(words) > 1 and not _BODIES.isdisjoint(words)
    if is_body or label.startswith(_UNITED) or (country is not None and f"the {label}" in country.aliases):
        return f"the {label}"
    return label


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
