"""Whole graphs to download, the ontology, the description of the data set."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import pyoxigraph as ox
from flask import Blueprint, Response, abort, make_response, render_template, request, send_file
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

from kg.config import shipped
from kg.store.export import ExportFormat
from kg.store.prefixes import DIP
from kg.web.dataset import dataset_description
from kg.web.describe import write, write_once
from kg.web.formats import GRAPHS, HTML, choose, content_type
from kg.web.site import site

bp = Blueprint("catalog", __name__)

_EXPORTS: Final[Mapping[str, tuple[ExportFormat, str]]] = MappingProxyType(
    {
        "diplomacy.ttl": (ExportFormat.TURTLE, "text/turtle"),
        "diplomacy.nt": (ExportFormat.NTRIPLES, "application/n-triples"),
        "diplomacy.nq": (ExportFormat.NQUADS, "application/n-quads"),
        "diplomacy.trig": (ExportFormat.TRIG, "application/trig"),
        "diplomacy.jsonld": (ExportFormat.JSONLD, "application/ld+json"),
        "diplomacy.rdf": (ExportFormat.RDFXML, "application/rdf+xml"),
    }
)
_TOLD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "diplomacy.ttl": "Turtle: the assembled knowledge, to read and to load",
        "diplomacy.nt": "N-Triples: the same, a triple a line, for text tools",
        "diplomacy.nq": "N-Quads: every named graph, with what each article alone supports, a quad a line",
        "diplomacy.trig": "TriG: every named graph, to read",
        "diplomacy.jsonld": "JSON-LD: the assembled knowledge, for programs that read JSON",
        "diplomacy.rdf": "RDF/XML: the assembled knowledge, for older tools",
    }
)


@bp.get("/exports/")
def exports() -> str:
    """What can be downloaded."""
    generation, downloads = site().reader.pool.generation, site().downloads
    files = [(name, told, downloads.size(generation, name)) for name, told in _TOLD.items()]
    return render_template("exports.html", files=files, generation=generation)


@bp.get("/exports/<name>")
def download(name: str) -> Response:
    """One export of the live generation: as it was published, or made now."""
    if name not in _EXPORTS:
        abort(404, f"there is no such export; there are {', '.join(_EXPORTS)}")
    written, media = _EXPORTS[name]
    export = site().downloads.file(site().reader.pool.generation, name, written)
    generation = export.generation
    response = send_file(
        export.path,
        mimetype=media,
        as_attachment=True,
        download_name=name,
        etag=f"{generation.number}-{generation.digest}-{name}",
        max_age=0,
    )
    response.content_type = content_type(media)
    response.headers["KG-Generation"] = str(generation.number)
    return response


@bp.get("/ontology")
@bp.get("/ontology.<suffix>")
def ontology(suffix: str | None = None) -> Response:
    """The ontology, as a page or as RDF."""
    chosen, media = choose(request, (*GRAPHS, HTML), suffix)
    if chosen is HTML:
        return make_response(render_template("ontology.html", terms=_terms()))
    text = _ontology_bytes()
    if chosen.suffix != "ttl":
        text = write([quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)], chosen.written)
    return Response(text, content_type=content_type(media))


@bp.get("/.well-known/void")
def void() -> Response:
    """The data set in VoID and DCAT."""
    here = site()
    chosen, media = choose(request, GRAPHS)
    exports = {name: media for name, (_, media) in _EXPORTS.items()}
    census = here.census()

    def described(root: str) -> list[ox.Triple]:
        return dataset_description(here.settings.base_iri, root, census, exports)

    content = write_once(census, "dataset", chosen.written, described, request.root_url)
    return Response(content, content_type=content_type(media))


@cache
def _ontology_bytes() -> bytes:
    return (shipped("ontology") / "diplomacy.ttl").read_bytes()


@cache
def _ontology() -> Graph:
    return Graph().parse(data=_ontology_bytes(), format="turtle")


@cache
def _terms() -> list[dict[str, Any]]:
    """The terms of our namespace, classes first, each with what the ontology says of it."""
    graph = _ontology()
    kinds: dict[Node, str] = {OWL.Class: "class", OWL.ObjectProperty: "property", OWL.DatatypeProperty: "property"}
    found = []
    labelled = {subject for subject in graph.subjects(RDFS.label) if isinstance(subject, URIRef)}
    for subject in sorted(subject for subject in labelled if subject.startswith(DIP)):
        kind = next((kinds[one] for one in graph.objects(subject, RDF.type) if one in kinds), "value")
        found.append(
            {
                "iri": str(subject),
                "name": subject.removeprefix(DIP),
                "kind": kind,
                "comment": str(graph.value(subject, RDFS.comment) or ""),
                "example": str(graph.value(subject, SKOS.example) or ""),
            }
        )
    return sorted(found, key=lambda term: ("class property value".index(term["kind"]), term["name"].lower()))
