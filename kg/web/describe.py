"""What the endpoint is: SPARQL 1.1 Service Description. What the graph holds stands in :mod:`kg.web.dataset`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import Final

import pyoxigraph as ox

from kg.engine.answer import ResultFormat
from kg.engine.census import Census
from kg.store.heads import sorted_head
from kg.store.prefixes import PREFIXES, RDF, XSD

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
FORMATS: Final = "http://www.w3.org/ns/formats/"
VOID: Final = PREFIXES["void"]
_NO_ENTAILMENT: Final = "http://www.w3.org/ns/entailment/Simple"
_WRITTEN: Final = {
    ResultFormat.TURTLE: ox.RdfFormat.TURTLE,
    ResultFormat.NTRIPLES: ox.RdfFormat.N_TRIPLES,
    ResultFormat.NQUADS: ox.RdfFormat.N_QUADS,
    ResultFormat.TRIG: ox.RdfFormat.TRIG,
    ResultFormat.JSONLD: ox.RdfFormat.JSON_LD,
    ResultFormat.RDFXML: ox.RdfFormat.RDF_XML,
}
_TABLES: Final = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
GRAPHS: Final = ("Turtle", "N-Triples", "N-Quads", "TriG", "JSON-LD", "RDF_XML")
# Stands for the address, which every client may have another name for
_HERE: Final = "http://here.invalid/"
# What /store takes
_TAKEN: Final = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")
# A description is for people and programs to read at once: beyond this many graphs it names the first ones.
_MOST_GRAPHS: Final = 10_000


def write(triples: Iterable[ox.Triple], written: ResultFormat | None) -> bytes:
    """The triples in this format, Turtle where none is given, each subject's together; the same bytes each time."""
    ordered = sorted(triples, key=lambda triple: str(triple.subject))
    text = "".join(map(str, ordered))
    prefixes = {prefix: name for prefix, name in {**PREFIXES, "sd": SD}.items() if f"<{name}" in text}
    content = ox.serialize(ordered, format=_WRITTEN[written or ResultFormat.TURTLE], prefixes=prefixes)
    assert content is not None  # without an output it returns the bytes
    return sorted_head(content)


def write_once(
    census: Census, name: str, written: ResultFormat | None, made: Callable[[str], Iterable[ox.Triple]], address: str
) -> bytes:
    """What is ``made`` for this address, in this format: written once for each census, whatever the address.

    A graph of many articles has many named graphs: writing them all takes longer than a stranger may take.
    """
    key = (name, written or ResultFormat.TURTLE)
    if key not in census.kept:
        census.kept[key] = write(made(_HERE), written)
    return census.kept[key].replace(_HERE.encode(), ox.NamedNode(address).value.encode())


def service_description(endpoint: str, census: Census, *, updates: bool = False) -> list[ox.Triple]:
    """The description of the endpoint at this URL (SPARQL 1.1 Service Description, 3), with all graphs it has."""
    service, dataset = ox.NamedNode(endpoint), ox.NamedNode(f"{endpoint}#dataset")
    languages = ("SPARQL10Query", "SPARQL11Query", *(("SPARQL11Update",) if updates else ()))
    return [
        says(service, RDF + "type", ox.NamedNode(SD + "Service")),
        says(service, SD + "endpoint", service),
        *(says(service, SD + "supportedLanguage", ox.NamedNode(SD + name)) for name in languages),
        *(says(service, SD + "resultFormat", ox.NamedNode(FORMATS + name)) for name in (*_TABLES, *GRAPHS)),
        *(says(service, SD + "inputFormat", ox.NamedNode(FORMATS + name)) for name in _TAKEN if updates),
        *([says(service, SD + "feature", ox.NamedNode(SD + "EmptyGraphs"))] if updates else []),
        says(service, SD + "defaultEntailmentRegime", ox.NamedNode(_NO_ENTAILMENT)),
        says(service, SD + "defaultDataset", dataset),
        says(dataset, RDF + "type", ox.NamedNode(SD + "Dataset")),
        *_default_graph(endpoint, dataset, census),
        *_named_graphs(endpoint, dataset, census),
    ]


def _default_graph(endpoint: str, dataset: ox.NamedNode, census: Census) -> Iterator[ox.Triple]:
    graph = ox.NamedNode(f"{endpoint}#default")
    yield says(dataset, SD + "defaultGraph", graph)
    yield says(graph, RDF + "type", ox.NamedNode(SD + "Graph"))
    yield says(graph, VOID + "triples", count(census.triples))


def _named_graphs(endpoint: str, dataset: ox.NamedNode, census: Census) -> Iterator[ox.Triple]:
    for name, triples in list(census.graphs.items())[:_MOST_GRAPHS]:
        digest = blake2b(name.encode(), digest_size=10).hexdigest()
        named, graph = ox.NamedNode(f"{endpoint}#graph-{digest}"), ox.NamedNode(name)
        yield says(dataset, SD + "namedGraph", named)
        yield says(named, RDF + "type", ox.NamedNode(SD + "NamedGraph"))
        yield says(named, SD + "name", graph)
        yield says(named, SD + "graph", graph)
        yield says(graph, RDF + "type", ox.NamedNode(SD + "Graph"))
        yield says(graph, VOID + "triples", count(triples))


def says(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    """One triple."""
    return ox.Triple(subject, ox.NamedNode(predicate), value)


def count(number: int) -> ox.Literal:
    """A whole number as RDF."""
    return ox.Literal(str(number), datatype=ox.NamedNode(XSD + "integer"))
