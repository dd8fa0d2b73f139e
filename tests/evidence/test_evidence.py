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
from itertools import chain, islice
from pathlib import Path
from typing import Final

import pytest

from kg.cli.places import place_test
from kg.errors import ArticleError
from kg.evaluate.gold import item_article
from kg.extract.lexicon import Lexicon, load_lexicon
from kg.facts.reading import read_facts
from kg.facts.report import Report
from kg.facts.sources import report_of
from kg.model.entity import Leader, fold
from kg.model.fact import Evidence
from kg.read import read_sources

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
ITEMS = SHARED / "data" / "current-events" / "2025.jsonl"
MOST_ITEMS: Final = 500
KINDS: Final = ("contacts", "summits", "agreements", "anniversaries", "tenures", "statements")
# Words that stand for an office in headlines and lists.
OFFICES: Final = frozenset("leader leaders minister ministers president presidents premier premiers pm fm eam".split())
FIRST_MENTION: Final = (
    "the antecedent is the first mention, which may be no name ('Togolese leader'); none is kept beside a list"
)
CONTACTS_ONLY: Final = "facts other than contacts record no antecedents"

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


def news_items() -> Iterator[Report]:
    if not ITEMS.is_file():
        pytest.skip(f"NOT TESTED: the news items are not beside the checkout, in {ITEMS}")
    with ITEMS.open(encoding="utf-8") as lines:
        for line in islice(lines, MOST_ITEMS):
            item = json.loads(line)
            yield read_facts(item_article(item["id"], item["date"], item["text"]), lexicon())


Corpus = Callable[[], Iterator[Report]]
CORPORA: Final[tuple[Corpus, ...]] = (whole_reports, snippets, news_items)


def known_miss(reason: str, *missed: Corpus) -> pytest.MarkDecorator:
    """Every corpus, those in which something is known to be missing marked."""
    mark = pytest.mark.xfail(strict=True, reason=reason)
    corpora = [pytest.param(each, marks=[mark] if each in missed else [], id=each.__name__) for each in CORPORA]
    return pytest.mark.parametrize("corpus", corpora, indirect=True)


@cache
def reports(corpus: Corpus) -> Sequence[Report]:
    return tuple(corpus())


@pytest.fixture(params=CORPORA, ids=lambda corpus: corpus.__name__)
def corpus(request: pytest.FixtureRequest) -> Sequence[Report]:
    """The reports of one corpus."""
    return reports(request.param)


def words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in re.findall(r"[^\W_]+", fold(text)))


def names(who: Leader) -> frozenset[str]:
    """The words by which somebody is named."""
    known = lexicon().world.people.get(who.name)
    return words(who.name, who.written or "", *(known.short + known.aliases if known else ()))


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
        for told in chain.from_iterable(fact.evidence for fact in report.contacts):
            for begin, end in told.antecedents:
                assert report.article.text[begin:end].strip(), report.article.path


def test_who_took_part_stands_in_the_quote_or_in_what_it_refers_to(corpus: Sequence[Report]) -> None:
    """By name, by the office, or by the country's name."""
    missing = []
    for report in corpus:
        for fact in report.contacts:
            found = said(report, fact.evidence)
            for who in fact.participants:
                if not found & (names(who) | words(who.office or "") | country_words(who.country) | OFFICES):
                    missing.append(f"{report.article.path}: {who.name}: {[told.quote for told in fact.evidence]}")
    assert not missing


@known_miss(FIRST_MENTION, whole_reports)
def test_the_chain_of_reference_ends_at_a_name(corpus: Sequence[Report]) -> None:
    missing = []
    for report in corpus:
        for fact in report.contacts:
            found = said(report, fact.evidence)
            missing += [f"{report.article.path}: {who.name}" for who in fact.participants if not found & names(who)]
    assert not missing


def test_the_holder_of_an_office_stands_in_the_quote(corpus: Sequence[Report]) -> None:
    """A pronoun is let pass: "He succeeds Sandra Mason"."""
    missing = []
    for report in corpus:
        for fact in report.tenures:
            if not said(report, fact.evidence) & (names(fact.holder) | {"he", "she"}):
                missing.append(f"{report.article.path}: {fact.holder.name}: {[told.quote for told in fact.evidence]}")
    assert not missing


@known_miss(CONTACTS_ONLY, whole_reports, snippets)
def test_the_parties_of_an_agreement_stand_in_the_quote_or_in_what_it_refers_to(corpus: Sequence[Report]) -> None:
    missing = []
    for report in corpus:
        for fact in report.agreements:
            found = said(report, fact.evidence)
            by = {who.country: names(who) for who in fact.by}
            for party in fact.parties:
                if not found & (country_words(party) | by.get(party, frozenset())):
                    missing.append(f"{report.article.path}: {party}: {[told.quote for told in fact.evidence]}")
    assert not missing


@known_miss(CONTACTS_ONLY, *CORPORA)
def test_the_speaker_of_a_statement_stands_in_the_quote_or_in_what_it_refers_to(corpus: Sequence[Report]) -> None:
    missing = []
    for report in corpus:
        for fact in report.statements:
            if not said(report, fact.evidence) & names(fact.speaker):
                missing.append(f"{report.article.path}: {fact.speaker.name}: {[t.quote for t in fact.evidence]}")
    assert not missing
