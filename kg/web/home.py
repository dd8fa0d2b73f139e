"""The first page, and the search over all names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from kg.query.kinds import CLASSES
from kg.query.names import Matches, Name, Names
from kg.web.cite import published
from kg.web.phrases import day_in_words
from kg.web.questions import by_subject
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
    contacts = names.of_kinds(_CONTACTS)
    days = [contacts[0].date, _earliest(contacts)] if contacts else ["", ""]
    return stamped(
        make_response(
            render_template(
                "home.html",
                counts=[(kind, names.counts[kind]) for kind in CLASSES if names.counts.get(kind)],
                last=day_in_words(days[0][:7]),
                first=day_in_words(days[1][:7]),
                generation=here.reader.pool.generation,
                built_on=day_in_words(published().isoformat()),
                latest=newest(names, _CONTACTS, 8),
                coming=_coming(names.of_kinds(frozenset({"Anniversary"})), here.today().isoformat()),
                articles=newest(names, frozenset({"Article"}), 4),
                total_articles=names.counts.get("Article", 0),
                groups=by_subject(here.queries.values()),
                offered=names.leading(_OFFERED),
            )
        ),
        names,
    )


def _earliest(contacts: Sequence[Name]) -> str:
    """The first date; they come with the latest first, and those without one last."""
    return next((name.date for name in reversed(contacts) if name.date), "")


def _coming(anniversaries: Sequence[Name], today: str) -> list[Name]:
    """The next ones from this day on, the nearest first."""
    ahead = (name for name in reversed(anniversaries) if name.date[:4] >= today[:4])
    return list(islice((name for name in ahead if name.date >= today[: len(name.date)]), 6))


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
        "slug": name.slug,
        "kind": CLASSES[name.kind].one,
        "class": name.kind,
        "iri": name.iri,
        "page": url_for("things.page", path=path) if path is not None else None,
        "also": list(name.others[:4]),
        "date": name.date or None,
    }
