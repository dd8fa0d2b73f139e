"""What a query says before its form: prefixes made whole, and whether the same graph may answer otherwise next time."""

from __future__ import annotations

import pytest

from kg.config import Limits
from kg.engine.answer import Question, ResultFormat
from kg.engine.guard import check
from kg.engine.pool import Pool
from kg.engine.prologue import directives, is_volatile, prefixes

LIMITS = Limits()


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("ASK {}", None, {}),
        ("PREFIX : <http://e/> ASK {}", None, {"": "http://e/"}),
        ("prefix a: <http://e/> PREFIX a: <http://f/> ASK {}", None, {"a": "http://f/"}),
        (
            "BASE <http://e/x/> PREFIX a: <#y> BASE <z/> PREFIX b: <../w> ASK {}",
            None,
            {"a": "http://e/x/#y", "b": "http://e/x/w"},
        ),
        ("PREFIX a: <x#> ASK {}", "http://e/", {"a": "http://e/x#"}),
        ("PREFIX a: <x#> ASK {}", None, {}),
        (r"PREFIX a: <http://e/\u0062> ASK {}", None, {"a": "http://e/b"}),
        ("# PREFIX no: <http://no/>\nPREFIX a: <http://e/> # PREFIX no: <x>\nASK {}", None, {"a": "http://e/"}),
        ("PREFIX xml: <http://e/> PREFIX a: <http://f/> ASK {}", None, {"a": "http://f/"}),
        ("ASK { ?PREFIX <a:b> 'PREFIX no: <http://no/>' }", None, {}),
    ],
)
def test_the_prefixes_are_those_of_the_query(text: str, base: str | None, expected: dict[str, str]) -> None:
    assert prefixes(directives(check(text, LIMITS).tokens), base) == expected


@pytest.mark.parametrize("call", ["NOW()", "rand()", "UUID()", "StrUUID()", "BNODE()", "SAMPLE(DISTINCTRAND())"])
def test_time_and_chance_are_seen(call: str) -> None:
    assert is_volatile(check(f"SELECT ({call} AS ?x) {{}}", LIMITS).tokens)


def test_chance_is_seen_behind_a_word_that_it_sticks_to(pool: Pool) -> None:
    assert is_volatile(check("SELECT * { ?s ?p ?o } ORDER BYRAND()", LIMITS).tokens)
    text = "SELECT(SAMPLE(DISTINCTRAND())AS?x){}"
    assert len({pool.run(Question(text=text)).read() for _ in range(3)}) == 3


@pytest.mark.parametrize("text", ["ASK { ?now <a:rand> 'UUID()' }", "PREFIX now: <a:b> ASK { ?s now:rand ?o } # NOW()"])
def test_words_that_only_look_so_are_not(text: str) -> None:
    assert not is_volatile(check(text, LIMITS).tokens)


@pytest.mark.parametrize("written", [form for form in ResultFormat if form.is_graph])
def test_every_worker_writes_the_same_bytes(pool: Pool, written: ResultFormat) -> None:
    names = " ".join(f"PREFIX p{number}: <http://e/{number}/>" for number in range(20))
    text = f"{names} CONSTRUCT {{ p1:a p2:b p3:c . p4:a p5:b 1 }} WHERE {{}}"
    asked = Question(text=text, format=written)
    assert len({pool.run(asked).read() for _ in range(6)}) == 1
