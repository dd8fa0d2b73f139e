"""A page for every thing, with the sentences that it rests on; the same as RDF; and the way from its IRI to both."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from kg.engine.answer import Question
from kg.engine.reader import Table, Term
from kg.query.kinds import CLASSES
from kg.query.names import Name
from kg.query.naming import PREFIX_LINES
from kg.store.prefixes import DIP, RDF, RDFS, SKOS
from kg.web import answers, passages
from kg.web.asked import answered
from kg.web.cite import cite
from kg.web.correct import CHANGES
from kg.web.formats import GRAPHS, HTML, choose, preferred
from kg.web.linked import json_ld
from kg.web.phrases import SYMMETRIC, rank, time_in_words
from kg.web.sections import SECTIONS
from kg.web.site import site
from kg.web.stamp import seen, stamped

bp = Blueprint("things", __name__)

_MOST: Final = 2000
_POINTING: Final = 500
_PATH: Final = re.compile(r"""[^\x00-\x20<>"{}|^`\\]{1,500}""")
_MEDIA: Final = (*HTML.media, *(media for one in GRAPHS for media in one.media))
_DATED: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-(.+)", re.ASCII)
# What many things say of a leader stands in sections of its own.
_SAID: Final = (
    f"SELECT ?p ?o WHERE {{ $node ?p ?o FILTER (?p NOT IN (<{DIP}met>, <{DIP}spokeByPhoneWith>, "
    f"<{DIP}spokeByVideoWith>, <{DIP}participatedIn>)) }} ORDER BY ?p ?o"
)
# Who corrected or withdrew a thing is told above all.
_INTO: Final = (
    f"SELECT ?p ?o WHERE {{ ?o ?p $node FILTER (?p NOT IN (<{DIP}supports>, <{DIP}corrects>, <{DIP}retracts>)) }} "
    "ORDER BY ?p ?o"
)
_CURATED: Final = """SELECT DISTINCT ?how ?reason ?now ?sheet ?author ?source ?day WHERE {
  ?curation ?how $node ; dip:reason ?reason . FILTER (?how IN (dip:corrects, dip:retracts))
  OPTIONAL { ?curation dip:corrects ?now . ?now a ?kind FILTER (?now != $node) }
  OPTIONAL { ?curation dip:reportedIn ?sheet . OPTIONAL { ?sheet dip:byline ?author }
    OPTIONAL { ?sheet dip:publisher ?source } OPTIONAL { ?sheet dip:published ?day } } } ORDER BY ?day ?reason"""
