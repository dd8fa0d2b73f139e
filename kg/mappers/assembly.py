"""An assembly to quads: each article's graph, and the whole in the default graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kg.assemble.told import Assembly, Merged, Told
from kg.lexicon.world import World
from kg.mappers import (
    agreement,
    anniversary,
    article,
    conflict,
    contact,
    statement,
    summit,
    tenure,
)
from kg.mappers.entities import Entities
from kg.mappers.iri import article_graph
from kg.mappers.provenance import sources

WHOLE = DefaultGraph()


def to_quads(assembly: Assembly, world: World, base: str) -> Iterator[Quad]:
    """Everything that the assembly says; the entities that facts name are described in the default graph."""
    entities = Entities(base, world)
    # A place that only one article's graph names ("in Canada") is not described in the whole.
    told = Entities(base, world)
    for _, leader in assembly.leaders:
        entities.leader(leader)
    for source in assembly.articles:
        triples = list(article.to_rdf(source, entities))
        yield from _in_graph(triples, WHOLE)
        yield from _in_graph(triples, article_graph(base, source.id))
    yield from _facts(assembly.contacts, contact.to_rdf, entities, told)
    yield from _facts(assembly.summits, summit.to_rdf, entities, told)
    yield from _facts(assembly.agreements, agreement.to_rdf, entities, told)
    yield from _facts(assembly.anniversaries, anniversary.to_rdf, entities, told)
    yield from _facts(assembly.tenures, tenure.to_rdf, entities, told)
    yield from _facts(assembly.statements, statement.to_rdf, entities, told)
    for contradiction in assembly.contradictions:
        yield from _in_graph(conflict.to_rdf(contradiction, base), WHOLE)
    entities.spelt_as_in(told)
    yield from _in_graph(entities.describe(assembly.articles), WHOLE)


def _facts(
    facts: Iterable[Merged[Any]],
    to_rdf: Callable[[Told[Any], Entities], Iterator[Triple]],
    entities: Entities,
    told: Entities,
) -> Iterator[Quad]:
    """Each fact as a whole, and as each article tells it."""
    for fact in facts:
        if fact.whole is not None:
            yield from _in_graph(to_rdf(fact.whole, entities), WHOLE)
            yield from _in_graph(sources(fact.whole, entities.base), WHOLE)
        for telling in fact.tellings:
            graph = article_graph(told.base, telling.articles[0])
            yield from _in_graph(to_rdf(telling, told), graph)
            yield from _in_graph(sources(telling, told.base), graph)


def _in_graph(triples: Iterable[Triple], graph: NamedNode | DefaultGraph) -> Iterator[Quad]:
    for triple in triples:
        yield Quad(triple.subject, triple.predicate, triple.object, graph)
