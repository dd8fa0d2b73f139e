"""Where a fact comes from: its articles, and the words it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pyoxigraph import NamedNode, Triple

from kg.assemble.told import F, Told
from kg.mappers import literal, terms
from kg.mappers.iri import mint, once, segment
from kg.model.entity import slug
from kg.model.fact import Evidence


def article_node(base: str, article: str) -> NamedNode:
    """The article with this id."""
    return mint(base, f"article/{article}")


def sources(told: Told[F], base: str) -> bytes:
    """The articles of a telling and every span that it rests on, as lines: most of a graph is these."""
    fact = str(mint(base, told.key))
    lines = [f"{fact} {terms.reportedIn} {article_node(base, article)} .\n" for article in told.articles]
    for article, words in told.evidence:
        lines += evidence(article, words, fact, base)
    return "".join(lines).encode()


def announcements(told: Told[F], base: str) -> Iterator[Triple]:
    """The articles that told of it while it was a plan."""
    for article in told.announced:
        yield Triple(mint(base, told.key), terms.announcedIn, article_node(base, article))


def evidence(article: str, words: Evidence, fact: str, base: str) -> Iterator[str]:
    """One span: which fact it supports, where it stands, what it says, which rule read it, who says so."""
    name, rule = _named(words.rule)
    node = f"<{base}id/evidence/{once(f'{segment(article)}-{words.begin}-{words.end}-{name}')}>"
    yield f"{node} {_IS_EVIDENCE}"
    yield f"{node} {_SUPPORTS} {fact} .\n"
    yield f"{node} {_ARTICLE} {article_node(base, article)} .\n"
    yield f"{node} {_RULE} {rule} .\n"
    yield f"{node} {_BEGIN} {_number(words.begin)} .\n"
    yield f"{node} {_END} {_number(words.end)} .\n"
    yield f"{node} {_QUOTE} {literal.spoken(words.quote)} .\n"
    if words.date_text:
        yield f"{node} {terms.dateText} {literal.plain(words.date_text)} .\n"
    if words.stated_date:
        yield f"{node} {terms.statedDate} {literal.date(words.stated_date)} .\n"
    if words.attributed_to:
        yield f"{node} {terms.attributedTo} {literal.plain(words.attributed_to)} .\n"


_IS_EVIDENCE: Final = f"{terms.RDF_TYPE} {terms.Evidence} .\n"
_SUPPORTS, _ARTICLE, _RULE = str(terms.supports), str(terms.article), str(terms.rule)
_BEGIN, _END, _QUOTE = str(terms.begin), str(terms.end), str(terms.quote)


@lru_cache(maxsize=1 << 12)
def _named(rule: str) -> tuple[str, str]:
    """A rule in a name, and as a literal."""
    return slug(rule), str(literal.plain(rule))


@lru_cache(maxsize=1 << 14)
def _number(value: int) -> str:
    return str(literal.number(value))
