"""``python -m tests.bench.starting``: what a server that has just started answers, second by second.

Clients ask it the same, from the moment on which it listens; meanwhile the names of all things are read. With
``--other`` rdflib-endpoint is asked beside. What counts is the throughput of the first seconds as a
share of that of the last ones, and their 99th percentile.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import time
import urllib.request
from pathlib import Path

from kg.store.generation import current
from tests.bench.clients import Endpoint, Times, ask_again_and_again
from tests.bench.rivals import make_others, memory_of, ours, rdflib_endpoint

_PATIENCE = 20.0


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.starting", description=__doc__)
    parser.add_argument("store", type=Path, help="a store, as tests.bench.serving leaves one in its folder")
    parser.add_argument("--clients", type=int, default=64, help="at a time (default: 64)")
    parser.add_argument("--seconds", type=int, default=10, help="from the start (default: 10)")
    parser.add_argument("--other", type=Path, help="the folder of the other servers, made where it is not there")
    parser.add_argument("--query", default="ASK {}", help="what is asked (default: ASK {})")
    told = parser.parse_args()
    for extra in ((), ("--cache-size", "0")):
        with ours(told.store, *extra, is_warm=False) as (endpoint, process):
            print(f"kg serve {' '.join(extra)}")
            measure(endpoint, told)
            print(f"  memory: {memory_of(process) / (1 << 20):,.0f} MiB")
        with ours(told.store, *extra, is_warm=False) as (endpoint, _):
            pages(endpoint)
    if told.other:
        with rdflib_endpoint(current(told.store).graph_path, make_others(told.other)) as (endpoint, _):
            print("rdflib-endpoint")
            measure(endpoint, told)


def measure(endpoint: Endpoint, told: argparse.Namespace) -> None:
    """Nothing; the figures are printed."""
    every = [
        ask_again_and_again(endpoint, told.query, told.clients, seconds=1, patience=_PATIENCE)
        for _ in range(told.seconds)
    ]
    for second, times in enumerate(every):
        print(f"  {second:3} {times.rate:8,.0f}/s {_cell(times)}{f' {times.failed} failed' if times.failed else ''}")
    usual = statistics.median(times.rate for times in every[-3:])
    print(f"  at worst {min(times.rate for times in every) / usual:.0%} of the usual throughput", flush=True)


def pages(endpoint: Endpoint) -> None:
    """Nothing; how long the first pages take is printed, and the same again."""
    for _, path in itertools.product(range(2), ("/", "/search?q=anna", "/queries/calls")):
        began = time.perf_counter()
        with urllib.request.urlopen(f"http://127.0.0.1:{endpoint.port}{path}", timeout=60) as answer:
            answer.read()
        print(f"  {path:30} {(time.perf_counter() - began) * 1e3:8.0f} ms")


def _cell(times: Times) -> str:
    return " / ".join(f"{times.percentile(share) * 1e3:.2f}" for share in (0.5, 0.95, 0.99))


if __name__ == "__main__":
    main()
