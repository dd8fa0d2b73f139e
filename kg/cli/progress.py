"""How far a build is, on standard error where somebody watches; nothing elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.facts.report import Report
    from kg.read.remote import Location


@dataclass(slots=True, kw_only=True)
class Progress:
    """What has been read so far; ``tick`` takes what one item gave, and how many bytes it stood for."""

    bar: Any
    is_watched: bool
    clock: Callable[[], float] = time.monotonic
    articles: int = 0
    facts: int = 0
    rejects: int = 0
    began: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin now."""
        self.began = self.clock()

    def tick(self, told: Sequence[Report | KgError], weight: int = 0) -> None:
        """Nothing; one more item is read."""
        for found in told:
            if isinstance(found, KgError):
                self.rejects += 1
            else:
                self.articles += 1
                self.facts += facts_of(found)
        self.bar.update(weight, self)

    def __str__(self) -> str:
        """Speed, facts and rejects."""
        speed = self.articles / max(self.clock() - self.began, 0.001)
        return f"{speed:,.0f} articles/s, {self.facts:,} facts, {self.rejects:,} rejected"

    @contextmanager
    def during(self, stage: str) -> Iterator[None]:
        """Nothing; whoever watches sees the bar while articles are read, and after that what is being done."""
        if stage == "reading":
            with self.bar:
                yield
            return
        began = self.clock()
        if self.is_watched:
            click.echo(f"{stage.capitalize()} ...", err=True, nl=False)
        yield
        if self.is_watched:
            click.echo(f" {self.clock() - began:,.1f} s", err=True)


def facts_of(report: Report) -> int:
    """How many facts an article tells."""
    from kg.facts.report import KINDS

    return sum(len(getattr(report, kind)) for kind in KINDS)


def progress(sources: Sequence[Location]) -> Progress:
    """A bar that knows how many bytes there are: time left, articles a second, facts, rejects."""
    is_watched = sys.stderr.isatty()
    size = _size_of(sources) if is_watched else 0
    bar = click.progressbar(
        length=size,
        label="Reading",
        file=sys.stderr,
        hidden=not is_watched,
        item_show_func=_shown,
        update_min_steps=max(1, size // 1000),
    )
    return Progress(bar=bar, is_watched=is_watched)


def _size_of(sources: Sequence[Location]) -> int:
    """The bytes of all files here; what cannot be looked at, or lies elsewhere, has none."""
    from kg.read.under import files_under, size_of

    files = (file for source in sources for file in files_under(source))
    return sum(size_of(file) for file in files if not isinstance(file, KgError))


def _shown(told: Progress | None) -> str | None:
    return None if told is None else str(told)
