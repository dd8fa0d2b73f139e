"""What is counted in a graph that grew is what one counts in it anew; what may be wrong in it is not overlooked."""

from __future__ import annotations

from functools import reduce
from itertools import permutations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.assemble.audit import check_assertions
from kg.assemble.growth import Grown
from kg.assemble.ranking import rows
from kg.assemble.tallies import Tallies, added, brought_up, classes, from_lines, tally, to_lines, touched
from kg.assemble.views import Before, Now
from kg.store.prefixes import DIP, RDF, XSD

BASE = "https://example.org/id/"
CONTACTS = ("Meeting", "PhoneCall", "VideoCall", "PlannedContact")
DAYS = ("2024-12-30", "2024-12-31", "2025-01-01", "2025-01-07")


def thing(name: str) -> ox.NamedNode:
    return ox.NamedNode(BASE + name)


def triple(subject: str, path: str, end: ox.NamedNode | ox.Literal) -> ox.Quad:
    predicate = ox.NamedNode(f"{RDF}type" if path == "a" else f"{DIP}{path}")
    return ox.Quad(thing(subject), predicate, end)


def kinds(*names: str) -> st.SearchStrategy[ox.NamedNode]:
    return st.sampled_from([ox.NamedNode(DIP + name) for name in names])


def day(value: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(f"{XSD}date"))


def things(*names: str) -> st.SearchStrategy[ox.NamedNode]:
    return st.sampled_from([thing(name) for name in names])


LEADERS, PLACES, COUNTRIES = ("ann", "bo", "cy"), ("lake", "hill"), ("X", "Y")
ARTICLES, FACTS, WORDS = ("a1", "a2", "a3"), ("f1", "f2", "f3", "f4"), ("w1", "w2", "w3", "w4")


def told(subjects: tuple[str, ...], path: str, ends: st.SearchStrategy[object]) -> st.SearchStrategy[ox.Quad]:
    return st.builds(triple, st.sampled_from(subjects), st.just(path), ends)


QUADS = st.one_of(
    told(FACTS, "a", kinds(*CONTACTS, "Summit", "Agreement", "Statement")),
    told(FACTS, "participant", things(*LEADERS)),
    told(FACTS, "status", kinds("held", "planned")),
    told(FACTS, "earliest", st.sampled_from(DAYS).map(day)),
    told(FACTS, "latest", st.sampled_from(DAYS).map(day)),
    told(FACTS, "place", things(*PLACES)),
    told(FACTS, "reportedIn", things(*ARTICLES)),
    told(LEADERS, "represents", things(*COUNTRIES)),
    told(LEADERS, "met", things(*LEADERS)),
    told(PLACES, "country", things(*COUNTRIES)),
    told(ARTICLES, "a", kinds("Article")),
    told(ARTICLES, "publisher", st.sampled_from(["The Wire", "Echo"]).map(ox.Literal)),
    told(ARTICLES, "agency", st.just(ox.Literal("Wire Agency"))),
    told(ARTICLES, "published", st.sampled_from(DAYS).map(day)),
    told(ARTICLES, "copyOf", things(*ARTICLES)),
    told(WORDS, "a", kinds("Evidence")),
    told(WORDS, "supports", things(*FACTS)),
    told(WORDS, "begin", st.integers(0, 2).map(ox.Literal)),
    told(WORDS, "end", st.integers(0, 2).map(ox.Literal)),
)
# Of these a thing has one.
ONE = ("a", "status", "earliest", "latest", "country", "published", "begin", "end")


def single(quads: list[ox.Quad]) -> set[ox.Quad]:
    """The quads, but of several values where there is one the first alone."""
    seen: dict[object, ox.Quad] = {}
    for quad in quads:
        path = quad.predicate.value.rpartition("#")[2]
        seen.setdefault((quad.subject, quad.predicate) if path in {*ONE, "type"} else quad, quad)
    return set(seen.values())


GRAPHS = st.lists(QUADS, max_size=60).map(single)


