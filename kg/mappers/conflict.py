"""Contradictions between sources to triples: both sides, each with its articles."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from kg.assemble.told import Contradiction
from kg.mappers import literal, terms
from kg.mappers.iri import mint
from kg.mappers.provenance import article_node
from kg.model.entity import slug


def to_rdf(found: Contradiction, base: str) -> Iterator[Triple]:
    """Describe one contradiction."""
    mark = f"{found.key.replace('/', '-')}-{slug(found.property)}"
    node = mint(base, f"conflict/{mark}")
    yield Triple(node, terms.RDF_TYPE, terms.Conflict)
    yield Triple(node, terms.about, mint(base, found.key))
    yield Triple(node, terms.property, literal.plain(found.property))
    for number, (value, articles) in enumerate(found.claims, start=1):
        claim = mint(base, f"claim/{mark}-{number}")
        yield Triple(claim, terms.RDF_TYPE, terms.Claim)
        yield Triple(claim, terms.claimIn, node)
        yield Triple(claim, terms.value, literal.plain(value))
        for article in articles:
            yield Triple(claim, terms.reportedIn, article_node(base, article))
