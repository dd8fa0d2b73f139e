"""What one may write in a query of this graph, for editors: prefixes, terms with what they mean, names of things."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import pyoxigraph as ox
from flask import Blueprint, Response, jsonify, request

from kg.config import shipped
from kg.engine.census import Census
from kg.query.names import Name, Names
from kg.store.prefixes import PREFIXES, RDF, RDFS
from kg.web.site import site

bp = Blueprint("vocabulary", __name__)

# A graph of more names is searched here instead of in the browser.
MOST_NAMES: Final = 5_000
MOST_TERMS: Final = 2_000
MOST_FOUND: Final = 50
MOST_LABELS: Final = 1_000
_LONGEST: Final = 200
_KEPT: Final = ("vocabulary",)
_KINDS: Final = {
    "http://www.w3.org/2002/07/owl#Class": "class",
    "http://www.w3.org/2002/07/owl#ObjectProperty": "property",
    "http://www.w3.org/2002/07/owl#DatatypeProperty": "property",
}
_SAID: Final = {
    RDFS + "label": "label",
    RDFS + "comment": "comment",
    RDFS + "domain": "domain",
    RDFS + "range": "range",
}


@bp.get("/vocabulary.json")
def vocabulary() -> Response:
    """All of it in one document: made once for each generation, and asked for again only by its tag."""
    here = site()
    generation, names, census = here.reader.pool.generation, here.reader.names(), here.census()
    is_whole = here.reader.are_of(names, generation.number) and census.digest == generation.digest
    content = census.kept.get(_KEPT) if is_whole else None
    if content is None:
        told = _document(census, names, here.settings.base_iri)
        content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        if is_whole:
            census.kept[_KEPT] = content
    response = Response(content, content_type="application/json")
    if is_whole:
        response.headers["KG-Generation"] = str(generation.number)
    return response


@bp.get("/vocabulary/names.json")
def search() -> Response:
    """The things whose names begin like the words in ``q``, best first; of graphs of any size."""
    found = site().reader.names().search(request.args.get("q", "").strip()[:_LONGEST], MOST_FOUND)
    return jsonify(names=list(_rows(found, site().settings.base_iri)))


@bp.post("/vocabulary/labels.json")
def labels() -> Response:
    """The labels of the things whose IRIs are given, those that have one; of at most a thousand."""
    names = site().reader.names()
    with site().reader.pool.reading(request.content_length or 0):
        asked = dict.fromkeys(request.form.getlist("iri")[:MOST_LABELS])
    return jsonify(labels={iri: name.label for iri in asked if (name := names.get(iri)) is not None})


def _document(census: Census, names: Names, base: str) -> dict[str, Any]:
    return {
        "prefixes": dict(PREFIXES),
        "terms": _terms(census)[:MOST_TERMS],
        "base": f"{base}id/",
        "names": list(_rows(names, base)) if len(names) <= MOST_NAMES else None,
        "total": len(names),
    }


def _rows(names: Names | list[Name], base: str) -> Iterator[list[str]]:
    """IRI, label, kind, date of each; the IRI without what those of our things begin with."""
    for name in names:
        yield [name.iri.removeprefix(f"{base}id/"), name.label, name.kind, name.date]


def _terms(census: Census) -> list[dict[str, Any]]:
    """The terms of the ontology and those that the graph uses beside them, the most used ones first."""
    counts = dict(census.classes) | {iri: use.triples for iri, use in census.properties.items()}
    found = {iri: dict(said) for iri, said in _ontology().items()}
    for iri in census.classes:
        found.setdefault(iri, {"kind": "class"})
    for iri in census.properties:
        found.setdefault(iri, {"kind": "property"})
    terms = [{"iri": iri, **said, "count": counts.get(iri, 0)} for iri, said in found.items()]
    return sorted(terms, key=lambda term: (-int(term["count"]), str(term["iri"])))


@cache
def _ontology() -> dict[str, dict[str, str]]:
    """What the ontology says of its own terms: kind, label, comment, domain, range."""
    found: dict[str, dict[str, str]] = {}
    for quad in ox.parse(path=shipped("ontology") / "diplomacy.ttl", format=ox.RdfFormat.TURTLE):
        subject, said = quad.subject, quad.object
        if not isinstance(subject, ox.NamedNode) or not subject.value.startswith(PREFIXES["dip"]):
            continue
        term = found.setdefault(subject.value, {"kind": "value"})
        if quad.predicate.value == RDF + "type" and isinstance(said, ox.NamedNode):
            term["kind"] = _KINDS.get(said.value, term["kind"])
        elif (name := _SAID.get(quad.predicate.value)) is not None and not isinstance(said, ox.Triple | ox.BlankNode):
            term[name] = said.value
    return found
