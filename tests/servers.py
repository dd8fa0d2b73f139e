"""SPARQL servers that others wrote, started for tests: Oxigraph's own, and Virtuoso (Debian's package)."""

from __future__ import annotations

import contextlib
import http.client
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.required import missing

_PATIENCE: Final = 120.0
_VIRTUOSO: Final = """
[Database]
DatabaseFile = kg.db
ErrorLogFile = kg.log
LockFile = kg.lck
TransactionFile = kg.trx
xa_persistent_file = kg.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 20
CheckpointInterval = 0
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 1000000
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A server: where it is asked, where it is told, and as whom."""

    port: int
    query: str
    update: str
    user: str = ""
    password: str = ""

    @property
    def asked(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.port}{self.query}"

    @property
    def told(self) -> str:
        """Where it is told."""
        return f"http://127.0.0.1:{self.port}{self.update}"

    @property
    def named(self) -> dict[str, str]:
        """Who we are to it, as variables."""
        return {"KG_REMOTE_USER": self.user, "KG_REMOTE_PASSWORD": self.password} if self.user else {}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as line:
        return int(line.getsockname()[1])


@contextlib.contextmanager
def oxigraph(folder: Path, port: int = 0) -> Iterator[Running]:
    """``oxigraph serve`` over a store in this folder."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        missing("Oxigraph's server is not installed")
    port = port or free_port()
    command = [program, "serve", "--location", folder, "--bind", f"127.0.0.1:{port}"]
    with _running(subprocess.Popen(command, stderr=subprocess.DEVNULL), port):
        yield Running(port=port, query="/query", update="/update")


@contextlib.contextmanager
def virtuoso(folder: Path) -> Iterator[Running]:
    """Virtuoso over a new database in this folder."""
    program = shutil.which("virtuoso-t")
    if program is None:
        missing("Virtuoso is not here: apt-get install virtuoso-opensource-7-bin")
    assert program is not None
    port = free_port()
    (folder / "kg.ini").write_text(_VIRTUOSO.format(http=port, sql=free_port()), encoding="ascii")
    command = [program, "+configfile", "kg.ini", "+foreground"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with _running(process, port):
        yield Running(port=port, query="/sparql", update="/sparql-auth", user="dba", password="dba")


@contextlib.contextmanager
def _running(process: subprocess.Popen[bytes], port: int) -> Iterator[None]:
    try:
        end = time.monotonic() + _PATIENCE
        while not _answers(port):
            assert process.poll() is None, "the server ended"
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.05)
        yield
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/")
        line.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
    return True
