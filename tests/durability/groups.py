"""The real server that can be killed: the leader of a group of processes of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

TOKEN: Final = "a-token-that-nobody-guesses"
_ROOT: Final = Path(__file__).parents[2]
_PROGRAM: Final = (sys.executable, "-c", "from kg.cli import main; main()")


def start(
    root: Path, *options: str, temporary: Path | None = None, stdin: int = subprocess.DEVNULL
) -> tuple[subprocess.Popen[str], str]:
    """A server over the store in ``root`` and its address; what is temporary goes to the folder ``temporary``."""
    command = [*_PROGRAM, "serve", "--workers", "1", "--store", str(root), "--port", "0", *options]
    environment = {"PATH": "/usr/bin:/bin", "KG_TOKEN": TOKEN}
    if temporary:
        environment["TMPDIR"] = str(temporary)
    server = subprocess.Popen(
        command, cwd=_ROOT, env=environment, stdin=stdin, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert server.stdout is not None
    found = re.search(r"http://[^/]+/", server.stdout.readline())
    assert found
    return server, found[0]


def children(process: int) -> list[int]:
    """The processes below this one."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").iterdir():
        with suppress(OSError):  # a thread that has ended
            for child in (task / "children").read_text().split():
                found += [int(child), *children(int(child))]
    return found
