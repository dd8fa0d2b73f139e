"""The types of parameters: each turns a person's text into one RDF term, or says why it cannot."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import pyoxigraph as ox

from kg.errors import QuerySyntaxError
from kg.model.date import PartialDate
from kg.query.kinds import CLASSES
from kg.query.names import Name, Names
from kg.store.prefixes import XSD


class ParameterType(StrEnum):
    """What a parameter stands for."""

    THING = "thing"
    FACT = "fact"
    EVENT = "event"
    LEADER = "leader"
    COUNTRY = "country"
    OFFICE = "office"
    SUMMIT = "summit"
    PLACE = "place"
    ARTICLE = "article"
    IRI = "iri"
    STRING = "string"
    INTEGER = "integer"
    DATE = "date"
    YEAR = "year"

    @property
    def kinds(self) -> frozenset[str]:
        """The classes its things are of; empty for a type of values."""
        return _KINDS.get(self, frozenset())

    @property
    def has_choices(self) -> bool:
        """Whether the graph offers a pick-list."""
        return bool(self.kinds)


_EVENTS: Final = frozenset({"Meeting", "PhoneCall", "VideoCall", "PlannedContact", "Summit", "Anniversary"})
_KINDS: Final = {
    ParameterType.THING: frozenset(CLASSES),
    ParameterType.FACT: _EVENTS | {"Agreement", "Tenure", "Statement", "CommemoratedEvent"},
    ParameterType.EVENT: _EVENTS,
    ParameterType.LEADER: frozenset({"Leader"}),
    ParameterType.COUNTRY: frozenset({"Country", "Organization"}),
    ParameterType.OFFICE: frozenset({"Office"}),
    ParameterType.SUMMIT: frozenset({"Summit"}),
    ParameterType.PLACE: frozenset({"Place"}),
    ParameterType.ARTICLE: frozenset({"Article"}),
}
_ABSOLUTE: Final = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]+""")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_MOST: Final = 1000


def to_term(kind: ParameterType, text: str, names: Names, today: dt.date) -> ox.NamedNode | ox.Literal:
    """The term that a text means as a parameter of this type.

    Raises:
        QuerySyntaxError: it means none, or several; the message and hint say which texts would do.
    """
    text = text.strip()
    if len(text) > _MOST:
        raise QuerySyntaxError(f"a parameter of {len(text)} characters; the most is {_MOST}")
    if kind.kinds:
        return ox.NamedNode(_thing(kind, text, names).iri)
    match kind:
        case ParameterType.IRI:
            return ox.NamedNode(_iri(text))
        case ParameterType.INTEGER:
            return ox.Literal(_integer(text), datatype=ox.NamedNode(XSD + "integer"))
        case ParameterType.DATE:
            return ox.Literal(_date(text, today), datatype=ox.NamedNode(XSD + "date"))
        case ParameterType.YEAR:
            return ox.Literal(_year(text, today), datatype=ox.NamedNode(XSD + "integer"))
        case _:
            if _CONTROL.search(text):
                raise QuerySyntaxError("the text holds control characters")
            return ox.Literal(text)


def _thing(kind: ParameterType, text: str, names: Names) -> Name:
    found = names.find(text, kind.kinds)
    if len(found) == 1:
        return found[0]
    if not found:
        offered = names.of_kinds(kind.kinds)
        hint = f"There are: {_listed(offered)}." if offered else f"The graph holds no {kind} at all."
        raise QuerySyntaxError(f"no {kind} is called '{_shown(text)}'", hint=hint)
    raise QuerySyntaxError(f"'{_shown(text)}' may be any of {len(found)}", hint=f"Say which: {_listed(found)}.")


def _listed(names: Sequence[Name]) -> str:
    shown = "; ".join(f"{name.label} ({name.slug})" for name in names[:8])
    return f"{shown}; …" if len(names) > 8 else shown


def _shown(text: str) -> str:
    return "".join(character if character.isprintable() else "�" for character in text[:80])


def _iri(text: str) -> str:
    bare = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    if not _ABSOLUTE.fullmatch(bare):
        raise QuerySyntaxError(
            f"not an absolute IRI: '{_shown(text)}'", hint="An IRI begins with https: or another scheme."
        )
    try:
        return ox.NamedNode(bare).value
    except ValueError as error:
        raise QuerySyntaxError(f"not an absolute IRI: '{_shown(text)}'") from error


def _integer(text: str) -> str:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text, re.ASCII):
        raise QuerySyntaxError(f"not a whole number: '{_shown(text)}'")
    return str(int(text))


def _date(text: str, today: dt.date) -> str:
    if text.lower() == "today":
        return today.isoformat()
    try:
        date = PartialDate.parse(text)
    except ValueError:
        date = None
    if date is None or date.year is None or date.month is None or date.day is None:
        raise QuerySyntaxError(f"not a day: '{_shown(text)}'", hint="Write it as 2025-06-17, or 'today'.")
    return str(date)


def _year(text: str, today: dt.date) -> str:
    if text.lower() == "today":
        return str(today.year)
    if not re.fullmatch(r"[0-9]{4}", text, re.ASCII) or text == "0000":
        raise QuerySyntaxError(f"not a year: '{_shown(text)}'", hint="Write it with four digits: 2025.")
    return str(int(text))
