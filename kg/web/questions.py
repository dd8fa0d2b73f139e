"""The saved questions: their list, their forms, their answers in every format, their SPARQL."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, render_template, request

from kg.engine.answer import Question, ResultFormat
from kg.engine.reader import Table
from kg.errors import KgError, QuerySyntaxError
from kg.query.bind import bind
from kg.query.saved import RESERVED, Parameter, SavedQuery
from kg.web import answers
from kg.web.desk import PASSING
from kg.web.errors import Refusal, refusal_of
from kg.web.formats import GRAPHS, HTML, TABLES, Format, NotAcceptable, choose, preferred
from kg.web.paged import Page, lead, page_rows
from kg.web.show import Column, columns, inert, page_number
from kg.web.site import site
from kg.web.stamp import stamped
from kg.web.taken import as_code, for_a_spreadsheet, things

bp = Blueprint("questions", __name__)

_SUBJECTS: Final = ("meetings", "summits", "leaders", "calls", "agreements", "anniversaries", "sources", "evidence")
_LISTED: Final = 80
_OFFERED: Final = 200
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A parameter as a form shows it: a list to pick from, or a box, with suggestions where there are many."""

    parameter: Parameter
    value: str
    choices: tuple[tuple[str, str], ...]
    total: int = 0

    @property
    def is_list(self) -> bool:
        """Whether the choices are few enough for a plain list that holds the value."""
        known = not self.value or self.value in {value for value, _ in self.choices}
        return 0 < self.total <= _LISTED and known

    @property
    def kind(self) -> str:
        """The one kind that is searched; empty where there are several."""
        return next(iter(self.parameter.type.kinds), "") if len(self.parameter.type.kinds) == 1 else ""


@bp.get("/queries/")
def index() -> Response:
    """All saved questions, or those with a tag."""
    every = site().queries.values()
    tags = Counter(tag for query in every for tag in query.tags)
    tag = request.args.get("tag", "")
    chosen = [query for query in every if tag in query.tags] if tag in tags else list(every)
    page = render_template(
        "questions.html",
        groups=by_subject(chosen),
        tags=sorted(tags.items()),
        tag=tag if tag in tags else "",
        total=len(every),
    )
    return stamped(make_response(page), site().reader.names())


