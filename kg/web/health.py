"""For operators: whether the server is well, and what it has done so far, for Prometheus."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from flask import Blueprint, Flask, Response, g, jsonify, request

from kg import __version__
from kg.engine.answer import Question
from kg.errors import KgError
from kg.web.desk import NOWHERE, ROOM
from kg.web.site import site
from kg.web.tally import MEDIA, Kind, Metric, written

bp = Blueprint("health", __name__)

_SECONDS: Final = 5.0


@bp.get("/livez")
def livez() -> Response:
    """Whether the process answers at all; what fails this is to be started again."""
    return _uncached(jsonify(status="ok"))


@bp.get("/healthz")
@bp.get("/readyz")
def healthz() -> Response:
    """Whether queries are answered, and over which generation; 503 where not. What the writer does stands beside it."""
    here = site()
    generation = here.reader.pool.generation
    fault = _fault()
    told = jsonify(
        status="failing" if fault else "ok",
        generation=generation.number,
        quads=generation.quads,
        writing="off" if here.door is None else here.door.writer.state,
    )
    if fault:
        told.status_code = 503
    return _uncached(told)


@bp.get("/metrics")
def metrics() -> Response:
    """The counts so far."""
    return _uncached(Response(written(site().desk.tally, _metrics()), content_type=MEDIA))


def register(app: Flask) -> None:
    """Nothing; every answer is counted."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        request.environ[ROOM] = request.endpoint or NOWHERE

    @app.after_request
    def count(response: Response) -> Response:
        spent = time.perf_counter() - g.get("began", time.perf_counter())
        site().desk.tally.add(request.endpoint or NOWHERE, response.status_code, spent)
        return response


def _fault() -> bool:
    """Whether new queries are not answered."""
    here = site()
    pool = here.reader.pool
    try:
        # Not remembered, and no turn of anybody's.
        pool.run(Question(text="ASK {}"), replace(pool.limits, seconds=_SECONDS)).body.close()
    except KgError:
        return True
    return here.desk.left is not None


def _metrics() -> Iterator[Metric]:
    here = site()
    pool = here.reader.pool
    generation, memory = pool.generation, pool.memory
    yield Metric(name="kg_info", help="What is running.", kind=Kind.GAUGE, values={__version__: 1}, label="version")
    yield Metric.of("kg_generation", "The number of the live generation.", Kind.GAUGE, generation.number)
    yield Metric.of("kg_quads", "The quads in the live generation.", Kind.GAUGE, generation.quads)
    yield Metric(
        name="kg_cache_hits_total",
        help="Answers given from memory: whole responses, and answers of the engine.",
        kind=Kind.COUNTER,
        values={"response": here.desk.recall.hits, "answer": memory.hits},
        label="kind",
    )
    yield Metric.of("kg_cache_misses_total", "Answers that the engine was asked for.", Kind.COUNTER, memory.misses)
    yield Metric(
        name="kg_cache_bytes",
        help="What is kept in memory of responses and of answers.",
        kind=Kind.GAUGE,
        values={"response": here.desk.recall.size, "answer": memory.size},
        label="kind",
    )


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
