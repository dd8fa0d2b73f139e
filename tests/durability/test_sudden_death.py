"""kill -9 at random moments: no acknowledged write is lost, none is seen in part, the store always opens."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.durability.rounds import KINDS, Store

pytestmark = [pytest.mark.server, pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")]


@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_acknowledged_outlives_every_sudden_death(tmp_path: Path, seed: int) -> None:
    store = Store(tmp_path / "store", seed)
    with store.served():
        for kind in ("writer", "build", "upload", "writer", "build", "writer", "upload", "server", "writer", "build"):
            store.round(kind)
    assert sum(len(client.acknowledged) for client in store.clients) > 0
    assert set(KINDS) == {"writer", "upload", "server", "build"}
