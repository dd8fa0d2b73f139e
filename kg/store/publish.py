"""New generations: a whole graph as a build makes it, or a checkpoint of the live one after a write."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store import manifest as manifests
from kg.store.generation import COUNT, EXPORT_NAME, Generation, digest, read_generation, verify
from kg.store.lock import unleased
from kg.store.states import States
from kg.store.written import Content

KEPT: Final = 3
# Beside the generations while the live one is older than what was written: nobody writes on top of it meanwhile.
LOSS: Final = "damaged.json"
_BUILDS_KEPT: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a build publishes: its quads, the exports by name, the names of the graphs in it that people wrote.

    Where the ``content`` is told, the quads are a store on the disk that has it, and a checkpoint of that is taken. An
    export that is a file already is moved; ``sums`` are checksums of such files, on the disk for good. ``by_hand`` are
    files, by name, that tell the next build of changes that this one kept, ``notes`` such that tell it what was found
    out of the graph; ``states`` are those of graphs that are as they were before. ``base`` is the sound build from
    whose files the store was made, ``told`` what else the manifest tells.
    """

    quads: Iterable[ox.Quad]
    exports: Mapping[str, bytes | Path] = field(default_factory=dict)
    content: Content | None = None
    people: frozenset[str] = frozenset()
    states: Mapping[str, str] = field(default_factory=dict)
    by_hand: Mapping[str, bytes] = field(default_factory=dict)
    notes: Mapping[str, bytes] = field(default_factory=dict)
    sums: Mapping[str, str] = field(default_factory=dict)
    base: Generation | None = None
    told: Mapping[str, Any] = field(default_factory=dict)


