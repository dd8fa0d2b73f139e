"""Whole graphs to download, the ontology, the description of the data set."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

import pyoxigraph as ox
from flask import Blueprint, Response, abort, make_response, render_template, request, send_file

from kg.errors import KgError
from kg.store.croissant import CONFORMS_TO
from kg.store.datacite import SCHEMA
from kg.store.export import ExportFormat
from kg.store.generation import Generation
from kg.store.parquet import can_write_parquet
from kg.store.tables import TABLES
from kg.web.cite import published
from kg.web.dataset import PARQUET, File, Files, dataset_description
from kg.web.describe import write, write_once
from kg.web.formats import GRAPHS, HTML, choose, content_type
from kg.web.phrases import day_in_words
from kg.web.show import columns
from kg.web.site import site
from kg.web.stamp import seen, stamped
from kg.web.terms import TITLES, ontology_bytes, terms

bp = Blueprint("catalog", __name__)


class Offer(NamedTuple):
    """An export: what it is, its media type, and that in words."""

    form: ExportFormat
    media: str
    told: str


_EXPORTS: Final[Mapping[str, Offer]] = MappingProxyType(
    {
        "diplomacy.ttl": Offer(
            ExportFormat.TURTLE, "text/turtle", "Turtle: the assembled knowledge, to read and to load"
        ),
        "diplomacy.nt": Offer(
            ExportFormat.NTRIPLES, "application/n-triples", "N-Triples: the same, a triple a line, for text tools"
        ),
        "diplomacy.nq": Offer(
            ExportFormat.NQUADS,
            "application/n-quads",
            "N-Quads: every named graph, with what each article alone supports, a quad a line",
        ),
        "diplomacy.trig": Offer(ExportFormat.TRIG, "application/trig", "TriG: every named graph, to read"),
        "diplomacy.jsonld": Offer(
            ExportFormat.JSONLD, "application/ld+json", "JSON-LD: the assembled knowledge, for programs that read JSON"
        ),
        "diplomacy.rdf": Offer(
            ExportFormat.RDFXML, "application/rdf+xml", "RDF/XML: the assembled knowledge, for older tools"
        ),
        "diplomacy.graphml": Offer(
            ExportFormat.GRAPHML,
            "application/xml",
            "GraphML: who met and spoke with whom, how often and when, for Gephi and yEd",
        ),
        **{
            f"{name}.csv": Offer(ExportFormat(f"{name}.csv"), "text/csv", f"CSV: {table.about}")
            for name, table in TABLES.items()
        },
        **{
            f"{name}.parquet": Offer(ExportFormat(f"{name}.parquet"), PARQUET, f"Parquet, with types: {table.about}")
            for name, table in (TABLES if can_write_parquet() else {}).items()
        },
        "croissant.json": Offer(
            ExportFormat.CROISSANT,
            "application/ld+json",
            "Croissant: the data set, its files with their checksums, and every column of its tables",
        ),
        "datacite.json": Offer(
            ExportFormat.DATACITE,
            "application/vnd.datacite.datacite+json",
            "DataCite: the data set for repositories and catalogues of research data",
        ),
    }
)
_DESCRIPTIONS: Final = MappingProxyType({"croissant.json": CONFORMS_TO, "datacite.json": SCHEMA})
_ELSEWHERE: Final = "the graph is on another server: exports are written where it is built, with 'kg export'"


@bp.get("/exports/")
def exports() -> str:
    """What can be downloaded."""
    here = site()
    if here.settings.server:
        abort(404, _ELSEWHERE)
    generation = here.reader.pool.generation
    forms = {name: offer.form for name, offer in _EXPORTS.items()}
    are_coming = here.downloads.prepare(generation, forms)
    files = [
        {
            "name": name,
            "told": offer.told,
            "size": here.downloads.size(generation, name),
            "checksum": here.downloads.checksum(generation, name),
        }
        for name, offer in _EXPORTS.items()
    ]
    return render_template(
        "exports.html",
        files=files,
        are_coming=are_coming,
        generation=generation,
        built_on=day_in_words(published().isoformat()),
        licence=here.settings.licence,
    )


@bp.get("/exports/<name>")
def download(name: str) -> Response:
    """One export of the live generation: as it was published, or made now."""
    if name not in _EXPORTS:
        abort(404, f"there is no such export; there are {', '.join(_EXPORTS)}")
    if site().settings.server:
        abort(404, _ELSEWHERE)
    offer = _EXPORTS[name]
    export = site().downloads.file(site().reader.pool.generation, name, offer.form)
    generation = export.generation
    response = send_file(
        export.path,
        mimetype=offer.media,
        as_attachment=True,
        download_name=name,
        etag=f"{generation.number}-{generation.digest}-{name}",
    )
    response.content_type = content_type(offer.media)
    response.headers["KG-Generation"] = str(generation.number)
    return response


@bp.get("/ontology")
@bp.get("/ontology.<suffix>")
def ontology(suffix: str | None = None) -> Response:
    """The ontology, as a page or as RDF."""
    chosen, media = choose(request, (*GRAPHS, HTML), suffix)
    if chosen is HTML:
        return make_response(render_template("ontology.html", terms=terms().values(), kinds=TITLES))
    text = ontology_bytes()
    if chosen.suffix != "ttl":
        text = write([quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)], chosen.written)
    return Response(text, content_type=content_type(media))


@bp.get("/ontology/<name>")
def term(name: str) -> Response:
    """One term: what it means, and what the graph says with it."""
    found = terms().get(name)
    if found is None:
        abort(404, "the ontology has no such term")
    names = site().reader.names()
    try:
        table = seen(site().reader.table(found.examples))
    except KgError:
        table = None
    page = render_template(
        "term.html",
        term=found,
        table=table,
        columns=columns(table) if table else [],
        query=found.examples,
        count=names.counts.get(name) if found.kind == "class" else None,
    )
    return stamped(make_response(page), names) if table else make_response(page)


@bp.get("/.well-known/void")
def void() -> Response:
    """The data set in VoID and DCAT."""
    here = site()
    chosen, media = choose(request, GRAPHS)
    files = Files() if here.settings.server else _files()
    census = here.census()

    def described(root: str) -> list[ox.Triple]:
        return dataset_description(here.settings.base_iri, root, census, files, here.settings.licence)

    content = write_once(census, "dataset", chosen.written, described, request.root_url)
    return Response(content, content_type=content_type(media))


def _files() -> Files:
    generation = site().reader.pool.generation
    exports = {name: _file(generation, name, offer) for name, offer in _EXPORTS.items() if name not in _DESCRIPTIONS}
    return Files(exports, {name: (_EXPORTS[name].media, schema) for name, schema in _DESCRIPTIONS.items()})


def _file(generation: Generation, name: str, offer: Offer) -> File:
    """An export as it is described, with size and checksum where it was published: those do not change."""
    if generation.export(name) is None:
        return File(offer.media)
    downloads = site().downloads
    return File(offer.media, downloads.size(generation, name), downloads.checksum(generation, name))
