"""The real server, started as people start it, for tests that ask it over HTTP."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

ROOT: Final = Path(__file__).parents[1]
_KG: Final = (sys.executable, "-c", "from kg.cli import main; main()")


@contextmanager
def served(store: Path, *options: str) -> Iterator[str]:
    """The address of `kg serve` over this store, ending in a slash; it ends without an error."""
    command = [*_KG, "serve", "--store", str(store), "--port", "0", *options]
    # What it logs goes to a file: nobody reads a pipe, and one that is full would halt it.
    with (
        TemporaryFile("w+") as log,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        try:
            assert process.stdout is not None
            found = re.search(r"http://[^/]+/", process.stdout.readline())
            assert found, f"the server did not start: {_read(log)}"
            yield found[0]
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
        assert process.returncode == 0, _read(log)


def _read(log: IO[str]) -> str:
    log.seek(0)
    return log.read()[-4000:]
