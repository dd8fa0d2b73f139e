"""``python -m tests.bench``: how fast articles become a graph, to compare later changes by; run it by hand.

``python -m tests.bench.extraction`` times extraction alone, beside spaCy on the same texts.
"""

from __future__ import annotations

import argparse
import cProfile
import tempfile
from pathlib import Path

from tests.bench.measuring import hottest, measure, tell


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000, help="how many articles (default: 10,000)")
    parser.add_argument(
        "--profile", action="store_true", help="print where extraction spends its time (it runs slower)"
    )
    parser.add_argument("--top", type=int, default=25, help="how many functions to print (default: 25)")
    parser.add_argument("--sort", choices=("tottime", "cumtime", "ncalls"), default="tottime", help="their order")
    told = parser.parse_args()
    if told.articles < 1:
        parser.error("--articles must be 1 or more")
    profile = cProfile.Profile() if told.profile else None
    with tempfile.TemporaryDirectory() as folder:
        for line in tell(measure(told.articles, Path(folder), profile)):
            print(line)
    if profile is not None:
        print(hottest(profile, told.top, told.sort))


if __name__ == "__main__":
    main()
