"""A report as a fact sheet to edit: TOML with comments, which :mod:`kg.facts.sheet` reads back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from kg.facts.contact.record import ContactFormat, ContactKind
from kg.facts.jsonl import to_json
from kg.facts.report import Report
from kg.model.fact import Status

_HEAD: Final = """\
# A fact sheet. Edit it, say who you are and where you have it from, and build with it beside the articles.
# What is unknown stays out. Dates are as precise as the source: 2025-06-17, 2025-06, 2025, or --06-17 without a year.
# To withdraw or correct a fact of the graph by its IRI:
#   [[retract]]
#   fact = "..."
#   reason = "..."
#   [[correct]]
#   fact = "..."
#   reason = "..."
#   date = "2025-06-17"
"""
_COMMENTS: Final = {
    "leaders": 'People: office without "former", country by ISO 3166-1 alpha-3 or an organisation\'s abbreviation.',
    "places": "Places that the facts name.",
    "contacts": f"kind: {', '.join(ContactKind)}; status: {', '.join(Status)}; format: {', '.join(ContactFormat)}.",
    "summits": "Gatherings of a series.",
    "agreements": 'Agreements: parties agree, countries under "concerns" are only named; head is the head noun.',
    "anniversaries": "Anniversaries: ordinal, what of, and its head noun.",
    "tenures": "Offices held, as far as the text tells it.",
    "statements": "Quotations.",
}


def to_sheet(report: Report, author: str = "", source: str = "") -> str:
    """The report as a sheet that replaces what rules read from its article; author and source are the editor's."""
    table = to_json(report)
    article = _filled(table["article"])
    parts = [
        _HEAD,
        "[sheet]\n",
        *_pairs({"author": author or "your name", "source": source or "where you have it from"}),
        'mode = "replace"  # or "add": keep what rules read from the article, too\n\n',
        "[article]\n",
        *_pairs(article),
    ]
    for kind, comment in _COMMENTS.items():
        parts.append(f"\n# {comment}\n")
        for row in table[kind]:
            parts.extend(_table(kind, row))
    return "".join(parts)


def _table(kind: str, row: dict[str, Any]) -> Iterator[str]:
    """One fact, its evidence after it."""
    evidence = row.pop("evidence", [])
    yield f"[[{kind}]]\n"
    yield from _pairs(_filled(row))
    for words in evidence:
        yield f"[[{kind}.evidence]]\n"
        yield from _pairs(_filled(words))


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    """The keys that say something."""
    return {
        key: value for key, value in row.items() if value is not None and value is not False and value not in ([], "")
    }


def _pairs(row: dict[str, Any]) -> Iterator[str]:
    for key, value in row.items():
        yield f"{key} = {_value(value)}\n"


def _value(value: Any) -> str:
    """A value in TOML; a text as a basic string (TOML 1.0, String)."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case str():
            plain = "".join(c if not 0xD800 <= ord(c) <= 0xDFFF else "\N{REPLACEMENT CHARACTER}" for c in value)
            return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")
        case list():
            return "[" + ", ".join(_value(part) for part in value) + "]"
        case dict():
            return "{ " + ", ".join(f"{key} = {_value(part)}" for key, part in _filled(value).items()) + " }"
        case _:
            raise TypeError(f"no TOML for {value!r}")
