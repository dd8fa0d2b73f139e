"""The terms of the ontology: what its file says of each, and how the graph uses it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SKOS
from rdflib.term import Node

from kg.config import shipped
from kg.store.prefixes import DIP

_KINDS: Final[Mapping[Node, str]] = {
    OWL.Class: "class",
    OWL.ObjectProperty: "property",
    OWL.DatatypeProperty: "property",
}
TITLES: Final = (("class", "Classes"), ("property", "Properties"), ("value", "Values"))
_ORDER: Final = [kind for kind, _ in TITLES]
_SAID: Final = (
    ("A kind of", RDFS.subClassOf), ("Narrower form of", RDFS.subPropertyOf), ("Said of", RDFS.domain),
    ("Its values", RDFS.range), ("Much like", SKOS.closeMatch), ("Wider elsewhere", SKOS.broadMatch),
    ("Narrower elsewhere", SKOS.narrowMatch), ("Related", SKOS.related), ("One of", RDF.type),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A class, a property or a value of ours; ``said`` are titles with IRIs, ``narrower`` the classes below a class."""

    iri: str
    name: str
    kind: str
    label: str
    comment: str
    example: str
    said: tuple[tuple[str, tuple[str, ...]], ...]
    narrower: tuple[str, ...] = ()

    @property
    def examples(self) -> str:
        """The question for some of what the graph says with it."""
        match self.kind:
            case "class":
                classes = " ".join(f"<{iri}>" for iri in (self.iri, *self.narrower))
                where = f"VALUES ?class {{ {classes} }}\n  ?thing a ?class"
                return f"SELECT DISTINCT ?thing WHERE {{\n  {where}\n}}\nLIMIT 8\n"
            case "property":
                return f"SELECT ?thing ?value WHERE {{\n  ?thing <{self.iri}> ?value\n}}\nLIMIT 8\n"
            case _:
                return f"SELECT ?thing ?property WHERE {{\n  ?thing ?property <{self.iri}>\n}}\nLIMIT 8\n"


@cache
def ontology_bytes() -> bytes:
    """The file of the ontology."""
    return (shipped("ontology") / "diplomacy.ttl").read_bytes()


@cache
def terms() -> Mapping[str, Term]:
    """The terms of our namespace by name: classes first, then properties, then values."""
    graph = Graph().parse(data=ontology_bytes(), format="turtle")
    labelled = {subject for subject in graph.subjects(RDFS.label) if isinstance(subject, URIRef)}
    found = [_term(graph, subject) for subject in sorted(labelled) if subject.startswith(DIP)]
    return {term.name: term for term in sorted(found, key=lambda term: (_ORDER.index(term.kind), term.name.lower()))}


def _term(graph: Graph, subject: URIRef) -> Term:
    kinds = [_KINDS[one] for one in graph.objects(subject, RDF.type) if one in _KINDS]
    said = ((title, tuple(sorted(_named(graph, subject, predicate)))) for title, predicate in _SAID)
    return Term(
        iri=str(subject),
        name=subject.removeprefix(DIP),
        kind=kinds[0] if kinds else "value",
        label=str(graph.value(subject, RDFS.label) or ""),
        comment=str(graph.value(subject, RDFS.comment) or ""),
        example=str(graph.value(subject, SKOS.example) or ""),
        said=tuple((title, iris) for title, iris in said if iris),
        narrower=tuple(sorted(set(_below(graph, subject)))),
    )


def _named(graph: Graph, subject: URIRef, predicate: URIRef) -> Iterator[str]:
    """The IRIs that a term is said to go with; a union as its parts."""
    for value in graph.objects(subject, predicate):
        union = graph.value(value, OWL.unionOf)
        if isinstance(value, URIRef):
            if not value.startswith(str(OWL)):
                yield str(value)
        elif union is not None:
            yield from (str(part) for part in Collection(graph, union) if isinstance(part, URIRef))


def _below(graph: Graph, subject: URIRef) -> Iterator[str]:
    for narrower in graph.subjects(RDFS.subClassOf, subject):
        if isinstance(narrower, URIRef) and narrower != subject:
            yield str(narrower)
            yield from _below(graph, narrower)
