"""A page of docs that tells people what to type: run as it stands, in a copy of the tree, and written anew as it went.

A block ``console`` holds commands after ``$`` and what they print. A block of any kind below a line ``In `file`:`` is
written to that file of the copy; below ``In `file`, before `line`:`` it is put before the first line that begins so.
A line ``In `file`, for `this` write `that`.`` is done, too.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
_BLOCK: Final = re.compile(
    r"^In `(?P<file>[^`]+)`(?:, before `(?P<mark>[^`]+)`)?:\n\n```\w*\n(?P<text>.*?)^```\n"
    r"|^```console\n(?P<typed>.*?)^```\n"
    r"|^In `(?P<changed>[^`]+)`, for `(?P<old>[^`]+)` write `(?P<new>[^`]+)`\.\n",
    re.DOTALL | re.MULTILINE,
)
_KG: Final = "from kg.cli import main; main()"
_SHIPPED: Final = ("kg", "ontology", "queries", "seeds", "docs")
_SECONDS: Final = 120


def copy_tree(folder: Path) -> Path:
    """What of the checkout the commands need, without what was made in it."""
    for name in _SHIPPED:
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules", "*.pyc")
        )
    return folder


def as_it_went(page: str, folder: Path) -> str:
    """The page with what its commands print now, in that folder."""
    fresh, end = "", 0
    for block in _BLOCK.finditer(page):
        fresh += page[end : block.start()]
        end = block.end()
        if block["typed"] is not None:
            fresh += f"```console\n{_typed(block['typed'], folder)}```\n"
            continue
        fresh += block[0]
        if block["changed"] is not None:
            _change(folder / block["changed"], block["old"], block["new"])
        else:
            _write(folder / block["file"], block["mark"], block["text"])
    return fresh + page[end:]


def _write(file: Path, mark: str | None, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if mark is None:
        file.write_text(text, encoding="utf-8")
        return
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    (at, *_) = [number for number, line in enumerate(lines) if line.startswith(mark)]
    file.write_text("".join([*lines[:at], text, *lines[at:]]), encoding="utf-8")


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name} has no {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def _typed(block: str, folder: Path) -> str:
    commands = [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]
    assert commands, "a console block without a command"
    return "".join(f"$ {command}\n{printed(command, folder)}" for command in commands)


def printed(command: str, folder: Path) -> str:
    """What the command prints, on either channel; only ``kg`` and ``cat`` are known."""
    name, *words = shlex.split(command)
    assert name in {"kg", "cat"}, f"the docs type nothing but kg and cat: {command}"
    if name == "cat":
        return (folder / words[0]).read_text(encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-c", _KG, *words],
        cwd=folder,
        env={
            "HOME": str(folder),
            "COLUMNS": "110",
            "NO_COLOR": "1",
            "KG_QUERY_TIMEOUT": "100",
            "PYTHONPATH": str(folder),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=_SECONDS,
        check=False,
    )
    printed_now = told.stdout.decode().replace("\r\n", "\n")  # CSV ends its lines so
    assert "Traceback" not in printed_now, printed_now
    return printed_now
