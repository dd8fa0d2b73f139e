"""The build of which the next one may be made as a difference: sound, with its lines, by the very same program."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from kg.errors import StoreError
from kg.store import manifest as manifests
from kg.store.export import ExportFormat
from kg.store.generation import Generation, current, read_generation

# What is said of a build in its manifest, for the next one.
PROGRAM: Final = "program"
FORMS: Final = "forms"
DRIFT: Final = "drift"
NOTES: Final = "notes"
_HOUSE: Final = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A build, the files of its exports by format, and how many quads came and went since one that was loaded whole.

    ``notes`` are the checksums of what it noted for the next one.
    """

    generation: Generation
    files: Mapping[str, Path]
    drift: int
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> Path:
        """Its quads as sorted lines."""
        return self.files[ExportFormat.NQUADS]

    def note(self, name: str) -> bytes | None:
        """What the build noted of its graph; ``None`` where it did not, or people's changes are on top of that."""
        try:
            content = (self.generation.path / name).read_bytes()
        except OSError:
            return None
        is_whole = hashlib.sha256(content).hexdigest() == self.notes.get(name)
        return content if is_whole and self.generation.is_as_counted else None


def earlier(root: Path, held: ExitStack) -> Earlier | None:
    """The build that the live generation goes back to, verified; ``None`` where it is of no use here.

    It stays on the disk, as it is, as long as ``held``.
    """
    try:
        live = current(root)
        build = read_generation(root, live.built or live.number)
        held.enter_context(build.lease())
        told = manifests.read_manifest(build.path, build.number)
        if told.get(PROGRAM) != program():
            return None
        files = _files(build, told)
        if ExportFormat.NQUADS not in files:
            return None
        build.check(by_content=True)
        return Earlier(generation=build, files=files, drift=int(told.get(DRIFT, 0)), notes=told.get(NOTES, {}))
    except (StoreError, OSError, TypeError, ValueError):
        # Whether a build may go on from what is damaged is for others to say.
        return None


@cache
def program() -> str:
    """A digest of everything that decides how a graph is written: the code, and the library of the store."""
    total = hashlib.sha256(version("pyoxigraph").encode())
    for file in sorted(_HOUSE.rglob("*.py")):
        total.update(str(file.relative_to(_HOUSE)).encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _files(build: Generation, told: Mapping[str, Any]) -> dict[str, Path]:
    known = told.get("exports", {})
    forms = {name: form for name, form in told.get(FORMS, {}).items() if name in known}
    return {form: file for name, form in forms.items() if (file := build.export(name)) is not None}
