"""What the vocabulary of service descriptions says of its terms, and what in a description does not keep to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rdflib import RDF, Graph, Literal, Namespace
from rdflib.term import Node

SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
ENTAILMENT: Final = Namespace("http://www.w3.org/ns/entailment/")

# property: the class of what has it, the class of its value where that is described here (Service Description, 3.4)
_PROPERTIES: Final = {
    "endpoint": ("Service", None),
    "feature": ("Service", "Feature"),
    "defaultEntailmentRegime": ("Service", "EntailmentRegime"),
    "entailmentRegime": ("NamedGraph", "EntailmentRegime"),
    "defaultSupportedEntailmentProfile": ("Service", "EntailmentProfile"),
    "supportedEntailmentProfile": ("NamedGraph", "EntailmentProfile"),
    "extensionFunction": ("Service", "Function"),
    "extensionAggregate": ("Service", "Aggregate"),
    "languageExtension": ("Service", "Feature"),
    "supportedLanguage": ("Service", "Language"),
    "propertyFeature": ("Service", "Feature"),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", "GraphCollection"),
    "resultFormat": ("Service", None),
    "inputFormat": ("Service", None),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("GraphCollection", "NamedGraph"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
}
_CLASSES: Final = {
    *("Service", "Language", "Function", "Aggregate", "EntailmentRegime", "EntailmentProfile", "GraphCollection"),
    *("Dataset", "Graph", "NamedGraph", "Feature"),
}
_BROADER: Final = {"Dataset": "GraphCollection"}
_INSTANCES: Final = {
    "Language": {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"},
    "Feature": {"DereferencesURIs", "UnionDefaultGraph", "RequiresDataset", "EmptyGraphs", "BasicFederatedQuery"},
}


def strange_uses(described: Graph) -> list[str]:
    """What a description says that the vocabulary does not provide for; empty for one that conforms."""
    return [*_services(described), *_classes(described), *_properties(described)]


def _services(described: Graph) -> Iterator[str]:
    services = list(described.subjects(RDF.type, SD.Service))
    if len(services) != 1:
        yield f"{len(services)} services"
    for service in services:
        if len(list(described.objects(service, SD.endpoint))) != 1:
            yield "not one endpoint"
    for graph in described.subjects(RDF.type, SD.NamedGraph):
        if len(list(described.objects(graph, SD.name))) != 1:
            yield f"a named graph without one name: {graph}"


def _classes(described: Graph) -> Iterator[str]:
    for subject, kind in described.subject_objects(RDF.type):
        if kind in SD and str(kind).removeprefix(SD) not in _CLASSES:
            yield f"{subject} is a {kind}, which is no class"


def _properties(described: Graph) -> Iterator[str]:
    for subject, predicate, value in described:
        if predicate not in SD:
            continue
        name = str(predicate).removeprefix(SD)
        if name not in _PROPERTIES:
            yield f"{predicate} is no property"
            continue
        domain, range_ = _PROPERTIES[name]
        if not _is_a(described, subject, domain):
            yield f"{subject} has {name}, but is no {domain}"
        if isinstance(value, Literal):
            yield f"{name} of {subject} is a literal"
        elif range_ is not None and not _is_a(described, value, range_):
            yield f"{value} is the {name} of {subject}, but no {range_}"


def _is_a(described: Graph, node: Node, kind: str) -> bool:
    """Whether the node is of the class: it says so, a narrower class does, or the vocabulary itself."""
    if node in ENTAILMENT:
        return kind == "EntailmentRegime"
    if node in SD:
        return str(node).removeprefix(SD) in _INSTANCES.get(kind, ())
    kinds = {str(found).removeprefix(SD) for found in described.objects(node, RDF.type)}
    return kind in kinds or any(_BROADER.get(narrower) == kind for narrower in kinds)
