"""The SPARQL 1.1 Graph Store Protocol, as far as it reads; writing is refused."""

from __future__ import annotations

import pyoxigraph as ox
from flask import Blueprint, Response, abort, request

from kg.engine.answer import Question
from kg.errors import QuerySyntaxError
from kg.web import answers
from kg.web.formats import GRAPHS, choose
from kg.web.site import site

bp = Blueprint("graph_store", __name__)


@bp.get("/store")
def graph() -> Response:
    """One graph, ``?default`` or ``?graph=IRI`` (Graph Store Protocol, 5.2)."""
    name = _name()
    pattern = "?s ?p ?o" if name is None else f"GRAPH {name} {{ ?s ?p ?o }}"
    chosen, media = choose(request, GRAPHS)
    if name is not None and not site().reader.table(f"ASK {{ {pattern} }}").truth:
        abort(404, "there is no such graph")
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"
    return answers.respond(site().reader.pool.run(Question(text=query, format=chosen.written)), media)


@bp.route("/store", methods=["POST", "PUT", "DELETE", "PATCH"])
def closed() -> Response:
    """403: writing is switched off."""
    abort(403, "this server's graphs can be read, not written")


def _name() -> ox.NamedNode | None:
    """The graph that is asked for; ``None`` for the default graph."""
    graphs = request.args.getlist("graph")
    if ("default" in request.args) == bool(graphs) or len(graphs) > 1:
        raise QuerySyntaxError("which graph?", hint="Ask for one: ?default, or ?graph= with its IRI.")
    try:
        return ox.NamedNode(graphs[0]) if graphs else None
    except ValueError as error:
        raise QuerySyntaxError("the graph's name is not an absolute IRI") from error
