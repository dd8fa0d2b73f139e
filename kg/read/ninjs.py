"""IPTC ninjs, "news in JSON", 1.x to 3.x, to what its item tells.

1.x has ``headline`` and ``body_text``, 2.x lists of ``headlines`` and ``bodies``, 3.x the same with names in mixed case
(``versionCreated``); names are compared without their case.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kg.errors import ArticleError
from kg.read.address import version_of
from kg.read.markup import has_markup, paragraphs_of
from kg.read.moment import read_moment
from kg.read.told import Told

_OWN: Final = frozenset({"versioncreated", "pubstatus", "representationtype", "bodies", "headlines", "firstcreated"})
_PLAIN: Final = ("text/plain", "")


def is_ninjs(item: Mapping[str, Any]) -> bool:
    """Whether the object is an item of ninjs: it has a ``uri`` and one of the fields that only ninjs has."""
    names = {name.lower() for name in item}
    return "uri" in names and bool(names & _OWN or any(name.startswith("body_") for name in names))


def told_by(item: Mapping[str, Any], path: str) -> Told:
    """What the item tells.

    Raises:
        ArticleError: it is no text.
    """
    fields = {name.lower(): value for name, value in item.items()}
    kind = _text(fields, "type")
    if kind not in {None, "text", "composite"}:
        raise ArticleError(path, f"no text, but {kind}")
    created, version = (read_moment(_text(fields, name)) for name in ("firstcreated", "versioncreated"))
    return Told(
        path=path,
        body=_body(fields),
        headline=_text(fields, "headline") or _of_role(fields, "headlines") or _text(fields, "title"),
        publisher=_publisher(fields),
        byline=_text(fields, "byline") or _text(fields, "by"),
        located=_text(fields, "located"),
        published=created or version,
        updated=version if created and created != version else None,
        language=_text(fields, "language"),
        address=_text(fields, "uri"),
        version=version_of(_text(fields, "uri"), _text(fields, "version"), _text(fields, "pubstatus")),
    )


def _body(fields: Mapping[str, Any]) -> str:
    """Its text, from markup where there is some: that has paragraphs."""
    bodies = [
        (_text(body, "value") or "", (_text(body, "contenttype") or "").lower()) for body in _objects(fields, "bodies")
    ]
    bodies += [(value, name) for name, value in fields.items() if name.startswith("body_") and isinstance(value, str)]
    marked = [body for body, kind in bodies if kind not in _PLAIN and "html" in kind and body.strip()]
    plain = [body for body, kind in bodies if kind in _PLAIN or not ("html" in kind or "xml" in kind)]
    for body in (*marked, *plain):
        words = paragraphs_of(body) if has_markup(body) else body
        if words.strip():
            return words
    return ""


def _of_role(fields: Mapping[str, Any], name: str) -> str | None:
    """The value of the main entry of a list, else of its first."""
    entries = sorted(_objects(fields, name), key=lambda entry: _text(entry, "role") not in {"main", "headline"})
    return next(filter(None, (_text(entry, "value") for entry in entries)), None)


def _publisher(fields: Mapping[str, Any]) -> str | None:
    """Whom it names as its publisher or distributor, else who holds its rights."""
    sources = [*_objects(fields, "infosources"), *_objects(fields, "infosource")]
    sources.sort(key=lambda source: _text(source, "role") not in {"publisher", "isrol:publisher", "provider"})
    named = next(filter(None, (_text(source, "name") for source in sources)), None)
    return named or _text(fields, "copyrightholder")


def _objects(fields: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = fields.get(name)
    listed = value if isinstance(value, list) else []
    return [{key.lower(): each for key, each in entry.items()} for entry in listed if isinstance(entry, dict)]


def _text(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    return value.strip() or None if isinstance(value, str) else None
