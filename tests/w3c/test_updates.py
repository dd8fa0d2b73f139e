"""Every update of the suites, sent to the real server over the data of its case; what it leaves behind is asked for."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from tests.w3c.asking import JSON, asked, engine_updates, failures, refused
from tests.w3c.compare import same
from tests.w3c.endpoint import WritableEndpoint
from tests.w3c.manifests import Case, Dataset, Kind, each
from tests.w3c.results import Table, from_quads, read

pytestmark = pytest.mark.server

EVERYTHING = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
PASSES = "it passes: take it from failures.toml"


def fill(writable: WritableEndpoint, dataset: Dataset) -> None:
    """Nothing; the store holds this dataset and nothing else, by one update."""
    data = "\n".join(
        f"{quad.triple} ." if quad.graph_name == ox.DefaultGraph() else f"GRAPH {quad.graph_name} {{ {quad.triple} }}"
        for quad in dataset.quads()
    )
    reply = writable.update(f"DROP ALL ;\nINSERT DATA {{\n{data}\n}}")
    assert reply.status // 100 == 2, reply.body


def content(writable: WritableEndpoint) -> Table:
    """All that the store holds."""
    reply = writable.query(EVERYTHING, JSON)
    found = read(reply.body, reply.media)
    assert isinstance(found, Table)
    return found


@each(Kind.UPDATE)
def test_an_update_leaves_behind_what_the_standard_says(case: Case, writable: WritableEndpoint) -> None:
    fill(writable, case.before)
    reply, left = writable.update(asked(case)), content(writable)
    if case.name in refused():
        assert reply.status == 400, reply.body
        assert refused()[case.name] in reply.body.decode()
        assert same(left, from_quads(case.before.quads()))
        return
    is_right = reply.status // 100 == 2 and same(left, from_quads(case.after.quads()))
    if case.name in failures():
        assert not is_right, PASSES
        assert same(left, from_quads(engine_updates(case)))
    else:
        assert is_right, (reply, left)


def test_after_updates_that_were_refused_the_next_is_done(writable: WritableEndpoint) -> None:
    unknown = "INSERT { ?s ?p ?n } WHERE { ?s ?p ?o BIND (<http://example.org/f>(?o) AS ?n) }"
    for refused_update in ("INSERT DATA { <a:a> <a:b> }", "DROP GRAPH <http://example.org/nowhere>", unknown):
        reply = writable.update(refused_update)
        assert (reply.status, json.loads(reply.body)["hint"] is None) == (400, False), reply.body
    assert writable.update("DROP ALL").status == 204
