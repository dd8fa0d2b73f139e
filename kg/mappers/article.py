"""Articles to triples: what the source says about itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from pyoxigraph import NamedNode, Triple

from kg.mappers import literal, terms
from kg.mappers.entities import Entities
from kg.mappers.provenance import article_node
from kg.model.text import Article


def copy_of(article: Article, original: str | None, base: str) -> Iterator[Triple]:
    """The article that this one is a copy of, where there is one."""
    if original is not None:
        yield Triple(article_node(base, article.id), terms.copyOf, article_node(base, original))


def to_rdf(article: Article, entities: Entities) -> Iterator[Triple]:
    """Describe one article; of its path only the file's name is told."""
    node = article_node(entities.base, article.id)
    yield Triple(node, terms.RDF_TYPE, terms.Article)
    if article.headline:
        yield Triple(node, terms.headline, literal.spoken(article.headline, article.language))
    for predicate, moment in ((terms.published, article.published), (terms.updated, article.updated)):
        if moment:
            yield Triple(node, predicate, literal.timestamp(moment))
    texts = (
        (terms.byline, article.byline),
        (terms.agency, article.agency),
        (terms.publisher, article.publisher),
        (terms.sourceFile, PurePath(article.path).name),
    )
    for predicate, text in texts:
        if text:
            yield Triple(node, predicate, literal.plain(text))
    if article.address:
        yield Triple(node, terms.url, NamedNode(article.address))
    if article.dateline:
        yield Triple(node, terms.dateline, entities.dateline(article.dateline))
