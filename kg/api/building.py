"""Articles to a graph in a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, get_args

from kg.api.checks import check_moment, files, folders
from kg.config import BASE_IRI
from kg.errors import ConfigError
from kg.ledger.memory import Order, Removal, recall
from kg.orders import Job, carry_out
from kg.pipeline import Run
from kg.store.base import fault_of_base
from kg.store.lock import alone

Place = str | Path
ByHand = Literal["refuse", "keep", "discard"]


def build_graph(  # noqa: PLR0913  # all but the first two are said by name, and seldom
    sources: Place | Iterable[Place],
    store: Place = "kg-store",
    *,
    worlds: Iterable[Place] = (),
    base_iri: str = BASE_IRI,
    built: str | None = None,
    workers: int = 1,
    by_hand: ByHand = "refuse",
    ledger: bool = True,
) -> Run:
    """The graph of these files and folders, in the folder ``store``, as ``kg build`` makes it, byte for byte.

    The run says what was ``rejected`` and why, what is ``counts``-ed in the graph, and which ``problems`` there were.
    Where the graph breaks its own rules, its ``violations`` are told, ``generation`` is ``None``, and the store stays
    as it was. ``workers`` is how many processes read; what the words mean otherwise, ``kg build --help`` says.

    Raises:
        ConfigError: a source is not there, or one of the words is not of its kind.
        WrittenByHand: it would overwrite what people wrote; ``by_hand`` says what becomes of that.
        StoreError: the store cannot be written.
    """
    named = files([sources] if isinstance(sources, str | Path) else sources)
    _check(base_iri, built, workers, by_hand)
    root = Path(store).absolute()
    order = Order(
        folder=str(Path.cwd()),
        sources=tuple(map(str, named)),
        worlds=tuple(map(str, folders(worlds))),
        base=base_iri,
    )
    job = Job(store=root, order=order, files=named, by_hand=by_hand, built=built, workers=workers, has_ledger=ledger)
    with alone(root / "ledger"):
        memory = recall(root)
        run, _ = carry_out(job, memory, Removal(removed=dict(memory.removed)))
    return run


def _check(base_iri: str, built: str | None, workers: int, by_hand: str) -> None:
    """Nothing for words of their kind.

    Raises:
        ConfigError: one is not.
    """
    if built is not None:
        check_moment("built", built)
    if (fault := fault_of_base(base_iri)) is not None:
        raise ConfigError(f"base_iri: {fault}")
    if not 1 <= workers <= 64:
        raise ConfigError(f"workers: {workers} is not between 1 and 64")
    if by_hand not in get_args(ByHand):
        raise ConfigError(f"by_hand: {by_hand!r} is none of {', '.join(get_args(ByHand))}")
