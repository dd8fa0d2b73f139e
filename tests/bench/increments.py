"""``python -m tests.bench.increments --articles N --more M``: a build, the same again, and with some articles more.

For each the seconds of processor time by stage, and how many articles were known from the ledger. The last build is
compared with one from scratch: the same digest, or the command fails.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from kg.config import Settings, shipped
from kg.extract.lexicon import load_lexicon
from kg.ledger.book import opened
from kg.ledger.rules import rules_of
from kg.orders import stages_of
from kg.pipeline import build
from tests.bench.building import _processor
from tests.bench.corpus import write


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.increments", description=__doc__)
    parser.add_argument("--articles", type=int, default=2_000, help="how many there are first (default: 2,000)")
    parser.add_argument("--more", type=int, default=100, help="how many are added (default: 100)")
    parser.add_argument("--workers", type=int, default=2, help="processes that read articles (default: 2)")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, articles, seed in (("first", told.articles, 1), ("more", told.more, 2)):
            write(root / name, load_lexicon().world, articles, seed)
        first, both = [root / "first"], [root / "first", root / "more"]
        measure("first", root / "store", first, told.workers)
        measure("again", root / "store", first, told.workers)
        added = measure("added", root / "store", both, told.workers)
        if added != measure("from scratch", root / "other", both, told.workers, is_remembered=False):
            parser.exit(1, "the graphs differ\n")


def measure(what: str, root: Path, sources: Sequence[Path], workers: int, *, is_remembered: bool = True) -> str:
    """The digest of a build whose figures are printed."""
    stages: dict[str, float] = {}

    @contextmanager
    def during(name: str) -> Iterator[None]:
        begun = _processor()
        yield
        stages[name] = _processor() - begun

    lexicon, rules = load_lexicon(), rules_of([shipped("seeds")])
    with opened(root, rules) if is_remembered else nullcontext() as ledger:
        given = replace(stages_of(lexicon, workers=workers), ledger=ledger, during=during)
        run = build(sources, Settings(store=root), lexicon.world, given)
        known = f"{ledger.known:,} known, {ledger.fresh:,} read" if ledger is not None else "all read"
    assert run.generation is not None
    print(f"{what}: {known}; {', '.join(f'{name} {seconds:.1f} s' for name, seconds in stages.items())}", flush=True)
    return run.generation.digest


if __name__ == "__main__":
    main()
