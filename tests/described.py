"""What the OpenAPI document says of a request and its answer, for tests that look at both."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from kg.config import shipped
from kg.query.saved import sound_queries
from kg.web.openapi import document

# What is told of no address: there is none, or not by this method; or no request came so far that anybody answered.
_OF_NO_ADDRESS = frozenset({0, 308, 405})


@cache
def told() -> dict[str, Any]:
    """The document."""
    saved, _ = sound_queries(shipped("queries"))
    return document(saved.values(), "http://here")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The addresses by their pattern, those with fewer unknown parts first."""
    paths = sorted(told()["paths"], key=lambda path: path.count("{"))
    return tuple((re.compile(_pattern(path)), path) for path in paths)


def _pattern(path: str) -> str:
    whole = {"direct", "path", "file"}
    parts = re.split(r"\{(\w+)\}", path)
    return "".join(
        re.escape(part) if number % 2 == 0 else ".+" if part in whole else "[^/]+" for number, part in enumerate(parts)
    )


def operation(method: str, path: str) -> dict[str, Any] | None:
    """What is said of this method of the address; ``None`` where there is none such."""
    plain = path.partition("?")[0]
    plain = plain.rstrip("/") if plain in {"/sparql/", "/store/"} else plain
    for pattern, template in _patterns():
        if pattern.fullmatch(plain):
            found = told()["paths"][template].get("get" if method == "HEAD" else method.lower())
            if found is not None:
                return dict(found)
    return None


def is_untold(method: str, path: str, status: int) -> bool:
    """Whether the document knows the address, and not that it may answer so."""
    found = operation(method, path)
    if found is None or method == "OPTIONS" or status in _OF_NO_ADDRESS:
        return False
    return str(status) not in found["responses"]
