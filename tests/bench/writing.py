"""``python -m tests.bench.writing``: how long a small update takes until it is durable and seen; run it by hand."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.config import Limits
from kg.engine.answer import Question
from kg.engine.pool import Pool
from kg.engine.writer import Writer
from kg.engine.written import Syntax, Upload
from kg.store.generation import publish

_SEEN = Question(text="SELECT * { <a:new> <a:is> ?n }", rows=1)


def quads(number: int) -> Iterator[ox.Quad]:
    """So many quads, ten a subject, a thousand a graph."""
    for count in range(number):
        graph = ox.NamedNode(f"https://example.org/graph/{count // 1000}")
        subject, predicate = ox.NamedNode(f"https://example.org/{count // 10}"), ox.NamedNode(f"a:p{count % 10}")
        yield ox.Quad(subject, predicate, ox.Literal(f"value {count}"), graph)


def measure(number: int, updates: int, folder: Path) -> list[str]:
    """The figures for a graph of so many quads, in milliseconds."""
    publish(folder, quads(number))
    limits = Limits(workers=1)
    document = folder / "small.ttl"
    document.write_text("<a:s> <a:p> 1 .")
    upload = Upload(file=document, syntax=Syntax.TURTLE, base="a:base")
    written, inserted, seen, put = [], [], [], []
    with Writer(folder, limits) as writer, Pool(folder, limits) as pool:
        pool.ready()
        for count in range(updates):
            began = time.perf_counter()
            writer.update(f"DELETE WHERE {{ <a:new> <a:is> ?n }} ; INSERT DATA {{ <a:new> <a:is> {count} }}")
            written.append(time.perf_counter() - began)
            assert f'"{count}"'.encode() in pool.run(_SEEN).read()
            seen.append(time.perf_counter() - began)
        for count in range(updates):
            began = time.perf_counter()
            writer.update(f"INSERT DATA {{ <a:new> <a:was> {count} }}")
            inserted.append(time.perf_counter() - began)
        for _ in range(max(3, updates // 5)):
            began = time.perf_counter()
            writer.put("a:upload", upload)
            put.append(time.perf_counter() - began)
    told = {
        "DELETE WHERE, INSERT": written[1:],
        "INSERT DATA": inserted,
        "both and the first query": seen[1:],
        "PUT of one triple": put,
    }
    return [
        f"{number:9} quads, {name}: {_told(times)}; the first {1000 * written[0]:.0f} ms"
        for name, times in told.items()
    ]


def _told(times: list[float]) -> str:
    ordered = sorted(times)
    middle, slow = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
    return f"p50 {1000 * middle:.1f} ms, p95 {1000 * slow:.1f} ms"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.writing", description=__doc__)
    parser.add_argument("--quads", type=int, nargs="+", default=[10_000, 1_000_000], help="sizes of the graph")
    parser.add_argument("--updates", type=int, default=50, help="how many (default: 50)")
    told = parser.parse_args()
    for number in told.quads:
        with tempfile.TemporaryDirectory() as folder:
            for line in measure(number, told.updates, Path(folder)):
                print(line)


if __name__ == "__main__":
    main()