def stored(quads: set[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(quads)
    return store


def grown(before: set[ox.Quad], after: set[ox.Quad]) -> Grown:
    store = stored(after)
    changed = Before(Now(store), after - before, before - after)
    return Grown(store=store, before=changed, counted=tally(stored(before)))


@settings(max_examples=300, deadline=None)
@given(GRAPHS, GRAPHS)
def test_what_was_counted_and_what_changed_give_what_is_counted_anew(before: set[ox.Quad], after: set[ox.Quad]) -> None:
    graph = grown(before, after)
    anew = Grown(stored(after))
    assert graph.tallies == anew.tallies
    assert graph.classes == anew.classes
    assert list(rows(graph.tallies)) == list(rows(anew.tallies))


@settings(max_examples=200, deadline=None)
@given(GRAPHS, st.lists(QUADS, max_size=3), st.data())
def test_a_small_change_touches_all_that_it_changes(
    quads: set[ox.Quad], more: list[ox.Quad], data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from(sorted(quads, key=str)), max_size=3)) if quads else set()
    after = single([*sorted(quads - gone, key=str), *more])
    now, before = Now(stored(after)), Now(stored(quads))
    view = Before(now, after - quads, quads - after)
    found = touched(now, view)
    everything = {quad.subject for quad in quads | after}
    assert all(added(now, one) == added(before, one) for one in everything - found)
    assert all(added(view, one) == added(before, one) for one in everything)
    assert brought_up(tally(stored(quads)), now, view, found) == tally(stored(after))


@given(GRAPHS)
def test_everything_together_adds_what_is_counted(quads: set[ox.Quad]) -> None:
    store = stored(quads)
    sums = reduce(Tallies.__add__, (added(Now(store), one) for one in {quad.subject for quad in quads}), Tallies())
    assert sums == tally(store)
    assert from_lines(list(to_lines(sums))) == sums


@settings(max_examples=300, deadline=None)
@given(GRAPHS, st.lists(QUADS, max_size=4), st.data())
def test_what_is_wrong_since_is_found(quads: set[ox.Quad], more: list[ox.Quad], data: st.DataObject) -> None:
    before = sound(quads)
    gone = data.draw(st.sets(st.sampled_from(sorted(before, key=str)), max_size=4)) if before else set()
    after = single([*sorted(before - gone, key=str), *more])
    assert list(grown(before, after).violations()) == list(check_assertions(stored(after)))


def sound(quads: set[ox.Quad]) -> set[ox.Quad]:
    """The graph, mended where an assertion would be broken."""
    met = ox.NamedNode(f"{DIP}met")
    quads = {quad for quad in quads if quad.predicate != met and "begin" not in str(quad.predicate)}
    store = stored(quads)
    kind = {quad.subject: str(quad.object) for quad in quads if "type" in str(quad.predicate)}
    for fact in map(thing, FACTS):
        named = kind.get(fact, "")
        if "Planned" in named:
            quads = {quad for quad in quads if quad.subject != fact}
        elif named:
            quads.add(ox.Quad(thing("w1"), ox.NamedNode(f"{DIP}supports"), fact))
        if "Meeting" in named:
            quads = {quad for quad in quads if quad.subject != fact or "status" not in str(quad.predicate)}
            quads.add(triple(fact.value.removeprefix(BASE), "status", ox.NamedNode(f"{DIP}held")))
            people = [q.object for q in store.quads_for_pattern(fact, ox.NamedNode(f"{DIP}participant"), None)]
            quads |= {ox.Quad(one, met, other) for one, other in permutations(people, 2)}
    assert not list(check_assertions(stored(quads)))
    return quads


def test_a_graph_of_which_nothing_is_known_is_looked_at_as_a_whole() -> None:
    quads = {triple("f1", "a", ox.NamedNode(f"{DIP}Meeting"))}
    graph = Grown(stored(quads))
    assert [found.thing for found in graph.violations()] == [BASE + "f1"]
    assert graph.classes == classes(graph.tallies) == {"Meeting": 1}


@pytest.mark.parametrize("number", [3, 700])
def test_of_those_who_met_most_there_are_so_many(number: int) -> None:
    tallies = Tallies({("leaders", f"{BASE}{at:04}", f"{BASE}x", "meetings"): 1 for at in range(number)})
    tallies["leaders", f"{BASE}z", f"{BASE}zz", "meetings"] = 2
    found = [counted.values["one"] for counted in rows(tallies)]
    assert found[0] == thing("z")
    assert found[1:] == [thing(f"{at:04}") for at in range(number)][: min(number, 499)]
