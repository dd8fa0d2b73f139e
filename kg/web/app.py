"""The whole site as a Flask app, made from settings and a pool; a test hands in a pool over a small store."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, g, request
from flask.json.provider import DefaultJSONProvider

from kg.config import Settings, shipped
from kg.engine.engine import Engine
from kg.engine.reader import Reader
from kg.errors import KgError
from kg.query.saved import sound_queries
from kg.web import (
    built,
    catalog,
    cite,
    correct,
    errors,
    graph_store,
    health,
    home,
    operation,
    questions,
    show,
    sparql,
    things,
    update,
    vocabulary,
)
from kg.web.access import Door
from kg.web.delivery import deliver
from kg.web.desk import Desk
from kg.web.downloads import Downloads
from kg.web.journal import Journal
from kg.web.protection import HEADERS, Asked, preflight
from kg.web.recall import Recall, State
from kg.web.site import KEY, Site, site
from kg.web.visitor import Visitors

_MOMENTARY: Final = frozenset({"operation.healthz", "operation.metrics"})


def warm_up(app: Flask) -> None:
    """Nothing; what takes a while is done before a page asks for it: all names are read, mistakes can be explained."""
    with contextlib.suppress(KgError), app.app_context():
        site().reader.names()
        site().reader.pool.warm_up()


def create_app(
    settings: Settings,
    pool: Engine,
    *,
    today: Callable[[], dt.date],
    door: Door | None = None,
    log: Journal | None = None,
) -> Flask:
    """The whole site over the store of a pool; ``today`` is asked at each request that needs it.

    ``door`` leads to the writer; without it the site is read-only. ``log`` is told of every answer that is sent.
    """
    app = Flask(__name__)
    app.request_class = Asked
    app.wsgi_app = Visitors(app.wsgi_app, settings.proxies)  # type: ignore[method-assign]  # as Flask says to do it
    app.config["MAX_CONTENT_LENGTH"] = 4 * settings.limits.query_characters + 65_536
    app.config["MAX_FORM_MEMORY_SIZE"] = app.config["MAX_CONTENT_LENGTH"]
    json = app.json
    assert isinstance(json, DefaultJSONProvider)
    json.sort_keys = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    saved, _ = sound_queries(shipped("queries"))
    recall = Recall(settings.limits.memory_bytes // 4, lambda: State.of(pool.generation, today()))
    app.extensions[KEY] = Site(
        settings=settings,
        reader=Reader(pool),
        queries=saved,
        today=today,
        door=door,
        desk=Desk(recall=recall, journal=log),
        built=built.Built.read(built.FOLDER),
        downloads=Downloads(settings.licence),
    )
    parts = (
        home,
        sparql,
        update,
        graph_store,
        questions,
        things,
        cite,
        correct,
        catalog,
        vocabulary,
        operation,
        health,
    )
    for part in parts:
        app.register_blueprint(part.bp)
    show.register(app)
    built.register(app)
    errors.register(app)
    health.register(app)

    app.after_request(_send)
    return app


def _send(response: Response) -> Response:
    """The response as it leaves: for whom it holds, as the client takes it, with what browsers are told."""
    if request.method == "OPTIONS":
        response = preflight(request, response)
    if request.endpoint in _MOMENTARY:
        response.headers["Cache-Control"] = "no-store"
    response = deliver(request, response)
    if response.status_code == HTTPStatus.PRECONDITION_FAILED:
        response.close()
        response = errors.respond(errors.refusal(HTTPStatus.PRECONDITION_FAILED))
    if g.get("is_negotiated"):
        response.vary.add("Accept")
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
