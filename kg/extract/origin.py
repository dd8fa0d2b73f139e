"""Where a text comes from: its dateline's place, whose embassy or ministry issues it, whose press prints it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.extract.lexicon import Lexicon
from kg.lexicon.gazetteer import Kind
from kg.lexicon.tokens import words_of
from kg.model.entity import Place, fold
from kg.model.text import Article

_HEAD: Final = 400  # characters in which an embassy or ministry names itself
_NAME: Final = r"((?:\w+[ -]){0,6}\w+)"
_OFFICE_OF: Final = re.compile(
    rf"\b(?:Embassy|High Commission|Ministry of Foreign Affairs|Government|Foreign Ministry) of (?:the )?{_NAME}",
    re.IGNORECASE,
)
_OFFICIAL: Final = ("embassy of", "commission of", "affairs of", "government of", "ministry of")  # of the two patterns
_MISSION: Final = re.compile(rf"\b(?:Embassy|High Commission) of [^.\n]*? (?:in|to) (?:the )?{_NAME}", re.IGNORECASE)
_LINES: Final = 6  # of the head
_SHORT: Final = range(4, 30)  # characters of a line that names a seat of power
_COUNTRIES: Final = (Kind.COUNTRY, Kind.DEMONYM)
_TOWNS: Final = (Kind.CAPITAL, Kind.METONYM, Kind.TOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The countries (or organisations) from which a text comes; each ``None`` where the text does not tell."""

    home: str | None = None  # where the dateline lies
    issuer: str | None = None  # whose embassy, ministry or press office issues it, or after which the paper is named
    outlet: str | None = None  # in whose capital, or for whose readers, the paper or agency works
    posted: str | None = None  # in which country the embassy that issues it works
    body: str | None = None  # the organisation whose press office issues it


def origin_of(article: Article, dateline: Place | None, lexicon: Lexicon) -> Origin:
    """Where the article comes from."""
    publisher = article.publisher if article.publisher and "/" not in article.publisher else ""
    whole = " ".join(filter(None, (publisher, article.headline, article.text[:_HEAD])))
    official = any(map(whole.casefold().__contains__, _OFFICIAL))
    office, mission = (_OFFICE_OF.search(whole), _MISSION.search(whole)) if official else (None, None)
    issuer = (office and _first(office[1], _COUNTRIES, lexicon)) or _first(publisher, _COUNTRIES, lexicon)
    issuer = issuer or _seat_of_power(article, lexicon)
    posted = _first(mission[1], (*_COUNTRIES, *_TOWNS), lexicon) if mission else None
    return Origin(
        home=dateline.country if dateline else None,
        issuer=issuer,
        outlet=lexicon.world.outlets.get(fold(publisher)) or _first(publisher, _TOWNS, lexicon),
        posted=posted if posted != issuer else None,
        body=_first(publisher, (Kind.ORGANISATION,), lexicon),
    )


def _seat_of_power(article: Article, lexicon: Lexicon) -> str | None:
    """The country whose government a short line of the head names: "The White House", "The Kremlin, Moscow"."""
    for line in article.text[:_HEAD].splitlines()[:_LINES]:
        seat = line.removeprefix("The ").split(",")[0].strip()
        words = words_of(seat) if len(seat) in _SHORT else ()
        match = lexicon.gazetteer.longest(words, 0)
        if match is not None and match[0] == len(words) and Kind.METONYM in match[1].keys:
            return match[1].keys[Kind.METONYM][0]
    return None


def dateline_of(article: Article, lexicon: Lexicon) -> Place | None:
    """The place of the dateline, with its country where the world knows it."""
    if article.dateline is None:
        return None
    town = lexicon.world.towns.get(fold(article.dateline))
    country = town.country if town is not None else _first(article.dateline, _TOWNS, lexicon)
    return Place(name=town.name if town is not None else article.dateline, country=country)


def _first(words: str, kinds: tuple[Kind, ...], lexicon: Lexicon) -> str | None:
    """The country or organisation that is named first in these words, by a name of one of these kinds."""
    tokens = words_of(words)
    for at, token in enumerate(tokens):
        match = lexicon.gazetteer.longest(tokens, at) if token[0].isupper() else None
        if match is None:
            continue
        for kind in (kind for kind in kinds if kind in match[1].keys):
            key = match[1].keys[kind][0]
            town = lexicon.world.towns[key] if kind is Kind.TOWN else None
            if town is None:
                return key
            if " ".join(tokens[at : at + match[0]]) in {town.name, *town.aliases}:  # "Río de la Plata" is not Rio
                return town.country
    return None


__all__ = ["Origin", "dateline_of", "origin_of"]
