"""The stages of a build, timed one by one over repeated sample articles."""

from __future__ import annotations

import cProfile
import datetime as dt
import io
import pstats
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg.assemble.known import Known
from kg.assemble.merge import merge
from kg.config import BASE_IRI, shipped
from kg.extract.lexicon import Lexicon, load_lexicon
from kg.facts.reading import publication_day, read_facts
from kg.facts.report import Report
from kg.lexicon.places import place_test
from kg.mappers import assembly
from kg.read import read_text
from tests.bench.repeating import Sample, repeat


@dataclass(slots=True)
class Figures:
    """What was measured: seconds by stage, and how much went through."""

    articles: int = 0
    characters: int = 0
    facts: int = 0
    merged: int = 0
    quads: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timing(self, stage: str) -> Iterator[None]:
        """Add the time that the block takes to its stage."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - begin


def measure(number: int, folder: Path, profile: cProfile.Profile | None = None) -> Figures:
    """The figures of a build of that many articles, its stores in the folder."""
    figures = Figures()
    with figures.timing("lexicon"):
        lexicon = load_lexicon()
    reports = _extract(number, lexicon, figures, profile or nullcontext())
    with figures.timing("merging"):
        whole = merge(reports, Known.of(lexicon.world))
    figures.facts = sum(len(report.contacts) for report in reports)
    figures.merged = len(whole.contacts)
    with figures.timing("mapping"):
        quads = list(assembly.to_quads(whole, lexicon.world, BASE_IRI))
    with figures.timing("loading"):
        store = ox.Store(str(folder / "mapped"))
        store.bulk_extend(quads)
        store.flush()
    figures.quads = len(store)
    _load_in_bulk(store, folder, figures)
    return figures


def _extract(
    number: int, lexicon: Lexicon, figures: Figures, tracing: AbstractContextManager[object]
) -> Sequence[Report]:
    """The reports of that many articles."""
    is_place = place_test(lexicon.world)
    samples = _samples(lexicon, is_place)  # which also makes what is made only once
    texts = [(name, text.encode()) for name, text in repeat(samples, number, lexicon.world)]
    figures.articles, figures.characters = len(texts), sum(len(text) for _, text in texts)
    with tracing, figures.timing("extraction"):
        return [_read(name, text, lexicon, is_place) for name, text in texts]


def _load_in_bulk(store: ox.Store, folder: Path, figures: Figures) -> None:
    """The same quads by the store's own loader, from N-Quads: what no mapper can be faster than."""
    file = folder / "quads.nq"
    store.dump(str(file), format=ox.RdfFormat.N_QUADS)
    with figures.timing("bulk load"):
        other = ox.Store(str(folder / "bulk"))
        other.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
        other.flush()
    assert len(other) == figures.quads


def _samples(lexicon: Lexicon, is_place: Callable[[str], bool]) -> Sequence[Sample]:
    samples = []
    for file in sorted((shipped("seeds") / "articles").glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        report = _read(file.name, text.encode(), lexicon, is_place)
        day = publication_day(report.article) or dt.date(2025, 6, 18)
        people = tuple(sorted({name for who in report.leaders for name in (who.name, who.written or who.name)}))
        samples.append(Sample(name=file.name, text=text, year=day.year, people=people))
    return samples


def _read(name: str, content: bytes, lexicon: Lexicon, is_place: Callable[[str], bool]) -> Report:
    article = read_text(content, name, is_place)
    return read_facts(article, lexicon)


def tell(figures: Figures) -> Iterator[str]:
    """The figures as lines to read."""
    spent = figures.seconds
    megabytes = figures.characters / 1e6
    yield f"{figures.articles} articles, {megabytes:.2f} MB; the lexicon took {spent['lexicon']:.2f} s"
    yield _rate("reading + extraction", figures.articles, "articles", spent["extraction"]) + (
        f", {megabytes / spent['extraction']:.3f} MB/s"
    )
    yield _rate("merging", figures.articles, "articles", spent["merging"]) + (
        f": {figures.merged} contacts of {figures.facts} told"
    )
    ours = spent["mapping"] + spent["loading"]
    yield _rate("mapping", figures.quads, "quads", spent["mapping"])
    yield _rate("mapping + loading", figures.quads, "quads", ours)
    bulk = _rate("bulk load of the same quads", figures.quads, "quads", spent["bulk load"])
    yield f"{bulk}; mapping + loading is {spent['bulk load'] / ours:.2f} of it"
    yield f"peak memory: {peak():.0f} MB"


def _rate(what: str, number: int, unit: str, seconds: float) -> str:
    return f"{what}: {number / seconds:,.0f} {unit}/s ({seconds:.2f} s)"


def peak() -> float:
    """The most memory that the process has held, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most / 1e3


def hottest(profile: cProfile.Profile, most: int, order: str) -> str:
    """The functions that took the most time."""
    sink = io.StringIO()
    pstats.Stats(profile, stream=sink).strip_dirs().sort_stats(order).print_stats(most)
    return sink.getvalue()
