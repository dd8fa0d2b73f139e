"""What a fact rests on, as lines: canonical N-Triples, whatever the words are."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from kg.assemble.told import Told
from kg.config import BASE_IRI
from kg.mappers.literal import clean
from kg.mappers.provenance import article_node, sources
from kg.model.date import PartialDate
from kg.model.fact import Evidence
from kg.store.prefixes import DIP

WORDS = st.builds(
    Evidence,
    begin=st.integers(0, 10_000),
    end=st.integers(0, 10_000),
    quote=st.text(min_size=1),
    rule=st.text(min_size=1, max_size=30),
    date_text=st.none() | st.text(),
    stated_date=st.none() | st.just(PartialDate.parse("2025-06-17")),
    attributed_to=st.none() | st.text(),
)


@given(st.text(min_size=1, max_size=20), st.lists(WORDS, max_size=3))
def test_the_lines_are_those_that_a_serializer_writes(article: str, spans: list[Evidence]) -> None:
    told = Told(key="meeting/a-b", fact=None, articles=(article,), evidence=tuple((article, words) for words in spans))  # type: ignore[type-var]
    lines = sources(told, BASE_IRI)
    triples = [quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)]
    assert ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) == lines
    quotes = {triple.object.value for triple in triples if triple.predicate.value == f"{DIP}quote"}
    assert quotes == {clean(words.quote) for words in spans}
    named = {triple.object for triple in triples if triple.predicate.value in {f"{DIP}article", f"{DIP}reportedIn"}}
    assert named == {article_node(BASE_IRI, article)}
    assert len([triple for triple in triples if triple.predicate.value == f"{DIP}supports"]) == len(spans)
