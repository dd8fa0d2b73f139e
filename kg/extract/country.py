"""The country that an item names."""

from __future__ import annotations

from kg.extract.item import Item


def country_of(item: Item | None) -> str | None:
    """The country or organisation that an item names, as a state would be named: "Seoul" is South Korea here."""
    return item.keys.body if item is not None and item.keys else None
