"""Where a fact comes from: its articles, and the words it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from kg.assemble.told import F, Told
from kg.mappers import literal, terms
from kg.mappers.iri import mint, segment
from kg.model.entity import slug
from kg.model.fact import Evidence


def article_node(base: str, article: str) -> NamedNode:
    """The article with this id."""
    return mint(base, f"article/{article}")


def sources(told: Told[F], base: str) -> Iterator[Triple]:
    """The articles of a fact and every span that supports it: of a fact as a whole, those of all its tellings."""
    node = mint(base, told.key)
    for article in told.articles:
        yield Triple(node, terms.reportedIn, article_node(base, article))
    for article, words in told.evidence:
        yield from evidence(article, words, node, base)


def announcements(told: Told[F], base: str) -> Iterator[Triple]:
    """The articles that told of it while it was a plan."""
    for article in told.announced:
        yield Triple(mint(base, told.key), terms.announcedIn, article_node(base, article))


def evidence(article: str, words: Evidence, fact: NamedNode, base: str) -> Iterator[Triple]:
    """One span: which fact it supports, where it stands, what it says, which rule read it, who says so."""
    place = f"{segment(article)}-{words.begin}-{words.end}-{slug(words.rule)}"
    node = mint(base, f"evidence/{place}")
    yield Triple(node, terms.RDF_TYPE, terms.Evidence)
    yield Triple(node, terms.supports, fact)
    yield Triple(node, terms.article, article_node(base, article))
    yield Triple(node, terms.rule, literal.plain(words.rule))
    yield Triple(node, terms.begin, literal.number(words.begin))
    yield Triple(node, terms.end, literal.number(words.end))
    yield Triple(node, terms.quote, literal.spoken(words.quote))
    if words.date_text:
        yield Triple(node, terms.dateText, literal.plain(words.date_text))
    if words.stated_date:
        yield Triple(node, terms.statedDate, literal.date(words.stated_date))
    if words.attributed_to:
        yield Triple(node, terms.attributedTo, literal.plain(words.attributed_to))
