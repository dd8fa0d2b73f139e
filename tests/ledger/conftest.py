"""A folder of small articles, and ``kg`` over it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.extract.lexicon import load_lexicon
from kg.facts.report import Report
from kg.ledger.book import opened
from kg.ledger.sources import read_sources
from kg.orders import stages_of
from kg.read import Source

Extract = Callable[[Source], Report]


class Heard(NamedTuple):
    """What the sources told, how many items were known and how many were read."""

    reports: list[Report]
    known: int
    fresh: int
    damage: str | None
    rejected: tuple[str, ...]


Hear = Callable[..., Heard]
PEOPLE = (
    ("President Emmanuel Macron", "Chancellor Friedrich Merz", "Paris"),
    ("Prime Minister Keir Starmer", "Prime Minister Narendra Modi", "London"),
    ("President Lee Jae Myung", "Prime Minister Shigeru Ishiba", "Seoul"),
)


def article(number: int, *, day: int = 17) -> str:
    """A small report like no other one."""
    one, other, town = PEOPLE[number % len(PEOPLE)]
    return (
        f"Talks number {number} in {town}\n\n{town.upper()}, June {day}, 2025 (The Evening Lantern) - {one} met "
        f"{other} in {town} on Tuesday. It was said to be their talk number {number} of the year.\n"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six articles."""
    made = tmp_path / "articles"
    made.mkdir()
    for number in range(6):
        (made / f"{number}.txt").write_text(article(number), encoding="utf-8")
    return made


@pytest.fixture
def heard(tmp_path: Path) -> Hear:
    """What a build hears from paths; ``rules`` are those of the ledger, which ``None`` leaves out."""

    def hear(*paths: Path, rules: bytes | None = b"rules", extract: Extract | None = None) -> Heard:
        with nullcontext() if rules is None else opened(tmp_path / "store", rules) as ledger:
            told = read_sources(paths, replace(stages_of(load_lexicon(), extract=extract), ledger=ledger))
            if ledger is not None:
                ledger.finish()
        known, fresh, damage = (ledger.known, ledger.fresh, ledger.damage) if ledger else (0, 0, None)
        return Heard(list(told.reports), known, fresh, damage, tuple(map(str, told.rejected)))

    return hear
