"""An assembly to lines of N-Quads: each article's graph, and the whole in the default graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pyoxigraph import Quad, RdfFormat, Triple, parse

from kg.assemble.told import Assembly, Merged, Told
from kg.lexicon.world import World
from kg.mappers import (
    agreement,
    anniversary,
    article,
    conflict,
    contact,
    shortcut,
    statement,
    summit,
    tenure,
)
from kg.mappers.entities import Entities
from kg.mappers.iri import article_graph, graph
from kg.mappers.lines import in_graph, in_whole
from kg.mappers.provenance import announcements, sources


def to_quads(assembly: Assembly, world: World, base: str) -> Iterator[Quad]:
    """Everything that the assembly says, as quads in memory, some more than once."""
    return parse(b"".join(to_lines(assembly, world, base)), format=RdfFormat.N_QUADS)


def to_lines(assembly: Assembly, world: World, base: str) -> Iterator[bytes]:
    """Everything that the assembly says; the entities that facts name are described in the default graph.

    Each piece is whole lines of canonical N-Quads; a line may come more than once.
    """
    entities = Entities(base, world)
    # A place that only one article's graph names ("in Canada") is not described in the whole.
    told = Entities(base, world)
    for _, leader in assembly.leaders:
        entities.leader(leader)
    copies = dict(assembly.copies)
    for source in assembly.articles:
        original = article.copy_of(source, copies.get(source.id), base)
        written = in_whole([*article.to_rdf(source, entities), *original])
        yield written
        yield in_graph(written, article_graph(base, source.id))
    yield from _facts(assembly.contacts, contact.to_rdf, entities, told)
    yield from _facts(assembly.summits, summit.to_rdf, entities, told)
    yield from _facts(assembly.agreements, agreement.to_rdf, entities, told)
    yield from _facts(assembly.anniversaries, anniversary.to_rdf, entities, told)
    yield from _facts(assembly.tenures, tenure.to_rdf, entities, told)
    yield from _facts(assembly.statements, statement.to_rdf, entities, told)
    for contradiction in assembly.contradictions:
        yield in_whole(conflict.to_rdf(contradiction, base))
    entities.spelt_as_in(told)
    yield in_whole(entities.describe(assembly.articles))
    shortcuts = in_whole(set(shortcut.to_rdf(assembly, entities)))
    yield shortcuts
    yield in_graph(shortcuts, graph(base, "derived"))


def _facts(
    facts: Iterable[Merged[Any]],
    to_rdf: Callable[[Told[Any], Entities], Iterator[Triple]],
    entities: Entities,
    told: Entities,
) -> Iterator[bytes]:
    """Each fact as a whole, and as each article tells it; what it rests on is written once for both."""
    for fact in facts:
        grounds = [in_whole(sources(telling, told.base)) for telling in fact.tellings]
        if fact.whole is not None:
            yield in_whole(to_rdf(fact.whole, entities))
            yield in_whole(announcements(fact.whole, entities.base))
            yield from grounds
        for telling, rests_on in zip(fact.tellings, grounds, strict=True):
            name = article_graph(told.base, telling.articles[0])
            yield in_graph(in_whole(to_rdf(telling, told)) + rests_on, name)
