"""The SPARQL 1.1 Graph Store HTTP Protocol: reading is open to all, writing stands behind the token."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Request, Response, request
from werkzeug.datastructures import FileStorage

from kg.engine.answer import Question
from kg.engine.written import Condition, NoSuchGraph, PreconditionFailed, Syntax, Upload
from kg.errors import QuerySyntaxError
from kg.query.naming import PREFIX_LINES
from kg.web import answers, catalog
from kg.web.access import WrongMedia, enter
from kg.web.formats import DATASETS, GRAPHS, choose
from kg.web.protocol import UPDATE, graph_name
from kg.web.site import site
from kg.web.update import done, read_text, refuse_charsets, refuse_encodings

bp = Blueprint("graph_store", __name__)

_SYNTAXES: Final = {
    "text/turtle": Syntax.TURTLE,
    "application/x-turtle": Syntax.TURTLE,
    "application/n-triples": Syntax.NTRIPLES,
    "text/plain": Syntax.NTRIPLES,
    "application/rdf+xml": Syntax.RDFXML,
    "application/xml": Syntax.RDFXML,
    "text/xml": Syntax.RDFXML,
    "application/ld+json": Syntax.JSONLD,
}
_UNTOLD: Final = frozenset({"", "application/octet-stream"})
_SUFFIXES: Final = {str(syntax): syntax for syntax in Syntax}
_TAKEN: Final = "text/turtle, application/n-triples, application/rdf+xml, application/ld+json"
_PARTS: Final = 100
_WRITING: Final = ("PUT", "POST", "DELETE", "PATCH")


@bp.get("/store", strict_slashes=False)
@bp.get("/store/<path:direct>")
def graph(direct: str | None = None) -> Response:
    """One graph, ``?default``, ``?graph=IRI`` or the one of this very address (Graph Store Protocol, 5.2), or all."""
    if direct is None and not {"graph", "default"} & request.args.keys():
        return _whole()
    name = _name(direct)
    chosen, media = choose(request, GRAPHS)
    if name is not None and not _is_there(name):
        raise NoSuchGraph("there is no such graph")
    pattern = "?s ?p ?o" if name is None else f"GRAPH {name} {{ ?s ?p ?o }}"
    query = f"{PREFIX_LINES}CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"
    iri = None if name is None else name.value
    return answers.answer(
        Question(text=query, format=chosen.written), media, state=lambda generation: generation.states.of(iri)
    )


def _whole() -> Response:
    """Every graph in one file, which is written once a generation, whatever its size."""
    chosen, _ = choose(request, DATASETS)
    return catalog.download(f"diplomacy.{chosen.suffix}")


@bp.route("/store", methods=_WRITING)
@bp.route("/store/<path:direct>", methods=_WRITING)
def write(direct: str | None = None) -> Response:
    """What was asked for, done as a whole (Graph Store Protocol, 5.3 to 5.7)."""
    writer = enter()
    refuse_encodings()
    limits = site().settings.limits
    request.max_content_length = request.max_form_memory_size = limits.upload_bytes
    request.max_form_parts = _PARTS
    if request.method == "POST" and direct is None and not request.args:
        return _add_graph()
    name = _name(direct)
    iri = None if name is None else name.value
    condition = _condition(iri)
    match request.method:
        case "DELETE":
            return done(writer.delete(iri, condition))
        case "PATCH":
            if request.mimetype != UPDATE:
                raise WrongMedia(f"a PATCH comes as {UPDATE}", hint=f"Set Content-Type: {UPDATE}.")
            refuse_charsets(request.mimetype_params)
            return done(writer.patch(iri, read_text(request.get_data()), condition))
        case "PUT":
            with _upload(request, iri) as upload:
                return done(writer.put(iri, upload, condition))
        case _:
            with _uploads(iri) as uploads:
                return done(writer.post(iri, uploads, condition))


def _add_graph() -> Response:
    """201, and the address of a graph that is new (Graph Store Protocol, 5.5)."""
    iri = f"{request.root_url}store/{secrets.token_hex(10)}"
    with _uploads(iri) as uploads:
        response = done(enter().post(iri, uploads, Condition(exists=False)))
    response.status_code = HTTPStatus.CREATED
    response.location = iri
    return response


@contextmanager
def _uploads(graph: str | None) -> Iterator[Sequence[Upload]]:
    """The document in the body, or each of the parts of a form."""
    with ExitStack() as files:
        if request.mimetype != "multipart/form-data":
            yield [files.enter_context(_upload(request, graph))]
            return
        parts = [part for _, part in request.files.items(multi=True)]
        if not parts:
            raise QuerySyntaxError("there is no file in the form", hint="Send each document as a file with its type.")
        yield [files.enter_context(_upload(part, graph)) for part in parts]


@contextmanager
def _upload(document: Request | FileStorage, graph: str | None) -> Iterator[Upload]:
    """The document, in a file; relative IRIs are read against the name of its graph."""
    syntax = _SYNTAXES.get(document.mimetype) or _by_its_name(document)
    if syntax is None:
        raise WrongMedia(f"a graph comes as {_TAKEN}", hint="Name its syntax in Content-Type.")
    refuse_charsets(document.mimetype_params)
    with enter().kept(document.stream) as file:
        yield Upload(file=file, syntax=syntax, base=graph or request.base_url)


def _by_its_name(document: Request | FileStorage) -> Syntax | None:
    """The syntax that the name of a file in a form ends with, where whoever sent it knew no type for it."""
    if isinstance(document, Request) or document.mimetype not in _UNTOLD:
        return None
    return _SUFFIXES.get((document.filename or "").rpartition(".")[2].lower())


def _name(direct: str | None) -> ox.NamedNode | None:
    """The graph that is asked for; ``None`` for the default graph."""
    if direct is not None:
        if "graph" in request.args or "default" in request.args:
            raise QuerySyntaxError("the graph is named twice", hint="Name it by the address, or as a parameter.")
        return graph_name(request.base_url)
    graphs = request.args.getlist("graph")
    if len(graphs) + len(request.args.getlist("default")) != 1:
        told = "more than one graph is named" if graphs or "default" in request.args else "which graph?"
        raise QuerySyntaxError(told, hint="Ask for one: ?default, or ?graph= with its IRI.")
    return graph_name(graphs[0]) if graphs else None


def _is_there(name: ox.NamedNode) -> bool:
    # By VALUES, so that an empty graph is found and a missing one is not.
    return bool(site().reader.table(f"ASK {{ VALUES ?g {{ {name} }} GRAPH ?g {{}} }}").truth)


def _condition(graph: str | None) -> Condition:
    """The preconditions of the request (RFC 9110, 13.1); only a strong tag, and a current one, is a match to write."""
    state = site().reader.pool.generation.states.of(graph)
    wanted, unwanted = request.if_match, request.if_none_match
    exists = True if wanted.star_tag else False if unwanted.star_tag else None
    if any(tag.startswith(state) for tag in unwanted.as_set(include_weak=True)):
        raise PreconditionFailed("the graph is as you have it already")
    if "If-Match" not in request.headers or wanted.star_tag:
        return Condition(exists=exists)
    if not any(tag.startswith(state) for tag in wanted.as_set()):
        raise PreconditionFailed(
            "the graph was changed since", hint="Fetch it again, with its ETag, and send your change anew."
        )
    return Condition(exists=exists, state=state)
