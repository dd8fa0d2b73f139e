"""``--update-docs`` writes the pages anew as their commands went, where this folder is named on the command line."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option."""
    parser.addoption("--update-docs", action="store_true", help="write what commands print in docs anew")
