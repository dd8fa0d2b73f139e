"""What is among several items: a listed word of a class, an item of a kind, a word of a plain list.

Most of what extraction asks, it asks of stretches of a sentence. Plain loops answer in half the time of ``any``.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.item import Item
from kg.extract.plain import plain_words


def has_word(items: Iterable[Item], *classes: str) -> bool:
    """Whether one of the items is a listed word of one of these classes."""
    for item in items:  # noqa: SIM110
        if item.classes and not item.classes.isdisjoint(classes):  # most words have no class
            return True
    return False


def has_kind(items: Iterable[Item], symbols: str) -> bool:
    """Whether one of the items is of one of these kinds."""
    for item in items:  # noqa: SIM110
        if item.symbol in symbols:
            return True
    return False


def says(items: Iterable[Item], name: str) -> bool:
    """Whether one of the items is a word of this list of ``seeds/words/plain.toml``."""
    words = plain_words(name)
    for item in items:  # noqa: SIM110
        if item.text.casefold() in words:
            return True
    return False
