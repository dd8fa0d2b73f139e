"""Who a line of a header names: persons, papers and stations, agencies, desks, public authorities."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.read.words import alternatives, furniture, known_agency

NAME: Final = r"[^\W\d_][\w.'’-]*"
PARTICLES: Final = frozenset({"and", "de", "da", "del", "der", "dos", "van", "von", "bin", "al", "la", "le", "el"})
SMALL: Final = PARTICLES | {"of", "the", "das", "do", "on", "in", "&", "for", "to", "at", "from", "by"}
SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’)\]]*$")

_PERSON = re.compile(rf"[^\W\d_][\w.'’-]*(?: (?:(?:de|da|del|der|van|von|bin|al|el|la|le)\s)?{NAME}){{1,3}}")
_BETWEEN_NAMES = re.compile(r",\s*(?:and\s+)?|\s+(?:and|&)\s+", re.IGNORECASE)
_DASH = re.compile(r"\s+[—–|-]\s+")
_OUTER = " ()[]—–-/.,*_=|"


def is_name(line: str, most: int) -> bool:
    """Whether the line could be a person's name and nothing else, of at most so many words."""
    if len(line) > 60 or not _PERSON.fullmatch(line):
        return False
    words = line.split()
    capital = [word for word in words if word[0].isupper()]
    small = set(words) - set(capital)
    return len(words) <= most and len(capital) >= 2 and small <= PARTICLES and {words[0], words[-1]} <= set(capital)


def are_names(line: str) -> bool:
    """Whether the line could be one to three persons' names and nothing else."""
    names = _BETWEEN_NAMES.split(line) if len(line) <= 120 else []
    return 1 <= len(names) <= 3 and all(is_name(name, 4 if name.isupper() else 3) for name in names)


def is_titled(words: str) -> bool:
    """Whether every word but the small ones begins with a capital or a digit, as in a name."""
    return all(not word[0].islower() or word in SMALL for word in words.split())


def outlet_name(line: str) -> str | None:
    """The name of a paper, a station or an agency that is all the line says, its edition left out."""
    if len(line) > 80:
        return None
    name = _edition().sub("", _DASH.split(line.strip(_OUTER))[0]).strip(_OUTER)
    agency = known_agency(name)
    if agency is not None:
        return agency
    words = name.split()
    if not 1 < len(words) <= 6 or len(name) > 60 or ":" in name or SENTENCE_END.search(name) or not is_titled(name):
        return None
    kinds = [word.lower() in furniture("outlet") for word in words]
    bare = all(kind or word.lower() in furniture("section") for kind, word in zip(kinds, words, strict=True))
    return name if any(kinds) and not (bare and words[-1].lower() in {"news", "desk"}) else None


def employer(words: str) -> str | None:
    """The outlet that a writer's function begins with ("Quillbury Radio political editor")."""
    parts = words.split()[:6]
    for count in range(len(parts) - 1, 1, -1):
        if parts[count - 1].lower() in furniture("outlet") - {"desk"} and outlet_name(" ".join(parts[:count])):
            return " ".join(parts[:count])
    return None


def is_staff(words: str) -> bool:
    """Whether a writer without a name is meant ("Staff reporter", "our diplomatic correspondent")."""
    parts = words.lower().strip(_OUTER).split()
    return 0 < len(parts) <= 4 and parts[-1].rstrip("s") in {"reporter", "correspondent", "staff", "bureau", "desk"}


def is_edition(words: str) -> bool:
    """Whether the words only name an outlet's edition ("English edition")."""
    return _edition().fullmatch(f" {words.strip()}") is not None


def is_authority(line: str) -> bool:
    """Whether the line is the name of a ministry, an embassy or an office that puts out statements."""
    if len(line) > 100 or SENTENCE_END.search(line) or len(line.split()) > 12:
        return False
    return _authority().match(line) is not None and is_titled(line)


@cache
def _authority() -> re.Pattern[str]:
    kinds = alternatives(furniture("authority"))
    return re.compile(
        rf"(?:the\s+)?(?:{NAME}\s+){{0,3}}?(?:{kinds})(?:\s+(?:of|for|to)\s+\S.*)?$|(?:{NAME}\s+){{1,3}}(?:{kinds})$",
        re.IGNORECASE,
    )


@cache
def _edition() -> re.Pattern[str]:
    return re.compile(
        rf"\s+(?:in\s+)?(?:{alternatives(furniture('language'))})(?:\s+(?:edition|service|version|desk|section))?$",
        re.IGNORECASE,
    )
