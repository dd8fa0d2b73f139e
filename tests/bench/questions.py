"""``python -m tests.bench.questions STORE``: one page of each saved question, with what the build counted and without.

Each question is asked with nothing given that may be left out, and with each of its parameters by itself. Times are
processor time of the engine in this process. ``--virtuoso`` starts Debian's and loads it as ``kg build --into`` does;
it is asked the long text, and so are other servers with the same quads (``--beside``), by the clock on the wall.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.config import BASE_IRI, shipped
from kg.query.bind import bind
from kg.query.paging import pageable
from kg.query.saved import SavedQuery, load_queries
from kg.store.digest_auth import Credentials
from kg.store.generation import Generation, current
from kg.store.load import load
from kg.store.server import Address
from kg.store.talk import Talk
from tests.bench.asking import TODAY, names_of, some_things, value_of
from tests.bench.clients import Client, Endpoint, Refused
from tests.servers import virtuoso

_PAGE = 200
_NONE = "no answer"
Ask = Callable[[str], object]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.questions", description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--times", type=int, default=20, help="for each figure (default: 20)")
    parser.add_argument("--only", nargs="+", help="only these questions")
    parser.add_argument("--beside", nargs="*", default=[], metavar="PORT/PATH", help="other servers on this machine")
    parser.add_argument("--virtuoso", action="store_true", help="start one and load it, which takes a minute a million")
    told = parser.parse_args()
    generation = current(told.store)
    with contextlib.ExitStack() as servers:
        if told.virtuoso:
            told.beside.append(servers.enter_context(_virtuoso(generation)))
        _print(generation, told)


def _print(generation: Generation, told: argparse.Namespace) -> None:
    store = generation.open()
    others = [_endpoint(text) for text in told.beside]
    print(f"{generation.quads:,} quads; milliseconds for one page: p50 / p95")
    print("| question | given | long | counted |" + "".join(f" {one.partition('?')[0]} |" for one in told.beside))
    for query, given, long, counted in asked(store, told.only):
        cells = [_figures(lambda text: _answer(store, text), text, told.times) for text in (long, counted) if text]
        cells += [""] * (2 - len(cells))
        cells += [_beside(endpoint, long, min(told.times, 5), _rows(store, long)) for endpoint in others]
        print(f"| {query.name} | {', '.join(given) or '–'} | {' | '.join(cells)} |", flush=True)


def asked(store: ox.Store, only: list[str] | None = None) -> Iterator[tuple[SavedQuery, Mapping[str, str], str, str]]:
    """Each question with what is given, its long text for one page, and the counted one; empty where there is none."""
    names, things = names_of(store), some_things(store)
    for query in load_queries(shipped("queries")).values():
        values = {one.name: value for one in query.parameters if (value := value_of(one, things))}
        needed = {one.name: values[one.name] for one in query.parameters if one.required}
        each = [{**needed, name: value} for name, value in values.items() if name not in needed]
        for given in [needed, *each] if not only or query.name in only else []:
            long, counted = (_page(bind(query, given, names, TODAY, is_counted=told)) for told in (False, True))
            yield query, given, long, "" if counted == long else counted


def _page(text: str) -> str:
    parts = pageable(text, is_saved=True)
    return parts.rows(0, _PAGE) if parts else text


def _answer(store: ox.Store, text: str) -> None:
    found = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    found.serialize(format=ox.QueryResultsFormat.JSON)


@contextlib.contextmanager
def _virtuoso(generation: Generation) -> Iterator[str]:
    """Where a Virtuoso of our own answers from this generation."""
    with tempfile.TemporaryDirectory(prefix="kg-") as folder, virtuoso(Path(folder)) as server:
        began, known = time.perf_counter(), Credentials(user=server.user, password=server.password)
        told, asked = (Address.read(url, known) for url in (server.told, server.asked))
        with Talk(told, asked) as talk:
            done = load(generation, BASE_IRI, talk)
        print(f"Virtuoso took {done.quads:,} quads in {time.perf_counter() - began:.0f} s")
        graph = quote(f"{BASE_IRI}graph/default", safe="")
        yield f"{server.port}{server.query}?default-graph-uri={graph}"


def _endpoint(text: str) -> Endpoint:
    port, _, path = text.partition("/")
    return Endpoint(port=int(port), path=f"/{path}")


def _beside(endpoint: Endpoint, text: str, times: int, rows: int) -> str:
    """The figures of another server, and whether it has as many rows."""

    def ask(query: str) -> None:
        client = Client(endpoint, 0, 60)
        try:
            client.ask(endpoint.request(query))
        finally:
            client.close()

    told = _figures(ask, text, times, time.perf_counter)
    if told != _NONE and (theirs := _rows_of(endpoint, text)) != rows:
        return f"{told}, {theirs:,} rows instead of {rows:,}"
    return told


def _rows(store: ox.Store, text: str) -> int:
    found = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    return sum(1 for _ in found)


def _rows_of(endpoint: Endpoint, text: str) -> int:
    line = endpoint.request(text).split(b" ", 2)[1].decode()
    asked = urllib.request.Request(f"http://127.0.0.1:{endpoint.port}{line}")
    asked.add_header("Accept", "application/sparql-results+json")
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return len(json.load(answer)["results"]["bindings"])


def _figures(ask: Ask, text: str, times: int, clock: Callable[[], float] = time.process_time) -> str:
    took = []
    for _ in range(times):
        began = clock()
        try:
            ask(text)
        except (OSError, Refused):
            return _NONE
        took.append((clock() - began) * 1e3)
    took.sort()
    return f"{statistics.median(took):.1f} / {took[min(len(took) - 1, int(len(took) * 0.95))]:.1f}"


if __name__ == "__main__":
    main()
