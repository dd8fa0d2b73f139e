"""The evidence of every fact of every corpus: its words stand in the article where it says, and name who took part.

A reference ("the two leaders") names nobody: the spans that it was resolved to are recorded beside the quote, as
``antecedents``. Who stands in neither is a claim without evidence.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final

import pytest

from kg.errors import ArticleError
from kg.evaluate.gold import item_article
from kg.extract.lexicon import Lexicon, load_lexicon
from kg.facts.agreement.record import Agreement
from kg.facts.anniversary.record import Anniversary
from kg.facts.contact.record import Contact
from kg.facts.reading import read_facts
from kg.facts.report import Report
from kg.facts.sources import report_of
from kg.facts.statement.record import Statement
from kg.facts.summit.record import Summit
from kg.facts.tenure.record import Tenure
from kg.lexicon.places import place_test
from kg.model.entity import Leader, fold
from kg.model.fact import Evidence
from kg.read import read_sources

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
ITEMS = SHARED / "data" / "current-events" / "2025.jsonl"
SENTENCES: Final = ("contacts", "leaders")
KINDS: Final = ("contacts", "summits", "agreements", "anniversaries", "tenures", "statements")
Fact = Agreement | Anniversary | Contact | Statement | Summit | Tenure
sys.path.insert(0, str(ROOT / "tests" / "examples"))
import test_examples as pages  # noqa: E402 - the snippets are read by their own page


@cache
def lexicon() -> Lexicon:
    return load_lexicon()


def whole_reports() -> Iterator[Report]:
    """Every article of our own, whatever folder it is in."""
    is_place = place_test(lexicon().world)
    folders = (ROOT / "tests" / "articles", ROOT / "seeds" / "articles")
    for file in sorted(chain.from_iterable(folder.rglob("*.txt") for folder in folders)):
        for source in read_sources(file, is_place=is_place):
            assert not isinstance(source, ArticleError), source
            yield report_of(source, lexicon())


def snippets() -> Iterator[Report]:
    for _, _, body in pages.EXAMPLES:
        yield read_facts(pages.article_of(body), lexicon())


def sentences() -> Iterator[Report]:
    for name in SENTENCES:
        lines = (ROOT / "tests" / "sentences" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            yield read_facts(item_article(f"{name} {number}", "2025-06-18", line.partition(" | ")[2]), lexicon())


def news_items() -> Iterator[Report]:
    if not ITEMS.is_file():
        pytest.skip(f"NOT TESTED: the news items are not beside the checkout, in {ITEMS}")
    with ITEMS.open(encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            yield read_facts(item_article(item["id"], item["date"], item["text"]), lexicon())


Corpus = Callable[[], Iterator[Report]]
CORPORA: Final[tuple[Corpus, ...]] = (whole_reports, snippets, sentences, news_items)


@cache
def reports(corpus: Corpus) -> Sequence[Report]:
    return tuple(corpus())


@pytest.fixture(params=CORPORA, ids=lambda corpus: corpus.__name__)
def corpus(request: pytest.FixtureRequest) -> Sequence[Report]:
    """The reports of one corpus."""
    return reports(request.param)


def words(*texts: str) -> frozenset[str]:
    """The words of the texts, folded; initials are one word ("U.S.")."""
    plain = (re.sub(r"\b(\w)\.(?=\w\b)", r"\1", fold(text)) for text in texts)
    return frozenset(word for text in plain for word in re.findall(r"[^\W_]+", text))


def names(who: Leader) -> frozenset[str]:
    """The words by which somebody is named."""
    known = lexicon().world.people.get(who.name)
    return words(who.name, who.written or "", *(known.short + known.aliases if known else ()))


def own_names(who: Leader) -> frozenset[str]:
    """The words of his names but the first: by a first name alone nobody is named."""
    return frozenset.union(*(words(" ".join(name.split()[1:]) or name) for name in (who.name, who.written or who.name)))


def country_words(code: str | None) -> frozenset[str]:
    """The words for a country or organisation: its names, demonyms and capital."""
    world = lexicon().world
    if code in world.countries:
        known = world.countries[code]
        every = (known.name, known.official, *known.aliases, *known.demonyms, *known.people, known.capital)
        return frozenset(word for word in words(*every, *known.metonyms) if len(word) > 1) - {"of", "the", "and"}
    organisation = world.organisations.get(code or "")
    return words(code or "", *((organisation.name, *organisation.aliases) if organisation else ()))


def said(report: Report, evidence: Sequence[Evidence]) -> frozenset[str]:
    """The words of the quotes and of what their references were resolved to."""
    spans = (report.article.text[begin:end] for words_ in evidence for begin, end in words_.antecedents)
    return words(*(words_.quote for words_ in evidence), *spans)


def test_every_corpus_has_facts(corpus: Sequence[Report]) -> None:
    assert sum(len(report.contacts) for report in corpus) > 0
    assert sum(len(report.tenures) for report in corpus) > 100


def test_every_fact_has_evidence_and_every_quote_is_the_article_s_text_at_its_place(corpus: Sequence[Report]) -> None:
    wrong = []
    for report in corpus:
        for kind in KINDS:
            for fact in getattr(report, kind):
                if not fact.evidence:
                    wrong.append(f"{report.article.path}: no evidence: {fact}")
                for told in fact.evidence:
                    if not told.quote or report.article.text[told.begin : told.end] != told.quote:
                        wrong.append(f"{report.article.path}: {told.begin} to {told.end}: {told.quote}")
    assert not wrong


def test_every_antecedent_is_a_place_in_the_article(corpus: Sequence[Report]) -> None:
    for report in corpus:
        every = chain.from_iterable(getattr(report, kind) for kind in KINDS)
        for told in chain.from_iterable(fact.evidence for fact in every):
            assert list(told.antecedents) == sorted(set(told.antecedents)), report.article.path
            for begin, end in told.antecedents:
                assert report.article.text[begin:end].strip(), report.article.path


def people_of(fact: Fact) -> tuple[Leader, ...]:
    """Everybody of whom the fact tells."""
    match fact:
        case Contact() | Summit():
            return fact.participants
        case Agreement():
            return fact.by
        case Tenure():
            return (fact.holder, *((fact.preceded_by,) if fact.preceded_by else ()))
        case Statement():
            return (fact.speaker,)
        case Anniversary():
            return ()


def parties_of(fact: Fact) -> tuple[str, ...]:
    """The countries and organisations of which the fact tells."""
    match fact:
        case Agreement():
            return (*fact.parties, *fact.concerns)
        case Anniversary():
            return fact.parties
        case Statement():
            return fact.about
        case Contact() | Summit() | Tenure():
            return ()


def named_in(report: Report, name: Leader) -> bool:
    """Whether the article names him anywhere; else it knows him by his office alone ("the Japanese premier")."""
    return bool(words(report.article.text) & own_names(name))


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_of_a_fact_is_named_in_its_quotes_or_in_what_they_refer_to(
    corpus: Sequence[Report], kind: str
) -> None:
    """By a name that is his; by office or country who is named nowhere in the article."""
    missing = []
    for report in corpus:
        for fact in getattr(report, kind):
            found = said(report, fact.evidence)
            for who in people_of(fact):
                sign = names(who) if named_in(report, who) else words(who.office or "") | country_words(who.country)
                if not found & sign:
                    missing.append(f"{report.article.path}: {who.name}: {[told.quote for told in fact.evidence]}")
    assert not missing


@pytest.mark.parametrize("kind", ["agreements", "anniversaries", "statements"])
def test_every_party_of_a_fact_is_named_in_its_quotes_or_in_what_they_refer_to(
    corpus: Sequence[Report], kind: str
) -> None:
    """By the country's name, its people's, its capital's; by one who acts for it."""
    missing = []
    for report in corpus:
        for fact in getattr(report, kind):
            found = said(report, fact.evidence)
            for party in parties_of(fact):
                acting = (who for who in (*report.leaders, *people_of(fact)) if who.country == party)
                own = chain.from_iterable(names(who) for who in acting)
                if not found & (country_words(party) | frozenset(own)):
                    missing.append(f"{report.article.path}: {party}: {[told.quote for told in fact.evidence]}")
    assert not missing
