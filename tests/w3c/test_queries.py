"""Every query of the suites, loaded and asked through the real server, in every format that keeps all of the answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import cycle

import pytest

from tests.serving import ROOT
from tests.w3c.asking import asked, engine_csv, engine_says, failures, held, is_ordered, refused
from tests.w3c.compare import same, same_cells, same_once_or_more
from tests.w3c.endpoint import Endpoint, Way
from tests.w3c.manifests import MISSING, SUITES, Case, Kind, cases, each
from tests.w3c.results import Answer, Table, Term, read, read_csv, read_expected, terms

# rdflib's own reader of JSON-LD warns of itself.
pytestmark = [pytest.mark.server, pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")]

TABLES = ("application/sparql-results+json", "application/sparql-results+xml", "text/tab-separated-values")
GRAPHS = ("application/n-triples", "text/turtle", "application/rdf+xml", "application/ld+json")


def answer(case: Case, endpoint: Endpoint, graphs: Sequence[tuple[str, str]] = ()) -> Answer | None:
    """The answer, in the first of the formats; ``None`` for a refusal."""
    reply = endpoint.query(asked(case), f"{TABLES[0]}, {GRAPHS[0]}", graphs)
    return read(reply.body, reply.media) if reply.status == 200 else None


def answers(case: Case, endpoint: Endpoint) -> Iterator[Answer | None]:
    """The answers in all formats."""
    first = answer(case, endpoint)
    yield first
    if first is not None:
        formats = TABLES if isinstance(first, Table) else TABLES[:2] if isinstance(first, bool) else GRAPHS
        for media, way in zip(formats, cycle(Way), strict=False):
            reply = endpoint.query(asked(case), media, way=way)
            assert (reply.status, reply.media) == (200, media), reply.body
            yield read(reply.body, media)


def judge(case: Case, found: list[Answer | None]) -> None:
    """The answers are right; where the case is a listed failure, they are wrong and what Oxigraph itself says."""
    expected, given, order = read_expected(case.result), terms(held(case)), is_ordered(case)

    def is_right(answer: Answer | None) -> bool:
        if case.is_lax and answer is not None:
            return same_once_or_more(answer, expected)
        return answer is not None and same(answer, expected, given, order=order)

    cause = failures().get(case.name)
    if cause is None:
        assert all(map(is_right, found)), (asked(case), found, expected)
        return
    assert not any(map(is_right, found)), f"it passes: take it from failures.toml, where it stands as: {cause}"
    engine = engine_says(case)
    assert all(_is_engines(answer, engine, given) for answer in found), (found, engine)


def _is_engines(answer: Answer | None, engine: Answer | None, given: Collection[Term]) -> bool:
    """Whether the answer is the engine's own; a refusal is its own where it refuses."""
    if answer is None or engine is None:
        return answer is engine
    return same(answer, engine, given)


@each(Kind.QUERY)
def test_a_query_is_answered_as_the_standard_says(case: Case, endpoint: Endpoint) -> None:
    endpoint.hold(held(case))
    judge(case, list(answers(case, endpoint)))


@each(Kind.CSV)
def test_a_table_is_written_as_csv(case: Case, endpoint: Endpoint) -> None:
    endpoint.hold(held(case))
    reply = endpoint.query(asked(case), "text/csv")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    cells, expected = read_csv(reply.body), read_csv(case.result.read_bytes())
    assert same_cells(cells, expected) is (case.name not in failures()), (cells, expected)
    assert same_cells(cells, read_csv(engine_csv(case)))


def test_no_case_is_lost_and_the_readme_counts_them() -> None:
    if not SUITES.is_dir():
        pytest.skip(MISSING)
    names = {case.name for case in cases()}
    assert len(names) == len(cases()) == 1028
    assert {*failures(), *refused()} <= names
    passed = len(names) - len(failures()) - len(refused())
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"Of the {len(names):,} cases" in told
    assert f"{passed} pass." in told
    assert f"in {len(failures())} Oxigraph itself answers otherwise, {len(refused())} have `LOAD`" in told
