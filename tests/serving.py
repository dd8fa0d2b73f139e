"""The real server, started as people start it, for tests that ask it over HTTP."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
_KG: Final = (sys.executable, "-c", "from kg.cli import main; main()")


@contextmanager
def served(store: Path, *options: str) -> Iterator[str]:
    """The address of `kg serve` over this store, ending in a slash; it ends without an error."""
    command = [*_KG, "serve", "--store", str(store), "--port", "0", *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        found = re.search(r"http://[^/]+/", process.stdout.readline())
        if not found:
            process.kill()
            raise AssertionError(f"the server did not start: {process.stderr.read()}")
        try:
            yield found[0]
        finally:
            process.terminate()
            process.communicate(timeout=30)
    assert process.returncode == 0
