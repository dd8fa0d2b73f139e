"""What the suites call a query is answered, and what they call none is refused: nothing legal is, nothing else runs."""

from __future__ import annotations

import json

import pytest

from tests.w3c.asking import asked, engine_reads, failures, is_update, refused
from tests.w3c.endpoint import Endpoint, Reply, WritableEndpoint
from tests.w3c.manifests import Case, Dataset, Kind, each

pytestmark = pytest.mark.server

SHAPE = {"status", "error", "message", "line", "column", "hint"}
PASSES = "it passes: take it from failures.toml"


def ask(case: Case, endpoint: Endpoint) -> Reply:
    endpoint.hold(Dataset())
    return endpoint.query(asked(case), "application/sparql-results+json, text/turtle")


def is_taken(case: Case, reply: Reply) -> None:
    """Nothing; the text was taken, or refused where the engine is known not to read it."""
    if case.name in refused():
        assert reply.status == 400
        assert refused()[case.name] in reply.body.decode()
    elif case.name in failures():
        assert reply.status == 400, PASSES
        assert not engine_reads(case)
    elif reply.status // 100 != 2:
        # It was read and begun: to clear or to drop a graph that is not there is an error of its own.
        assert b"does not exist" in reply.body, reply.body


def is_refused(case: Case, reply: Reply) -> None:
    """Nothing; the text was refused, or taken where the engine is known to read it."""
    if case.name in failures():
        assert reply.status // 100 == 2, PASSES
        assert engine_reads(case)
    else:
        assert reply.status == 400, reply.body
        assert set(json.loads(reply.body)) == SHAPE


@each(Kind.GOOD_QUERY, Kind.GOOD_QUERY_11)
def test_a_query_is_answered(case: Case, endpoint: Endpoint) -> None:
    is_taken(case, ask(case, endpoint))


@each(Kind.BAD_QUERY, Kind.BAD_QUERY_11, but=is_update)
def test_what_is_no_query_is_refused(case: Case, endpoint: Endpoint) -> None:
    is_refused(case, ask(case, endpoint))


@each(Kind.GOOD_UPDATE)
def test_an_update_is_done(case: Case, writable: WritableEndpoint) -> None:
    assert writable.update("DROP ALL").status == 204
    is_taken(case, writable.update(asked(case)))


@each(Kind.BAD_UPDATE, Kind.BAD_QUERY_11, but=lambda case: not is_update(case))
def test_what_is_no_update_is_refused(case: Case, writable: WritableEndpoint) -> None:
    is_refused(case, writable.update(asked(case)))
