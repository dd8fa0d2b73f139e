"""``python -m tests.bench.serving``: the saved questions, asked of our server and of two others side by side.

All serve the same generated graph. Ours is measured with answers remembered (as it runs) and without; by hand, on a
machine that has nothing else to do.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
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

_CLIENTS: Final = (1, 8, 64)
_MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One of those that are compared; those that are not patient are asked for less time."""

    name: str
    endpoint: Endpoint
    process: int


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.serving", description=__doc__)
    parser.add_argument("--quads", type=int, default=1_000_000, help="at least (default: 1,000,000)")
    parser.add_argument("--folder", type=Path, help="keeps store and other servers for next time (default: a new one)")
    parser.add_argument("--seconds", type=float, default=1.0, help="for each figure (default: 1)")
    parser.add_argument("--patience", type=float, default=20.0, help="for each answer, in seconds (default: 20)")
    parser.add_argument("--clients", type=int, nargs="+", default=_CLIENTS, help="at a time (default: 1 8 64)")
    parser.add_argument("--only", nargs="+", help="only these questions")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    told = parser.parse_args()
    folder = told.folder or Path(mkdtemp(prefix="kg-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    generation = _graph(folder / "store", told.quads)
    store = generation.open()
    asked = [one for one in _questions(store) if not told.only or one.name in told.only]
    print(f"{generation.quads} quads, {len(asked)} questions; times in milliseconds: p50 / p95 / p99, answers a second")
    figures = {}
    with ExitStack() as stack:
        servers = [
            Server(name=name, endpoint=endpoint, process=process)
            for name, start in _servers(folder, generation)
            for endpoint, process in [stack.enter_context(start())]
        ]
        for question in asked:
            figures[question.name] = _compare(question, store, servers, told)
        for server in servers:
            print(f"memory of {server.name}: {memory_of(server.process) / _MIB:,.0f} MiB")
    if told.json:
        told.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def _graph(root: Path, quads: int) -> Generation:
    try:
        generation = current(root)
    except StoreError:
        began = time.perf_counter()
        generation = build_graph(root, load_lexicon().world, quads=quads)
        print(f"the graph took {time.perf_counter() - began:.0f} s to build")
    return generation


def _questions(store: ox.Store) -> Iterator[Asked]:
    """Two that take the engine next to nothing, then the saved ones."""
    yield Asked(name="(ask nothing)", text="ASK {}")
    leader = next(store.quads_for_pattern(None, ox.NamedNode(DIP + "met"), None)).subject
    yield Asked(name="(one leader)", text=f"SELECT ?p ?o {{ {leader} ?p ?o }} LIMIT 20")
    yield from bound_questions(store)


def _servers(
    folder: Path, generation: Generation
) -> Iterator[tuple[str, Callable[[], AbstractContextManager[tuple[Endpoint, int]]]]]:
    others = make_others(folder / "others")
    root, graph = generation.path.parent.parent, generation.graph_path
    wide = ("--query-timeout", "60")
    yield "kg serve", lambda: ours(root, *wide)
    yield "kg serve, nothing remembered", lambda: ours(root, *wide, "--cache-size", "0")
    yield "oxigraph serve", lambda: native(graph, others)
    yield "rdflib-endpoint", lambda: rdflib_endpoint(graph, others)


def _compare(
    question: Asked, store: ox.Store, servers: Sequence[Server], told: argparse.Namespace
) -> dict[str, dict[int, list[float]]]:
    """The figures of one question, by server and number of clients."""
    print(f"\n{question.name}: {_inside(question, store):.2f} ms in process")
    found: dict[str, dict[int, list[float]]] = {}
    for server in servers:
        told_of = found[server.name] = {}
        cells = []
        for clients in told.clients:
            # The first answer is what the next ones may be remembered from, and warms the caches of all alike.
            ask_again_and_again(server.endpoint, question.text, 1, seconds=0, patience=told.patience)
            times = ask_again_and_again(
                server.endpoint, question.text, clients, seconds=told.seconds, patience=told.patience
            )
            told_of[clients] = [*(times.percentile(share) * 1e3 for share in (0.5, 0.95, 0.99)), times.rate]
            cells.append(_cell(times))
        print(f"  {server.name:30}" + "".join(cells), flush=True)
    return found


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
