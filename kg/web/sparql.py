"""The SPARQL 1.1 Protocol for queries, and the same as a page; updates are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl

from flask import Blueprint, Response, abort, make_response, render_template, request

from kg.engine.answer import Question
from kg.engine.guard import check
from kg.engine.reader import Table
from kg.errors import KgError, QuerySyntaxError
from kg.store.prefixes import PREFIXES
from kg.web import answers
from kg.web.describe import service_description
from kg.web.errors import Refusal, refusal_of
from kg.web.formats import GRAPHS, HTML, TABLES, choose, content_type
from kg.web.show import MOST_BYTES, MOST_ROWS, columns
from kg.web.site import site

bp = Blueprint("sparql", __name__)

_EXAMPLE: Final = (
    f"PREFIX dip: <{PREFIXES['dip']}>\nPREFIX rdfs: <{PREFIXES['rdfs']}>\n\n"
    "SELECT ?meeting ?leader ?date WHERE {\n"
    "  ?meeting a dip:Meeting ;\n    dip:participant ?leader .\n"
    "  OPTIONAL { ?meeting dip:date ?date }\n}\nORDER BY DESC(?date)\nLIMIT 100\n"
)
_FORM: Final = "application/x-www-form-urlencoded"
_DIRECT: Final = "application/sparql-query"


@bp.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """SPARQL 1.1 Protocol, 2.1; for a browser the page; a bare GET that wants RDF gets the service description."""
    asked = _asked()
    if not asked["query"]:
        return _bare()
    if len(asked["query"]) > 1:
        raise QuerySyntaxError("more than one query", hint="Send one query at a time.")
    question = Question(
        text=asked["query"][0],
        default_graphs=tuple(asked["default-graph-uri"]),
        named_graphs=tuple(asked["named-graph-uri"]),
    )
    return _page(question) if _wants_page() else _answer(question)


def _answer(question: Question) -> Response:
    query = check(question.text, site().settings.limits)
    chosen, media = choose(request, GRAPHS if query.form.is_graph else TABLES)
    answer = site().reader.pool.run(replace(question, format=chosen.written))
    return answers.respond(answer, media)


def _asked() -> Mapping[str, list[str]]:
    """The parameters of the protocol by name.

    Raises:
        QuerySyntaxError: they are no UTF-8.
    """
    pairs = _pairs(request.query_string)
    if request.method == "POST":
        if request.mimetype == _DIRECT:
            pairs.append(("query", _text(request.get_data())))
        elif request.mimetype == _FORM:
            pairs += _pairs(request.get_data(parse_form_data=False, cache=True))
        else:
            abort(415, f"a query comes as {_FORM} or {_DIRECT}")
    if any(name == "update" for name, _ in pairs):
        abort(403, "an update is not for here: where the server takes them, they go to /update")
    wanted = ("query", "default-graph-uri", "named-graph-uri", "format")
    return {name: [value for key, value in pairs if key == name] for name in wanted}


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict")
    except UnicodeError as error:
        raise QuerySyntaxError("the parameters are not UTF-8, percent-encoded") from error


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise QuerySyntaxError("the query is not UTF-8") from error


def _wants_page() -> bool:
    if request.args.get("format", request.form.get("format", "html")) != "html":
        return False
    chosen, _ = choose(request, (*TABLES, *GRAPHS, HTML)) if request.accept_mimetypes else (TABLES[0], "")
    return chosen is HTML


def _bare() -> Response:
    if request.method == "POST":
        raise QuerySyntaxError("no query was sent", hint="Send it as the parameter 'query', or as the body.")
    if not request.accept_mimetypes.accept_html and not _wants_rdf():
        raise QuerySyntaxError("no query was sent", hint="Send it as the parameter 'query': /sparql?query=ASK%20%7B%7D")
    chosen, media = choose(request, (*GRAPHS, HTML))
    if chosen is HTML:
        return make_response(_rendered(_EXAMPLE))
    return Response(service_description(request.base_url, chosen.written), content_type=content_type(media))


def _wants_rdf() -> bool:
    return any(media in dict(request.accept_mimetypes) for format_ in GRAPHS for media in format_.media[:1])


def _page(question: Question) -> Response:
    try:
        query = check(question.text, site().settings.limits)
        if query.form.is_graph:
            answer = site().reader.pool.run(replace(question, format=GRAPHS[0].written))
            with answer.body:
                shown = answer.body.read(200_000).decode(errors="replace")
            return make_response(_rendered(question.text, graph=shown, more=answer.size > 200_000))
        table = site().reader.table(question.text, MOST_ROWS, MOST_BYTES)
    except KgError as error:
        refusal = refusal_of(error)
        response = make_response(_rendered(question.text, refusal=refusal))
        response.status_code = refusal.status
        return response
    return make_response(_rendered(question.text, table=table))


def _rendered(
    text: str,
    *,
    table: Table | None = None,
    graph: str | None = None,
    more: bool = False,
    refusal: Refusal | None = None,
) -> str:
    marked = text.split("\n")[refusal.line - 1 : refusal.line] if refusal and refusal.line else []
    return render_template(
        "sparql.html",
        query=text,
        table=table,
        columns=columns(table) if table else [],
        graph=graph,
        more=more,
        refusal=refusal,
        marked=marked[0] if marked else None,
        formats=GRAPHS if graph is not None else TABLES,
        limits=site().settings.limits,
    )
