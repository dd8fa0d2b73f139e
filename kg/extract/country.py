"""The country that an item names."""

from __future__ import annotations

from typing import Final

from kg.extract.item import Item
from kg.lexicon.gazetteer import Kind

_KINDS: Final = (Kind.COUNTRY, Kind.DEMONYM, Kind.ORGANISATION, Kind.CAPITAL, Kind.METONYM, Kind.SUMMIT)


def country_of(item: Item | None) -> str | None:
    """The country or organisation that an item names, as a state would be named: "Seoul" is South Korea here."""
    keys = item.keys if item is not None else None
    if not keys:
        return None
    return next((keys[kind][0] for kind in _KINDS if kind in keys), None)
