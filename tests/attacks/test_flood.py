"""Ten bombs at once: each is refused or stopped, and everybody else is answered; how fast is the bench's matter."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from tests.attacks.target import MOST_MEMORY, fill, started
from tests.bench.flood import bombed, normal

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the server's processes are counted in /proc"),
]


def test_normal_traffic_is_answered_rightly_while_ten_bombs_run(tmp_path: Path) -> None:
    fill(tmp_path)
    with started(tmp_path, "--query-timeout", "20") as target:
        alone = normal(target.address, 2, 4)
        assert alone.wrong == 0
        with bombed(target, 10, "new") as answered:
            beside = normal(target.address, 2, 3)
            assert target.workers() <= target.quick + target.slow
            ended = time.monotonic() + 60
            while not answered:
                assert time.monotonic() < ended, "no bomb was answered"
                time.sleep(0.1)
        assert beside.wrong == 0
        assert beside.times
        assert set(answered) <= {503, 504}
        target.come_to_rest(60)
        assert target.memory() < MOST_MEMORY
