"""A process that writes one export: it ends with the server, has a limit on memory and time, and no network."""

from __future__ import annotations

import signal

from kg.engine.confine import confine, die_with
from kg.store.export import write_file


def serve(parent: int, limits: tuple[int, int], graph: tuple[str, str], form: str, target: str) -> None:
    """Nothing; the graph, by its folder and its licence, is in the file ``target``, in this format.

    The limits are bytes of memory and seconds.
    """
    memory, seconds = limits
    die_with(parent)
    # Where the platform lets it outlive its parent, its time is over all the same.
    signal.alarm(seconds)
    confine(memory)
    source, licence = graph
    write_file(source, form, target, licence)
