"""Processes of our own: the same interpreter with our code, and an environment that knows nothing of our settings."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from kg.engine import stops

ENVIRONMENT: Final[Mapping[str, str]] = MappingProxyType({"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"})
_BOOT: Final = (
    "import importlib, json, sys; path, module, function, *told = json.loads(sys.argv[1]); sys.path[:] = path; "
    "getattr(importlib.import_module(module), function)(*told)"
)


def command(module: str, function: str, *told: Any) -> list[str]:
    """What starts a process that calls this function with what it is told, which JSON can say."""
    return [sys.executable, "-c", _BOOT, json.dumps([sys.path, module, function, *told])]


def start(module: str, function: str, *told: Any) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """A process, and our end of its line; the function is told the number of its own end first.

    No signal that stops a server reaches it before it can say that it ignores them.
    """
    ours, theirs = socket.socketpair()
    with theirs, stops.held_back():
        process = subprocess.Popen(  # noqa: S603  # our own interpreter and code
            command(module, function, theirs.fileno(), *told),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env=ENVIRONMENT,
        )
    return process, ours
