"""The first page, and the search over all names."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from kg.query.kinds import CLASSES
from kg.query.names import Matches, Name, Names
from kg.web.show import newest, page_number
from kg.web.site import site
from kg.web.stamp import stamped

bp = Blueprint("home", __name__)

_ON_A_PAGE: Final = 50
_SUGGESTED: Final = 12
_OFFERED: Final = 120
_LONGEST: Final = 200
_CONTACTS: Final = frozenset({"Meeting", "PhoneCall", "VideoCall"})


@bp.get("/")
def index() -> Response:
    """What is in the graph, the latest meetings, the questions."""
    here = site()
    names = here.reader.names()
    today = here.today().isoformat()
    anniversaries = names.of_kinds(frozenset({"Anniversary"}))
    return stamped(
        make_response(
            render_template(
                "home.html",
                counts=[(kind, names.counts[kind]) for kind in CLASSES if names.counts.get(kind)],
                generation=here.reader.pool.generation,
                latest=newest(names, _CONTACTS, 8),
                coming=[
                    name
                    for name in reversed(anniversaries)
                    if name.date[:4] >= today[:4] and name.date >= today[: len(name.date)]
                ][:5],
                queries=here.queries.values(),
                offered=names.leading(_OFFERED),
            )
        ),
        names,
    )


@bp.get("/search")
def search() -> Response | Redirect:
    """The things whose names hold the words that were asked for; the thing itself where only one does."""
    asked, kind, names = _asked(), _kind(), site().reader.names()
    page = page_number()
    begin = (page - 1) * _ON_A_PAGE
    found = _found(names, asked, kind, begin)
    if asked and found.total == 1 and not found.is_alike:
        for name in found.names:
            if (path := site().path(name.iri)) is not None:
                return redirect(url_for("things.page", path=path), 303)
    return stamped(
        make_response(
            render_template(
                "search.html",
                asked=asked,
                kind=kind,
                found=found,
                kinds=[(one, found.counts[one]) for one in CLASSES if found.counts.get(one)],
                begin=begin,
                page=page,
                pages=-(-found.total // _ON_A_PAGE),
                offered=names.leading(_OFFERED),
            )
        ),
        names,
    )


@bp.get("/search.json")
def suggestions() -> Response:
    """The best of what a text may mean, for programs and for suggestions while somebody types."""
    asked, names = _asked(), site().reader.names()
    found = names.matches(asked, _kind(), most=_SUGGESTED)
    told = {
        "query": asked,
        "total": found.total,
        "alike": found.is_alike,
        "results": [_told(name) for name in found.names],
    }
    return stamped(jsonify(told), names)


def _asked() -> str:
    return request.args.get("q", "").strip()[:_LONGEST]


def _kind() -> str:
    kind = request.args.get("kind", "")
    return kind if kind in CLASSES else ""


def _found(names: Names, asked: str, kind: str, begin: int) -> Matches:
    """A page of what was asked for; without words, all of a kind."""
    if asked or not kind:
        return names.matches(asked, kind, begin=begin, most=_ON_A_PAGE)
    every = names.of_kinds(frozenset({kind}))
    return Matches(every[begin : begin + _ON_A_PAGE], len(every), {})


def _told(name: Name) -> dict[str, object]:
    path = site().path(name.iri)
    return {
        "label": name.label,
        "kind": CLASSES[name.kind].one,
        "class": name.kind,
        "iri": name.iri,
        "page": url_for("things.page", path=path) if path is not None else None,
        "also": list(name.others[:4]),
        "date": name.date or None,
    }
