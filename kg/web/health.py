"""For operators: whether the server is well, and what it has done so far, for Prometheus."""

from __future__ import annotations

import mmap
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from flask import Blueprint, Flask, Response, g, jsonify, request

from kg import __version__
from kg.store.recover import loss_in_short
from kg.web.desk import NOWHERE, VIEW
from kg.web.site import site
from kg.web.tally import MEDIA, Kind, Metric, written

bp = Blueprint("health", __name__)

_WRITES: Final = frozenset({"update.update", "graph_store.write"})
# As 'writing' in /healthz has them.
_STATES: Final = ("off", "halted", "ready", "busy", "stopped")


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
        writing=_writing(),
        **_damage(),
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
        request.environ[VIEW] = request.endpoint or NOWHERE

    @app.after_request
    def count(response: Response) -> Response:
        # What is no request never began here: who turns it away counts it.
        if "began" in g:
            site().desk.tally.add(request.endpoint or NOWHERE, response.status_code, time.perf_counter() - g.began)
            if request.endpoint in _WRITES and request.method != "OPTIONS":
                site().desk.tally.add_write(response.status_code)
        return response


def _writing() -> str:
    """``off``, ``halted`` until the store is mended, or what the writer does."""
    door = site().door
    if door is None:
        return "off"
    return "halted" if door.writer is None else door.writer.state


def _damage() -> dict[str, str]:
    """Why writing is halted, and what is not served; empty where nothing was damaged."""
    here = site()
    if here.settings.server:
        return {}
    why = loss_in_short(here.settings.store)
    if why is not None:
        return {"damage": why}
    is_halted = here.door is not None and here.door.writer is None
    return {"damage": "mended since: start the server anew, and writing goes on"} if is_halted else {}


def _fault() -> bool:
    """Whether new queries are not answered."""
    here = site()
    return not here.pulse.beats(here.reader.pool) or here.desk.left is not None


def _metrics() -> Iterator[Metric]:
    here = site()
    pool, recall = here.reader.pool, here.desk.recall
    generation, memory = pool.generation, pool.memory
    yield _one("kg_info", "What is running.", Kind.GAUGE, "version", {__version__: 1})
    yield Metric.of("kg_generation", "The number of the live generation.", Kind.GAUGE, generation.number)
    yield Metric.of("kg_quads", "The quads in the live generation.", Kind.GAUGE, generation.quads)
    yield _one(
        "kg_queries_total", "Queries that reached the engine, by outcome.", Kind.COUNTER, "outcome", pool.outcomes()
    )
    yield from _metrics_of_writing()
    if not here.settings.server:
        yield Metric.of("kg_disk_free_bytes", "Room on the disk of the store.", Kind.GAUGE, _room(here.settings.store))
    yield Metric.of("kg_queries_waiting", "Queries that wait for a worker.", Kind.GAUGE, pool.waiting)
    workers = pool.workers
    counts = {lane: len(processes) for lane, processes in workers.items()}
    yield _one("kg_workers", "Worker processes, by lane.", Kind.GAUGE, "lane", counts)
    held = {"server": resident("self"), "workers": sum(resident(str(one)) for each in workers.values() for one in each)}
    yield _one("kg_memory_bytes", "Resident memory; what is shared counts in each.", Kind.GAUGE, "process", held)
    hits = {"response": recall.hits, "answer": memory.hits}
    yield _one(
        "kg_cache_hits_total", "Answers given from memory, whole responses or tables.", Kind.COUNTER, "kind", hits
    )
    yield Metric.of("kg_cache_misses_total", "Answers that were not in memory.", Kind.COUNTER, memory.misses)
    sizes = {"response": recall.size, "answer": memory.size, "file": memory.large.size}
    yield _one(
        "kg_cache_bytes", "What is kept for those who ask the same: in memory, and in files.", Kind.GAUGE, "kind", sizes
    )


def _metrics_of_writing() -> Iterator[Metric]:
    door, state = site().door, _writing()
    states = {each: int(each == state) for each in _STATES}
    yield _one("kg_writing", "What the writer does; halted: the store was damaged.", Kind.GAUGE, "state", states)
    yield _one("kg_writes_total", "Requests to write, by outcome.", Kind.COUNTER, "outcome", site().desk.tally.writes)
    waiting = 0 if door is None or door.writer is None else door.writer.waiting
    yield Metric.of("kg_writes_waiting", "Updates and uploads that wait for others to be written.", Kind.GAUGE, waiting)


def _one(name: str, told: str, kind: Kind, label: str, values: Mapping[str, float]) -> Metric:
    return Metric(name=name, help=told, kind=kind, values=values, label=label)


def _room(store: Path) -> int:
    """The bytes that are free on the disk of the store; 0 where it cannot be looked at."""
    try:
        return shutil.disk_usage(store).free
    except OSError:
        return 0


def resident(process: str) -> int:
    """The bytes of memory that a process holds; 0 where nobody tells (it is gone, or this is not Linux)."""
    try:
        told = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return int(told[1]) * mmap.PAGESIZE


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
