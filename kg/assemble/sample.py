"""A part of a large graph on which shapes can be tried: what some articles tell, with all that a shape looks at.

Which articles these are depends on the graph alone: their names are digests of their texts, and the first are taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

_DIP: Final = "https://w3id.org/diplomacy-kg/ns#"
_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_ARTICLE: Final = NamedNode(_DIP + "Article")
_REPORTED: Final = NamedNode(_DIP + "reportedIn")
# What shapes follow against its direction: the words of a fact, the sides of a conflict.
_INVERSE: Final = (NamedNode(_DIP + "supports"), NamedNode(_DIP + "claimIn"))
_ENOUGH: Final = 4  # of these: no shape asks for more, and a summit rests on the words of a thousand articles
_WORDS_OF: Final = NamedNode(_DIP + "article")
_ABOUT: Final = NamedNode(_DIP + "about")
_WHOLE: Final = DefaultGraph()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The triples to check, the things of which they tell all, and from how many of how many articles they are."""

    quads: frozenset[Quad]
    things: frozenset[str]
    articles: int
    of: int

    @property
    def told(self) -> str:
        """How much of the graph it is, for people."""
        return f"shapes were checked on what {self.articles} of {self.of} articles tell ({len(self.quads)} triples)"


def sample(store: Store, room: int) -> Sample:
    """What the first articles tell, until there are so many triples of the default graph, or a few more."""
    # Each article tells a triple at least, so no more of them are needed.
    articles = nsmallest(room, _each(store, _TYPE, _ARTICLE), key=str)
    quads: set[Quad] = set()
    things: set[NamedNode] = set()
    taken = 0
    for article in articles:
        if len(quads) >= room:
            break
        taken += 1
        for thing in _told_by(store, article) - things:
            things.add(thing)
            quads.update(_of(store, thing))
    # Of what they point to, what it is.
    ends = {quad.object for quad in quads if isinstance(quad.object, NamedNode)} | {quad.subject for quad in quads}
    for end in ends - things:
        quads.update(store.quads_for_pattern(end, _TYPE, None, _WHOLE))
    return Sample(
        quads=frozenset(quads),
        things=frozenset(t.value for t in things),
        articles=taken,
        of=sum(1 for _ in _each(store, _TYPE, _ARTICLE)),
    )


def _told_by(store: Store, article: NamedNode) -> set[NamedNode]:
    """The article, its facts, their words and conflicts, and everybody and everything that these name."""
    facts = _subjects(store, _REPORTED, article) | {article}
    conflicts = {thing for fact in facts for thing in _subjects(store, _ABOUT, fact)}
    sides = {side for conflict in conflicts for side in _subjects(store, _INVERSE[1], conflict)}
    near = facts | conflicts | sides | _subjects(store, _WORDS_OF, article)
    named = {quad.object for thing in near for quad in store.quads_for_pattern(thing, None, None, _WHOLE)}
    return near | {one for one in named if isinstance(one, NamedNode) and not one.value.startswith(_DIP)}


def _of(store: Store, thing: NamedNode) -> Iterator[Quad]:
    yield from store.quads_for_pattern(thing, None, None, _WHOLE)
    for path in _INVERSE:
        yield from islice(store.quads_for_pattern(None, path, thing, _WHOLE), _ENOUGH)


def _subjects(store: Store, path: NamedNode, end: NamedNode) -> set[NamedNode]:
    return set(_each(store, path, end))


def _each(store: Store, path: NamedNode, end: NamedNode) -> Iterator[NamedNode]:
    found = store.quads_for_pattern(None, path, end, _WHOLE)
    return (quad.subject for quad in found if isinstance(quad.subject, NamedNode))
