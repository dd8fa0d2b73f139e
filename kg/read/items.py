"""Files to the things in them that can be read by themselves, and each of these to what it tells.

Taking a file apart is quick and needs little memory, whatever is in it; what may take long is done with one item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO, Final

from kg.errors import ArticleError
from kg.read.formats import SUFFIXES, Found, format_of, read_as
from kg.read.item import Item
from kg.read.remote import Location
from kg.read.unpack import opened, position, whole

NOT_OURS: Final = frozenset({".toml"})  # fact sheets are read with the facts


def items_of(file: Location, name: str | None = None) -> Iterator[Item | ArticleError]:
    """What the file holds, in its order; why there is nothing, or no more, comes out as its error.

    ``name`` is what the file is called where its path does not say it: that of standard input.
    """
    called = name or str(file)
    try:
        yield from _items(file, called)
    except ArticleError as error:
        yield error


def read_item(item: Item, is_place: Callable[[str], bool]) -> Iterator[Found]:
    """What an item tells, each article before :func:`kg.read.formats.concluded`, and why it tells nothing more."""
    try:
        yield from read_as(item, is_place)
    except ArticleError as error:
        yield error


def _items(file: Location, name: str) -> Iterator[Item | ArticleError]:
    """Everything in one file.

    Raises:
        ArticleError: of no known format, or what there is to say of the file as a whole.
    """
    known = format_of(file.name)
    if known is None:
        known_ones = ", ".join([*SUFFIXES, ".gz", *sorted(NOT_OURS)])
        raise ArticleError(name, f"unknown format: {file.suffix or 'no suffix'}; there are {known_ones}")
    suffix = known.suffixes[0]
    if known.split is None:
        content = whole(file, name)
        yield Item(name=name, suffix=suffix, content=content, weight=len(content))
        return
    with opened(file, name) as stream:
        yield from _weighed(stream, known.split(stream, name, suffix))


def _weighed(stream: BinaryIO, found: Iterator[Item | ArticleError]) -> Iterator[Item | ArticleError]:
    """Each item with the bytes of the file that were read for it."""
    before = 0
    for item in found:
        after = position(stream)
        yield item if isinstance(item, ArticleError) else replace(item, weight=after - before)
        before = after
