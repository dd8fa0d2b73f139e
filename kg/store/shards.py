"""The whole graph as N-Quads in several files, for loaders that read many at a time; a manifest tells what each holds.

Their lines are sorted through all of them: one after the other they are the whole export, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from kg.errors import StoreError
from kg.store.export import ExportFormat, write_graph
from kg.store.generation import Generation

MANIFEST: Final = "manifest.json"
_EXPORT: Final = "diplomacy.nq"


def write_shards(generation: Generation, folder: Path, number: int) -> dict[str, Any]:
    """The manifest of so many files, each with as many quads as the others, or one less; it is written last.

    Raises:
        StoreError: the folder holds something already, or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise StoreError(f"{folder} is not empty: name a new folder for the shards")
        total = sum(1 for _ in _lines(generation))
        lines = _lines(generation)
        shards = []
        for place in range(number):
            size = total * (place + 1) // number - total * place // number
            name = f"part-{place:05}-of-{number:05}.nq"
            shards.append(_write(folder / name, islice(lines, size)))
        told = {"format": "application/n-quads", "generation": generation.number, "quads": total, "shards": shards}
        (folder / MANIFEST).write_text(json.dumps(told, indent=1) + "\n", encoding="ascii")
    except OSError as error:
        raise StoreError(f"the shards cannot be written: {error}") from error
    return told


def _lines(generation: Generation) -> Iterator[bytes]:
    """The quads as canonical N-Quads, sorted: as they were published with the generation, or made now."""
    published = generation.export(_EXPORT)
    if published is None:
        yield from write_graph(generation.open(), ExportFormat.NQUADS).splitlines(keepends=True)
        return
    with published.open("rb") as source:
        yield from source


def _write(file: Path, lines: Iterable[bytes]) -> dict[str, Any]:
    """What the manifest tells of a file, which is written."""
    checksum, quads, size = hashlib.sha256(), 0, 0
    with file.open("xb") as sink:
        for line in lines:
            sink.write(line)
            checksum.update(line)
            quads += 1
            size += len(line)
    return {"name": file.name, "quads": quads, "bytes": size, "sha256": checksum.hexdigest()}
