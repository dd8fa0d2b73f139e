"""Exports that a generation was not published with: written once a generation, by a process of their own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import threading
import weakref
from pathlib import Path
from typing import Final

from kg.engine import stops
from kg.engine.answer import EngineBusy
from kg.errors import StoreError
from kg.store.export import ExportFormat
from kg.store.generation import Generation

# A process of its own: Turtle of a large graph takes seconds, in which nobody else would be answered.
_WRITE: Final = (
    "import json, sys; path, source, form, target = json.loads(sys.argv[1]); sys.path[:] = path; "
    "import pathlib, pyoxigraph; from kg.store.export import ExportFormat, write_graph; "
    "pathlib.Path(target).write_bytes(write_graph(pyoxigraph.Store.read_only(source), ExportFormat(form)))"
)
_SECONDS: Final = 600


class Downloads:
    """The files of exports made so far; they go with the program."""

    def __init__(self) -> None:
        """None yet."""
        self._folder: Path | None = None
        self._writing = threading.Lock()

    def file(self, generation: Generation, name: str, form: ExportFormat) -> Path:
        """The export of this name: as it was published, or made now.

        Raises:
            EngineBusy: another one is being made.
            StoreError: it cannot be made.
        """
        published = generation.export(name)
        if published is not None:
            return published
        if not self._writing.acquire(blocking=False):
            raise EngineBusy("an export is being written", hint="Try again in a few seconds.")
        try:
            made = self._place(generation) / name
            if not made.is_file():
                self._make(generation, form, made)
        finally:
            self._writing.release()
        return made

    def _place(self, generation: Generation) -> Path:
        """The folder of this generation; those of others are gone."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="kg-exports-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        place = self._folder / f"{generation.number}-{generation.digest[:16]}"
        for other in self._folder.iterdir():
            if other != place:
                shutil.rmtree(other, ignore_errors=True)
        place.mkdir(exist_ok=True)
        return place

    def _make(self, generation: Generation, form: ExportFormat, made: Path) -> None:
        begun = made.with_suffix(".part")
        told = [sys.path, str(generation.graph_path), form, str(begun)]
        try:
            with generation.lease(), stops.held_back():
                subprocess.run(  # noqa: S603  # our own interpreter and code
                    [sys.executable, "-c", _WRITE, json.dumps(told)],
                    check=True,
                    capture_output=True,
                    stdin=subprocess.DEVNULL,
                    timeout=_SECONDS,
                    env={"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
                )
                begun.replace(made)
        except (OSError, subprocess.SubprocessError) as error:
            begun.unlink(missing_ok=True)
            raise StoreError(f"{made.name} of generation {generation.number} failed: {error}") from error
