"""A build loaded into servers that others wrote: whole or not at all for their readers, and the same each time."""

from __future__ import annotations

import contextlib
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import BASE_IRI, Limits
from kg.engine.answer import Question, ResultFormat
from kg.engine.remote import Remote
from kg.errors import StoreError
from kg.store.digest_auth import Credentials
from kg.store.export import ExportFormat, write_graph
from kg.store.generation import Generation, canonical_lines, publish
from kg.store.load import load
from kg.store.server import Address, ServerAway, ServerRefused
from kg.store.talk import Talk, query_address
from tests.servers import Running, free_port, oxigraph, virtuoso

pytestmark = pytest.mark.server
SAMPLE = Path(__file__).parents[1] / "queries" / "sample.ttl"
GRAPH = f"{BASE_IRI}graph/"
MARKS = (f"<{GRAPH}loaded> .", f"<{GRAPH}loading> .")
ALL = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def native(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as running:
        yield running


def generation(root: Path, *articles: str, more: int = 0) -> Generation:
    """A build of the sample, with a graph for each article, and so many triples more."""
    quads = list(ox.parse(path=str(SAMPLE), format=ox.RdfFormat.TURTLE))
    node = ox.NamedNode("http://example.org/thing")
    for article in articles:
        quads.append(
            ox.Quad(node, node, ox.Literal(f'“{article}”\n\\ "é" 𝔘'), ox.NamedNode(f"{GRAPH}article/{article}"))
        )
    quads += [ox.Quad(node, node, ox.Literal(str(number))) for number in range(more)]
    store = ox.Store()
    store.extend(quads)
    return publish(root, quads, exports={"diplomacy.nq": write_graph(store, ExportFormat.NQUADS)})


def talk(running: Running) -> Talk:
    known = Credentials(user=running.user, password=running.password)
    return Talk(Address.read(running.told, known), Address.read(running.asked, known), 0.01)


def held(running: Running) -> list[bytes]:
    """All that Oxigraph holds, but the marks."""
    with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/store", timeout=60) as answer:
        lines = canonical_lines(ox.parse(answer.read(), format=ox.RdfFormat.N_QUADS))
    return [line for line in lines if not line.decode().rstrip().endswith(MARKS)]


def clear(running: Running) -> None:
    with talk(running) as told:
        told.update("CLEAR ALL")


def published(build: Generation) -> list[bytes]:
    file = build.export("diplomacy.nq")
    assert file is not None
    return file.read_bytes().splitlines(keepends=True)


def test_the_server_holds_what_the_build_holds_and_twice_the_same(native: Running, tmp_path: Path) -> None:
    clear(native)
    build = generation(tmp_path, "one", "two")
    with talk(native) as told:
        assert load(build, BASE_IRI, told).is_new
        first = held(native)
        assert first == published(build)
        assert not load(build, BASE_IRI, told).is_new
        told.update(f"DROP GRAPH <{GRAPH}loaded>")
        assert load(build, BASE_IRI, told).is_new
    assert held(native) == first


def test_old_graphs_of_the_build_go_and_those_of_people_stay(native: Running, tmp_path: Path) -> None:
    clear(native)
    with talk(native) as told:
        told.update('INSERT DATA { GRAPH <http://example.org/notes> { <http://e/s> <http://e/p> "ours" } }')
        load(generation(tmp_path, "one", "two"), BASE_IRI, told)
        newer = generation(tmp_path, "two", "three")
        assert load(newer, BASE_IRI, told).removed == 1
    notes = b'<http://e/s> <http://e/p> "ours" <http://example.org/notes> .\n'
    assert held(native) == sorted([*published(newer), notes])


class Broken(Talk):
    """A server that is gone after so many updates."""

    left = 0

    def update(self, text: str) -> None:
        if not self.left:
            raise ServerAway("gone")
        self.left -= 1
        super().update(text)


@pytest.mark.parametrize("left", range(2, 9))
def test_what_broke_off_goes_on_and_ends_the_same(native: Running, tmp_path: Path, left: int) -> None:
    clear(native)
    build = generation(tmp_path, "one", "two", more=5000)
    with talk(native) as told:
        load(generation(tmp_path / "before", "zero", "one"), BASE_IRI, told)
        before = held(native)
    with Broken(Address.read(native.told), Address.read(native.asked)) as broken:
        broken.left = left
        with contextlib.suppress(ServerAway):
            load(build, BASE_IRI, broken)
    staged = [line for line in held(native) if b"graph/staging/" not in line]
    assert staged in (before, published(build))
    with talk(native) as told:
        load(build, BASE_IRI, told)
    assert held(native) == published(build)


class Narrow(Talk):
    """As to a server that takes so many steps at a time, and may have done some of what it refuses."""

    takes = 2
    does = 0

    def update(self, text: str) -> None:
        steps = text.split(" ;\n")
        if len(steps) > self.takes and "GRAPH <" in steps[0] and "loaded" not in text:
            if self.does:
                super().update(" ;\n".join(steps[: self.does]))
            raise ServerRefused("the server", 500, "no room")
        super().update(text)


@pytest.mark.parametrize("does", [0, 1, 3])
def test_a_server_that_takes_few_steps_at_a_time_gets_few(native: Running, tmp_path: Path, does: int) -> None:
    clear(native)
    with talk(native) as told:
        load(generation(tmp_path, "old", "older", "oldest", "gone"), BASE_IRI, told)
    build = generation(tmp_path, *map(str, range(9)))
    with Narrow(Address.read(native.told), Address.read(native.asked)) as narrow:
        narrow.does = does
        done = load(build, BASE_IRI, narrow)
    assert (done.removed, held(native)) == (4, published(build))


def test_readers_see_the_old_graph_or_the_new_one(native: Running, tmp_path: Path) -> None:
    clear(native)
    first, second = generation(tmp_path / "first", "one"), generation(tmp_path / "second", "one", more=20_000)
    counts: set[int] = set()
    over = threading.Event()

    def look() -> None:
        with talk(native) as asked:
            while not over.is_set():
                counts.add(int(asked.rows(ALL)[0]["n"]))

    with talk(native) as told:
        load(first, BASE_IRI, told)
        watcher = threading.Thread(target=look)
        watcher.start()
        load(second, BASE_IRI, told)
        over.set()
        watcher.join()
        counts.add(int(told.rows(ALL)[0]["n"]))
    sizes = {sum(not line.rstrip().endswith(b"one> .") for line in published(build)) for build in (first, second)}
    assert counts <= sizes
    assert max(sizes) in counts


def test_a_server_that_comes_back_is_waited_for(tmp_path: Path) -> None:
    port = free_port()
    build = generation(tmp_path / "store", "one")
    known = Address.read(f"http://127.0.0.1:{port}/update"), Address.read(f"http://127.0.0.1:{port}/query")
    done = threading.Event()

    def serve() -> None:
        with oxigraph(tmp_path / "native", port):
            done.wait(60)

    with Talk(*known, 2.0) as told:
        server = threading.Timer(0.5, serve)
        server.start()
        try:
            assert load(build, BASE_IRI, told).is_new
        finally:
            done.set()
            server.join()


def test_an_address_that_takes_no_updates_is_told_without_its_password(native: Running, tmp_path: Path) -> None:
    build = generation(tmp_path, "one")
    place = f"http://who:s3cret@127.0.0.1:{native.port}/nothing"
    clear(native)
    with Talk(Address.read(place), Address.read(native.asked), 0.01) as told, pytest.raises(StoreError) as error:
        load(build, BASE_IRI, told)
    assert "/nothing" in str(error.value)
    assert "s3cret" not in str(error.value)


@pytest.mark.parametrize(
    ("update", "query"),
    [
        ("http://h/update", "http://h/query"),
        ("http://h/ds/update?x=1", "http://h/ds/query?x=1"),
        ("http://h:8890/sparql-auth", "http://h:8890/sparql"),
        ("http://h/repositories/kg/statements", "http://h/repositories/kg"),
        ("http://h/sparql", "http://h/sparql"),
    ],
)
def test_where_queries_are_answered_is_known_of_usual_servers(update: str, query: str) -> None:
    assert query_address(update) == query


def test_virtuoso_takes_a_build_by_digest_and_answers_for_the_assembled_graph(tmp_path: Path) -> None:
    with virtuoso(tmp_path) as running:
        build = generation(tmp_path / "store", "one", "two", more=100)
        wrong = Credentials(user="dba", password="wrong")
        with (
            Talk(Address.read(running.told, wrong), Address.read(running.asked), 0.01) as told,
            pytest.raises(ServerRefused, match="401"),
        ):
            load(build, BASE_IRI, told)
        with talk(running) as told:
            assert load(build, BASE_IRI, told).is_new
            assert not load(build, BASE_IRI, told).is_new
            newer = generation(tmp_path / "store", "two", more=50)
            assert load(newer, BASE_IRI, told).removed == 1
        with Remote(Address.read(running.asked), BASE_IRI, Limits(seconds=60, workers=1), 0) as engine:
            engine.ready()
            assert engine.generation.quads == newer.quads
            store = newer.open()
            for query in (
                "SELECT ?s (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?s ORDER BY ?s",
                "SELECT ?s ?label { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label } ORDER BY ?s ?label",
                f"SELECT ?o {{ GRAPH <{GRAPH}article/two> {{ ?s ?p ?o }} }}",
                "ASK { ?s a <https://w3id.org/diplomacy-kg/ns#Leader> }",
                "ASK { ?s a <http://example.org/nothing> }",
            ):
                there = engine.run(Question(text=query, format=ResultFormat.TSV if "ASK" not in query else None)).read()
                form = ox.QueryResultsFormat.TSV if "ASK" not in query else ox.QueryResultsFormat.JSON
                assert there == store.query(query).serialize(format=form)
