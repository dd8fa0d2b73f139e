"""The first page, and the search over all names."""

from __future__ import annotations

from collections import Counter
from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kg.query.kinds import CLASSES
from kg.web.show import newest
from kg.web.site import site

bp = Blueprint("home", __name__)

_MOST_FOUND: Final = 200
_CONTACTS: Final = frozenset({"Meeting", "PhoneCall", "VideoCall"})


@bp.get("/")
def index() -> str:
    """What is in the graph, the latest meetings, the questions."""
    here = site()
    names = here.reader.names()
    counts = Counter(name.kind for name in names)
    today = here.today().isoformat()
    anniversaries = names.of_kinds(frozenset({"Anniversary"}))
    return render_template(
        "home.html",
        counts=[(kind, counts[kind]) for kind in CLASSES if counts[kind]],
        generation=here.reader.pool.generation,
        latest=newest(names, _CONTACTS, 8),
        coming=[
            name
            for name in reversed(anniversaries)
            if name.date[:4] >= today[:4] and name.date >= today[: len(name.date)]
        ][:5],
        queries=here.queries.values(),
    )


@bp.get("/search")
def search() -> str | Response:
    """The things whose names hold the words that were asked for; the thing itself where only one does."""
    asked = request.args.get("q", "").strip()[:200]
    names = site().reader.names()
    kind = request.args.get("kind", "")
    if kind in CLASSES and not asked:
        found = list(names.of_kinds(frozenset({kind})))
    else:
        found = [name for name in names.search(asked) if not kind or name.kind == kind]
    if len(found) == 1 and asked and (path := site().path(found[0].iri)) is not None:
        return redirect(url_for("things.page", path=path), 303)
    return render_template(
        "search.html", asked=asked, kind=kind, found=found[:_MOST_FOUND], total=len(found), most=_MOST_FOUND
    )
