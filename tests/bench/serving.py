"""``python -m tests.bench.serving``: the saved questions, asked of our server and of two others side by side.

All serve the same generated graph. Ours is measured with answers remembered (as it runs) and without; by hand, on a
machine that has nothing else to do.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.extract.lexicon import load_lexicon
from kg.store.generation import Generation, current
from kg.store.prefixes import DIP
from tests.bench.asking import Asked, bound_questions
from tests.bench.clients import Endpoint, Times, ask_again_and_again
from tests.bench.generating import build_graph
from tests.bench.rivals import make_others, memory_of, native, ours, rdflib_endpoint

OURS: Final = "kg serve"
NATIVE: Final = "oxigraph serve"
RDFLIB: Final = "rdflib-endpoint"
_CLIENTS: Final = (1, 8, 64)
_MIB: Final = 1 << 20


Start = Callable[[], AbstractContextManager[tuple[Endpoint, int]]]
Figures = dict[str, dict[int, Times]]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.serving", description=__doc__)
    parser.add_argument("--quads", type=int, default=1_000_000, help="at least (default: 1,000,000)")
    parser.add_argument("--folder", type=Path, help="keeps store and other servers for next time (default: a new one)")
    parser.add_argument("--seconds", type=float, default=1.0, help="for each figure (default: 1)")
    parser.add_argument("--patience", type=float, default=20.0, help="for each answer, in seconds (default: 20)")
    parser.add_argument("--clients", type=int, nargs="+", default=_CLIENTS, help="at a time (default: 1 8 64)")
    parser.add_argument("--only", nargs="+", help="only these questions")
    told = parser.parse_args()
    folder = told.folder or Path(mkdtemp(prefix="kg-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    generation = _graph(folder / "store", told.quads)
    store = generation.open()
    asked = [one for one in questions_of(store) if not told.only or one.name in told.only]
    print(f"{generation.quads} quads, {len(asked)} questions; times in milliseconds: p50 / p95 / p99, answers a second")
    figures: dict[str, Figures] = {}
    # One after the other, so that a query that goes on without end in one of them slows down no other.
    for name, start in _servers(folder, generation):
        print(f"asking {name} ...", file=sys.stderr)
        figures[name] = _measure(name, start, asked, told)
    for question in asked:
        print(f"\n{question.name}: {_inside(question, store):.2f} ms in process")
        for name, each in figures.items():
            print(f"  {name:30}" + "".join(map(_cell, each[question.name].values())))
    for line in _bars(figures):
        print(line)


def _graph(root: Path, quads: int) -> Generation:
    try:
        generation = current(root)
    except StoreError:
        began = time.perf_counter()
        generation = build_graph(root, load_lexicon().world, quads=quads)
        print(f"the graph took {time.perf_counter() - began:.0f} s to build")
    return generation


def questions_of(store: ox.Store) -> Iterator[Asked]:
    """Two that take the engine next to nothing, then the saved ones."""
    yield Asked(name="(ask nothing)", text="ASK {}")
    leader = next(store.quads_for_pattern(None, ox.NamedNode(DIP + "met"), None)).subject
    yield Asked(name="(one leader)", text=f"SELECT ?p ?o {{ {leader} ?p ?o }} LIMIT 20")
    yield from bound_questions(store)


def _servers(folder: Path, generation: Generation) -> Iterator[tuple[str, Start]]:
    others = make_others(folder / "others")
    root, graph = generation.path.parent.parent, generation.graph_path
    wide = ("--query-timeout", "60", "--slow-places", "64")
    yield OURS, lambda: ours(root, *wide)
    yield f"{OURS}, nothing remembered", lambda: ours(root, *wide, "--cache-size", "0")
    yield NATIVE, lambda: native(graph, others)
    yield RDFLIB, lambda: rdflib_endpoint(graph, others)


def _measure(name: str, start: Start, asked: Sequence[Asked], told: argparse.Namespace) -> Figures:
    """The times of every question, by the number of clients; a server that gives no answer in time is started anew."""
    found: Figures = {}
    waiting = list(asked)
    while waiting:
        with start() as (endpoint, process):
            is_well = True
            while waiting and is_well:
                question = waiting.pop(0)
                found[question.name] = _times(endpoint, question, told)
                is_well = all(times.seconds for times in found[question.name].values())
            if not waiting:
                print(f"memory of {name}: {memory_of(process) / _MIB:,.0f} MiB")
    return found


def _times(endpoint: Endpoint, question: Asked, told: argparse.Namespace) -> dict[int, Times]:
    # The first answer is what the next ones may be remembered from, and it warms the caches of all alike.
    first = ask_again_and_again(endpoint, question.text, 1, seconds=0, patience=told.patience)
    if first.failed:
        return dict.fromkeys(told.clients, first)
    return {
        clients: ask_again_and_again(endpoint, question.text, clients, seconds=told.seconds, patience=told.patience)
        for clients in told.clients
    }


def _bars(figures: Mapping[str, Figures]) -> Iterator[str]:
    """By how much ours is ahead of each of the others, at worst and in the middle."""
    mine = figures[OURS]
    for name in (NATIVE, RDFLIB):
        shares = sorted(
            (times.rate / theirs.rate if (theirs := figures[name][question][clients]).seconds else float("inf"))
            for question, each in mine.items()
            for clients, times in each.items()
        )
        told = f"{shares[0]:.1f} at worst, {shares[len(shares) // 2]:.1f} in the middle"
        yield f"answers a second, times those of {name}: {told}"


def _cell(times: Times) -> str:
    failed = f" ({times.failed} failed)" if times.failed else ""
    spent = " / ".join(f"{times.percentile(share) * 1e3:.2f}" for share in (0.5, 0.95, 0.99))
    return f"{spent:>28}, {times.rate:8,.0f}/s{failed}"


def _inside(question: Asked, store: ox.Store) -> float:
    """The median time of the engine in this process, in milliseconds, with the answer written."""
    took = []
    end = time.perf_counter() + 0.5
    while not took or (time.perf_counter() < end and len(took) < 200):
        began = time.perf_counter()
        result = store.query(question.text)
        assert isinstance(result, ox.QuerySolutions | ox.QueryBoolean)
        result.serialize(format=ox.QueryResultsFormat.JSON)
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1e3


if __name__ == "__main__":
    main()
