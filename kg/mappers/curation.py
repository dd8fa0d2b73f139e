"""Corrections and withdrawals by fact sheets to triples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pyoxigraph import NamedNode, Triple

from kg.facts.sheet import Sheet
from kg.mappers import literal, terms
from kg.mappers.entities import Entities
from kg.mappers.iri import key_of, mint
from kg.mappers.provenance import article_node


def to_rdf(sheet: Sheet, entities: Entities, moved: Mapping[str, str] = MappingProxyType({})) -> Iterator[Triple]:
    """Describe what a sheet changed, and why; ``moved`` are the keys that facts have since by those they had before."""
    base = entities.base
    for number, curation in enumerate(sheet.curations, start=1):
        node = mint(base, f"curation/{sheet.article.id}-{number}")
        yield Triple(node, terms.RDF_TYPE, terms.Curation)
        yield Triple(
            node, terms.corrects if _corrects(sheet, number) else terms.retracts, fact_node(curation.fact, base)
        )
        since = moved.get(key_of(base, curation.fact) or curation.fact)
        if since is not None and _corrects(sheet, number):
            yield Triple(node, terms.corrects, mint(base, since))
        yield Triple(node, terms.reason, literal.plain(curation.reason))
        yield Triple(node, terms.reportedIn, article_node(base, sheet.article.id))


def _corrects(sheet: Sheet, number: int) -> bool:
    curation = sheet.curations[number - 1]
    return bool(curation.changes) or curation.fact.startswith("article/")


def fact_node(fact: str, base: str) -> NamedNode:
    """The fact that a sheet names by IRI or key; its path is minted anew, so that nothing else gets in."""
    return mint(base, key_of(base, fact) or fact)
