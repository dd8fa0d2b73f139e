"""What some tests need of the machine: where it is missing they do not run and say so, and in CI they fail."""

from __future__ import annotations

import os
from typing import Final

import pytest

SCRIPTS: Final = "the scripts of the pages are not built: 'make scripts' does it, where Node is"


def missing(what: str) -> None:
    """Nothing; what could be there is missing, which in CI is a failure."""
    if os.getenv("CI"):
        pytest.fail(what)
    pytest.skip(f"NOT TESTED: {what}")
