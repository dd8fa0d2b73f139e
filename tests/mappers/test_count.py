"""What the build counts is what the saved questions count by themselves, and is asked only where it is true."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import build_graph
from kg.assemble.derive import order
from kg.assemble.ranking import rows as counted_rows
from kg.assemble.tallies import tally
from kg.config import BASE_IRI, Limits, shipped
from kg.engine.pool import Pool
from kg.engine.reader import Reader
from kg.engine.writer import Writer
from kg.mappers import count, terms
from kg.mappers.iri import graph
from kg.query.bind import bind
from kg.query.paging import pageable
from kg.query.saved import SavedQuery, load_queries
from kg.store.generation import BY_HAND, Generation, current, publish
from kg.store.prefixes import DIP
from tests.bench.asking import names_of

QUERIES = load_queries(shipped("queries"))
TODAY = dt.date(2026, 11, 22)
GIVEN = {
    "country": ["France", "Canada"],
    "year": ["2025", "1990"],
    "from": ["2025-06-17"],
    "until": ["2025-06-16"],
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the sample articles."""
    folder = tmp_path_factory.mktemp("counted") / "kg-store"
    build_graph(shipped("seeds") / "articles", folder)
    return folder


@pytest.fixture(scope="module")
def generation(root: Path) -> Generation:
    return current(root)


def rows(store: ox.Store, text: str) -> list[tuple[str, ...]]:
    """The rows of an answer in their order; of names in one cell nobody cares for the order."""
    found = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [tuple(_cell(row[name]) for name in names) for row in found]


def _cell(term: object) -> str:
    return ", ".join(sorted(str(getattr(term, "value", "")).split(", ")))


def counted() -> Iterator[tuple[SavedQuery, dict[str, str]]]:
    """Every counted text with every value of its parameters."""
    for query in QUERIES.values():
        for needed in query.counted:
            yield from ((query, given) for given in _values(sorted(needed)))


def _values(names: list[str]) -> Iterator[dict[str, str]]:
    if not names:
        yield {}
        return
    for value in GIVEN[names[0]]:
        yield from ({names[0]: value, **rest} for rest in _values(names[1:]))


@pytest.mark.parametrize(("query", "given"), list(counted()), ids=lambda one: getattr(one, "name", one))
def test_the_counts_answer_as_the_facts_do(generation: Generation, query: SavedQuery, given: dict[str, str]) -> None:
    store = generation.open()
    names = names_of(store)
    from_facts, from_counts = (bind(query, given, names, TODAY, is_counted=told) for told in (False, True))
    assert from_facts != from_counts
    assert sorted(rows(store, from_counts)) == sorted(rows(store, from_facts))


def test_every_kind_of_count_is_there(generation: Generation) -> None:
    kinds = {quad.object for quad in generation.open().quads_for_pattern(None, None, None, ox.DefaultGraph())}
    assert set(count.CLASSES.values()) <= kinds
    assert count.CLASSES.keys() == {counted.kind for counted in counted_rows(tally(generation.open()))}


def test_every_held_contact_has_its_day_as_a_number(generation: Generation) -> None:
    store = generation.open()
    told = {quad.triple for quad in store.quads_for_pattern(None, terms.sortKey, None, ox.DefaultGraph())}
    derived = {quad.triple for quad in store.quads_for_pattern(None, terms.sortKey, None, graph(BASE_IRI, "derived"))}
    assert told == derived == set(order(store))
    assert told


def test_a_graph_without_anything_has_no_counts() -> None:
    found = {
        quad.predicate.value.removeprefix(DIP) for quad in count.to_quads(counted_rows(tally(ox.Store())), BASE_IRI)
    }
    assert found == {"countedBy"}


@pytest.mark.parametrize("name", [name for name, query in QUERIES.items() if "} ORDER BY" in query.text])
def test_the_pages_of_an_answer_are_all_of_it(generation: Generation, name: str) -> None:
    store = generation.open()
    required = [parameter for parameter in QUERIES[name].parameters if parameter.required]
    assert not required
    for is_counted in (False, True):
        text = bind(QUERIES[name], {}, names_of(store), TODAY, is_counted=is_counted)
        parts = pageable(text, is_saved=True)
        assert parts is not None
        if parts.inner is not None:
            total = int(rows(store, parts.total)[0][0])
            paged = [row for begin in range(0, total, 3) for row in rows(store, parts.rows(begin, 3))]
            assert sorted(paged) == sorted(rows(store, text))


def test_what_was_changed_by_hand_is_counted_anew(root: Path, tmp_path: Path) -> None:
    own, limits = tmp_path / "own", Limits(seconds=20, workers=1)
    shutil.copytree(root, own)
    assert is_counted(own, limits)
    with Writer(own, limits) as writer:
        writer.update("INSERT DATA { GRAPH <https://example.org/mine> { <a:a> <a:b> 1 } }")
        assert is_counted(own, limits)
        writer.update("INSERT DATA { <a:a> <a:b> 1 }")
        assert not is_counted(own, limits)


def is_counted(root: Path, limits: Limits) -> bool:
    with Pool(root, limits) as pool:
        return Reader(pool).is_counted()


def test_a_build_that_keeps_what_people_changed_is_not_answered_from_counts(root: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(root, own)
    (current(own).path / BY_HAND[0]).write_bytes(b"")
    assert not current(own).is_as_counted


def test_a_store_that_nobody_counted_is_asked_for_the_facts(tmp_path: Path) -> None:
    publish(tmp_path, [])
    assert not is_counted(tmp_path, Limits(seconds=20, workers=1))
