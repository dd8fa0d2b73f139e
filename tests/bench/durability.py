"""``python -m tests.bench.durability``: many rounds of kill -9 during updates, uploads and builds; run it by hand."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.durability.rounds import KINDS, Store


def main() -> None:
    """Print the figures; the first thing that is not as it must be ends it with an error."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.durability", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="how many (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="of the random choices (default: 1)")
    told = parser.parse_args()
    began = time.monotonic()
    done: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store", told.seed)
        with store.served():
            for _ in range(told.rounds):
                kind = store.random.choice(KINDS)
                store.round(kind)
                done[kind] += 1
        writes = sum(client.number for client in store.clients)
        refused = sum((client.refused for client in store.clients), Counter())
    print(f"{sum(done.values())} rounds in {time.monotonic() - began:.0f} s: {dict(sorted(done.items()))}")
    print(
        f"{writes} writes, refused {dict(sorted((+refused).items()))}; no acknowledged one was lost, none seen in part"
    )


if __name__ == "__main__":
    main()
