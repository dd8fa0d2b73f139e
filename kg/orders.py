"""Builds as they are ordered, on the command line or in Python: with the ledger, and remembered for the next one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.cluster import each_on_cluster
from kg.config import Settings, shipped
from kg.errors import KgError
from kg.extract.lexicon import Lexicon, load_lexicon
from kg.facts.report import Report
from kg.facts.sources import report_of
from kg.ledger.book import Ledger, opened
from kg.ledger.heard import things_in
from kg.ledger.memory import Memory, Order, Removal, remember
from kg.ledger.rules import rules_of
from kg.ledger.sources import Stages
from kg.lexicon.places import place_test
from kg.parallel import each_in_processes
from kg.pipeline import Run, build
from kg.read import Source
from kg.read.items import items_of
from kg.read.remote import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An order and how it is carried out; ``files`` are what its sources are read from, as they lie now.

    ``names`` are those of files whose paths do not say what they are called. ``scheduler`` is the address of that of a
    Dask cluster whose workers are to read; ``tell`` is given what becomes of these. ``watch`` and ``during`` are told
    how far it is, as :class:`kg.ledger.sources.Stages` says.
    """

    store: Path
    order: Order
    files: tuple[Location, ...]
    names: Mapping[Location, str] = field(default_factory=dict)
    by_hand: str = "refuse"
    built: str | None = None
    workers: int = 1
    scheduler: str = ""
    tell: Callable[[str], None] = field(default=lambda _sentence: None)
    has_ledger: bool = True
    watch: Callable[[Sequence[Report | KgError], int], None] = field(default=lambda _told, _weight: None)
    during: Callable[[str], AbstractContextManager[object]] = field(default=nullcontext)


def stages_of(
    lexicon: Lexicon,
    workers: int = 1,
    names: Mapping[Location, str] | None = None,
    extract: Callable[[Source], Report] | None = None,
) -> Stages:
    """Reading and extraction as the pipeline takes them, in that many processes.

    ``names`` are those of files whose paths do not say what they are called.
    """
    is_place = place_test(lexicon.world)
    extract = extract or (lambda source: report_of(source, lexicon))
    return Stages(
        items=lambda file: items_of(file, (names or {}).get(file)),
        things=lambda item: things_in(item, is_place, extract),
        each=each_in_processes(workers),
    )


def carry_out(job: Job, memory: Memory, removal: Removal) -> tuple[Run, Ledger | None]:
    """What the build did, and the ledger that it used, closed; for whoever has the lock of the ledger.

    The order is remembered when it begins, and as that of the live build once it is live.

    Raises as :func:`kg.pipeline.build` does.
    """
    worlds = tuple(map(Path, job.order.worlds))
    settings = Settings(store=job.store, base_iri=job.order.base, by_hand=job.by_hand)
    lexicon = load_lexicon(*worlds)
    rules = rules_of((shipped("seeds"), *worlds)) if job.has_ledger else None
    begun = replace(memory, begun=job.order)
    with nullcontext() if rules is None else opened(job.store, rules) as ledger:
        remember(job.store, begun)
        stages = replace(
            stages_of(lexicon, job.workers, job.names),
            ledger=ledger,
            keep=removal.keep,
            watch=job.watch,
            during=job.during,
        )
        if job.scheduler:
            stages = replace(stages, each=each_on_cluster(job.scheduler, worlds, job.tell))
        run = build(job.files, settings, lexicon.world, stages, built=job.built)
        if run.generation is not None:
            remember(job.store, begun.ended(removal.removed))
    return run, ledger
