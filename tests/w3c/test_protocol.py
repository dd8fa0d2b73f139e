"""The requests of the W3C's protocol suite, sent as they stand in its manifest, and its service description."""

from __future__ import annotations

import pytest
from rdflib import URIRef

from tests.w3c.endpoint import Endpoint, WritableEndpoint
from tests.w3c.exchange import is_update, play
from tests.w3c.manifests import Case, Kind, each
from tests.w3c.results import read
from tests.w3c.vocabulary import SD, strange_uses

pytestmark = pytest.mark.server


@each(Kind.PROTOCOL, but=is_update)
def test_a_request_for_a_query_is_answered_as_the_standard_says(case: Case, endpoint: Endpoint) -> None:
    endpoint.hold(case.before)
    play(case, endpoint)


@each(Kind.PROTOCOL, but=lambda case: not is_update(case))
def test_a_request_for_an_update_is_answered_as_the_standard_says(case: Case, writable: WritableEndpoint) -> None:
    play(case, writable, Authorization=writable.key)


@each(Kind.GRAPH_STORE)
def test_a_graph_is_kept_as_the_standard_says(case: Case, writable: WritableEndpoint) -> None:
    assert writable.update("DROP ALL").status == 204
    play(case, writable, Authorization=writable.key)


@each(Kind.DESCRIPTION)
def test_the_endpoint_describes_itself(case: Case, endpoint: Endpoint) -> None:
    reply = endpoint.send("GET", "/sparql", Accept="text/turtle, application/rdf+xml;q=0.5")
    assert reply.status == 200
    described = read(reply.body, reply.media)
    match case.name.rpartition("/")[2]:
        case "returns-rdf":
            assert len(described) > 0
        case "has-endpoint-triple":
            assert (None, SD.endpoint, URIRef(f"{endpoint.site}sparql")) in described
        case "conforms-to-schema":
            assert strange_uses(described) == []
        case name:
            pytest.fail(f"a case of which nothing is known here: {name}")
