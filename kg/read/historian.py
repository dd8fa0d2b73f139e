"""Records of visits and travels in the XML of the Office of the Historian: each record a value, each bad one an error.

What the values mean is told in :mod:`kg.facts.journey`.
"""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kg.errors import ArticleError
from kg.read.decode import decode
from kg.read.xml import parse_xml

_DEEPEST: Final = 8
_LONGEST: Final = 20_000
"""Characters of the longest field that is read."""
SCOPE: Final = ("visits", "trips")
"""The roots of its documents."""

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


class Role(StrEnum):
    """Who travels: a foreign leader to the United States, or an American President or Secretary of State abroad."""

    VISITOR = "visitor"
    PRESIDENT = "president"
    SECRETARY = "secretary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """One visit or one trip as its record gives it, blanks made single and nothing else changed.

    ``country`` is where a visitor comes from or where a trip goes to, ``country_key`` the record's own key of it;
    ``locales`` are the places of a trip. ``path`` names the file and, after ``#``, the record.
    """

    path: str
    number: str
    role: Role
    traveller: str
    country: str
    country_key: str
    begin: dt.date
    end: dt.date
    locales: tuple[str, ...] = ()
    remarks: str = ""


def read_journeys(content: bytes, path: str) -> Iterator[Journey | ArticleError]:
    """Every record of one file, in its order; a record without traveller or dates comes out as its error.

    Raises:
        ArticleError: the file is empty, too large, not well-formed, declares a document type, or holds no records.
    """
    yield from journeys_of(parse_xml(decode(content, path), path, deepest=_DEEPEST), path)


def is_records(root: ET.Element) -> bool:
    """Whether the document is one of visits or trips."""
    return root.tag in SCOPE


def journeys_of(root: ET.Element, path: str) -> Iterator[Journey | ArticleError]:
    """Every record of a document, as :func:`read_journeys` does."""
    if not is_records(root):
        raise ArticleError(path, f"unknown XML: the root is <{root.tag[:40]}>, not one of {', '.join(SCOPE)}")
    if len(root) == 0:
        raise ArticleError(path, "no records in it")
    for number, record in enumerate(root, start=1):
        name = _text(record, "id") or f"record-{number}"
        where = f"{path}#{name}"
        try:
            yield _journey(record, where, name)
        except ValueError as error:
            yield ArticleError(where, f"bad record: {error}")


def _journey(record: ET.Element, path: str, number: str) -> Journey:
    """The value of one record.

    Raises:
        ValueError: not a visit or a trip, no traveller, no dates, or dates in the wrong order.
    """
    if record.tag == "visit":
        role, names = Role.VISITOR, ("visitor", "from", "description")
    elif record.tag == "trip" and (told := record.get("role") or _text(record, "role")) in set(Role):
        role, names = Role(told), ("name", "country", "remarks")
    else:
        raise ValueError(f"neither a visit nor a trip: <{record.tag[:40]}>")
    who, whence, remarks = names
    begin, end = _day(record, "start-date"), _day(record, "end-date", "start-date")
    if end < begin:
        raise ValueError(f"it ends on {end}, before it begins on {begin}")
    traveller = _text(record, who)
    if not traveller:
        raise ValueError(f"<{who}> is empty")
    country = record.find(whence)
    return Journey(
        path=path, number=number, role=role, traveller=traveller, country=_text(record, whence),
        country_key=country.get("id", "") if country is not None else "", begin=begin, end=end,
        locales=tuple(filter(None, (part.strip() for part in _text(record, "locale").split(",")))),
        remarks=_text(record, remarks),
    )  # fmt: skip


def _text(record: ET.Element, name: str) -> str:
    """The words of a field, blanks made single; empty where there is none.

    Raises:
        ValueError: longer than any field of a record.
    """
    field = record.find(name)
    words = " ".join("".join(field.itertext()).split()) if field is not None else ""
    if len(words) > _LONGEST:
        raise ValueError(f"<{name}> has {len(words):,} characters")
    return words


def _day(record: ET.Element, *names: str) -> dt.date:
    """The first of these fields that is filled, as a day.

    Raises:
        ValueError: none is, or it is no day.
    """
    told = next(filter(None, (_text(record, name) for name in names)), "")
    if not _DAY.fullmatch(told):
        raise ValueError(f"<{names[0]}> is no day: {told[:40]!r}")
    return dt.date.fromisoformat(told)
