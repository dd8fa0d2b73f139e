"""The SPARQL 1.1 Protocol for queries, and the same as a page; updates are refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import pyoxigraph as ox
from flask import Blueprint, Response, jsonify, make_response, render_template, request

from kg.engine.answer import Question
from kg.engine.reader import Table
from kg.errors import KgError
from kg.store.prefixes import DIP, PREFIXES
from kg.web import answers
from kg.web.counting import Count, count, known_count
from kg.web.describe import service_description, write_once
from kg.web.errors import Refusal, Refused, refusal_of
from kg.web.formats import ANY, GRAPHS, HTML, TABLES, NotAcceptable, choose, content_type, preferred
from kg.web.protocol import QUERY, graphs, one, parameters
from kg.web.show import MOST_BYTES, MOST_ROWS, ROLES, columns
from kg.web.site import site

bp = Blueprint("sparql", __name__)

_EXAMPLE: Final = (
    f"PREFIX dip: <{PREFIXES['dip']}>\nPREFIX rdfs: <{PREFIXES['rdfs']}>\n\n"
    "SELECT ?meeting ?leader ?date WHERE {\n"
    "  ?meeting a dip:Meeting ;\n    dip:participant ?leader .\n"
    "  OPTIONAL { ?meeting dip:date ?date }\n}\nORDER BY DESC(?date)\nLIMIT 100\n"
)


class Rows(NamedTuple):
    """What is shown of an answer; where that is not all, of how many rows."""

    table: Table
    every: Count | None


@bp.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
def endpoint() -> Response:
    """SPARQL 1.1 Protocol, 2.1; for a browser the page; a bare GET gets the service description."""
    given = parameters(request, "query", QUERY)
    if "update" in given:
        raise Refused(403, "this address answers queries only", "Where updates are switched on, POST them to /update.")
    if not set(given) - {"format"} and request.method != "POST" and _wants_description():
        return _description()
    question = _question(given)
    return _page(question) if _wants_page() else _answer(question)


@bp.route("/sparql/total", methods=["GET", "POST"])
def total() -> Response:
    """How many rows a SELECT has, whatever the limit on rows."""
    question = _question(parameters(request, "query", QUERY))
    found = count(question, site().reader.pool.check(question.text))
    response = jsonify(rows=found.rows, more=found.is_more)
    response.headers["Cache-Control"] = "no-store"
    return response


def _question(given: Mapping[str, Sequence[str]]) -> Question:
    return Question(
        text=one(given, "query"),
        base=site().settings.base_iri,
        default_graphs=graphs(given, "default-graph-uri"),
        named_graphs=graphs(given, "named-graph-uri"),
    )


def _answer(question: Question) -> Response:
    query = site().reader.pool.check(question.text)
    chosen, media = choose(request, GRAPHS if query.form.is_graph else TABLES)
    return answers.answer(replace(question, format=chosen.written), media, query=query)


def _wants_page() -> bool:
    """Whether a browser asks: HTML by name, or before every format of an answer."""
    named = [*request.args.getlist("format"), *request.form.getlist("format")]
    if named:
        return [name.lower() for name in named] == [HTML.suffix]
    return preferred(request, ANY) in HTML.media


def _wants_description() -> bool:
    """Whether RDF or a page will do; who wants a table forgot the query."""
    try:
        choose(request, (*GRAPHS, HTML))
    except NotAcceptable:
        return False
    return True


def _description() -> Response:
    chosen, media = choose(request, (*GRAPHS, HTML))
    if chosen is HTML:
        return make_response(_rendered(_EXAMPLE))
    here = site()
    census, updates = here.census(), here.door is not None

    def described(endpoint: str) -> list[ox.Triple]:
        return service_description(endpoint, census, updates=updates)

    content = write_once(census, "service", chosen.written, described, request.base_url)
    return Response(content, content_type=content_type(media))


def _page(question: Question) -> Response:
    try:
        query = site().reader.pool.check(question.text)
        if query.form.is_graph:
            answer = site().reader.pool.run(replace(question, format=GRAPHS[0].written), query=query)
            with answer.body:
                shown = answer.body.read(200_000).decode(errors="replace")
            return make_response(_rendered(question.text, graph=shown, more=answer.size > 200_000))
        table = site().reader.answered(replace(question, rows=MOST_ROWS, bytes=MOST_BYTES), query)
        every = known_count(question, query, len(table.rows)) if table.is_cut else None
    except KgError as error:
        refusal = refusal_of(error)
        response = make_response(_rendered(question.text, refusal=refusal))
        response.status_code = refusal.status
        return response
    return make_response(_rendered(question.text, rows=Rows(table, every)))


def _rendered(
    text: str,
    *,
    rows: Rows | None = None,
    graph: str | None = None,
    more: bool = False,
    refusal: Refusal | None = None,
) -> str:
    marked = text.split("\n")[refusal.line - 1 : refusal.line] if refusal and refusal.line else []
    return render_template(
        "sparql.html",
        query=text,
        table=rows.table if rows else None,
        every=rows.every if rows else None,
        columns=columns(rows.table) if rows else [],
        graph=graph,
        more=more,
        refusal=refusal,
        marked=marked[0] if marked else None,
        formats=GRAPHS if graph is not None else TABLES,
        limits=site().settings.limits,
        namespace=DIP,
        roles=ROLES,
    )