_ASKED: Final = "SELECT ?property ?value WHERE {\n  $node ?property ?value\n}\nORDER BY ?property ?value\n"
_TOLD_APART: Final = frozenset(DIP + name for name in ("date", "earliest", "latest", "datePrecision", "status"))
# The kinds whose things have a shorter word in their addresses.
_KINDS: Final = {
    "call": "phonecall",
    "video": "videocall",
    "planned": "plannedcontact",
    "org": "organization",
    "past": "commemoratedevent",
}
_TOLD_BELOW: Final = {"Summit": frozenset({DIP + "participant"})}
_NAMED_ABOVE: Final = frozenset({RDF + "type", RDFS + "label", SKOS + "prefLabel", DIP + "headline"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What is said with one predicate: the values, or the things that point here; where ``is_more``, not all."""

    predicate: str
    terms: tuple[Term, ...]
    total: int
    is_more: bool = False


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
def page(path: str) -> Response | Redirect:
    """A thing as people read it; 303 to its data for who accepts that, and no page."""
    node = _iri(path)
    wanted = preferred(request, _MEDIA)
    if wanted is not None and wanted not in HTML.media:
        suffix = next(one.suffix for one in GRAPHS if wanted in one.media)
        return redirect(url_for("things.rdf", file=f"{path}.{suffix}"), 303)
    reader = site().reader
    names = reader.names()
    out = seen(reader.table(_SAID.replace("$node", str(node)), _MOST))
    name = names.get(node.value)
    pointing = () if name and name.kind in SECTIONS else _pointing(node)
    if not out.rows and not pointing:
        _require(node)
    curations = _curations(node)
    if name is None:
        name = _nameless(node.value, path)
        pointing = () if curations else pointing
    said = _grouped(out, _NAMED_ABOVE | _TOLD_BELOW.get(name.kind, frozenset()))
    is_article = name.kind == "Article"
    return stamped(
        make_response(
            render_template(
                "thing.html",
                iri=node.value,
                path=path,
                name=name,
                when=_when(said),
                status=_status(said),
                said=[group for group in said if group.predicate not in _TOLD_APART],
                sections=answered(name.kind, str(node)),
                pointing=pointing,
                passages=passages.of_article(node) if is_article else passages.of_fact(node),
                conflicts=passages.conflicts(node),
                curations=curations,
                links=_links(name),
                formats=GRAPHS,
                may_correct=name.kind in CHANGES and bool(said),
                citation=cite(name.iri, name.label, name.kind),
                linked=json_ld(name, [(group.predicate, group.terms) for group in said]),
                open_as=_ASKED.replace("$node", str(node)),
            )
        ),
        names,
    )


def _nameless(iri: str, path: str) -> Name:
    """The name of what the graph has no name for: what its address says of it."""
    kind, _, rest = path.partition("/")
    known = next((one for one in CLASSES if one.lower() == _KINDS.get(kind, kind)), kind)
    dated = _DATED.fullmatch(rest)
    label = f"{dated[2].replace('-', ' ').title()}, {dated[1]}" if dated else rest or path
    return Name(iri=iri, label=label, kind=known, date=dated[1] if dated else "")


def _iri(path: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(site().thing(path if _PATH.fullmatch(path) else "<"))
    except ValueError:
        abort(404, "that cannot be the name of a thing")


def _require(node: ox.NamedNode) -> None:
    if not site().reader.table(f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s ?q {node} }} }}").truth:
        abort(404, "the graph knows no such thing")


def _when(groups: Iterable[Group]) -> tuple[str, str]:
    """When the thing was, in words, and how exactly that is known."""
    told = {group.predicate.removeprefix(DIP): group.terms[0].value for group in groups}
    exact = told.get("datePrecision", "").removeprefix(DIP)
    return time_in_words(told.get("date", ""), told.get("earliest", ""), told.get("latest", ""), exact)


def _status(groups: Iterable[Group]) -> str:
    """What became of it, where it is not simply held."""
    told = next((group.terms[0].value for group in groups if group.predicate == DIP + "status"), "")
    return "" if told == DIP + "held" else told.removeprefix(DIP)


def _pointing(node: ox.NamedNode) -> tuple[Group, ...]:
    """What points here, for things whose page has no sections of its own."""
    into = seen(site().reader.table(_INTO.replace("$node", str(node)), _POINTING))
    return tuple(_grouped(into, SYMMETRIC))


def _curations(node: ox.NamedNode) -> tuple[Mapping[str, Term], ...]:
    """Who corrected or withdrew the thing, and why."""
    return seen(site().reader.table(PREFIX_LINES + _CURATED.replace("$node", str(node)), 20)).rows


def _grouped(table: Table, without: frozenset[str]) -> list[Group]:
    found: dict[str, list[Term]] = defaultdict(list)
    last = table.rows[-1]["p"].value if table.rows else ""
    for row in table.rows:
        if row["p"].value not in without and not row["p"].value.startswith(RDF):
            found[row["p"].value].append(row["o"])
    # They come in the order of the properties: what is left out is of the last one, or of others after it.
    return [
        Group(
            predicate=predicate,
            terms=tuple(sorted(found[predicate], key=_order)),
            total=len(found[predicate]),
            is_more=table.is_cut and predicate == last,
        )
        for predicate in sorted(found, key=rank)
    ]


def _order(term: Term) -> tuple[str, str]:
    name = site().reader.names().get(term.value) if term.is_iri else None
    return (name.date, name.label) if name else ("", term.value)


def _links(name: Name) -> list[tuple[str, dict[str, str]]]:
    """The saved questions that take this thing as a parameter: question, and parameter with slug."""
    return [
        (query.name, {parameter.name: name.slug})
        for query in site().queries.values()
        for parameter in query.parameters[:1]
        if name.kind in parameter.type.kinds and "Evidence" not in parameter.type.kinds
    ]
