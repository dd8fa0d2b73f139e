"""A page for every thing, with the sentences that it rests on; the same as RDF; and the way from its IRI to both."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from kg.engine.answer import Question
from kg.engine.reader import Table, Term
from kg.query.names import PREFIX_LINES, Name
from kg.store.prefixes import DIP, RDF, RDFS, SKOS
from kg.web import answers
from kg.web.formats import GRAPHS, HTML, choose
from kg.web.phrases import SYMMETRIC, rank
from kg.web.site import site

bp = Blueprint("things", __name__)

_MOST: Final = 2000
_PATH: Final = re.compile(r"""[^\x00-\x20<>"{}|^`\\]{1,500}""")
_NAMED_ABOVE: Final = frozenset({RDF + "type", RDFS + "label", SKOS + "prefLabel", DIP + "headline"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What is said with one predicate: the values, or the things that point here."""

    predicate: str
    terms: tuple[Term, ...]
    total: int


@bp.get("/id/<path:path>")
def thing(path: str) -> Redirect:
    """303 to the page or to the data, as the request wants."""
    _iri(path)
    chosen, _ = choose(request, (*GRAPHS, HTML))
    if chosen is HTML:
        return redirect(url_for("things.page", path=path), 303)
    return redirect(url_for("things.rdf", file=f"{path}.{chosen.suffix}"), 303)


@bp.get("/data/<path:file>")
def rdf(file: str) -> Response:
    """All that the graph says of a thing, with the evidence, as RDF; the file is its path and a suffix."""
    path, dot, suffix = file.rpartition(".")
    if not dot:
        abort(404, "a file of data ends in .ttl, .nt, .nq, .trig, .jsonld or .rdf")
    node = _iri(path)
    chosen, media = choose(request, GRAPHS, suffix)
    _require(node)
    query = (
        f"{PREFIX_LINES}CONSTRUCT {{ {node} ?p ?o . ?s ?q {node} . ?e ?r ?v }} WHERE {{ {{ {node} ?p ?o }} "
        f"UNION {{ ?s ?q {node} }} UNION {{ ?e dip:supports {node} ; ?r ?v }} }}"
    )
    return answers.answer(Question(text=query, format=chosen.written), media)


@bp.get("/page/<path:path>")
def page(path: str) -> Response:
    """A thing as people read it."""
    node = _iri(path)
    reader = site().reader
    out = reader.table(f"SELECT ?p ?o WHERE {{ {node} ?p ?o }} ORDER BY ?p ?o", _MOST)
    into = reader.table(f"SELECT ?p ?o WHERE {{ ?o ?p {node} FILTER (?p != <{DIP}supports>) }} ORDER BY ?p ?o", _MOST)
    if not out.rows and not into.rows:
        abort(404, "the graph knows no such thing")
    name = reader.names().get(node.value)
    return make_response(
        render_template(
            "thing.html",
            iri=node.value,
            path=path,
            name=name or Name(iri=node.value, label=path, kind=path.split("/", maxsplit=1)[0]),
            said=_without_bounds(_grouped(out, _NAMED_ABOVE)),
            pointing=_grouped(into, SYMMETRIC),
            evidence=_evidence(node),
            conflicts=_conflicts(node),
            links=_links(name),
            formats=GRAPHS,
        )
    )


def _iri(path: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(site().thing(path if _PATH.fullmatch(path) else "<"))
    except ValueError:
        abort(404, "that cannot be the name of a thing")


def _require(node: ox.NamedNode) -> None:
    if not site().reader.table(f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s ?q {node} }} }}").truth:
        abort(404, "the graph knows no such thing")


def _without_bounds(groups: list[Group]) -> list[Group]:
    """The groups without the first and last day where both are the date itself."""
    days = {group.predicate: group.terms[0].value for group in groups}
    if {days.get(DIP + name) for name in ("earliest", "latest")} == {days.get(DIP + "date")}:
        return [group for group in groups if group.predicate not in {DIP + "earliest", DIP + "latest"}]
    return groups


def _grouped(table: Table, without: frozenset[str]) -> list[Group]:
    found: dict[str, list[Term]] = defaultdict(list)
    for row in table.rows:
        if row["p"].value not in without and not row["p"].value.startswith(RDF):
            found[row["p"].value].append(row["o"])
    return [
        Group(predicate=predicate, terms=tuple(sorted(found[predicate], key=_order)), total=len(found[predicate]))
        for predicate in sorted(found, key=rank)
    ]


def _order(term: Term) -> tuple[str, str]:
    name = site().reader.names().get(term.value) if term.is_iri else None
    return (name.date, name.label) if name else ("", term.value)


def _evidence(node: ox.NamedNode) -> tuple[dict[str, Term], ...]:
    """The sentences a thing rests on; for an article, the sentences of it that say something, in their order."""
    table = site().reader.table(
        PREFIX_LINES
        + f"""SELECT ?quote ?article ?rule ?begin ?end ?attributedTo ?dateText ?fact WHERE {{
  {{ ?e dip:supports {node} ; dip:article ?article }}
  UNION {{ ?e dip:article {node} ; dip:supports ?fact BIND ({node} AS ?article) }}
  ?e dip:quote ?quote .
  OPTIONAL {{ ?e dip:rule ?rule }} OPTIONAL {{ ?e dip:begin ?begin ; dip:end ?end }}
  OPTIONAL {{ ?e dip:attributedTo ?attributedTo }} OPTIONAL {{ ?e dip:dateText ?dateText }}
}} ORDER BY ?article ?begin ?end ?rule ?fact""",
        _MOST,
    )
    return tuple(dict(row) for row in table.rows)


def _conflicts(node: ox.NamedNode) -> tuple[dict[str, Term], ...]:
    table = site().reader.table(
        PREFIX_LINES
        + f"""SELECT ?property ?value ?article WHERE {{
  ?conflict dip:about {node} ; dip:property ?property . ?claim dip:claimIn ?conflict ; dip:value ?value .
  OPTIONAL {{ ?claim dip:reportedIn ?article }} }} ORDER BY ?property ?value ?article""",
        _MOST,
    )
    return tuple(dict(row) for row in table.rows)


def _links(name: Name | None) -> list[tuple[str, dict[str, str]]]:
    """The saved questions that take this thing as a parameter: question, and parameter with slug."""
    if name is None:
        return []
    return [
        (query.name, {parameter.name: name.slug})
        for query in site().queries.values()
        for parameter in query.parameters[:1]
        if name.kind in parameter.type.kinds and "Evidence" not in parameter.type.kinds
    ]
