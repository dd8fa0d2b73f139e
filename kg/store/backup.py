"""Backups: a copy of the live generation that is a store itself, and the way back, both while the store is served."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.errors import StoreDamaged, StoreError
from kg.store import manifest as manifests
from kg.store.generation import Generation, current, read_generation, verify
from kg.store.lock import alone
from kg.store.publish import LOSS, drop_old, name_current, next_number, remove_unnamed, sweep


def back_up(root: Path, target: Path) -> Generation:
    """The live generation, now also in the folder ``target``, which was not there before; copied, then verified.

    With it comes the build that it goes back to. Whatever is written meanwhile is not in it.

    Raises:
        StoreError: it is damaged, the folder is there already, or cannot be written.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise StoreError(f"{target} is there already: give the name of a new folder")
    begun = target.with_name(f"{target.name}.part")
    with _cleared(begun), _leased(root) as generation:
        for number in sorted({generation.number, generation.built} - {0}):
            _copy(root / "generations" / str(number), begun / "generations" / str(number))
        manifests.write_through(begun / "current", f"{generation.number}\n".encode())
        _verify_all(begun, generation)
        manifests.flush_folder(begun)
        begun.replace(target)
        manifests.flush_folder(target.parent)
    return generation


def restore(root: Path, source: Path) -> Generation:
    """The live generation of the backup, now the live one here, under a new number; all of it is verified first.

    Raises:
        StoreError: the backup is damaged, or it cannot be written here; what was live is live still.
    """
    try:
        kept = current(source)
        _verify_all(source, kept)
    except StoreDamaged as error:
        raise StoreError(f"the backup is of no use: {error}") from error
    with alone(root):
        sweep(root)
        first = next_number(root)
        numbers = {number: first + place for place, number in enumerate(sorted({kept.built, kept.number} - {0}))}
        with _all_or_nothing(root, numbers.values()):
            for old, new in numbers.items():
                _take_over(source / "generations" / str(old), root / "generations" / f"{new}.part", numbers)
            for new in numbers.values():
                begun = root / "generations" / f"{new}.part"
                begun.rename(begun.with_suffix(""))
            manifests.flush_folder(root / "generations")
            generation = read_generation(root, numbers[kept.number])
            verify(generation)
            name_current(root, generation.number)
            (root / LOSS).unlink(missing_ok=True)
        drop_old(root, generation)
    return generation


@contextmanager
def _leased(root: Path) -> Iterator[Generation]:
    """The live generation and its build, which stay on the disk meanwhile."""
    generation = current(root)
    with generation.lease(), read_generation(root, generation.built or generation.number).lease():
        yield generation


@contextmanager
def _cleared(begun: Path) -> Iterator[None]:
    """A new folder; gone again if anything fails."""
    try:
        shutil.rmtree(begun, ignore_errors=True)
        begun.mkdir(parents=True)
        yield
    except OSError as error:
        shutil.rmtree(begun, ignore_errors=True)
        raise StoreError(f"the backup could not be written: {error}") from error
    except BaseException:
        shutil.rmtree(begun, ignore_errors=True)
        raise


@contextmanager
def _all_or_nothing(root: Path, numbers: Any) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        for number in numbers:
            remove_unnamed(root, number)
        if isinstance(error, OSError):
            raise StoreError(f"the backup could not be restored: {error}") from error
        raise


def _copy(source: Path, target: Path, change: Callable[[dict[str, Any]], None] | None = None) -> None:
    """Nothing; the folder of a generation is there too, on the disk for good."""
    for file in sorted(source.rglob("*")):
        # A link could lead out of the backup.
        if file.is_symlink() or not file.is_file() or file.name.startswith(("LOG", "LOCK")):
            continue
        copy = target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
        if change is not None and copy == target / manifests.NAME:
            told = json.loads(copy.read_bytes())
            change(told)
            copy.write_text(json.dumps(told, indent=1))
        with copy.open("rb") as written:
            os.fsync(written.fileno())
        manifests.flush_folder(copy.parent)


def _take_over(source: Path, target: Path, numbers: dict[int, int]) -> None:
    def renumber(told: dict[str, Any]) -> None:
        old = int(told["number"])
        told["number"] = numbers[old]
        told["built"] = numbers.get(int(told.get("built", old)), numbers[old])

    _copy(source, target, renumber)


def _verify_all(root: Path, generation: Generation) -> None:
    for number in {generation.number, generation.built} - {0}:
        verify(read_generation(root, number))
