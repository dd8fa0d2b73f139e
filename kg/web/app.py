"""The whole site as a Flask app, made from settings and a pool; a test hands in a pool over a small store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from flask import Flask, Response
from flask.json.provider import DefaultJSONProvider

from kg.config import Settings, shipped
from kg.engine.pool import Pool
from kg.engine.reader import Reader
from kg.query.saved import load_queries
from kg.web import catalog, errors, graph_store, home, operation, questions, show, sparql, things
from kg.web.site import KEY, Site

_HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def create_app(settings: Settings, pool: Pool, *, today: Callable[[], dt.date]) -> Flask:
    """The whole site over the store of a pool; ``today`` is asked at each request that needs it."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 4 * settings.limits.query_characters + 65_536
    app.config["MAX_FORM_MEMORY_SIZE"] = app.config["MAX_CONTENT_LENGTH"]
    json = app.json
    assert isinstance(json, DefaultJSONProvider)
    json.sort_keys = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    reader = Reader(pool)
    reader.names()  # before the first request: a large graph takes a while
    app.extensions[KEY] = Site(settings=settings, reader=reader, queries=load_queries(shipped("queries")), today=today)
    for room in (home, sparql, graph_store, questions, things, catalog, operation):
        app.register_blueprint(room.bp)
    show.register(app)
    errors.register(app)
    operation.register(app)

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        response.vary.add("Accept")
        return response

    return app
