"""Ways through the graph: the things of a class, what a path of properties leads to, and what that is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from kg.store.prefixes import DIP, RDF, RDFS, SKOS

DEFAULT: Final = ox.DefaultGraph()
TYPE: Final = ox.NamedNode(f"{RDF}type")
_PREFIXES: Final = {"": DIP, "rdf": RDF, "rdfs": RDFS, "skos": SKOS, "owl": "http://www.w3.org/2002/07/owl#"}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def things(store: ox.Store, classes: Iterable[str]) -> Iterator[ox.NamedNode]:
    """The things of these classes, each class in the order of their IRIs."""
    for name in classes:
        found = store.quads_for_pattern(None, TYPE, ox.NamedNode(f"{DIP}{name}"), DEFAULT)
        yield from sorted(
            (quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode)), key=lambda thing: thing.value
        )


def follow(store: ox.Store, thing: ox.NamedNode, path: str) -> list[Term]:
    """The ends of a path of properties, each once, in order; the thing itself where there is no path."""
    ends: list[Term] = [thing]
    for step in path.split():
        ends = sorted({one for end in ends for one in _next(store, end, step)}, key=str)
    return ends


def label(store: ox.Store, term: Term) -> str:
    """What a thing is called, in English where it is called so; of a value, its text."""
    if isinstance(term, ox.Literal):
        return str(term.value)
    called = (*_next(store, term, "rdfs:label"), *_next(store, term, "skos:prefLabel"))
    found = [one for one in called if isinstance(one, ox.Literal)]
    if not found:
        return code(term)
    return str(min(found, key=lambda one: (one.language != "en", one.value)).value)


def _next(store: ox.Store, end: Term, step: str) -> Iterator[Term]:
    if isinstance(end, ox.Literal | ox.Triple):
        return
    name = _property(step.removeprefix("^"))
    if step.startswith("^"):
        yield from (quad.subject for quad in store.quads_for_pattern(None, name, end, DEFAULT))
    else:
        yield from (quad.object for quad in store.quads_for_pattern(end, name, None, DEFAULT))


def _property(step: str) -> ox.NamedNode:
    prefix, _, name = step.rpartition(":")
    return ox.NamedNode(_PREFIXES[prefix] + name)


def code(term: Term) -> str:
    """The last part of an IRI: of a country its code, of a class or an act its name."""
    return term.value.rstrip("/").replace("#", "/").rpartition("/")[2] if isinstance(term, ox.NamedNode) else str(term)
