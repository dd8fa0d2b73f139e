"""Builds as they are ordered: from which sources, on top of what the store remembers of earlier ones."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.into import load_into
from kg.cli.options import moment
from kg.cli.progress import progress
from kg.cli.standard_input import DASH, with_standard_input
from kg.config import Settings, shipped
from kg.errors import StoreError

if TYPE_CHECKING:
    from kg.ledger.memory import Memory, Order, Removal
    from kg.pipeline import Run


def order_of(sources: tuple[Path, ...], told: Mapping[str, Any]) -> Order:
    """What a build is asked for on the command line."""
    from kg.ledger.memory import Order

    worlds = tuple(str(world.absolute()) for world in told["worlds"])
    return Order(folder=str(Path.cwd()), sources=tuple(map(str, sources)), worlds=worlds, base=told["base_iri"])


def again(context: click.Context, order: Order, told: Mapping[str, Any], *more: Path) -> Order:
    """The order with more sources; the worlds and the base IRI of the command line take the place of those it had.

    Raises:
        StoreError: a source of it is gone.
    """
    here = Path.cwd()
    for source in order.sources:
        if source == str(DASH):
            raise StoreError("the last build read standard input, which is gone: build anew from files")
        if not (Path(order.folder) / source).exists():
            raise StoreError(
                f"{source}, a source of the last build, is gone: bring it back, or build from what is there"
            )
    added = (str(source if str(here) == order.folder else source.absolute()) for source in more)
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
    from kg.cli.building import _lexicon, _stages, _tell_ledger
    from kg.ledger.book import opened
    from kg.ledger.memory import remember
    from kg.ledger.rules import rules_of
    from kg.pipeline import build

    root, worlds = Path(told["store"]).absolute(), tuple(map(Path, order.worlds))
    settings = Settings(store=root, base_iri=order.base, by_hand=told["by_hand"])
    seconds = told["source_date_epoch"]
    built = told["built"] or (None if seconds is None else moment(seconds))
    lexicon = _lexicon(worlds)
    rules = None if told["no_ledger"] else rules_of((shipped("seeds"), *worlds))
    begun = replace(memory, begun=order)
    with (
        _inside(Path(order.folder)),
        with_standard_input(tuple(map(Path, order.sources))) as (files, names),
        nullcontext() if rules is None else opened(root, rules) as ledger,
    ):
        remember(root, begun)
        stages = replace(_stages(lexicon, progress(files), told["workers"], names), ledger=ledger, keep=removal.keep)
        run = build(files, settings, lexicon.world, stages, built=built)
        if run.generation is not None:
            remember(root, begun.ended(removal.removed))
        _tell_ledger(ledger)
    if removal.removed:
        articles = "1 article that was" if len(removal.removed) == 1 else f"{len(removal.removed)} articles that were"
        click.echo(f"without {articles} removed", err=True)
    if run.generation is not None and told["into"]:
        load_into(run.generation, order.base, told)
    return run


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
