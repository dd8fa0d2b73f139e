"""The benchmark of serving: its graph is the same every time, its questions have answers, its clients measure."""

import itertools

import pyoxigraph as ox
import pytest

from kg.config import BASE_IRI, shipped
from kg.extract.lexicon import load_lexicon
from kg.facts.jsonl import from_line
from kg.pipeline import Sources, assemble, draw
from kg.query.saved import load_queries
from kg.store.generation import publish
from tests.bench.asking import bound_questions
from tests.bench.clients import ask_again_and_again
from tests.bench.generating import generate
from tests.bench.rivals import memory_of, ours

pytestmark = pytest.mark.server


def test_the_reports_are_the_same_every_time_and_others_for_another_seed():
    world = load_lexicon().world
    lines = list(generate(world, 40, 1))
    assert lines == list(generate(world, 40, 1))
    assert lines != list(generate(world, 40, 2))


def test_every_saved_question_is_bound_to_things_of_the_graph():
    world = load_lexicon().world
    reports = tuple(from_line(line, "generated", at) for at, line in enumerate(generate(world, 60, 1), start=1))
    sources = Sources(reports=reports)
    whole, problems = assemble(sources, world)
    assert not problems
    store = draw(whole, sources, world, BASE_IRI)
    asked = {question.name: question.text for question in bound_questions(store)}
    assert set(asked) == set(load_queries(shipped("queries")))
    answered = [name for name, text in asked.items() if any(True for _ in itertools.islice(store.query(text), 1))]
    assert len(answered) >= 9, sorted(set(asked) - set(answered))


def test_the_clients_measure_our_server(tmp_path):
    node = ox.NamedNode("http://example.org/a")
    publish(tmp_path, [ox.Quad(node, node, ox.Literal(str(one))) for one in range(100)])
    with ours(tmp_path, "--cache-size", "0") as (endpoint, process):
        times = ask_again_and_again(endpoint, "SELECT * { ?s ?p ?o }", 4, seconds=0.3, patience=20)
        assert times.failed == 0
        assert len(times.seconds) >= 4
        assert times.percentile(0.5) <= times.percentile(0.99) < 20
        refused = ask_again_and_again(endpoint, "SELECT", 2, seconds=0, patience=20)
        assert (refused.failed, refused.percentile(0.5)) == (2, float("inf"))
        assert memory_of(process) > 10 << 20