def by_subject(queries: Iterable[SavedQuery]) -> list[tuple[str, list[SavedQuery]]]:
    """The questions by what they are about first of all, in the order in which people ask."""
    groups: dict[str, list[SavedQuery]] = {subject: [] for subject in _SUBJECTS}
    for query in queries:
        groups.setdefault(query.tags[0] if query.tags else "other", []).append(query)
    return [(subject, group) for subject, group in groups.items() if group]


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
    given, names = _given(), site().reader.names()
    shown, refusal = None, None
    if all(given.get(parameter.name) or parameter.default for parameter in query.parameters if parameter.required):
        shown, refusal = _asked(query, given)
    elif any(given.values()):
        _, refusal = _asked(query, given)
    response = make_response(_rendered(query, given, shown, refusal))
    if refusal is not None:
        response.status_code = refusal.status
        return response
    return stamped(response, names)


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
    return {name: value for name, value in request.args.items() if name not in RESERVED and value.strip()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page of the answer, and the SPARQL that gave it."""

    text: str
    page: Page


def _asked(query: SavedQuery, given: Mapping[str, str]) -> tuple[Shown | None, Refusal | None]:
    here = site()
    try:
        text = bind(query, given, here.reader.names(), here.today(), is_counted=here.reader.is_counted())
        return Shown(text=text, page=page_rows(text, page_number())), None
    except KgError as error:
        return None, refusal_of(error)


def _answer(query: SavedQuery, suffix: str | None) -> Response:
    here = site()
    names = here.reader.names()
    written = bind(query, _given(), names, here.today(), is_counted=here.reader.is_counted())
    asked = here.reader.pool.check(written)
    chosen, media = _chosen(suffix, is_graph=asked.form.is_graph)
    name = f"{query.name}.{chosen.suffix}"
    question = Question(text=written, format=chosen.written, rows=None if asked.form.is_graph else _limit())
    if chosen in GRAPHS and not asked.form.is_graph:
        response = things(written, chosen, media, name)
    elif chosen.written is ResultFormat.CSV and "excel" in request.args:
        response = for_a_spreadsheet(question, name, asked)
    else:
        response = answers.answer(question, media, name=name, query=asked)
    # What a name of the generation before was taken for is no answer for those who come later.
    request.environ[PASSING] = not here.reader.are_of(names, int(response.headers.get("KG-Generation", 0)))
    return response


def _limit() -> int | None:
    """The most rows that are wanted, where the request says so.

    Raises:
        QuerySyntaxError: what it says is no such number.
    """
    told = request.args.get("limit", "")
    if not told:
        return None
    if not _NUMBER.fullmatch(told):
        raise QuerySyntaxError("'limit' is not a number of rows", hint="Give a whole number from 1 on.")
    return min(int(told), site().reader.pool.limits.rows)


def _chosen(suffix: str | None, *, is_graph: bool) -> tuple[Format, str]:
    """The format that is wanted: of the answer, or else of the data of the things in it."""
    try:
        return choose(request, GRAPHS if is_graph else TABLES, suffix)
    except NotAcceptable:
        if is_graph or not _is_of_graphs(suffix):
            raise
        return choose(request, GRAPHS, suffix)


def _is_of_graphs(suffix: str | None) -> bool:
    """Whether a format of RDF is asked for by name; in ``Accept`` alone it is none for a table."""
    return suffix in {one.suffix for one in GRAPHS} if suffix else bool(request.args.get("format"))


def _view(query: SavedQuery) -> str:
    """How the answer is drawn: as the question says, or as a table only."""
    return "table" if request.args.get("view") == "table" else query.view


def _rendered(query: SavedQuery, given: Mapping[str, str], shown: Shown | None, refusal: Refusal | None) -> str:
    encoded = urlencode(given)
    tail = f"?{encoded}" if encoded else ""
    return render_template(
        "question.html",
        query=query,
        fields=[_field(parameter, given) for parameter in query.parameters],
        given=given,
        shown=shown,
        columns=_columns(query, given, shown.page.table) if shown else [],
        leads=[lead(row) for row in shown.page.table.rows] if shown else [],
        view=_view(query),
        refusal=refusal,
        formats=TABLES,
        codes=as_code(query.name, tail),
        tail=tail,
        limits=site().settings.limits,
    )


def _columns(query: SavedQuery, given: Mapping[str, str], table: Table) -> list[Column]:
    """The columns to show: not those that say in every row what was asked for, unless they are drawn."""
    names = site().reader.names()
    asked = [(parameter.type.kinds, given[parameter.name]) for parameter in query.parameters if parameter.name in given]
    meant = [names.find(value, kinds) for kinds, value in asked if kinds]
    known = {found[0].iri for found in meant if len(found) == 1}
    return [
        column
        for column in columns(table)
        if column.role
        or not known
        or not {row[column.name].value if column.name in row else "" for row in table.rows} <= known
    ]


def _field(parameter: Parameter, given: Mapping[str, str]) -> Field:
    here = site()
    value = given.get(parameter.name, parameter.default or "")
    if value == "today":
        value = str(here.today().year) if parameter.type == "year" else here.today().isoformat()
    if not parameter.type.has_choices:
        return Field(parameter=parameter, value=inert(value), choices=())
    names = here.reader.names()
    every = names.of_kinds(parameter.type.kinds)
    offered = every if len(every) <= _LISTED else names.leading_of(parameter.type.kinds, _OFFERED)
    spoken = Counter(name.label for name in offered)
    # A list holds slugs; a box to write into, labels, where each means one thing.
    written = {
        name.iri: name.slug if len(every) <= _LISTED or spoken[name.label] > 1 else name.label for name in offered
    }
    meant = names.find(value, parameter.type.kinds) if value else []
    return Field(
        parameter=parameter,
        value=written.get(meant[0].iri, meant[0].slug) if len(meant) == 1 else inert(value),
        choices=tuple((written[name.iri], name.label) for name in offered),
        total=len(every),
    )
