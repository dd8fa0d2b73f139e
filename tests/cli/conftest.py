"""``kg`` as it is typed: in a process of its own, its exit status, standard output and standard error."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Kg = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[2]


def run(*told: str | Path, status: int = 0, **variables: str) -> subprocess.CompletedProcess[str]:
    """What ``kg`` says to these arguments, in an environment of nothing but these variables."""
    done = subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; main()", *map(str, told)],
        env={"PYTHONPATH": str(ROOT), **variables},
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == status, f"exit {done.returncode}: {done.stderr}"
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="session")
def kg() -> Kg:
    """How to run ``kg``; ``status`` is the exit status that it must have, other names are variables."""
    return run


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def sample_build(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The store of the sample articles and fact sheets, and what their build said."""
    store = tmp_path_factory.mktemp("sample") / "kg-store"
    return store, run("build", root / "seeds" / "articles", root / "seeds" / "facts", "--store", store).stderr


@pytest.fixture(scope="session")
def sample(sample_build: tuple[Path, str]) -> Path:
    """The store of the sample articles and fact sheets."""
    return sample_build[0]
