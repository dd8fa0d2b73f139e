"""The comparison with an answer key finds what is missing, what is extra and what rests on other words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph
from rdflib import Graph

from kg.config import shipped
from kg.facts.sheet import read_sheet
from kg.lexicon.world import load_world
from kg.pipeline import Sources, assemble, draw

SHEET = Path(__file__).parents[1] / "sheets" / "lake_summit.toml"
DIP = "https://w3id.org/diplomacy-kg/ns#"
PREFIX = f"PREFIX dip: <{DIP}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "


def lake(base: str) -> Graph:
    world = load_world(shipped("seeds") / "world")
    sources = Sources(sheets=(read_sheet(SHEET),))
    store = draw(assemble(sources, world)[0], sources, world, base)
    lines = (f"{quad.triple} .\n" for quad in store.quads_for_pattern(None, None, None, DefaultGraph()))
    return Graph().parse(data="".join(lines), format="nt11")


@pytest.fixture(scope="module")
def text() -> str:
    return lake("https://example.org/ours/").serialize(format="nt11")


@pytest.fixture(scope="module")
def key() -> Graph:
    return lake("https://example.org/key/")


def test_the_same_facts_under_other_iris_are_the_same(compare: Callable[..., list[str]], key: Graph, text: str) -> None:
    assert compare(key, Graph().parse(data=text, format="nt11")) == []


MOVED = """DELETE { ?s dip:begin ?b ; dip:end ?e } INSERT { ?s dip:begin 0 ; dip:end 1 }
WHERE { ?s dip:supports ?m ; dip:begin ?b ; dip:end ?e . ?m a dip:Meeting }"""
REVIVED = """DELETE { ?s dip:status ?o } INSERT { ?s dip:status dip:planned }
WHERE { ?s a dip:PlannedContact ; dip:status ?o }"""
INVENTED = "INSERT { <https://example.org/m> a dip:Meeting ; dip:participant ?o } WHERE { ?o a dip:Leader }"


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ("DELETE { ?s ?p ?o } WHERE { ?s a dip:PhoneCall ; ?p ?o }", "missing PhoneCall"),
        ("DELETE { ?s dip:duration ?o } WHERE { ?s dip:duration ?o }", 'anna-novak-juan-horvat duration "PT45M"'),
        ("INSERT { ?s dip:participant ?o } WHERE { ?s a dip:Summit . ?o a dip:Leader }", "extra: summit/epc-2024"),
        ("INSERT { ?s dip:concerns ?o } WHERE { ?s a dip:Agreement . ?o a dip:Country }", "missing Agreement"),
        ("DELETE { ?s dip:met ?o } WHERE { ?s dip:met ?o }", "missing: leader/anna-novak met"),
        (INVENTED, "extra Meeting"),
        (MOVED, "missing evidence: meeting"),
        (REVIVED, "status"),
    ],
)
def test_a_difference_is_named(
    compare: Callable[..., list[str]], key: Graph, text: str, update: str, words: str
) -> None:
    ours = Graph().parse(data=text, format="nt11")
    ours.update(PREFIX + update)
    assert any(words in line for line in compare(key, ours))


def test_a_label_of_a_summit_is_free_and_one_of_a_leader_is_not(
    compare: Callable[..., list[str]], key: Graph, text: str
) -> None:
    renamed = "DELETE { ?s rdfs:label ?o } INSERT { ?s rdfs:label 'X' } WHERE { ?s a dip:%s ; rdfs:label ?o }"
    ours = Graph().parse(data=text, format="nt11")
    ours.update(PREFIX + renamed % "Summit")
    assert compare(key, ours) == []
    ours.update(PREFIX + renamed % "Leader")
    assert any("Leader" in line for line in compare(key, ours))
