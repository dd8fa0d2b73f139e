"""``python -m tests.cluster.reading PATH…``: what a build hears from the workers of a cluster, without the graph."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from kg.cluster import each_on_cluster
from kg.errors import KgError
from kg.extract.lexicon import load_lexicon
from kg.facts.jsonl import to_line
from kg.ledger.sources import read_sources
from kg.orders import stages_of


def main() -> None:
    """Print the reports; what was rejected, and what became of workers, goes to standard error."""
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--scheduler")
    parser.add_argument("--world", action="append", default=[], type=Path)
    told = parser.parse_args()
    stages = stages_of(load_lexicon(*told.world))
    if told.scheduler:
        stages = replace(stages, each=each_on_cluster(told.scheduler, told.world, lambda word: say(f"kg: {word}")))
    try:
        sources = read_sources(told.paths, stages)
    except KgError as error:
        sys.exit(f"kg: {error}")
    for report in sources.reports:
        print(to_line(report))
    for error in sources.rejected:
        say(f"rejected: {error}")


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
