"""The process that reads an upload: it never outlives the server that waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.durability.rounds import children

_READ = """
import sys; sys.path[:] = {path!r}
from pathlib import Path
from kg.config import Limits
from kg.engine.upload import read_upload
from kg.engine.written import Syntax, Upload
read_upload(Upload(file=Path({source!r}), syntax=Syntax.TURTLE, base="a:base"), Path({target!r}), "b", Limits())
"""


def test_what_reads_an_upload_ends_with_the_server(tmp_path: Path) -> None:
    source = tmp_path / "endless"
    os.mkfifo(source)  # nobody writes: it is read without an end
    code = _READ.format(path=sys.path, source=str(source), target=str(tmp_path / "target"))
    # The line opens for whoever writes once somebody reads.
    with subprocess.Popen([sys.executable, "-c", code]) as server, source.open("wb"):
        (reader,) = children(server.pid, "engine.upload")
        server.kill()
        server.wait()
        begun = time.monotonic()
        while _runs(reader):
            assert time.monotonic() - begun < 30
            time.sleep(0.02)


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
