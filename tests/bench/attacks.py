"""``python -m tests.bench.attacks``: every attack against a server with the limits that ``kg serve`` has by default.

For each: the answer, how long it took, how long a normal question took right after it, how long until no worker was
left over, and the server's memory. The last lines say what was not as it must be.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.attacks.attack import Attack, complaints, load
from tests.attacks.conduct import CONDUCTS
from tests.attacks.target import Target, fill, options, started


def main() -> None:
    """Print the figures; exit with 1 where an attack did not get its answer."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.attacks", description=__doc__)
    parser.add_argument("--family", nargs="+", help="only the attacks of these files, such as 'service'")
    parser.add_argument("--copies", type=int, default=100, help="of the invented world in the graph (default: 100)")
    told = parser.parse_args()
    wrong: list[str] = []
    with ExitStack() as stack:
        targets: dict[str, Target] = {}
        for attack in load():
            if told.family and attack.family not in told.family:
                continue
            if attack.server not in targets:
                root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
                fill(root, told.copies)
                told_it = options(attack.server, hasty=False)
                targets[attack.server] = stack.enter_context(started(root, *told_it))
            wrong += _try(targets[attack.server], attack)
    print(*wrong, sep="\n")
    print(f"{len(wrong)} not as they must be")
    sys.exit(bool(wrong))


def _try(target: Target, attack: Attack) -> list[str]:
    began = time.monotonic()
    answers = CONDUCTS[attack.conduct](target, attack)
    took = time.monotonic() - began
    probed = target.probe()
    rested = target.come_to_rest(60)
    statuses = ",".join(sorted({str(answer.status) for answer in answers})) or "-"
    print(
        f"{statuses:>12} {took:7.2f} s  then {probed * 1000:6.1f} ms  rest {rested:5.2f} s  "
        f"{target.memory() >> 20:4} MiB  {attack.family}: {attack.name}",
        flush=True,
    )
    return [f"{attack.family}: {attack.name}: {words}" for answer in answers for words in complaints(attack, answer)]


if __name__ == "__main__":
    main()
