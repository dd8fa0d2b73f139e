"""Comunica, the client of the web: it finds out by itself that an address is an endpoint, and joins several."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import rdflib

from tests.clients.world import LEADERS, NAMES, NO, PAIR, PREFIXES, WHO_MET, YES

pytestmark = pytest.mark.server

Run = Callable[..., str]


def rows(answer: str) -> list[dict[str, str]]:
    found = json.loads(answer)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


@pytest.mark.parametrize("prefix", ["", "sparql@"], ids=["found out", "told"])
def test_comunica_asks_the_endpoint(site: str, comunica: Run, prefix: str) -> None:
    source = f"{prefix}{site}sparql"
    table = comunica(source, "-q", LEADERS, "-t", "application/sparql-results+json")
    assert [row["name"] for row in rows(table)] == NAMES
    graph = rdflib.Graph().parse(data=comunica(source, "-q", WHO_MET, "-t", "application/n-triples"), format="nt")
    assert {str(leader) for leader in graph.objects()} == PAIR
    assert comunica(source, "-q", YES).strip() == "true"
    assert comunica(source, "-q", NO).strip() == "false"


def test_comunica_joins_the_endpoint_with_a_file_of_ours(site: str, comunica: Run) -> None:
    query = PREFIXES + "SELECT ?name { ?meeting a dip:PhoneCall ; dip:participant ?leader . ?leader rdfs:label ?name }"
    sources = (f"sparql@{site}sparql", f"{site}exports/diplomacy.ttl")
    found = rows(comunica(*sources, "-q", query, "-t", "application/sparql-results+json"))
    assert {row["name"] for row in found} == {"Anna Novák", "Emil Brandt"}
