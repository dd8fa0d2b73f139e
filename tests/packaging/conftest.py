"""The checkout as it is shipped: its root and its project file."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update``, where this folder is named on the command line."""
    parser.addoption("--update", action="store_true", help="write the generated parts of README.md anew")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def project(root: Path) -> dict:
    """The project file."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
