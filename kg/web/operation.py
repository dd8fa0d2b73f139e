"""For operators and programs: health, metrics, and the saved questions as an OpenAPI document."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from typing import Any, Final

from flask import Blueprint, Flask, Response, current_app, g, jsonify, request

from kg import __version__
from kg.query.saved import Parameter, SavedQuery
from kg.query.types import ParameterType
from kg.web.formats import TABLES
from kg.web.site import site

bp = Blueprint("operation", __name__)

_TALLY: Final = "diplomacy-kg-tally"
_TYPES: Final = {ParameterType.INTEGER: "integer", ParameterType.YEAR: "integer"}


class Tally:
    """How many requests were answered, how, and in how much time; safe to use from many threads."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._lock = threading.Lock()
        self._count: Counter[tuple[str, int]] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def add(self, room: str, status: int, seconds: float) -> None:
        """Count one answer."""
        with self._lock:
            self._count[room, status] += 1
            self._seconds[room] += seconds

    def lines(self) -> list[str]:
        """The counts in the text format of Prometheus."""
        with self._lock:
            counts, seconds = sorted(self._count.items()), sorted(self._seconds.items())
        lines = ["# TYPE kg_requests_total counter"]
        lines += [f'kg_requests_total{{room="{room}",status="{status}"}} {count}' for (room, status), count in counts]
        lines.append("# TYPE kg_request_seconds_total counter")
        lines += [f'kg_request_seconds_total{{room="{room}"}} {spent:.6f}' for room, spent in seconds]
        return lines


@bp.get("/healthz")
def healthz() -> Response:
    """Whether a query is answered, and over which generation."""
    here = site()
    answered = here.reader.table("ASK {}").truth
    generation = here.reader.pool.generation
    return jsonify(status="ok" if answered else "failing", generation=generation.number, quads=generation.quads)


@bp.get("/metrics")
def metrics() -> Response:
    """The counts for Prometheus."""
    generation = site().reader.pool.generation
    lines = current_app.extensions[_TALLY].lines()
    lines += ["# TYPE kg_generation gauge", f"kg_generation {generation.number}"]
    lines += ["# TYPE kg_quads gauge", f"kg_quads {generation.quads}"]
    return Response("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


@bp.get("/openapi.json")
def openapi() -> Response:
    """The saved questions as paths that programs can call (OpenAPI 3.1)."""
    here = site()
    return jsonify(
        openapi="3.1.0",
        info={"title": "Diplomacy KG", "version": __version__, "description": "The saved questions of this graph."},
        servers=[{"url": request.root_url.rstrip("/")}],
        paths={f"/queries/{query.name}": {"get": _operation(query)} for query in here.queries.values()},
    )


def register(app: Flask) -> None:
    """Nothing; every answer is counted."""
    tally = app.extensions[_TALLY] = Tally()

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        room = request.endpoint or "nowhere"
        tally.add(room, response.status_code, time.perf_counter() - g.get("began", time.perf_counter()))
        return response


def _operation(query: SavedQuery) -> dict[str, Any]:
    text = {"schema": {"type": "string"}}
    return {
        "operationId": query.name,
        "summary": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "parameters": [
            *map(_parameter, query.parameters),
            {
                "name": "format",
                "in": "query",
                "required": True,
                "schema": {"type": "string", "enum": [format_.suffix for format_ in TABLES], "default": "json"},
            },
        ],
        "responses": {
            "200": {"description": "The answer.", "content": {format_.media[0]: text for format_ in TABLES}},
            "400": {"description": "A parameter is missing or not of its type."},
            "504": {"description": "It took too long."},
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": _TYPES.get(parameter.type, "string")}
    if parameter.type is ParameterType.DATE:
        schema["format"] = "date"
    if parameter.default is not None and parameter.default != "today":
        schema["default"] = parameter.default
    by_name = " by label, slug or IRI" if parameter.type.has_choices else ""
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": f"{parameter.label}: a {parameter.type}{by_name}.",
        "schema": schema,
    }
