"""The ontology explains every term, both engines read it, and the code knows exactly its names."""

from __future__ import annotations

from typing import Any

import pyoxigraph
import pytest
from pyoxigraph import NamedNode
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.config import shipped
from kg.mappers import terms

FOLDER = shipped("ontology")
ALIGNED = ("schema.org", "semanticweb.cs.vu.nl/2009/11/sem", "w3.org/ns/prov", "w3.org/ns/org", "w3.org/ns/oa")
ALIGNED += ("w3.org/2004/02/skos", "purl.org/dc/terms", "w3.org/2006/time", "w3.org/2000/01/rdf-schema")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(FOLDER / "diplomacy.ttl")


def ours(graph: Graph) -> set[URIRef]:
    found = {node for kind in KINDS for node in graph.subjects(RDF.type, kind)}
    return {node for node in found if isinstance(node, URIRef) and node.startswith(terms.DIP)}


@pytest.mark.parametrize("file", ["diplomacy.ttl", "shapes.ttl"])
def test_both_engines_read_the_same_triples(file: str) -> None:
    by_rdflib = len(Graph().parse(FOLDER / file))
    by_oxigraph = len(list(pyoxigraph.parse(path=str(FOLDER / file))))
    assert by_rdflib == by_oxigraph > 100


def test_every_term_has_one_label_a_comment_and_an_example(ontology: Graph) -> None:
    for term in ours(ontology):
        for predicate in (RDFS.label, RDFS.comment, SKOS.example):
            texts = list(ontology.objects(term, predicate))
            assert len(texts) == 1, (term, predicate)
            assert texts[0].language == "en"  # type: ignore[attr-defined]


def test_every_class_and_property_is_aligned_with_a_known_vocabulary(ontology: Graph) -> None:
    values = set(ontology.subjects(RDF.type, OWL.NamedIndividual))
    for term in ours(ontology) - values:
        targets = [str(node) for node in ontology.objects(term)]
        assert any(vocabulary in target for target in targets for vocabulary in ALIGNED), term


def test_every_property_says_whose_it_is(ontology: Graph) -> None:
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ontology.subjects(RDF.type, kind):
            assert (term, RDFS.domain, None) in ontology, term


def test_what_happened_and_what_was_only_planned_are_disjoint(ontology: Graph) -> None:
    groups = [
        {str(member).rpartition("#")[2] for member in ontology.items(next(ontology.objects(node, OWL.members)))}
        for node in ontology.subjects(RDF.type, OWL.AllDisjointClasses)
    ]
    assert any({"Contact", "PlannedContact", "Summit", "Anniversary"} <= group for group in groups)


def test_the_code_names_exactly_the_terms_of_the_ontology(ontology: Graph) -> None:
    named = {
        value.value: name
        for name, value in vars(terms).items()
        if isinstance(value, NamedNode) and value.value.startswith(terms.DIP)
    }
    assert set(named) == {str(term) for term in ours(ontology)}
    for iri, name in named.items():
        assert name.rstrip("_") == iri.removeprefix(terms.DIP)


def test_every_value_of_a_closed_list_has_its_term() -> None:
    from kg.facts.agreement.record import Act
    from kg.facts.contact.record import ContactFormat, ContactKind
    from kg.mappers import agreement, contact, time
    from kg.model.date import Precision
    from kg.model.fact import Status

    tables: list[tuple[Any, Any]] = [
        (Act, agreement.ACTS),
        (ContactFormat, contact.FORMATS),
        (ContactKind, contact.CLASSES),
        (Status, contact.STATUSES),
        (Precision, time.PRECISIONS),
    ]
    for kind, table in tables:
        assert set(table) == set(kind)
