"""A damaged store: what is damaged is named and put aside, and the last generation that is sound goes live."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.store.generation import Generation, current, read_generation, verify
from kg.store.lock import alone
from kg.store.manifest import write_through
from kg.store.publish import LOSS, name_current, number_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The live generation, verified; ``faults`` say what was damaged and put aside before it."""

    generation: Generation
    faults: tuple[str, ...] = ()


def recover(root: Path) -> Found:
    """The live generation, if it is sound; else the newest one before it that is, which is live from now on.

    What is damaged stays on the disk, under its number and ``.damaged``.

    Raises:
        StoreError: there is no store, or no generation of it is sound.
    """
    try:
        return Found(generation=_verified(current(root)))
    except StoreError:
        if not (root / "generations").is_dir():
            raise
    with alone(root):
        # Looked at again, now that nobody writes: what was dropped meanwhile was not damaged.
        try:
            return Found(generation=_verified(current(root)))
        except StoreError as error:
            return _fall_back(root, str(error))


def loss(root: Path) -> str | None:
    """What was damaged and put aside; ``None`` where nothing was, or somebody has built or restored since."""
    try:
        told = json.loads((root / LOSS).read_bytes())
        return "; ".join(map(str, told["faults"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError):
        return "the store was damaged"


def _fall_back(root: Path, fault: str) -> Found:
    faults = [fault]
    named = number_named(root)
    for number in sorted(_numbers(root), reverse=True):
        # What was begun after the live one was never told to anybody.
        if named is not None and number > named:
            continue
        try:
            generation = _verified(read_generation(root, number))
        except StoreError as error:
            if str(error) not in faults:
                faults.append(str(error))
            continue
        write_through(root / LOSS, json.dumps({"faults": faults, "live": number}, indent=1).encode())
        name_current(root, number)
        _put_aside(root, number, named)
        return Found(generation=generation, faults=tuple(faults))
    raise StoreError(f"{'; '.join(faults)}; no other generation is sound: restore a backup, or build again")


def _verified(generation: Generation) -> Generation:
    verify(generation, deep=False)
    return generation


def _numbers(root: Path) -> list[int]:
    return [int(entry.name) for entry in (root / "generations").iterdir() if entry.name.isdecimal()]


def _put_aside(root: Path, live: int, named: int | None) -> None:
    if named is not None and named not in _numbers(root):
        # So that nothing else ever has the number of what is lost.
        (root / "generations" / f"{named}.damaged").mkdir(exist_ok=True)
    for number in _numbers(root):
        if live < number and (named is None or number <= named):
            folder = root / "generations" / str(number)
            folder.rename(folder.with_name(f"{number}.damaged"))
