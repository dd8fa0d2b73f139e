"""``python -m tests.bench.building --articles N …``: ``kg build`` over generated reports, stage by stage.

For every number of articles, in a process of its own: the seconds of processor time of each stage (this process and its
workers), seconds on the clock, and the most memory that the parent held meanwhile. What others do on the machine does
not show in processor time. The last lines say how each stage grew from one size to the next: 1.00 is in proportion.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from kg.config import Settings
from kg.extract.lexicon import load_lexicon
from kg.orders import stages_of
from kg.pipeline import build
from tests.bench.corpus import write
from tests.bench.measuring import peak

_PEAK: Final = Path("/proc/self/clear_refs")
_STATUS: Final = Path("/proc/self/status")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.building", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[2_000], help="sizes of the corpus (default: 2,000)")
    parser.add_argument("--seed", type=int, default=1, help="another one gives another corpus (default: 1)")
    parser.add_argument("--workers", type=int, default=2, help="processes that read articles (default: 2)")
    parser.add_argument("--folder", type=Path, help="where corpora are kept, to be used again (default: nowhere)")
    parser.add_argument("--alone", action="store_true", help="print the figures of one size as JSON")
    told = parser.parse_args()
    if min(*told.articles, 1, told.workers) < 1:
        parser.error("--articles and --workers must be 1 or more")
    with tempfile.TemporaryDirectory() as folder:
        if told.alone:
            print(json.dumps(measure(told.articles[0], told.seed, told.workers, told.folder or Path(folder))))
            return
        found = [_in_process(articles, told) for articles in told.articles]
    for figures in found:
        print(*tell(figures), sep="\n")
    for before, after in pairwise(found):
        print(*growth(before, after), sep="\n")


def _in_process(articles: int, told: argparse.Namespace) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.building", "--alone", "--articles", str(articles)]
    command += ["--seed", str(told.seed), "--workers", str(told.workers)]
    command += ["--folder", str(told.folder)] if told.folder else []
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


def measure(articles: int, seed: int, workers: int, folder: Path) -> dict[str, Any]:
    """What a build of that many generated articles took, by stage."""
    corpus = folder / f"corpus-{seed}-{articles}"
    lexicon = load_lexicon()
    if not corpus.exists():
        write(corpus, lexicon.world, articles, seed)
    stages: dict[str, dict[str, float]] = {}

    @contextmanager
    def during(name: str) -> Iterator[None]:
        _forget_peak()
        cpu, clock = _processor(), time.perf_counter()
        yield
        stages[name] = {"cpu": _processor() - cpu, "clock": time.perf_counter() - clock, "peak": _peak()}

    with tempfile.TemporaryDirectory(dir=folder) as root:
        settings = Settings(store=Path(root) / "store")
        ticking = replace(stages_of(lexicon, workers=workers), during=during)
        run = build([corpus], settings, lexicon.world, ticking)
    assert run.generation is not None
    return {"articles": articles, "quads": run.generation.counted, "digest": run.generation.digest, "stages": stages}


def tell(figures: dict[str, Any]) -> Iterator[str]:
    """The figures of one size as lines to read."""
    yield f"{figures['articles']:,} articles, {figures['quads']:,} quads, digest {figures['digest'][:16]}"
    for name, stage in figures["stages"].items():
        a_thousand = 1000 * stage["cpu"] / figures["articles"]
        yield (
            f"  {name:12} {stage['cpu']:9.2f} s of processor time ({a_thousand:.2f} s a thousand), "
            f"{stage['clock']:9.2f} s on the clock, peak {stage['peak']:6.0f} MB"
        )


def growth(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """By how much more than in proportion each stage grew."""
    factor = after["articles"] / before["articles"]
    yield f"from {before['articles']:,} to {after['articles']:,} articles, times {factor:.1f}:"
    for name, stage in after["stages"].items():
        grown = stage["cpu"] / max(before["stages"][name]["cpu"], 0.01) / factor
        yield f"  {name:12} {grown:.2f} of that in time, {stage['peak'] / before['stages'][name]['peak']:.1f} in memory"


def _processor() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _forget_peak() -> None:
    """Nothing; where Linux lets us, the peak of memory is counted anew from here."""
    if _PEAK.exists():
        _PEAK.write_text("5")


def _peak() -> float:
    """The most memory that this process held since, in MB."""
    if _STATUS.exists():
        told: Sequence[str] = [line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM")]
        if told:
            return int(told[0].split()[1]) / 1e3
    return peak()


if __name__ == "__main__":
    main()
