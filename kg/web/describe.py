"""What the endpoint is and what the graph holds, as RDF: SPARQL 1.1 Service Description, VoID, DCAT."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pyoxigraph as ox

from kg.engine.answer import ResultFormat
from kg.query.names import Names
from kg.store.generation import Generation
from kg.store.prefixes import DIP, PREFIXES, RDF, RDFS, XSD

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_WRITTEN: Final = {
    ResultFormat.TURTLE: ox.RdfFormat.TURTLE,
    ResultFormat.NTRIPLES: ox.RdfFormat.N_TRIPLES,
    ResultFormat.JSONLD: ox.RdfFormat.JSON_LD,
    ResultFormat.RDFXML: ox.RdfFormat.RDF_XML,
}
_RESULTS: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip


def write(triples: list[ox.Triple], written: ResultFormat | None) -> bytes:
    """The triples in this format, Turtle where none is given."""
    prefixes = {**PREFIXES, "sd": _SD}
    content = ox.serialize(triples, format=_WRITTEN[written or ResultFormat.TURTLE], prefixes=prefixes)
    assert content is not None  # without an output it returns the bytes
    return content


def service_description(endpoint: str, written: ResultFormat | None) -> bytes:
    """The description of the endpoint at this URL (SPARQL 1.1 Service Description, 3)."""
    service = ox.NamedNode(endpoint)
    triples = [
        _is(service, _SD + "Service"),
        ox.Triple(service, ox.NamedNode(_SD + "endpoint"), service),
        ox.Triple(service, ox.NamedNode(_SD + "supportedLanguage"), ox.NamedNode(_SD + "SPARQL11Query")),
    ]
    result = ox.NamedNode(_SD + "resultFormat")
    triples += [ox.Triple(service, result, ox.NamedNode(_FORMATS + name)) for name in _RESULTS]
    return write(triples, written)


def dataset_description(base: str, root: str, generation: Generation, names: Names) -> list[ox.Triple]:
    """The dataset in VoID and DCAT: where to ask, what to download, how much of each class; ``root`` ends in ``/``."""
    dataset = ox.NamedNode(f"{base}dataset")
    void, dcterms = PREFIXES["void"], PREFIXES["dcterms"]

    def says(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
        return ox.Triple(subject, ox.NamedNode(predicate), value)

    triples = [
        _is(dataset, void + "Dataset"),
        _is(dataset, PREFIXES["dcat"] + "Dataset"),
        says(dataset, dcterms + "title", ox.Literal("Diplomacy KG", language="en")),
        says(dataset, dcterms + "identifier", ox.Literal(generation.digest)),
        says(dataset, void + "triples", _count(generation.quads)),
        says(dataset, void + "sparqlEndpoint", ox.NamedNode(f"{root}sparql")),
        says(dataset, void + "dataDump", ox.NamedNode(f"{root}exports/diplomacy.ttl")),
        says(dataset, void + "vocabulary", ox.NamedNode(DIP)),
        says(dataset, void + "uriSpace", ox.Literal(f"{base}id/")),
    ]
    for kind, count in sorted(Counter(name.kind for name in names).items()):
        part = ox.NamedNode(f"{base}dataset/{kind}")
        triples += [
            says(dataset, void + "classPartition", part),
            says(part, void + "class", ox.NamedNode(DIP + kind)),
            says(part, void + "entities", _count(count)),
            says(part, RDFS + "label", ox.Literal(kind, language="en")),
        ]
    return triples


def _is(subject: ox.NamedNode, kind: str) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(RDF + "type"), ox.NamedNode(kind))


def _count(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=ox.NamedNode(XSD + "integer"))
