"""Exports that a generation was not published with: written once a generation, by a process of their own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import threading
import weakref
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.engine import child, stops
from kg.engine.answer import EngineBusy
from kg.errors import KgError, StoreError
from kg.store import manifest
from kg.store.export import ExportFormat
from kg.store.generation import Generation, GenerationGone
from kg.store.scratch import Scratch, sweep_forsaken

_PREFIX: Final = "kg-export-"
_SECONDS: Final = 600
# Turtle and TriG are written from a graph that is in memory as a whole.
_MEMORY: Final = 8 * 1024**3
_PATIENCE: Final = 10.0
_AT_ONCE: Final = 2
# Each holds a thread of the server: some must be left for those who ask for something else.
_MOST_WAITING: Final = 12
# A file is sent on for a while after a newer one is there.
_KEPT: Final = 3
# Quads of a graph whose exports are not all made before anybody wants them.
_LARGE: Final = 300_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A file, and the generation that it holds."""

    path: Path
    generation: Generation


class Downloads:
    """The files of exports made so far; they go with the program, or at the start of the next one."""

    def __init__(self, licence: str = "") -> None:
        """None yet; descriptions of the data set name the licence."""
        self._licence = licence
        sweep_forsaken(Path(tempfile.gettempdir()), _PREFIX)
        self._scratch: Scratch | None = None
        self._lock = threading.Lock()
        self._waiting = threading.BoundedSemaphore(_MOST_WAITING)
        self._processes = threading.BoundedSemaphore(_AT_ONCE)
        self._writing: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._made: defaultdict[str, list[Export]] = defaultdict(list)
        self._sums: dict[Path, str] = {}
        self._prepared: Generation | None = None
        self.patience = _PATIENCE

    def file(self, generation: Generation, name: str, form: ExportFormat) -> Export:
        """The export of this name: as it was published, or made now.

        While it is made for another client, or others are made, that of a generation before is given, if there is one.

        Raises:
            EngineBusy: it or others are being made, which takes long, or too many wait for that already.
            StoreError: it cannot be made.
        """
        published = generation.export(name)
        if published is not None:
            return Export(path=published, generation=generation)
        with self._lock:
            made, writing = self._made[name], self._writing[name]
        if made and made[-1].generation == generation:
            return made[-1]
        if not writing.acquire(blocking=False):
            if made:
                return made[-1]
            if not self._wait(writing):
                raise EngineBusy("the export is being written", hint="Try again in a few seconds.")
            generation = made[-1].generation if made else generation
        try:
            return self._newest(generation, name, form, made)
        finally:
            writing.release()

    def prepare(self, generation: Generation, forms: Mapping[str, ExportFormat]) -> bool:
        """Whether all exports of this generation are there, or are being made from now on, one after the other.

        Those of a large graph take minutes: each is made when somebody wants it.
        """
        missing = {name: form for name, form in forms.items() if self.size(generation, name) is None}
        if not missing:
            return True
        if generation.quads > _LARGE:
            return False
        with self._lock:
            is_begun, self._prepared = self._prepared == generation, generation
        if not is_begun:
            threading.Thread(target=self._make_all, args=(generation, missing), daemon=True).start()
        return True

    def _make_all(self, generation: Generation, forms: Mapping[str, ExportFormat]) -> None:
        for name, form in forms.items():
            with contextlib.suppress(KgError):
                self.file(generation, name, form)

    def _newest(self, generation: Generation, name: str, form: ExportFormat, made: list[Export]) -> Export:
        if made and made[-1].generation == generation:
            return made[-1]
        path = self._place(generation) / name
        if not self._processes.acquire(blocking=False):
            if made:
                return made[-1]
            if not self._wait(self._processes):
                raise EngineBusy("other exports are being written", hint="Try again in a few seconds.")
        try:
            self._make(generation, form, path)
        except GenerationGone:
            if made:
                return made[-1]
            raise EngineBusy("a newer generation took its place", hint="Try again.") from None
        finally:
            self._processes.release()
        made.append(Export(path=path, generation=generation))
        while len(made) > _KEPT:
            made.pop(0).path.unlink(missing_ok=True)
        return made[-1]

    def _wait(self, turn: threading.Lock | threading.BoundedSemaphore) -> bool:
        """Whether it came to this turn in time, where not too many wait already."""
        if not self._waiting.acquire(blocking=False):
            return False
        try:
            return turn.acquire(timeout=self.patience)
        finally:
            self._waiting.release()

    def size(self, generation: Generation, name: str) -> int | None:
        """The bytes of this export; ``None`` where it is yet to be made."""
        made = generation.export(name)
        with self._lock:
            known = self._made[name]
            if made is None and known and known[-1].generation == generation:
                made = known[-1].path
        try:
            return None if made is None else made.stat().st_size
        except OSError:
            return None

    def checksum(self, generation: Generation, name: str) -> str | None:
        """The SHA-256 of this export; ``None`` where it is yet to be made, or was published before they were kept."""
        if generation.export(name) is not None:
            try:
                sums = manifest.read_manifest(generation.path, generation.number).get("exports")
            except StoreError:
                return None
            return str(sums[name]) if isinstance(sums, dict) and name in sums else None
        with self._lock:
            known = self._made[name]
            made = known[-1] if known and known[-1].generation == generation else None
        if made is None:
            return None
        if made.path not in self._sums:
            try:
                self._sums[made.path] = manifest.checksum(made.path)
            except OSError:
                return None
        return self._sums[made.path]

    def _place(self, generation: Generation) -> Path:
        """The folder of this generation; it is there."""
        try:
            with self._lock:
                if self._scratch is None:
                    self._scratch = Scratch(Path(tempfile.gettempdir()), _PREFIX)
                    weakref.finalize(self, self._scratch.close)
                place = self._scratch.path / f"{generation.number}-{generation.digest[:16]}"
                place.mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(f"no export can be kept: {error}") from error
        return place

    def _make(self, generation: Generation, form: ExportFormat, made: Path) -> None:
        begun = made.with_name(f"{made.name}.part")
        # A process of its own: Turtle of a large graph takes seconds, in which nobody else would be answered.
        told = (os.getpid(), (_MEMORY, _SECONDS), (str(generation.graph_path), self._licence), form, str(begun))
        write = child.command("kg.engine.exporting", "serve", *told)
        try:
            with generation.lease(), stops.held_back():
                subprocess.run(  # noqa: S603  # our own interpreter and code
                    write,
                    check=True,
                    capture_output=True,
                    stdin=subprocess.DEVNULL,
                    timeout=_SECONDS,
                    env=child.ENVIRONMENT,
                )
                begun.replace(made)
        except (OSError, subprocess.SubprocessError) as error:
            begun.unlink(missing_ok=True)
            raise StoreError(f"{made.name} of generation {generation.number} failed: {error}") from error
