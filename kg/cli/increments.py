"""The commands that change what a graph is built from: add, remove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.building import _report, _status, build_options
from kg.cli.sources import SOURCE

if TYPE_CHECKING:
    from kg.read.remote import Location


@click.command()
@click.argument("sources", nargs=-1, required=True, type=SOURCE)
@build_options
@click.pass_context
def add(context: click.Context, /, sources: tuple[Location, ...], **told: Any) -> None:
    """Build from the sources of the live build and these SOURCES.

    Only what is new or changed is read, and the graph is the one that 'kg build' makes of all of them, byte for byte.
    The worlds and the base IRI are those of the live build, unless they are given. A file named here whose articles
    were removed brings them back.

    Exit status: as that of 'kg build'.
    """
    from kg.cli.ordering import again, build_in_order, last_order, order_of
    from kg.ledger.memory import Removal, recall
    from kg.read.remote import absolute
    from kg.store.lock import alone

    root = Path(told["store"]).absolute()
    with alone(root / "ledger"):
        memory = recall(root)
        is_first = memory.live is None and memory.begun is None
        order = order_of(sources, told) if is_first else again(context, last_order(memory, begun=False), told, *sources)
        named = frozenset(str(name) for source in sources for name in (source, absolute(source)))
        removal = Removal(removed={} if told["with_removed"] else dict(memory.removed), back=named)
        run = build_in_order(order, memory, removal, told)
    _report(run)
    context.exit(_status(run.rejected, run.violations))


@click.command()
@click.argument("articles", nargs=-1, required=True)
@build_options
@click.pass_context
def remove(context: click.Context, /, articles: tuple[str, ...], **told: Any) -> None:
    """Take ARTICLES out of the graph, with everything that only they support.

    Each is named by its path as it was built (news/lake.txt; news.jsonl#3 for one of many; news.jsonl for all of them),
    by its id or by its IRI. The graph is the one that 'kg build' makes of the other articles, byte for byte. The next
    builds leave them out, too, also where their files are still there, until 'kg add' names such a file, or
    --with-removed. The same text under another name stays away with them.

    Exit status: as that of 'kg build'; 1 where there is no such article.
    """
    from kg.cli.ordering import again, build_in_order, last_order
    from kg.ledger.memory import Removal, recall
    from kg.store.lock import alone

    root = Path(told["store"]).absolute()
    with alone(root / "ledger"):
        memory = recall(root)
        order = again(context, last_order(memory, begun=False), told)
        removal = Removal(removed={} if told["with_removed"] else dict(memory.removed), names=articles)
        run = build_in_order(order, memory, removal, told)
    _report(run)
    context.exit(_status(run.rejected, run.violations))
