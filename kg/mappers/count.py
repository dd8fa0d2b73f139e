"""Counts to quads: how often leaders and countries met, what each month, place, outlet and fact comes to; derived.

What is counted, :mod:`kg.assemble.tallies` finds in the assembled graph. A count is true of the graph as a build made
it: who asks after that was changed by hand counts anew (:attr:`kg.store.generation.Generation.is_as_counted`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.assemble.derive import COUNTING, MOST, Counted
from kg.assemble.key import digest_of
from kg.mappers import literal, terms
from kg.mappers.iri import graph, mint
from kg.model.entity import slug

CLASSES: Final = {
    "leaders": terms.LeaderCount,
    "countries": terms.CountryCount,
    "months": terms.MonthCount,
    "places": terms.PlaceCount,
    "place-years": terms.PlaceCount,
    "outlets": terms.OutletCount,
    "facts": terms.FactCount,
}
_PROPERTIES: Final = {
    "one": terms.countOf,
    "other": terms.countOf,
    "month": terms.inMonth,
    "year": terms.inYear,
    "outlet": terms.outlet,
    "since": terms.firstDay,
    "until": terms.lastDay,
    "meetings": terms.meetings,
    "calls": terms.calls,
    "articles": terms.articles,
    "facts": terms.facts,
    "sources": terms.sources,
    "sentences": terms.sentences,
}
_RANKED: Final = frozenset({"leaders", "countries"})
# What a count is told apart by from others of its kind.
_COUNT: Final = "count/"
_KEYS: Final = ("one", "other", "month", "year", "outlet")


def beginnings(base: str) -> tuple[bytes, ...]:
    """How the lines of counts begin, and no others."""
    return f"<{base}id/{_COUNT}".encode(), f"{graph(base, 'derived')} {terms.countedBy}".encode()


def to_quads(counts: Iterable[Counted], base: str) -> Iterator[Quad]:
    """The counts of a default graph, for the graph ``derived`` and for the whole."""
    derived = graph(base, "derived")
    yield Quad(derived, terms.countedBy, literal.number(COUNTING), derived)
    for triple in to_rdf(counts, base):
        yield Quad(triple.subject, triple.predicate, triple.object, derived)
        yield Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())


def to_rdf(counts: Iterable[Counted], base: str) -> Iterator[Triple]:
    """Describe the counts; of the pairs that come first, their ranks."""
    ranks: Counter[str] = Counter()
    for counted in counts:
        node = mint(base, f"{_COUNT}{counted.kind}-{_key(counted.values)}")
        yield Triple(node, terms.RDF_TYPE, CLASSES[counted.kind])
        for name, value in counted.values.items():
            yield Triple(node, _PROPERTIES[name], value)
        ranks[counted.kind] += 1
        if counted.kind in _RANKED and ranks[counted.kind] <= MOST:
            yield Triple(node, terms.rank, literal.number(ranks[counted.kind]))


def _key(values: Mapping[str, NamedNode | Literal]) -> str:
    told = [values[name].value for name in _KEYS if name in values]
    read = slug("-".join(text.rstrip("/").rsplit("/", 1)[-1] for text in told))
    return f"{read}-{digest_of(told)}"
