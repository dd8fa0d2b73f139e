"""What is written beside a generation: its files with their sizes and checksums, how it came about; and the check."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import StoreDamaged

NAME: Final = "manifest.json"
_FORMAT: Final = 1
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The files of a folder, each with its size and its SHA-256."""

    sizes: dict[str, int]
    sums: dict[str, str]

    @property
    def digest(self) -> str:
        """One SHA-256 over all of them."""
        return hashlib.sha256(json.dumps(self.sums, sort_keys=True).encode()).hexdigest()


def take_stock(graph: Path, like: Path | None = None, known: dict[str, str] | None = None) -> Files:
    """The content of an Oxigraph folder, on the disk for good.

    What is the very same file in the folder ``like``, by a hard link, has there the checksum that is ``known``: it is
    neither read nor flushed again.
    """
    sizes: dict[str, int] = {}
    sums: dict[str, str] = {}
    for file in sorted(graph.iterdir()):
        if not is_content(file):
            continue
        sizes[file.name] = file.stat().st_size
        before = None if like is None else like / file.name
        if known and file.name in known and before is not None and before.is_file() and before.samefile(file):
            sums[file.name] = known[file.name]
        else:
            # The tables of a living store RocksDB has flushed itself.
            sums[file.name] = checksum(file, flush=like is None or file.suffix != ".sst")
    flush_folder(graph)
    return Files(sizes=sizes, sums=sums)


def is_content(file: Path) -> bool:
    """Whether a file of an Oxigraph folder holds anything of the graph."""
    return file.is_file() and not file.name.startswith(("LOG", "LOCK"))


def checksum(file: Path, *, flush: bool = False) -> str:
    """The SHA-256 of a file; ``flush`` leaves it on the disk for good."""
    total = hashlib.sha256()
    with file.open("rb") as source:
        while chunk := source.read(_CHUNK):
            total.update(chunk)
        if flush:
            os.fsync(source.fileno())
    return total.hexdigest()


def write_through(file: Path, content: bytes) -> None:
    """Nothing; the file holds the content, on the disk for good."""
    with file.open("wb") as sink:
        sink.write(content)
        sink.flush()
        os.fsync(sink.fileno())


def flush_folder(folder: Path) -> None:
    """Nothing; the names in the folder are on the disk for good."""
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(folder, os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def write_manifest(folder: Path, files: Files, **told: Any) -> None:
    """Nothing; the folder of a generation has its manifest."""
    manifest = {"format": _FORMAT, **told, "files": files.sizes, "sums": files.sums}
    write_through(folder / NAME, json.dumps(manifest, indent=1).encode())


def read_manifest(folder: Path, number: int) -> dict[str, Any]:
    """The manifest of a generation.

    Raises:
        StoreDamaged: there is none that can be read.
    """
    try:
        manifest = json.loads((folder / NAME).read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise StoreDamaged(f"generation {number} is damaged: its manifest cannot be read ({error})") from error
    if not isinstance(manifest, dict) or manifest.get("format") != _FORMAT:
        raise StoreDamaged(f"generation {number} was written by another version of kg: build it again")
    if not isinstance(manifest.get("files"), dict):
        raise StoreDamaged(f"generation {number} is damaged: its manifest names no files")
    if not all(isinstance(manifest.get(name, {}), dict) for name in ("sums", "exports")):
        raise StoreDamaged(f"generation {number} is damaged: its manifest names no checksums")
    if manifest.get("number", number) != number:
        raise StoreDamaged(f"generation {number} is damaged: its manifest is that of another generation")
    return manifest


def faults(folder: Path, manifest: dict[str, Any], *, by_content: bool = True) -> Iterable[str]:
    """What differs between the files of a generation and its manifest; else only what their sizes tell."""
    graph, sums = folder / "graph", manifest.get("sums", {})
    for name, size in manifest["files"].items():
        file = graph / name
        if not file.is_file():
            yield f"the file {name} is missing"
        elif file.stat().st_size != size:
            yield f"the file {name} has {file.stat().st_size} bytes instead of {size}"
        elif by_content and name in sums and checksum(file) != sums[name]:
            yield f"the file {name} holds other bytes than were written"
    for name, expected in manifest.get("exports", {}).items() if by_content else ():
        file = folder / "exports" / name
        if not file.is_file() or checksum(file) != expected:
            yield f"the export {name} is missing or holds other bytes than were written"