def publish_draft(root: Path, draft: Draft) -> Generation:
    """As :func:`kg.store.generation.publish`, for whoever holds the lock."""
    return _publish(root, lambda number, folder: _build(number, folder, draft))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What a writer publishes: a writable store as it is now, how many quads it has, and who asked for the changes.

    The number is only about right where it is not ``is_exact``; :func:`publish_count` tells it later. Each request
    stands beside whether it made a graph that was not there before.
    """

    store: ox.Store
    quads: int
    states: States
    is_exact: bool = True
    requests: Mapping[str, bool] = field(default_factory=dict)


def publish_checkpoint(root: Path, base: Generation, checkpoint: Checkpoint) -> Generation:
    """A new generation that holds what is in a store that was made from ``base``, and changed; the lock is held.

    Its files are those of the store by hard links; what the generation before did not have is read once, for its
    checksum. Raises as :func:`kg.store.generation.publish` does.
    """
    return _publish(root, lambda number, folder: _check_in(number, folder, base, checkpoint))


def publish_count(generation: Generation, quads: int) -> None:
    """Nothing; from now on it is known how many quads the generation holds."""
    begun = generation.path / f"{COUNT}.new"
    manifests.write_through(begun, f"{quads}\n".encode())
    begun.replace(generation.path / COUNT)


def _publish(root: Path, write: Callable[[int, Path], None]) -> Generation:
    sweep(root)
    number = next_number(root)
    folder = root / "generations" / str(number)
    begun = folder.with_name(f"{number}.part")
    try:
        begun.mkdir(parents=True)
        write(number, begun)
        manifests.flush_folder(begun)
        begun.rename(folder)
        manifests.flush_folder(folder.parent)
        generation = read_generation(root, number)
        name_current(root, number)
    except BaseException as error:
        remove_unnamed(root, number)
        if isinstance(error, OSError | ValueError):
            raise StoreError(f"generation {number} could not be written: {error}") from error
        raise
    with contextlib.suppress(OSError):
        (root / LOSS).unlink(missing_ok=True)
    drop_old(root, generation)
    return generation


def _build(number: int, folder: Path, draft: Draft) -> None:
    graph = folder / "graph"
    count, content = _load(graph, draft)
    # What was loaded from the very lines of which the digest is made is looked up in part, not read once more.
    deep = draft.content is None
    sums = {
        name: _export(folder / "exports", name, export, draft.sums.get(name))
        for name, export in sorted(draft.exports.items())
    }
    for name, noted in (*draft.by_hand.items(), *draft.notes.items()):
        manifests.write_through(folder / name, noted)
    told = {
        "number": number,
        "quads": count,
        "digest": content,
        "built": number,
        "people": sorted(draft.people),
        "states": {"listed": dict(draft.states)},
        "exports": sums,
        **draft.told,
    }
    made = Generation(number=number, path=folder, counted=count, digest=content, built=number)
    if draft.base is None:
        manifests.write_manifest(folder, manifests.take_stock(graph), **told)
        verify(made, deep=deep)
    else:
        # What both have was verified with the other one, and what is new was read for its checksum.
        manifests.write_manifest(folder, _stock(graph, draft.base), **told)
        made.check(by_content=False)


def _stock(graph: Path, base: Generation) -> manifests.Files:
    """The files of a store that was made of those of another."""
    known = manifests.read_manifest(base.path, base.number).get("sums", {})
    return manifests.take_stock(graph, base.graph_path, known)


def _load(graph: Path, draft: Draft) -> tuple[int, str]:
    """How many quads there are in the new folder, and their digest."""
    if draft.content is not None and isinstance(draft.quads, ox.Store):
        draft.content.check(draft.quads)
        draft.quads.backup(str(graph))
        return draft.content.count, draft.content.digest
    store = ox.Store(str(graph))
    store.bulk_extend(draft.quads)
    store.flush()
    store.optimize()
    return len(store), digest(store)  # the store is closed with it, so that the files are final


def _export(folder: Path, name: str, export: bytes | Path, known: str | None) -> str:
    """The checksum of the export, which is in the folder for good, as it is where it is ``known``."""
    if not EXPORT_NAME.fullmatch(name):
        raise ValueError(f"not a name of an export: {name!r}")
    folder.mkdir(exist_ok=True)
    if isinstance(export, Path):
        export.rename(folder / name)
        if known is not None:
            manifests.flush_folder(folder)
            return known
        return manifests.checksum(folder / name, flush=True)
    manifests.write_through(folder / name, export)
    return hashlib.sha256(export).hexdigest()


def _check_in(number: int, folder: Path, base: Generation, checkpoint: Checkpoint) -> None:
    graph = folder / "graph"
    checkpoint.store.backup(str(graph))
    files = _stock(graph, base)
    told = {
        "number": number,
        "quads": checkpoint.quads,
        "exact": checkpoint.is_exact,
        "digest": files.digest,
        "built": base.built or base.number,
        "requests": dict(checkpoint.requests),
        "states": checkpoint.states.told,
    }
    manifests.write_manifest(folder, files, **told)


def next_number(root: Path) -> int:
    """The number of the next generation; one that was begun, dropped or put aside has had its own."""
    folder = root / "generations"
    names = [entry.name.partition(".")[0] for entry in folder.iterdir()] if folder.is_dir() else []
    return max((int(name) for name in names if name.isdecimal()), default=0) + 1


def name_current(root: Path, number: int) -> None:
    """Nothing; that generation is the live one."""
    temporary = root / "current.new"
    manifests.write_through(temporary, f"{number}\n".encode())
    temporary.replace(root / "current")
    manifests.flush_folder(root)


def drop_old(root: Path, live: Generation) -> None:
    """Nothing; what nobody needs is gone.

    There stay: the last ones, the build that the live one goes back to and the build before it, and all that are read.
    """
    folder = root / "generations"
    numbers = sorted(int(entry.name) for entry in folder.iterdir() if entry.name.isdecimal())
    older = [number for number in numbers if number < live.number][: -(KEPT - 1)]
    builds = [number for number in numbers if _is_build(root, number)][-_BUILDS_KEPT:] if older else []
    for number in older:
        if number == live.built or number in builds:
            continue
        place = folder / str(number)
        with unleased(place / manifests.NAME) as is_free:
            if is_free:
                gone = place.with_name(f"{number}.dropped")
                place.rename(gone)
                shutil.rmtree(gone, ignore_errors=True)


def _is_build(root: Path, number: int) -> bool:
    try:
        return read_generation(root, number).is_build
    except StoreError:
        return False


def remove_unnamed(root: Path, number: int) -> None:
    """Nothing; what there is of a generation is gone, unless it went live before whatever went wrong did."""
    if number_named(root) != number:
        for name in (f"{number}.part", str(number)):
            shutil.rmtree(root / "generations" / name, ignore_errors=True)


def number_named(root: Path) -> int | None:
    """The number that ``current`` names; ``None`` where it names none."""
    try:
        return int((root / "current").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def sweep(root: Path) -> None:
    """Nothing; what was begun and never finished is gone; the lock is held."""
    folder = root / "generations"
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.suffix in {".part", ".dropped"}:
            shutil.rmtree(entry, ignore_errors=True)
