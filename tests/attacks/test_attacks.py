"""Every attack gets its answer, and the server is as well as before."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.attacks.attack import Attack, complaints, load
from tests.attacks.conduct import CONDUCTS
from tests.attacks.target import Target, fill, options, started

ATTACKS = load()
pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the server's processes are counted in /proc"),
]


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Target]]:
    """A running server of each kind, started when it is first asked for."""
    running: dict[str, Target] = {}
    with ExitStack() as stack:

        def server(kind: str) -> Target:
            if kind not in running:
                root = tmp_path_factory.mktemp(kind)
                fill(root)
                running[kind] = stack.enter_context(started(root, *options(kind)))
                running[kind].probe()
            return running[kind]

        yield server


@pytest.mark.parametrize("attack", ATTACKS, ids=[f"{attack.family}: {attack.name}" for attack in ATTACKS])
def test_an_attack_gets_its_answer_and_the_next_visitor_theirs(
    attack: Attack, servers: Callable[[str], Target]
) -> None:
    server = servers(attack.server)
    for answer in CONDUCTS[attack.conduct](server, attack):
        assert not complaints(attack, answer)
    server.check_health()


def test_there_are_enough_attacks_and_each_has_its_name() -> None:
    assert len(ATTACKS) >= 150
    assert sum(attack.family == "service" for attack in ATTACKS) >= 30
    assert max(Counter((attack.family, attack.name) for attack in ATTACKS).values()) == 1
