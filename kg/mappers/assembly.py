"""An assembly to lines of N-Quads: each article's graph, and the whole in the default graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pyoxigraph import Quad, RdfFormat, Triple, parse

from kg.assemble.told import Assembly, F, Merged, Told
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
    shortcuts = Shortcuts(Entities(base, world))
    contacts = shortcuts.seen(assembly.contacts, shortcut.of_contact)
    yield from _facts(contacts, contact.to_rdf, entities, told, contact.order)
    yield from _facts(shortcuts.seen(assembly.summits, shortcut.of_summit), summit.to_rdf, entities, told)
    yield from _facts(assembly.agreements, agreement.to_rdf, entities, told)
    yield from _facts(assembly.anniversaries, anniversary.to_rdf, entities, told)
    yield from _facts(shortcuts.seen(assembly.tenures, shortcut.of_tenure), tenure.to_rdf, entities, told)
    yield from _facts(assembly.statements, statement.to_rdf, entities, told)
    for contradiction in assembly.contradictions:
        yield in_whole(conflict.to_rdf(contradiction, base))
    entities.spelt_as_in(told)
    yield in_whole(entities.describe(assembly.articles))
    written = in_whole(shortcuts.found)
    yield written
    yield in_graph(written, graph(base, "derived"))


class Shortcuts:
    """The shortcuts that follow from facts, found while these pass by on their way to be mapped: they are made once."""

    def __init__(self, entities: Entities) -> None:
        """Begin with none; what these entities are asked for is described elsewhere."""
        self._entities = entities
        self.found: set[Triple] = set()

    def seen(
        self, facts: Iterable[Merged[F]], follow: Callable[[Told[F], Entities], Iterator[Triple]]
    ) -> Iterator[Merged[F]]:
        """The same facts."""
        for fact in facts:
            if fact.whole is not None:
                self.found.update(follow(fact.whole, self._entities))
            yield fact


def _facts(
    facts: Iterable[Merged[Any]],
    to_rdf: Callable[[Told[Any], Entities], Iterator[Triple]],
    entities: Entities,
    told: Entities,
    derive: Callable[[Told[Any], Entities], Iterator[Triple]] = lambda _fact, _entities: iter(()),
) -> Iterator[bytes]:
    """Each fact as a whole, and as each article tells it; what it rests on is written once for both.

    What is derived from the whole is in the graph of that, too.
    """
    for fact in facts:
        grounds = [sources(telling, told.base) for telling in fact.tellings]
        if fact.whole is not None:
            yield in_whole(to_rdf(fact.whole, entities))
            yield in_whole(announcements(fact.whole, entities.base))
            yield from grounds
            if derived := in_whole(derive(fact.whole, entities)):
                yield derived
                yield in_graph(derived, graph(entities.base, "derived"))
        for telling, rests_on in zip(fact.tellings, grounds, strict=True):
            name = article_graph(told.base, telling.articles[0])
            yield in_graph(in_whole(to_rdf(telling, told)) + rests_on, name)
