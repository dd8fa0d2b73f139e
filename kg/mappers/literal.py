"""Literals: text that stays text, dates as precise as they are known."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.mappers import terms
from kg.model.date import PartialDate, Precision

# Control characters, lone surrogates, non-characters and bidirectional controls: some formats cannot hold them, and
# a page shows others than it says.
_UNFIT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
_DATATYPES: Final = {
    Precision.DAY: terms.XSD_DATE,
    Precision.MONTH: terms.XSD_YEAR_MONTH,
    Precision.YEAR: terms.XSD_YEAR,
    Precision.MONTH_DAY: terms.XSD_MONTH_DAY,
}
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def clean(text: str) -> str:
    """The text at the same length, with a replacement character for what no format and no page should hold."""
    return _UNFIT.sub("\ufffd", text)


def plain(text: str) -> Literal:
    """A text in no language."""
    return Literal(clean(text))


def spoken(text: str, language: str = "en") -> Literal:
    """A text in a language; in none where the tag is no tag (BCP 47)."""
    return Literal(clean(text), language=language.lower()) if _LANGUAGE.fullmatch(language) else plain(text)


def date(value: PartialDate) -> Literal:
    """``xsd:date``, ``gYearMonth``, ``gYear`` or ``gMonthDay``, as precise as the date itself (XSD 1.1, 3.3)."""
    return Literal(str(value), datatype=_DATATYPES[value.precision])


def day(value: dt.date) -> Literal:
    """``xsd:date``."""
    return Literal(value.isoformat(), datatype=terms.XSD_DATE)


def timestamp(value: str) -> Literal:
    """``xsd:date`` or ``xsd:dateTime`` of an ISO 8601 text; plain text where it is neither."""
    try:
        if len(value) == len("2025-06-18"):
            return day(dt.date.fromisoformat(value))
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        return plain(value)
    return typed(moment.isoformat(), terms.XSD_DATE_TIME)


def number(value: int) -> Literal:
    """``xsd:integer``."""
    return Literal(str(value), datatype=terms.XSD_INTEGER)


def degrees(value: float) -> Literal:
    """``xsd:decimal``, to a ten-thousandth of a degree: ten metres."""
    return typed(f"{value:.4f}".rstrip("0").removesuffix("."), terms.XSD_DECIMAL)


@lru_cache(maxsize=1 << 12)
def typed(value: str, datatype: NamedNode) -> Literal:
    """A value of another datatype, in the lexical form that a store gives it: "PT90M" as "PT1H30M"."""
    store = Store()
    store.add(Quad(datatype, datatype, Literal(value, datatype=datatype)))
    (kept,) = (quad.object for quad in store)
    assert isinstance(kept, Literal)
    return kept
