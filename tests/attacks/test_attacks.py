"""Every attack gets its answer, and the server is as well as before."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.attacks.attack import Attack, complaints, load
from tests.attacks.conduct import CONDUCTS
from tests.attacks.target import Target, fill, started

ATTACKS = load()
pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the server's processes are counted in /proc"),
]


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A server with a deadline of a second."""
    root = tmp_path_factory.mktemp("attacked")
    fill(root)
    with started(root, "--query-timeout", "1") as running:
        running.probe()
        yield running


@pytest.fixture(scope="session")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A server with a deadline of two minutes: what ends before was ended for another reason."""
    root = tmp_path_factory.mktemp("patient")
    fill(root)
    with started(root, "--query-timeout", "120") as running:
        running.probe()
        yield running


@pytest.mark.parametrize("attack", ATTACKS, ids=[f"{attack.family}: {attack.name}" for attack in ATTACKS])
def test_an_attack_gets_its_answer_and_the_next_visitor_theirs(attack: Attack, request: pytest.FixtureRequest) -> None:
    server: Target = request.getfixturevalue("patient" if attack.patient else "target")
    for answer in CONDUCTS[attack.conduct](server, attack):
        assert not complaints(attack, answer)
    server.check_health()


def test_there_are_enough_attacks_and_each_has_its_name() -> None:
    assert len(ATTACKS) >= 150
    assert sum(attack.family == "service" for attack in ATTACKS) >= 30
    assert max(Counter((attack.family, attack.name) for attack in ATTACKS).values()) == 1
