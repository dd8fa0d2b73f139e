"""``python -m tests.bench.beside``: what the server adds to a query that the engine answers in a moment.

One client asks the server, which remembers nothing, and the engine in this process, in turns, each question many times;
what counts is the difference of the medians. Questions that take the engine longer than ``--small`` are left out. The
client is a plain socket (:mod:`tests.bench.clients`): what a library of HTTP takes for itself is not the server's.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import pyoxigraph as ox

from kg.store.generation import current
from tests.bench.asking import Asked
from tests.bench.clients import Client, Endpoint
from tests.bench.rivals import ours
from tests.bench.serving import questions_of

_PATIENCE = 20.0


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.beside", description=__doc__)
    parser.add_argument("store", type=Path, help="a store, as tests.bench.serving leaves one in its folder")
    parser.add_argument("--small", type=float, default=8.0, help="in milliseconds (default: 8)")
    parser.add_argument("--rounds", type=int, default=200, help="of each question (default: 200)")
    parser.add_argument("--only", nargs="+", help="only these questions")
    told = parser.parse_args()
    store = current(told.store).open()
    asked = [one for one in questions_of(store) if not told.only or one.name in told.only]
    print(f"{'milliseconds':44} {'in process':>10} {'server':>8} {'more':>6} {'at best':>8} {'bytes':>8}")
    with ours(told.store, "--cache-size", "0") as (endpoint, _):
        worst = max(measure(one, store, endpoint, told.rounds, told.small) for one in asked)
    print(f"at worst {worst * 1e3:.2f} ms more than in process")


def measure(asked: Asked, store: ox.Store, endpoint: Endpoint, rounds: int, small: float) -> float:
    """By how many seconds the server is slower, in the median; 0 for what is not small. The figures are printed."""
    client = Client(endpoint, 0, _PATIENCE)
    request = endpoint.request(asked.text)
    # Whoever asked twice is known to be quick, and all caches are warm.
    if min(inside(asked.text, store) for _ in range(3)) * 1e3 > small:
        return 0.0
    for _ in range(3):
        size = client.ask(request)
    here, there = [], []
    for _ in range(rounds):
        here.append(inside(asked.text, store))
        began = time.perf_counter()
        client.ask(request)
        there.append(time.perf_counter() - began)
    client.close()
    engine, server = statistics.median(here), statistics.median(there)
    best = min(there) - min(here)
    print(
        f"{asked.name:44} {engine * 1e3:10.2f} {server * 1e3:8.2f} {(server - engine) * 1e3:6.2f} {best * 1e3:8.2f} "
        f"{size:8}",
        flush=True,
    )
    return server - engine


def inside(text: str, store: ox.Store) -> float:
    """The seconds that the engine takes in this process, with the answer written."""
    began = time.perf_counter()
    result = store.query(text)
    assert isinstance(result, ox.QuerySolutions | ox.QueryBoolean)
    result.serialize(format=ox.QueryResultsFormat.JSON)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
