"""Every rule does what it says: its example gives a fact by it, its counter-examples give none by it."""

import pytest

from kg.extract.lexicon import load_lexicon
from kg.extract.rule import Rule
from kg.facts.agreement import rules as agreement
from kg.facts.anniversary import rules as anniversary
from kg.facts.contact import rules as contact
from kg.facts.reading import read_facts
from kg.facts.summit import rules as summit
from kg.facts.tenure import rules as tenure
from kg.model.text import Article, Paragraph, Part

RULES = [*contact.RULES, *agreement.RULES, *anniversary.RULES, *summit.RULES, *tenure.RULES]
COUNTERS = [(rule, counter) for rule in RULES for counter in rule.counter]


def rules_behind(text):
    """The rules on whose evidence the facts of this text rest."""
    body = (Paragraph(0, len(text), Part.BODY),)
    article = Article(id="a1", path="a1.txt", text=text, paragraphs=body, published="2025-06-18")
    r = read_facts(article, load_lexicon())
    facts = (*r.contacts, *r.agreements, *r.anniversaries, *r.summits, *r.tenures, *r.statements)
    return {evidence.rule for fact in facts for evidence in fact.evidence}


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_the_example_gives_a_fact_by_its_rule(rule: Rule):
    assert rule.id in rules_behind(rule.example)


@pytest.mark.parametrize(("rule", "counter"), COUNTERS, ids=[f"{rule.id}: {counter}" for rule, counter in COUNTERS])
def test_a_counter_example_gives_none_by_its_rule(rule: Rule, counter: str):
    assert rule.id not in rules_behind(counter)


def test_no_two_rules_share_a_name():
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_a_rule_without_its_proof_does_not_load():
    with pytest.raises(ValueError, match=r"needs an example and a counter-example"):
        Rule(id="x", pattern="<met>", trigger="t", needs=("met",), build=lambda _: None, example="", counter=())
