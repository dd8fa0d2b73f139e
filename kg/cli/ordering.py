"""Builds as they are ordered: from which sources, on top of what the store remembers of earlier ones."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.into import load_into
from kg.cli.options import moment
from kg.cli.progress import progress
from kg.cli.standard_input import DASH, with_standard_input
from kg.errors import StoreError

if TYPE_CHECKING:
    from kg.ledger.memory import Memory, Order, Removal
    from kg.pipeline import Run
    from kg.read.remote import Location


def order_of(sources: tuple[Location, ...], told: Mapping[str, Any]) -> Order:
    """What a build is asked for on the command line."""
    from kg.ledger.memory import Order

    worlds = tuple(str(world.absolute()) for world in told["worlds"])
    return Order(folder=str(Path.cwd()), sources=tuple(map(str, sources)), worlds=worlds, base=told["base_iri"])


def again(context: click.Context, order: Order, told: Mapping[str, Any], *more: Location) -> Order:
    """The order with more sources; the worlds and the base IRI of the command line take the place of those it had.

    Raises:
        StoreError: a source of it is gone.
    """
    from kg.read.remote import absolute, located

    here = Path.cwd()
    for source in order.sources:
        if source == str(DASH):
            raise StoreError("the last build read standard input, which is gone: build anew from files")
        if not _is_there(Path(order.folder), located(source)):
            raise StoreError(
                f"{source}, a source of the last build, is gone: bring it back, or build from what is there"
            )
    added = (str(source if str(here) == order.folder else absolute(source)) for source in more)
    mine = order_of((), told)
    return replace(
        order,
        sources=tuple(dict.fromkeys((*order.sources, *added))),
        worlds=mine.worlds if _is_told(context, "worlds") else order.worlds,
        base=mine.base if _is_told(context, "base_iri") else order.base,
    )


def last_order(memory: Memory, *, begun: bool) -> Order:
    """The order of the build that is live; with ``begun`` that of one which was broken off since, if there is one.

    Raises:
        StoreError: nothing was built here yet.
    """
    order = (memory.begun if begun else None) or memory.live or memory.begun
    if order is None:
        raise StoreError("nothing was built in this store yet: 'kg build FOLDER' does")
    return order


def build_in_order(order: Order, memory: Memory, removal: Removal, told: Mapping[str, Any]) -> Run:
    """The build of an order, for whoever has the lock of the ledger; when it is live it is remembered."""
    from kg.cli.building import _tell_ledger
    from kg.orders import Job, carry_out
    from kg.read.remote import located

    seconds = told["source_date_epoch"]
    with _inside(Path(order.folder)), with_standard_input(tuple(map(located, order.sources))) as (files, names):
        watched = progress(files)
        job = Job(
            store=Path(told["store"]).absolute(),
            order=order,
            files=files,
            names=names,
            by_hand=told["by_hand"],
            built=told["built"] or (None if seconds is None else moment(seconds)),
            workers=told["workers"],
            scheduler=told["scheduler"],
            tell=lambda sentence: click.echo(f"kg: {sentence}", err=True),
            has_ledger=not told["no_ledger"],
            watch=watched.tick,
            during=watched.during,
        )
        run, ledger = carry_out(job, memory, removal)
        _tell_ledger(ledger)
    if removal.removed:
        articles = "1 article that was" if len(removal.removed) == 1 else f"{len(removal.removed)} articles that were"
        click.echo(f"without {articles} removed", err=True)
    if run.generation is not None and told["into"]:
        load_into(run.generation, order.base, told)
    return run


def _is_there(folder: Path, source: Location) -> bool:
    """Whether a source of an earlier build is still there.

    Raises:
        StoreError: its address does not answer: what it told would be gone from the graph.
    """
    from kg.read.under import is_there

    try:
        return is_there(folder / source if isinstance(source, Path) else source)
    except OSError as error:
        raise StoreError(f"{source}, a source of the last build, cannot be read: {error.strerror or error}") from error


def _is_told(context: click.Context, option: str) -> bool:
    return context.get_parameter_source(option) not in {None, click.core.ParameterSource.DEFAULT}


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Nothing; the paths of the sources say what they said when they were written."""
    here = Path.cwd()
    if folder != here:
        os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)
