"""The small invented world as a published store, and workers over it."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Response, request
from flask.testing import FlaskClient

from kg.config import Limits, Settings
from kg.engine.pool import Pool
from kg.store.generation import publish
from kg.web import create_app
from tests.described import is_untold

ROOT = Path(__file__).parents[2]
SAMPLE = Path(__file__).parents[1] / "queries" / "sample.ttl"


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("store")
    quads = ox.parse(path=SAMPLE, format=ox.RdfFormat.TURTLE)
    publish(root, quads)
    return root


@pytest.fixture(scope="session")
def pool(sample_store: Path) -> Iterator[Pool]:
    with Pool(sample_store, Limits(seconds=30, quick_seconds=10, workers=2, rows=1000)) as workers:
        yield workers


TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="session")
def client(sample_store: Path, pool: Pool) -> Iterator[FlaskClient]:
    """A client of the site; what it was answered all stands in the OpenAPI document."""
    settings = Settings(store=sample_store, limits=pool.limits)
    app = create_app(settings, pool, today=lambda: TODAY)
    untold: set[tuple[str, str, int]] = set()

    @app.after_request
    def look_up(response: Response) -> Response:
        asked = (request.method, request.path, response.status_code)
        if is_untold(*asked):
            untold.add(asked)
        return response

    yield app.test_client()
    assert not untold, "describe it in kg/web/routes.py"


@pytest.fixture(scope="session")
def server(sample_store: Path) -> Iterator[str]:
    """The address of the real server, started as people start it, over the invented world."""
    with started(sample_store) as address:
        yield address


@pytest.fixture(scope="session")
def running() -> Callable[..., AbstractContextManager[str]]:
    """How to start the real server over a store of one's own."""
    return started


@contextmanager
def started(store: Path, *told: str) -> Iterator[str]:
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--store", str(store), "--port", "0"]
    with subprocess.Popen(
        [*command, "--query-timeout", "2", *told], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://[^/]+/", line)
        assert found, f"the server did not start: {line}{process.stderr.read() if process.stderr else ''}"
        try:
            yield found[0]
        finally:
            process.terminate()
            process.wait(20)
            assert process.returncode == 0
