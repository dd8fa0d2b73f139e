"""Fact sheets for readers who know better: ready to be filled in, handed to the operator, and built with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from flask import Blueprint, Response, abort, request

from kg.engine.reader import Term
from kg.query.names import Name
from kg.query.naming import PREFIX_LINES
from kg.store.prefixes import DIP
from kg.web.show import inert
from kg.web.site import site

bp = Blueprint("correct", __name__)

_CONTACT: Final = ("date", "place", "duration", "format", "status", "firstMeeting")
# What a sheet may change of each kind of fact, by our properties.
CHANGES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Meeting": _CONTACT, "PhoneCall": _CONTACT, "VideoCall": _CONTACT, "PlannedContact": _CONTACT,
        "Summit": ("date", "place"), "Agreement": ("act", "topic"), "Anniversary": ("date",),
        "Tenure": ("start", "end"),
    }
)  # fmt: skip
_KEYS: Final = {"firstMeeting": "first_meeting"}
_SAID: Final = "SELECT ?p ?o ?label { $node ?p ?o OPTIONAL { ?o rdfs:label|skos:prefLabel ?label } } ORDER BY ?p ?o"
_HEAD: Final = """\
# A fact sheet: say who you are and where you have it from, and hand it to who runs {address}
# They build with it beside the articles: `kg build articles/ sheets/`. The page then shows both, what the sources say
# and your correction with your name.
[sheet]
author = "your name"
source = "where you have it from"
date = "{today}"
"""


@bp.get("/correct/<path:file>")
def sheet(file: str) -> Response:
    """A sheet that corrects a fact, or with ``?retract`` withdraws it; the file is its path and ``.toml``."""
    path = file.removesuffix(".toml")
    name = site().reader.names().get(site().thing(path))
    if path == file or name is None or name.kind not in CHANGES:
        abort(404, "a fact sheet is made of the path of a fact and .toml")
    parts = _retracted(name, path) if "retract" in request.args else _corrected(name, path)
    head = _HEAD.format(address=request.host_url.rstrip("/"), today=site().today().isoformat())
    response = Response("\n".join([head, *parts, ""]), content_type="application/toml; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{path.rpartition('/')[2][:80]}.toml")
    return response


def _corrected(name: Name, path: str) -> Iterator[str]:
    yield f"# {_line(name.label)}"
    yield "[[correct]]"
    yield f"fact = {_text(path)}"
    yield 'reason = "why, in a sentence"'
    known = _known(name)
    told = [key for key in CHANGES[name.kind] if known.get(key)]
    if told:
        yield "# As the graph has it: change what is wrong, take away the # before it, and leave the rest out."
    for number, key in enumerate(told):
        yield f"{'# ' if number else ''}{_KEYS.get(key, key)} = {known[key]}"
    untold = [key for key in CHANGES[name.kind] if key not in told]
    if untold:
        yield "# The graph does not tell these: take away the # before what you know, and say it, written like this."
    for key in untold:
        yield f"# {_KEYS.get(key, key)} = {_EXAMPLES.get(key, _NOTHING)}"


def _retracted(name: Name, path: str) -> Iterator[str]:
    yield f"# {_line(name.label)}"
    yield "[[retract]]"
    yield f"fact = {_text(path)}"
    yield 'reason = "why it is wrong altogether, in a sentence"'


_NOTHING: Final = '""'
_EXAMPLES: Final = {
    "date": '"2025-06-17"',
    "duration": '"PT30M"',
    "firstMeeting": "true",
    "start": '"2025-06"',
    "end": '"2025"',
}


def _known(name: Name) -> dict[str, str]:
    """The values of a fact as TOML, by our properties."""
    text = PREFIX_LINES + _SAID.replace("$node", f"<{name.iri}>")
    found: dict[str, str] = {}
    for row in site().reader.table(text, 200).rows:
        key = row["p"].value.removeprefix(DIP)
        found.setdefault(key, _value(row["o"], row.get("label")))
    return found


def _value(term: Term, label: Term | None) -> str:
    if term.value in {"true", "false"}:
        return term.value
    return _text(label.value if label else term.value.removeprefix(DIP))


def _text(text: str) -> str:
    """A text as a basic string of TOML."""
    return json.dumps(inert(text), ensure_ascii=False)


def _line(text: str) -> str:
    return " ".join(inert(text).split())
