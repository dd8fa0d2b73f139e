"""The things that facts are about."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe",
     "ð": "d", "þ": "th", "ə": "a", "Ə": "A", "’": "'", "ʻ": "'", "‘": "'"}
)  # fmt: skip
_SLUGS_KEPT: Final = 1 << 14  # the same few people and places come again and again


def fold(text: str) -> str:
    """The text without diacritics and case: what two spellings of one name share."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=_SLUGS_KEPT)
def slug(text: str) -> str:
    """The part of an IRI made from a name: lower-case ASCII letters, digits and hyphens; ``x`` if nothing is left."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(text).replace("'", "")).strip("-")
    if plain:
        return plain
    # A name in another script still gets its own, stable slug.
    return "x" + "".join(f"{ord(c):x}" for c in text if not c.isspace())


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """Somebody who holds, held or will hold a public office.

    ``office`` is the title in plain English without "former" ("Prime Minister"), ``country`` an ISO 3166-1 alpha-3
    code or an organisation's abbreviation; both ``None`` where neither text nor world says. ``written`` is the fullest
    form of the name in the article.
    """

    name: str
    office: str | None = field(default=None, compare=False)
    country: str | None = field(default=None, compare=False)
    wikidata: str | None = field(default=None, compare=False)
    written: str | None = field(default=None, compare=False)

    @property
    def slug(self) -> str:
        """The leader's key: two spellings that the world knows as one have been made one name before."""
        return slug(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A town, a resort, or a country where only that is said."""

    name: str
    country: str | None = None

    @property
    def slug(self) -> str:
        """The place's key."""
        return slug(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class SummitEdition:
    """One gathering of a series, as named in an article: on whose margins others met."""

    series: str
    year: int | None = None
    place: str | None = None
