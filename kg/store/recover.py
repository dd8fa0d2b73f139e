"""A damaged store: what is damaged is named and put aside, and the last generation that is sound goes live."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import StoreDamaged, StoreError
from kg.store.generation import Generation, current, numbers, read_generation, verify
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

    What is damaged stays on the disk, under its number and ``.damaged``. Where nothing is, but the file that names the
    live generation, that file is written anew.

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


def give_up(root: Path) -> None:
    """Nothing; every generation is put aside, for none is sound."""
    with alone(root):
        for number in numbers(root):
            _rename(root, number)


def loss(root: Path) -> str | None:
    """What was damaged and put aside; ``None`` where nothing was, or somebody has built or restored since."""
    try:
        told = _loss(root)
        return None if told is None else "; ".join(map(str, told["faults"]))
    except (OSError, ValueError, TypeError, KeyError):
        return "the store was damaged"


def loss_in_short(root: Path) -> str | None:
    """The same for everybody to read: without names of files."""
    try:
        told = _loss(root)
        number = None if told is None else int(told["live"])
    except (OSError, ValueError, TypeError, KeyError):
        return "the store was damaged"
    return (
        None if number is None else f"the store was damaged: what was written after generation {number} is not served"
    )


def _loss(root: Path) -> dict[str, Any] | None:
    try:
        told = json.loads((root / LOSS).read_bytes())
    except FileNotFoundError:
        return None
    if not isinstance(told, dict):
        raise TypeError(LOSS)
    return told


def _fall_back(root: Path, fault: str) -> Found:
    faults = [fault]
    named = number_named(root)
    for number in reversed(numbers(root)):
        # What was begun after the live one was never told to anybody.
        if named is not None and number > named:
            continue
        try:
            generation = _verified(read_generation(root, number))
        except StoreError as error:
            if str(error) not in faults:
                faults.append(str(error))
            continue
        # The newest one of all, where only its name was missing, is no loss.
        if named is not None or len(faults) > 1:
            write_through(root / LOSS, json.dumps({"faults": faults, "live": number}, indent=1).encode())
        name_current(root, number)
        _put_aside(root, number, named)
        return Found(generation=generation, faults=tuple(faults))
    raise StoreDamaged(
        f"{'; '.join(faults)}; no other generation is sound: restore a backup with 'kg restore', or build anew, "
        "without what people wrote, with 'kg build --by-hand discard'"
    )


def _verified(generation: Generation) -> Generation:
    verify(generation, deep=False)
    return generation


def _put_aside(root: Path, live: int, named: int | None) -> None:
    if named is not None and named not in numbers(root):
        # So that nothing else ever has the number of what is lost.
        (root / "generations" / f"{named}.damaged").mkdir(exist_ok=True)
    for number in numbers(root):
        if live < number and (named is None or number <= named):
            _rename(root, number)


def _rename(root: Path, number: int) -> None:
    folder = root / "generations" / str(number)
    folder.rename(folder.with_name(f"{number}.damaged"))
