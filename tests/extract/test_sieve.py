"""A sieve passes over nothing that would match, and most of what would not."""

import pytest

from kg.extract.lexicon import load_lexicon
from kg.extract.person_patterns import PATTERNS
from kg.extract.sieve import Sieve, rarest_first
from tests.extract.test_rules import RULES

ALPHABET = load_lexicon().alphabet
MET, AND = min(ALPHABET.by_class["met"]), min(ALPHABET.by_class["and"])


@pytest.mark.parametrize(
    ("pattern", "demanded"),
    [
        ("P C", ({"P"}, {"C"})),
        ("P? C", ({"C"},)),
        ("P{0,3} C{1,2}", ({"C"},)),
        ("who=(P|R) <^P|,> C", ({"P", "R"}, {"C"})),
        ("(P|R C) A", ({"P", "R"}, {"A"})),
        ("P|C A", ({"P", "C"},)),
        ("(P|C?) A", ({"A"},)),
        ("mark=(C (A)?)", ({"C"},)),
        ("C . A", ({"C"}, {"A"})),
    ],
)
def test_a_pattern_demands_what_no_match_can_do_without(pattern: str, demanded: tuple[set[str], ...]):
    assert tuple(map(set, ALPHABET.compile(pattern).musts)) == demanded


@pytest.mark.parametrize("pattern", [*PATTERNS.values(), *(rule.pattern for rule in RULES)])
def test_every_rule_demands_something(pattern: str):
    assert ALPHABET.compile(pattern).musts


def test_only_patterns_whose_demands_are_met_are_passed():
    sieve = Sieve([rarest_first(ALPHABET.compile(pattern).musts) for pattern in ("P <met> P", "P <and> P", "<met> C")])
    assert list(sieve.passed(frozenset("w"))) == []
    assert list(sieve.passed(frozenset({"P", MET}))) == [0]
    assert list(sieve.passed(frozenset({"P", "C", MET, AND}))) == [0, 1, 2]
    assert list(sieve.passed(frozenset({"C", MET}))) == [2]
