"""A process beside a Dask worker that reads articles: items come in on standard input, what they tell goes out.

A worker has threads, and processes forked from it might hang; this process has none. It ends with its worker, or when
nothing has come for a while.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Final

from kg.cluster.order import laid_out, rules_in
from kg.extract.lexicon import load_lexicon
from kg.facts.sources import report_of
from kg.ledger.heard import Asked, Things, things_in
from kg.lexicon.places import place_test
from kg.parallel import each_in_processes
from kg.read.item import Item

_IDLE: Final = 900  # seconds


def main() -> None:
    """Nothing; after the worlds each item that comes is answered with its lines and whether they are sure."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the worker's business
    inbox, outbox = Connection(os.dup(0), writable=False), Connection(os.dup(1), readable=False)
    # Whatever a library prints goes to the log of the worker.
    os.dup2(2, 1)
    with laid_out(inbox.recv()) as worlds:
        lexicon = load_lexicon(*worlds)
        outbox.send(dict(rules_in(worlds)))
    is_place = place_test(lexicon.world)

    def things(item: Item) -> Things:
        return things_in(item, is_place, lambda source: report_of(source, lexicon))

    for _, answer in each_in_processes(1)(things, _asked(inbox)):
        outbox.send(None if answer is None else (answer.lines, answer.is_sure))


def _asked(inbox: Connection) -> Iterator[Asked]:
    """Every item until there is nobody any more who asks."""
    while inbox.poll(_IDLE):
        try:
            item = inbox.recv()
        except EOFError:
            return
        yield Asked(name=item.name, item=item)
