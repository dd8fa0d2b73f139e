"""Generations: immutable stores on disk, each with its manifest, and one small file that names the live one.

A generation is written beside the live one, verified, and only then named in ``current`` by an atomic rename; readers
never see half of it. Reading graphs is the neighbours' work (:mod:`kg.store.graph`, :mod:`kg.engine`).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.lock import alone

KEPT: Final = 3
_FORMAT: Final = 1
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One immutable store; ``path`` is its folder, ``digest`` the SHA-256 of its sorted canonical N-Quads."""

    number: int
    path: Path
    quads: int
    digest: str

    @property
    def graph_path(self) -> Path:
        """The folder that Oxigraph opens."""
        return self.path / "graph"

    def export(self, name: str) -> Path | None:
        """The file of an export that was published with this generation."""
        if not _NAME.fullmatch(name):
            return None
        file = self.path / "exports" / name
        return file if file.is_file() else None

    @property
    def exports(self) -> tuple[str, ...]:
        """The names of all exports that were published with this generation."""
        folder = self.path / "exports"
        return tuple(sorted(file.name for file in folder.iterdir())) if folder.is_dir() else ()

    def open(self) -> ox.Store:
        """The store, read-only.

        Raises:
            StoreError: Oxigraph cannot read it.
        """
        try:
            return ox.Store.read_only(str(self.graph_path))
        except (OSError, ValueError, RuntimeError) as error:
            raise StoreError(f"generation {self.number} cannot be opened: {error}") from error


def publish(root: Path, quads: Iterable[ox.Quad], *, exports: Mapping[str, bytes] | None = None) -> Generation:
    """A new verified generation that holds exactly these quads, now the live one.

    ``exports`` are files by name that are kept and served with it. If anything fails, the generation that was live
    before is live still, and nothing of the new one remains.

    Raises:
        StoreError: it could not be written, or does not read back as written.
    """
    with alone(root):
        number = _next_number(root)
        folder = root / "generations" / str(number)
        try:
            folder.mkdir(parents=True)
            generation = _write(folder, number, quads, exports or {})
            verify(generation)
            _name_current(root, number)
        except (OSError, ValueError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise StoreError(f"generation {number} could not be written: {error}") from error
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _drop_old(root, number)
    return generation


def current(root: Path) -> Generation:
    """The live generation of the store in this folder, by its manifest; its content is not read (see :func:`verify`).

    Raises:
        StoreError: there is no store here, or what ``current`` names is damaged.
    """
    try:
        name = (root / "current").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise StoreError(f"there is no store in {root}: build one with 'kg build'") from None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"the file 'current' of {root} cannot be read: {error}") from error
    if not name.isdecimal():
        raise StoreError(f"the file 'current' of {root} names no generation: {name[:40]!r}")
    return _read_manifest(root / "generations" / name, int(name))


def verify(generation: Generation, *, deep: bool = True) -> None:
    """Nothing; the generation is on disk as its manifest says.

    ``deep`` reads every quad and compares the digest; otherwise only the sizes of the files and the number of quads.

    Raises:
        StoreError: it is damaged; the message names the generation and what differs.
    """
    manifest = _manifest(generation.path, generation.number)
    damaged = f"generation {generation.number} is damaged"
    for name, size in manifest["files"].items():
        file = generation.graph_path / name
        if not file.is_file():
            raise StoreError(f"{damaged}: the file {name} is missing")
        if file.stat().st_size != size:
            raise StoreError(f"{damaged}: the file {name} has {file.stat().st_size} bytes instead of {size}")
    store = generation.open()
    if len(store) != generation.quads:
        raise StoreError(f"{damaged}: {len(store)} quads instead of {generation.quads}")
    if deep and digest(store) != generation.digest:
        raise StoreError(f"{damaged}: its quads are not those that were published")


def digest(quads: Iterable[ox.Quad]) -> str:
    """The SHA-256 of the canonical N-Quads, sorted by code point, one a line."""
    total = hashlib.sha256()
    for line in canonical_lines(quads):
        total.update(line)
    return total.hexdigest()


def canonical_lines(quads: Iterable[ox.Quad]) -> list[bytes]:
    """The quads as canonical N-Quads lines (RDF 1.2 N-Quads, 3), each once, sorted."""
    if isinstance(quads, ox.Store):
        written = quads.dump(format=ox.RdfFormat.N_QUADS)
    else:
        written = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert written is not None  # without an output it returns the bytes
    return sorted(set(written.splitlines(keepends=True)))


def _next_number(root: Path) -> int:
    folder = root / "generations"
    numbers = [int(entry.name) for entry in folder.iterdir() if entry.name.isdecimal()] if folder.is_dir() else []
    return max(numbers, default=0) + 1


def _write(folder: Path, number: int, quads: Iterable[ox.Quad], exports: Mapping[str, bytes]) -> Generation:
    graph = folder / "graph"
    store = ox.Store(str(graph))
    store.bulk_extend(quads)
    store.flush()
    store.optimize()
    count, checksum = len(store), digest(store)
    del store  # closes it, so that the files are final
    for name, content in exports.items():
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a name of an export: {name!r}")
        (folder / "exports").mkdir(exist_ok=True)
        _write_through(folder / "exports" / name, content)
    manifest = {
        "format": _FORMAT,
        "number": number,
        "quads": count,
        "digest": checksum,
        "files": {file.name: file.stat().st_size for file in sorted(graph.iterdir()) if _is_content(file)},
        "exports": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(exports.items())},
    }
    _write_through(folder / "manifest.json", json.dumps(manifest, indent=1).encode())
    return Generation(number=number, path=folder, quads=count, digest=checksum)


def _is_content(file: Path) -> bool:
    return file.is_file() and not file.name.startswith(("LOG", "LOCK"))


def _write_through(file: Path, content: bytes) -> None:
    with file.open("wb") as sink:
        sink.write(content)
        sink.flush()
        os.fsync(sink.fileno())


def _name_current(root: Path, number: int) -> None:
    temporary = root / "current.new"
    _write_through(temporary, f"{number}\n".encode())
    temporary.replace(root / "current")
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(root, os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _drop_old(root: Path, live: int) -> None:
    folder = root / "generations"
    numbers = sorted(int(entry.name) for entry in folder.iterdir() if entry.name.isdecimal())
    for number in [number for number in numbers if number < live][: -(KEPT - 1)]:
        shutil.rmtree(folder / str(number), ignore_errors=True)


def _manifest(folder: Path, number: int) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
    except (OSError, ValueError) as error:
        raise StoreError(f"generation {number} is damaged: its manifest cannot be read ({error})") from error
    if not isinstance(manifest, dict) or manifest.get("format") != _FORMAT:
        raise StoreError(f"generation {number} was written by another version of kg: build it again")
    if not isinstance(manifest.get("files"), dict):
        raise StoreError(f"generation {number} is damaged: its manifest names no files")
    return manifest


def _read_manifest(folder: Path, number: int) -> Generation:
    if not folder.is_dir():
        raise StoreError(f"generation {number} is named as current, but it is missing: build again")
    manifest = _manifest(folder, number)
    try:
        return Generation(number=number, path=folder, quads=int(manifest["quads"]), digest=str(manifest["digest"]))
    except (KeyError, ValueError, TypeError) as error:
        raise StoreError(f"generation {number} is damaged: its manifest says no {error}") from error
