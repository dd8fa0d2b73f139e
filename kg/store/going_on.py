"""What a build goes on from: the live generation, or, where that is damaged, no less than somebody agreed to."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import StoreDamaged, StoreError
from kg.store.generation import Generation, current, numbers, read_generation, verify
from kg.store.lock import alone
from kg.store.publish import number_named
from kg.store.recover import give_up, loss, recover

_KEEP: Final = "build with --by-hand keep to go on from {base}, without what was written after it"
_DISCARD: Final = "build with --by-hand discard to begin anew, without anything that people wrote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The generation, ``None`` where there is nothing to go on from; ``lost`` says what was damaged before it."""

    generation: Generation | None = None
    lost: str | None = None


def base_of(root: Path, *, may_lose: bool, may_lose_all: bool, known: int | None = None) -> Base:
    """What a build goes on from, verified; if it may lose something, what is damaged is put aside.

    The generation whose number is ``known`` was verified already, and held since.

    Raises:
        StoreDamaged: something is lost that may not be; the message says what, and how to go on.
    """
    if not numbers(root) and number_named(root) is None:
        return Base()
    if may_lose:
        with alone(root):
            return _what_is_left(root, may_lose_all=may_lose_all)
    if (lost := loss(root)) is not None:
        raise _refusal(lost, _KEEP.format(base=f"generation {number_named(root)}"))
    with suppress(StoreDamaged):
        return Base(generation=_sound(root, _named(root), known))
    with alone(root):
        # Looked at again, now that nobody writes: what was dropped meanwhile was not damaged.
        return _if_sound(root)


def _if_sound(root: Path) -> Base:
    try:
        return Base(generation=_sound(root, _named(root)))
    except StoreDamaged as error:
        sound = next((one for one in reversed(numbers(root)) if _is_sound(root, one)), None)
        way = _DISCARD if sound is None else _KEEP.format(base=f"generation {sound}")
        raise _refusal(str(error), way) from error


def _what_is_left(root: Path, *, may_lose_all: bool) -> Base:
    try:
        generation = recover(root).generation
    except StoreDamaged as error:
        if not may_lose_all:
            raise _refusal(_cause(error), _DISCARD) from error
        give_up(root)
        return Base(lost=f"{_cause(error)}. Nothing that people wrote was carried over")
    try:
        _sound(root, generation)
    except StoreError as error:
        if not may_lose_all:
            raise _refusal(f"{error}, so that what people wrote cannot be told from it", _DISCARD) from error
        return Base(lost=f"{error}. Nothing that people wrote was carried over")
    lost = loss(root)
    went_on = f"This build goes on from generation {generation.number}; what was written after it is not in it"
    return Base(generation=generation, lost=None if lost is None else f"{lost}. {went_on}")


def _named(root: Path) -> Generation:
    """The live generation; the newest one where only its name is missing."""
    if number_named(root) is None and _is_sound(root, numbers(root)[-1]):
        return recover(root).generation
    return current(root)


def _sound(root: Path, generation: Generation, known: int | None = None) -> Generation:
    """The generation; it and the build that it goes back to are as they were published."""
    for number in sorted({generation.built or generation.number, generation.number} - {known}):
        one = read_generation(root, number)
        with one.lease():
            verify(one, deep=False)
    return generation


def _is_sound(root: Path, number: int) -> bool:
    try:
        _sound(root, read_generation(root, number))
    except StoreError:
        return False
    return True


def _cause(error: StoreError) -> str:
    return str(error).partition("; no other generation")[0]


def _refusal(fault: str, way: str) -> StoreDamaged:
    refusal = StoreDamaged(f"{fault}. Nothing was published")
    refusal.hint = f"Restore a backup with 'kg restore', or {way}; what is damaged is kept as generations/N.damaged."
    return refusal
