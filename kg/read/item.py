"""What is read by itself: a whole file, or one line or page of a container, however large that is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """The bytes of one source under their name; ``suffix`` tells the format.

    ``told`` is what the container says about it; ``weight`` are the bytes of the file that it stands for.
    """

    name: str
    suffix: str
    content: bytes
    told: tuple[str | None, ...] = ()
    weight: int = 0
