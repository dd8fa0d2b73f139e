"""roqet, the client of Rasqal (Debian's package rasqal-utils)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clients.world import LEADERS, NAMES

pytestmark = pytest.mark.server


@pytest.mark.parametrize("written", ["csv", "tsv"])
def test_roqet_asks(site: str, roqet: Callable[..., str], written: str) -> None:
    answer = roqet("-p", f"{site}sparql", "-r", written, "-e", LEADERS)
    for name in NAMES:
        # Its own TSV is in ASCII.
        assert name in answer or name.replace("á", "\\u00E1") in answer
