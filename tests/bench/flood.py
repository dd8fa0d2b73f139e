"""``python -m tests.bench.flood``: normal traffic alone and beside ten bombs, in turns in one run.

The bombs are sent again as soon as they are refused or stopped, without the pause that they are asked for. `same` are
ten different ones, over and over; `new` have another text each time; `others` come from one address each, as behind a
proxy. Normal traffic is pages, saved questions and small queries, by as many clients as are asked for, each on a line
of its own. What counts is the share of the throughput that is kept, and the 99th percentile of the times.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import queue
import socket
import statistics
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.attacks.attack import ask, connect
from tests.attacks.target import Target, fill, started

_DIP = "PREFIX dip: <https://w3id.org/diplomacy-kg/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
_SMALL = (
    _DIP + "SELECT ?one ?other { ?one dip:met ?other } LIMIT 20",
    _DIP + "SELECT ?m ?label { ?m a dip:Meeting ; rdfs:label ?label } LIMIT 10",
    _DIP + "ASK { <https://w3id.org/diplomacy-kg/id/leader/anna-novak> a dip:Leader }",
    _DIP + "CONSTRUCT WHERE { <https://w3id.org/diplomacy-kg/id/leader/anna-novak> ?p ?o }",
)
PATHS = (
    "/",
    "/page/leader/anna-novak",
    "/data/leader/emil-brandt.ttl",
    "/queries/calls.json",
    "/queries/meetings-of-leader.json?leader=anna-novak",
    "/queries/who-met-at-summit?summit=lake-forum-2025",
    "/search?q=anna",
    # Another text each time, so that nothing remembers the answer.
    *(f"/sparql?query={urllib.parse.quote(f'{text} #')}§" for text in _SMALL),
)
_BOMBS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c != §) }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != §) } ORDER BY ?a ?d ?g",
    "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?e), '§')) AS ?x) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }",
    "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?l != §) }",
    "SELECT (COUNT(*) AS ?n) { ⟦{ ?a§ ?b§ ?c§ } UNION { ?c§ ?b§ ?a§ } ⟧×5 FILTER(?a1 != §) }",
    "SELECT (COUNT(*) AS ?n) { ?a (!<x:§>)* ?b . ?c (!<x:x>)* ?d . ?e (!<x:x>)* ?f }",
    "ASK { ?s ?p ?o FILTER NOT EXISTS { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = ?f + ?i + §) } }",
    "SELECT (MAX(REPLACE(STR(?a), '.', CONCAT(STR(?d), '§'))) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "CONSTRUCT { ?a <p:§> ?l } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT ?b (SUM(STRLEN(STR(?f))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c != §) } GROUP BY ?b",
)


@dataclass(frozen=True, kw_only=True)
class Traffic:
    """What normal clients saw in a while: how many answers, in how much time each, and how many were not right."""

    seconds: float
    times: tuple[float, ...]
    wrong: int

    @property
    def throughput(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds

    def percentile(self, share: int) -> float:
        """The time within which so many in a hundred were answered, in milliseconds."""
        return statistics.quantiles(self.times, n=100, method="inclusive")[share - 1] * 1000


def normal(address: str, clients: int, seconds: float) -> Traffic:
    """Normal traffic for so long, from a process of its own."""
    context = multiprocessing.get_context("spawn")
    told: Any = context.Queue()
    process = context.Process(target=_clients, args=(address, clients, seconds, told))
    process.start()
    try:
        while True:
            try:
                return Traffic(seconds=seconds, **told.get(timeout=1))
            except queue.Empty:
                assert process.is_alive(), "the clients are gone"
    finally:
        process.join()


def _clients(address: str, clients: int, seconds: float, told: Any) -> None:
    found: list[tuple[list[float], int]] = []
    # Everybody begins once all are there.
    ready = threading.Barrier(clients)
    crowd = [
        threading.Thread(target=lambda first=first: found.append(_client(address, first, seconds, ready)))  # type: ignore[misc]
        for first in range(clients)
    ]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    told.put({"times": tuple(time for times, _ in found for time in times), "wrong": sum(wrong for _, wrong in found)})


def _client(address: str, first: int, seconds: float, ready: threading.Barrier) -> tuple[list[float], int]:
    times, wrong = [], 0
    with connect(address) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ready.wait()
        ended = time.monotonic() + seconds
        for number, path in enumerate(itertools.islice(itertools.cycle(PATHS), first, None)):
            began = time.perf_counter()
            told = path.replace("§", f"{first}-{ended}-{number}")
            line.sendall(f"GET {told} HTTP/1.1\r\nHost: here\r\nAccept: */*\r\n\r\n".encode())
            wrong += b" 200 " not in _one_answer(line)
            times.append(time.perf_counter() - began)
            if time.monotonic() > ended:
                break
    return times, wrong


def _one_answer(line: socket.socket) -> bytes:
    told = line.recv(1 << 18)
    while b"\r\n\r\n" not in told:
        told += line.recv(1 << 18)
    head, _, body = told.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split()[0])
    have = len(body)
    while have < length:
        have += len(line.recv(1 << 18))
    return head.split(b"\r\n")[0] + b" "


@contextmanager
def bombed(target: Target, bombs: int, kind: str) -> Iterator[Counter[int]]:
    """Within, so many bombs are sent again and again; what was answered, by status."""
    answered: Counter[int] = Counter()
    stop = threading.Event()
    numbers = itertools.count(1000)

    def bomber(which: int) -> None:
        while not stop.is_set():
            number = which if kind == "same" else next(numbers)
            address = f"198.51.100.{which}" if kind == "others" else None
            answered[ask(target.address, _bomb(which, number, address)).status] += 1

    crowd = [threading.Thread(target=bomber, args=(which,), daemon=True) for which in range(bombs)]
    for thread in crowd:
        thread.start()
    time.sleep(1)
    answered.clear()
    try:
        yield answered
    finally:
        stop.set()
        for thread in crowd:
            thread.join()


def _bomb(which: int, number: int, address: str | None) -> bytes:
    from tests.attacks.attack import expanded

    text = expanded(_BOMBS[which % len(_BOMBS)]).replace("§", str(number))
    body = urllib.parse.urlencode({"query": text}).encode()
    lines = ["POST /sparql HTTP/1.1", "Host: here", "Connection: close"]
    lines += [f"X-Forwarded-For: {address}"] if address else []
    lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


def measure(target: Target, told: argparse.Namespace, say: Callable[[str], None]) -> None:
    """Nothing; the figures are printed, side by side."""
    normal(target.address, told.clients, 2)
    say(f"{'':10} {'requests/s':>10} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'wrong':>6}  bombs by status")
    kept: dict[str, list[float]] = {}
    for _ in range(told.rounds):
        for kind in told.kinds:
            alone = normal(target.address, told.clients, told.seconds)
            with bombed(target, told.bombs, kind) as answered:
                beside = normal(target.address, told.clients, told.seconds)
                seen = dict(sorted(answered.items()))
            target.come_to_rest(60)
            for name, traffic, more in (("alone", alone, ""), (kind, beside, str(seen))):
                times = " ".join(f"{traffic.percentile(share):8.1f}" for share in (50, 95, 99))
                say(f"{name:10} {traffic.throughput:10.0f} {times} {traffic.wrong:6}  {more}")
            kept.setdefault(kind, []).append(beside.throughput / alone.throughput)
    for kind, shares in kept.items():
        listed = ", ".join(f"{share:.0%}" for share in shares)
        say(f"{kind}: {statistics.median(shares):.0%} of the throughput is kept ({listed})")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.flood", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10, help="of each measurement (default: 10)")
    parser.add_argument("--rounds", type=int, default=3, help="of alone and beside the bombs (default: 3)")
    parser.add_argument("--bombs", type=int, default=10, help="at once (default: 10)")
    parser.add_argument("--clients", type=int, default=4, help="of normal traffic (default: 4)")
    parser.add_argument("--copies", type=int, default=100, help="of the invented world in the graph (default: 100)")
    parser.add_argument("--kinds", nargs="+", default=["same", "new", "others"], choices=["same", "new", "others"])
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), told.copies)
        with started(Path(folder)) as target:
            measure(target, told, lambda line: print(line, flush=True))


if __name__ == "__main__":
    main()
