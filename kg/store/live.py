"""The live generation of a store, for every query to ask for; read anew only where it has changed."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.store.generation import Generation, current

# Of the file that holds a number.
_LENGTH: Final = 64


class Live:
    """Which generation is live; safe to use from many threads."""

    def __init__(self, root: Path) -> None:
        """The generation that is live now.

        Raises:
            StoreError: there is no store in the folder, or it is damaged.
        """
        self._root = root
        self._name = root / "current"
        self._lock = threading.Lock()
        self._known = (self._look(), current(root))

    @property
    def generation(self) -> Generation:
        """The live generation; where that is damaged or gone, the last one that was not."""
        seen, generation = self._known
        if self._look() == seen:
            return generation
        with self._lock:
            return self._read()

    def _read(self) -> Generation:
        # Looked at before it is read: what changes in between is seen next time.
        seen = self._look()
        try:
            self._known = (seen, current(self._root))
        except StoreError:
            return self._known[1]
        return self._known[1]

    def _look(self) -> tuple[object, ...]:
        """What the file says that names the live generation, and which file describes it."""
        try:
            file = os.open(self._name, os.O_RDONLY)
            try:
                name = os.read(file, _LENGTH)
            finally:
                os.close(file)
            told = os.stat(f"{self._root}/generations/{name.decode().strip()}/manifest.json")  # noqa: PTH116  # faster
        except (OSError, ValueError):
            return ()
        return name, told.st_ino, told.st_size, told.st_mtime_ns
