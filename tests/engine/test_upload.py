"""The process that reads an upload: it never outlives the server that waits for it, and has its time and its room."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.config import Limits
from kg.engine.proofreaders import Proofreaders
from kg.engine.written import Syntax, Upload, UploadRefused
from kg.errors import QueryError, QueryTooLong
from tests.durability.rounds import children, name_of

_READ = """
import sys, time; sys.path[:] = {path!r}
from pathlib import Path
from kg.config import Limits
from kg.engine.proofreaders import Proofreaders
from kg.engine.written import Syntax, Upload
upload = Upload(file=Path({source!r}), syntax=Syntax.TURTLE, base="a:base")
Proofreaders(Limits()).upload(upload, Path({target!r}), "b", time.monotonic() + 60)
"""


def test_what_reads_an_upload_ends_with_the_server(tmp_path: Path) -> None:
    source = tmp_path / "endless"
    os.mkfifo(source)  # nobody writes: it is read without an end
    code = _READ.format(path=sys.path, source=str(source), target=str(tmp_path / "target"))
    # The line opens for whoever writes once somebody reads.
    with subprocess.Popen([sys.executable, "-c", code]) as server, source.open("wb"):
        (nursery,) = children(server.pid, "engine.nursery")
        readers = [one for one in children(nursery, "") if name_of(one) == "kg-proof"]
        assert readers
        server.kill()
        server.wait()
        begun = time.monotonic()
        while any(map(_runs, [nursery, *readers])):
            assert time.monotonic() - begun < 30
            time.sleep(0.02)


@pytest.mark.parametrize("time_left", [0.5, -1])
def test_reading_an_upload_has_an_end(tmp_path: Path, time_left: float) -> None:
    source = tmp_path / "endless"
    os.mkfifo(source)
    readers = Proofreaders(Limits())
    try:
        with pytest.raises(QueryError) as caught:
            _read(readers, source, time_left)
        assert caught.type in {QueryTooLong, UploadRefused} or "much to be read" in str(caught.value)
    finally:
        readers.close()


def test_an_upload_that_outgrows_its_memory_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    large, small = tmp_path / "large.jsonld", tmp_path / "small.ttl"
    large.write_text('[{"a:p": "' + "x" * 40_000_000 + '"}]')
    small.write_text("<a:s> <a:p> 1 .")
    readers = Proofreaders(dataclasses.replace(Limits(), worker_memory=700 * 1024**2))
    try:
        upload = Upload(file=large, syntax=Syntax.JSONLD, base="a:base")
        with pytest.raises(QueryError, match="memory"):
            readers.upload(upload, tmp_path / "target", "b", time.monotonic() + 60)
        assert _read(readers, small, 60) == '<a:s> <a:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    finally:
        readers.close()


def _read(readers: Proofreaders, source: Path, seconds: float) -> str:
    target = source.with_name("target")
    upload = Upload(file=source, syntax=Syntax.TURTLE, base="a:base")
    readers.upload(upload, target, "b", time.monotonic() + seconds)
    return target.read_text()


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
