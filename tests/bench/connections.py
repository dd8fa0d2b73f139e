"""``python -m tests.bench.connections``: how soon a server answers whom thousands hold by the sleeve.

So many lines say nothing at all, and so many sent all of a large request but its end. What counts: how long ``/livez``,
``/healthz`` and a small query take meanwhile, how much memory and how many files the server has, and what it has after.
"""

from __future__ import annotations

import argparse
import contextlib
import resource
import socket
import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.attacks.attack import ask, connect
from tests.attacks.target import Target, fill, started

_ASKED = {"/livez": "/livez", "/healthz": "/healthz", "a query": "/sparql?query=ASK%7B%7D%23§"}
_HALF = "POST /sparql HTTP/1.1\r\nHost: here\r\nContent-Type: application/sparql-query\r\nContent-Length: {}\r\n\r\n"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.connections", description=__doc__)
    parser.add_argument("--idle", type=int, default=4300, help="lines that say nothing (default: 4300)")
    parser.add_argument("--half", type=int, default=600, help="requests without their end (default: 600)")
    parser.add_argument("--bytes", type=int, default=464_000, help="of each of these (default: 464000)")
    told = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as root, ExitStack() as stack:
        fill(Path(root))
        target = stack.enter_context(started(Path(root)))
        target.probe()
        _tell("alone", target)
        with ExitStack() as lines:
            began = time.monotonic()
            for _ in range(told.half):
                _half(lines.enter_context(connect(target.address, 5)), told.bytes)
            _tell(f"{told.half} half-sent requests ({time.monotonic() - began:.1f} s to send)", target)
            began = time.monotonic()
            idle = sum(_is_in(lines, target) for _ in range(told.idle))
            _tell(f"and {idle} idle lines ({time.monotonic() - began:.1f} s to open)", target)
        time.sleep(3)
        _tell("all hung up", target)


def _half(line: socket.socket, size: int) -> None:
    """Nothing; all but the end of a request is sent, or as much as the server takes."""
    line.settimeout(5)
    with contextlib.suppress(OSError):
        line.sendall(_HALF.format(size + 1).encode() + b"#" * size)


def _is_in(lines: ExitStack, target: Target) -> bool:
    try:
        lines.enter_context(connect(target.address, 5))
    except OSError:
        return False
    return True


def _tell(what: str, target: Target) -> None:
    print(f"{what}: {target.memory() >> 20} MiB, {target.files()} files")
    for name, path in _ASKED.items():
        times, wrong = [], 0
        for turn in range(20):
            began = time.monotonic()
            told = path.replace("§", f"{began}-{turn}")
            answer = ask(target.address, f"GET {told} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n".encode())
            times.append((time.monotonic() - began) * 1000)
            wrong += answer.status != 200
        print(
            f"{name:>12}  p50 {statistics.median(times):8.1f} ms  worst {max(times):8.1f} ms  {wrong} wrong", flush=True
        )


if __name__ == "__main__":
    main()
