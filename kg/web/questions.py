"""The saved questions: their list, their forms, their answers in every format, their SPARQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, render_template, request

from kg.engine.answer import Question
from kg.engine.reader import Table
from kg.errors import KgError, QuerySyntaxError
from kg.query.bind import bind
from kg.query.saved import Parameter, SavedQuery
from kg.web import answers
from kg.web.desk import PASSING
from kg.web.errors import Refusal, refusal_of
from kg.web.formats import GRAPHS, HTML, TABLES, choose, preferred
from kg.web.show import MOST_BYTES, MOST_ROWS, columns, inert
from kg.web.site import site

bp = Blueprint("questions", __name__)

_LISTED: Final = 80
_OFFERED: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A parameter as a form shows it: a list to pick from, or a box, with suggestions where there are many."""

    parameter: Parameter
    value: str
    choices: tuple[tuple[str, str], ...]

    @property
    def is_list(self) -> bool:
        """Whether the choices are few enough for a plain list that holds the value."""
        known = not self.value or self.value in {value for value, _ in self.choices}
        return 0 < len(self.choices) <= _LISTED and known


@bp.get("/queries/")
def index() -> str:
    """All saved questions."""
    return render_template("questions.html", queries=site().queries.values())


@bp.get("/queries/<name>.rq")
def text(name: str) -> Response:
    """The SPARQL of a question; with parameters, as they are bound."""
    query = _query(name)
    given = _given()
    written = bind(query, given, site().reader.names(), site().today()) if given else query.text
    return Response(written, content_type="application/sparql-query; charset=utf-8")


@bp.get("/queries/<name>.<suffix>")
def download(name: str, suffix: str) -> Response:
    """The answer as a file."""
    return _answer(_query(name), suffix)


@bp.get("/queries/<name>")
def page(name: str) -> Response:
    """The form and, once every required parameter is there, the answer."""
    query = _query(name)
    if not _wants_page():
        return _answer(query, None)
    given = _given()
    table, refusal = None, None
    if all(given.get(parameter.name) or parameter.default for parameter in query.parameters if parameter.required):
        table, refusal = _asked(query, given)
    elif any(given.values()):
        _, refusal = _asked(query, given)
    response = make_response(_rendered(query, given, table, refusal))
    if refusal is not None:
        response.status_code = refusal.status
    return response


def _query(name: str) -> SavedQuery:
    query = site().queries.get(name)
    if query is None:
        abort(404, "there is no such question")
    return query


def _wants_page() -> bool:
    asked = request.args.get("format")
    if asked:
        return asked.lower() == HTML.suffix
    return preferred(request, ("application/sparql-results+json", *HTML.media)) in HTML.media


def _given() -> Mapping[str, str]:
    """The parameters of the request by name.

    Raises:
        QuerySyntaxError: one of them is given twice.
    """
    for name, values in request.args.lists():
        if len(values) > 1:
            raise QuerySyntaxError(f"'{name[:40]}' is given {len(values)} times", hint="Give each parameter once.")
    return {name: value for name, value in request.args.items() if name != "format" and value.strip()}


def _asked(query: SavedQuery, given: Mapping[str, str]) -> tuple[Table | None, Refusal | None]:
    here = site()
    try:
        return here.reader.table(bind(query, given, here.reader.names(), here.today()), MOST_ROWS, MOST_BYTES), None
    except KgError as error:
        return None, refusal_of(error)


def _answer(query: SavedQuery, suffix: str | None) -> Response:
    here = site()
    names = here.reader.names()
    written = bind(query, _given(), names, here.today())
    asked = here.reader.pool.check(written)
    chosen, media = choose(request, GRAPHS if asked.form.is_graph else TABLES, suffix)
    question = Question(text=written, format=chosen.written)
    response = answers.answer(question, media, name=f"{query.name}.{chosen.suffix}", query=asked)
    # What a name of the generation before was taken for is no answer for those who come later.
    request.environ[PASSING] = not here.reader.are_of(names, int(response.headers.get("KG-Generation", 0)))
    return response


def _rendered(query: SavedQuery, given: Mapping[str, str], table: Table | None, refusal: Refusal | None) -> str:
    encoded = urlencode(given)
    return render_template(
        "question.html",
        query=query,
        fields=[_field(parameter, given) for parameter in query.parameters],
        table=table,
        columns=columns(table) if table else [],
        refusal=refusal,
        formats=TABLES,
        tail=f"?{encoded}" if encoded else "",
    )


def _field(parameter: Parameter, given: Mapping[str, str]) -> Field:
    here = site()
    value = given.get(parameter.name, parameter.default or "")
    if value == "today":
        value = here.today().isoformat()
    if not parameter.type.has_choices:
        return Field(parameter=parameter, value=inert(value), choices=())
    names = here.reader.names()
    offered = names.of_kinds(parameter.type.kinds)
    spoken = Counter(name.label for name in offered)
    # A list holds slugs; a box to write into, labels, where each means one thing.
    written = {
        name.iri: name.slug if len(offered) <= _LISTED or spoken[name.label] > 1 else name.label for name in offered
    }
    meant = names.find(value, parameter.type.kinds) if value else []
    return Field(
        parameter=parameter,
        value=written[meant[0].iri] if len(meant) == 1 else inert(value),
        choices=tuple((written[name.iri], name.label) for name in offered[:_OFFERED]),
    )
